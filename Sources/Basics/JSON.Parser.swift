extension JSON {
  /// Where and why a text is not JSON.
  package struct SyntaxError: Error, Hashable {
    /// Both count from 1; columns count bytes.
    package let line: Int
    package let column: Int
    package let reason: String
  }

  /// Reads one JSON value (RFC 8259) that fills all of `bytes`.
  ///
  /// Stricter than most readers where a user's file would otherwise be misread in silence: a key may
  /// occur once in an object (up to canonical equivalence), text must be UTF-8, `\u` escapes must form
  /// whole characters, a fraction or exponent must fit a `Double`, and nesting ends at 200 levels.
  /// - Parameter bytes: UTF-8; a byte-order mark at the start is passed over.
  /// - Returns: The value.
  /// - Throws: `SyntaxError` with the first place that is not JSON.
  package static func parse(_ bytes: [UInt8]) throws(SyntaxError) -> JSON {
    var parser = Parser(bytes: bytes)
    return try parser.document()
  }

  package static func parse(_ text: String) throws(SyntaxError) -> JSON {
    try parse(Array(text.utf8))
  }

  /// Reads one JSON value, naming the file in the error: `FILE:LINE:COLUMN: REASON`.
  package static func parse(_ bytes: [UInt8], file: String) throws(InputError) -> JSON {
    do {
      return try parse(bytes)
    } catch {
      throw InputError(
        "\(file):\(error.line):\(error.column): not valid JSON: \(error.reason)")
    }
  }
}

private struct Parser {
  let bytes: [UInt8]
  var at = 0

  /// Deep enough for any real file, shallow enough for the stack.
  static let deepest = 200

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  mutating func document() throws(JSON.SyntaxError) -> JSON {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw failure("the file is UTF-16; save it as UTF-8")
    }
    let value = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw failure("text after the end of the value") }
    return value
  }

  func failure(_ reason: String, at position: Int? = nil) -> JSON.SyntaxError {
    let end = min(position ?? at, bytes.count)
    var line = 1
    var start = 0
    for (index, byte) in bytes[..<end].enumerated() where byte == 0x0A {
      line += 1
      start = index + 1
    }
    return JSON.SyntaxError(line: line, column: end - start + 1, reason: reason)
  }

  mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
  }

  mutating func value(depth: Int) throws(JSON.SyntaxError) -> JSON {
    skipSpace()
    guard at < bytes.count else { throw failure("the text ends where a value should be") }
    guard depth < Self.deepest else {
      throw failure("nested deeper than \(Self.deepest) levels")
    }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("\(here) where a value should be")
    }
  }

  /// The character at the current position, as a message shows it.
  var here: String {
    guard at < bytes.count else { return "the end of the text" }
    let text = String(decoding: bytes[at..<min(at + 4, bytes.count)], as: UTF8.self)
    return text.first.map { quoted(String($0)) } ?? "an odd byte"
  }

  mutating func word(_ word: String, _ value: JSON) throws(JSON.SyntaxError) -> JSON {
    guard bytes[at...].starts(with: word.utf8) else {
      throw failure("\(here) where a value should be")
    }
    at += word.utf8.count
    return value
  }

  mutating func object(depth: Int) throws(JSON.SyntaxError) -> JSON {
    var object = JSONObject()
    var seen = Set<String>()
    at += 1
    skipSpace()
    if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
      at += 1
      return .object(object)
    }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw failure("\(here) where a key in double quotes should be")
      }
      let start = at
      let key = try string()
      guard seen.insert(key).inserted else {
        throw failure("the key \(quoted(key)) occurs twice in one object", at: start)
      }
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else {
        throw failure("\(here) where ':' should follow the key \(quoted(key))")
      }
      at += 1
      object.append(key, try value(depth: depth + 1))
      if try ends(with: UInt8(ascii: "}"), named: "'}'") { return .object(object) }
    }
  }

  mutating func array(depth: Int) throws(JSON.SyntaxError) -> JSON {
    var items: [JSON] = []
    at += 1
    skipSpace()
    if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
      at += 1
      return .array(items)
    }
    while true {
      items.append(try value(depth: depth + 1))
      if try ends(with: UInt8(ascii: "]"), named: "']'") { return .array(items) }
    }
  }

  /// Passes a comma (false) or the closing bracket (true).
  private mutating func ends(
    with close: UInt8, named name: String
  ) throws(JSON.SyntaxError) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == close || bytes[at] == UInt8(ascii: ",") else {
      throw failure("\(here) where ',' or \(name) should be")
    }
    at += 1
    return bytes[at - 1] == close
  }

  mutating func number() throws(JSON.SyntaxError) -> JSON {
    let start = at
    var whole = true
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let leading = at
    try digits()
    if bytes[leading] == UInt8(ascii: "0"), at > leading + 1 {
      throw failure("a number with a leading zero", at: start)
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      whole = false
      at += 1
      try digits()
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: "e") || bytes[at] == UInt8(ascii: "E") {
      whole = false
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
        at += 1
      }
      try digits()
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if whole { return Int(text).map { .integer($0) } ?? .digits(text) }
    guard let value = Double(text), value.isFinite else {
      throw failure("the number \(text) is out of range", at: start)
    }
    return .number(value)
  }

  private mutating func digits() throws(JSON.SyntaxError) {
    let start = at
    while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
    if at == start { throw failure("\(here) where a digit should be") }
  }

  mutating func string() throws(JSON.SyntaxError) -> String {
    let opening = at
    at += 1
    var content: [UInt8] = []
    while true {
      guard at < bytes.count else {
        throw failure("a text that is never closed", at: opening)
      }
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        guard let text = String(validating: content, as: UTF8.self) else {
          throw failure("a text that is not valid UTF-8", at: opening)
        }
        return text
      case UInt8(ascii: "\\"):
        content.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20:
        throw failure("a control character inside a text; write it as an escape such as \\n")
      default:
        content.append(byte)
        at += 1
      }
    }
  }

  private mutating func escape() throws(JSON.SyntaxError) -> Unicode.Scalar {
    let start = at
    at += 2
    guard at <= bytes.count else { throw failure("a text that is never closed", at: start) }
    switch bytes[at - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw failure("an unknown escape", at: start)
    }
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[at...].starts(with: "\\u".utf8) else {
      throw failure("half of a surrogate pair", at: start)
    }
    at += 2
    let second = try fourDigits()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure("half of a surrogate pair", at: start) }
    return scalar
  }

  private mutating func fourDigits() throws(JSON.SyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue else {
        throw failure("\(here) where a hexadecimal digit should be")
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }
}
