import Basics

/// Takes a JSON file apart into its rows while it arrives in pieces.
///
/// Rows are the items of a list at the top, or of the lists and objects that are members of an object at the
/// top; such a file may have any length. One row may have at most `longestValue` bytes.
struct JSONScanner {
  let file: String
  private var depth = 0
  private var top: UInt8 = 0
  private var isInText = false
  private var isEscaped = false
  /// The value that is being collected, at depth 1 or 2, with the line on which it begins.
  private var value: [UInt8] = []
  private var valueLine = 1
  private var valueColumn = 0
  private var line = 1
  private var column = 0
  private var key: [UInt8] = []
  private var innerKey: [UInt8] = []
  private var member: (name: String, opening: UInt8)?
  private var innerName: String?
  private var expects = Expectation.value
  private var count = 0
  private var names = Set<String>()
  private var isDone = false
  private var isAfterComma = false

  static let longestValue = 16 << 20

  private enum Expectation {
    case key
    case colon
    case value
    case comma
  }

  /// What the scanner found.
  struct Item {
    /// The member of the object at the top; nil in a list at the top.
    let member: String?
    /// The key of a row in an object of rows.
    let key: String?
    /// From 0 within the member; nil for a member that is no list and no object.
    let index: Int?
    let value: JSON
    let place: String
  }

  init(file: String) {
    self.file = file
  }

  private func failure(_ reason: String) -> InputError {
    InputError("\(file):\(line):\(column): not valid JSON: \(reason)")
  }

  mutating func feed(
    _ bytes: ArraySlice<UInt8>, item: (Item) throws(InputError) -> Void
  ) throws(InputError) {
    for byte in bytes {
      column += 1
      try take(byte, item)
      if byte == 0x0A {
        line += 1
        column = 0
      }
    }
  }

  /// The level whose values are collected whole: 1 in a list at the top, 2 inside a member.
  private var level: Int { top == UInt8(ascii: "[") || member == nil ? 1 : 2 }

  private mutating func take(
    _ byte: UInt8, _ item: (Item) throws(InputError) -> Void
  ) throws(InputError) {
    if isInText { return try text(byte) }
    let isSpace = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    if depth > level {
      try collect(byte)
      structure(byte)
      return
    }
    if isSpace {
      if !value.isEmpty { try collect(byte) }
      return
    }
    guard depth > 0 else { return try begin(byte) }
    switch byte {
    case UInt8(ascii: ","):
      try endValue(item)
      guard expects == .comma else { throw failure("',' where a value should be") }
      expects = isObject ? .key : .value
      isAfterComma = true
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      try close(byte, item)
    case UInt8(ascii: ":") where expects == .colon:
      expects = .value
    case UInt8(ascii: "\"") where expects == .key:
      isInText = true
      if depth == 1 { key = [byte] } else { innerKey = [byte] }
    default:
      guard expects == .value else {
        throw failure(
          "\(quoted(String(decoding: [byte], as: UTF8.self))) where "
            + (expects == .key ? "a key" : expects == .colon ? "':'" : "','") + " should be")
      }
      let isContainer = byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
      // The lists and objects that are members of the top are entered; all else is collected whole.
      if isContainer, depth == 1, top == UInt8(ascii: "{"), value.isEmpty {
        return try enter(byte)
      }
      try collect(byte)
      structure(byte)
    }
  }

  /// Whether the container whose values are collected has keys.
  private var isObject: Bool {
    depth == 1 ? top == UInt8(ascii: "{") : member?.opening == UInt8(ascii: "{")
  }

  private mutating func begin(_ byte: UInt8) throws(InputError) {
    guard !isDone else { throw failure("text after the end of the value") }
    guard byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") else {
      throw InputError(
        "\(file):\(line): expected a list of objects, or an object that holds one, found "
          + quoted(String(decoding: [byte], as: UTF8.self)))
    }
    top = byte
    depth = 1
    expects = isObject ? .key : .value
  }

  private mutating func enter(_ byte: UInt8) throws(InputError) {
    member = (try name(key), byte)
    depth = 2
    isAfterComma = false
    count = 0
    expects = byte == UInt8(ascii: "{") ? .key : .value
    names = []
  }

  /// Follows brackets and quotes inside a value that is collected.
  private mutating func structure(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): isInText = true
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
    default: break
    }
  }

  private mutating func text(_ byte: UInt8) throws(InputError) {
    let isKey = depth == level && expects == .key
    if isKey {
      if depth == 1 { key.append(byte) } else { innerKey.append(byte) }
      guard max(key.count, innerKey.count) < 1 << 16 else { throw failure("a key without an end") }
    } else {
      try collect(byte)
    }
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInText = false
      if isKey {
        expects = .colon
        if depth == 2 { innerName = try name(innerKey) }
      }
    }
  }

  private mutating func collect(_ byte: UInt8) throws(InputError) {
    if value.isEmpty {
      valueLine = line
      valueColumn = column
    }
    value.append(byte)
    guard value.count <= Self.longestValue else {
      throw InputError("\(file):\(valueLine): a value of more than \(Self.longestValue >> 20) MB")
    }
  }

  private mutating func close(
    _ byte: UInt8, _ item: (Item) throws(InputError) -> Void
  ) throws(InputError) {
    let opening = depth == 1 ? top : member?.opening
    guard (opening == UInt8(ascii: "[")) == (byte == UInt8(ascii: "]")) else {
      throw failure("\(quoted(String(decoding: [byte], as: UTF8.self))) closes another bracket")
    }
    let isEmpty = expects == (isObject ? .key : .value) && !isAfterComma
    if value.isEmpty, !isEmpty, expects != .comma {
      throw failure("the value ends where more should follow")
    }
    try endValue(item)
    depth -= 1
    expects = .comma
    if depth == 0 { isDone = true } else { member = nil }
  }

  private mutating func name(_ bytes: [UInt8]) throws(InputError) -> String {
    do {
      guard case .string(let name) = try JSON.parse(bytes) else { return "" }
      return name
    } catch {
      throw failure(error.reason)
    }
  }

  private mutating func endValue(
    _ item: (Item) throws(InputError) -> Void
  ) throws(InputError) {
    guard !value.isEmpty else { return }
    let parsed: JSON
    do {
      parsed = try JSON.parse(value)
    } catch {
      let column = error.line == 1 ? valueColumn + error.column - 1 : error.column
      throw InputError(
        "\(file):\(valueLine + error.line - 1):\(column): not valid JSON: \(error.reason)")
    }
    value.removeAll(keepingCapacity: true)
    expects = .comma
    isAfterComma = false
    guard depth == 2 || top == UInt8(ascii: "[") else {
      let name = try name(key)
      return try item(
        Item(member: name, key: nil, index: nil, value: parsed, place: "\(file): $.\(name)"))
    }
    let member = depth == 2 ? member?.name : nil
    let key = depth == 2 && isObject ? innerName : nil
    if let key, !names.insert(key).inserted {
      throw failure("the key \(quoted(key)) occurs twice in one object")
    }
    // A million keys of rows would be held for nothing: twins are only looked for among the first.
    if names.count > 100_000 { names = [] }
    let step = key.map { "[\(JSON.string($0).compact)]" } ?? "[\(count)]"
    try item(
      Item(
        member: member, key: key, index: count, value: parsed,
        place: "\(file): $\(member.map { ".\($0)" } ?? "")\(step)"))
    count += 1
  }

  mutating func finish() throws(InputError) {
    guard isDone else {
      throw top == 0 ? InputError("\(file): the file is empty") : failure("the file ends too early")
    }
  }
}
