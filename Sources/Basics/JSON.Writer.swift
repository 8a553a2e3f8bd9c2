extension JSON {
  /// The value on one line, without spaces; keys keep their order.
  package var compact: String {
    var output: [UInt8] = []
    write(to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// The value over several lines, indented by two spaces, with a final newline.
  ///
  /// Lists and objects that hold no list and no object stay on one line while they fit `width`.
  package func pretty(width: Int = 100) -> String {
    var output: [UInt8] = []
    writePretty(to: &output, indent: 0, width: width)
    output.append(UInt8(ascii: "\n"))
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the compact form to `output`.
  package func write(to output: inout [UInt8]) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): output.append(contentsOf: String(value).utf8)
    case .number(let value):
      // Infinite and undefined numbers have no JSON form.
      output.append(contentsOf: (value.isFinite ? plain(value) : "null").utf8)
    case .digits(let digits): output.append(contentsOf: digits.utf8)
    case .string(let text): Self.write(text, to: &output)
    case .array(let items):
      output.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        item.write(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let object):
      output.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        Self.write(member.key, to: &output)
        output.append(UInt8(ascii: ":"))
        member.value.write(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  /// Appends `text` as a JSON string: UTF-8 as it is, control characters escaped.
  package static func write(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      // Runs without an escape are copied as a whole: prompts are long and have few.
      var start = 0
      for (index, byte) in bytes.enumerated() where escaped[Int(byte)] {
        output.append(contentsOf: bytes[start..<index])
        start = index + 1
        writeEscape(byte, to: &output)
      }
      output.append(contentsOf: bytes[start...])
    }
    output.append(UInt8(ascii: "\""))
  }

  private static let escaped = (0..<256).map { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }

  private static func writeEscape(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(contentsOf: [0x5C, byte])
    case 0x0A: output.append(contentsOf: [0x5C, UInt8(ascii: "n")])
    case 0x0D: output.append(contentsOf: [0x5C, UInt8(ascii: "r")])
    case 0x09: output.append(contentsOf: [0x5C, UInt8(ascii: "t")])
    default:
      let digits = Array("0123456789abcdef".utf8)
      output.append(contentsOf: "\\u00".utf8)
      output.append(digits[Int(byte >> 4)])
      output.append(digits[Int(byte & 15)])
    }
  }

  private func plain(_ value: Double) -> String {
    // "1.0" keeps the decimal point, so that a number stays a number when it is read again.
    value == 0 ? "0.0" : value.description
  }

  private func writePretty(to output: inout [UInt8], indent: Int, width: Int) {
    let nested: Bool
    switch self {
    case .array(let items): nested = items.contains { $0.isContainer }
    case .object(let object): nested = object.members.contains { $0.value.isContainer }
    default: return write(to: &output)
    }
    let line = compactSpaced
    if !nested, indent + line.utf8.count <= width { return output.append(contentsOf: line.utf8) }
    let inner = [UInt8](repeating: 0x20, count: indent + 2)
    switch self {
    case .array(let items) where !items.isEmpty:
      output.append(contentsOf: "[\n".utf8)
      for (index, item) in items.enumerated() {
        output.append(contentsOf: inner)
        item.writePretty(to: &output, indent: indent + 2, width: width)
        output.append(contentsOf: (index + 1 < items.count ? ",\n" : "\n").utf8)
      }
      output.append(contentsOf: inner.dropLast(2))
      output.append(UInt8(ascii: "]"))
    case .object(let object) where !object.isEmpty:
      output.append(contentsOf: "{\n".utf8)
      for (index, member) in object.members.enumerated() {
        output.append(contentsOf: inner)
        Self.write(member.key, to: &output)
        output.append(contentsOf: ": ".utf8)
        member.value.writePretty(to: &output, indent: indent + 2, width: width)
        output.append(contentsOf: (index + 1 < object.members.count ? ",\n" : "\n").utf8)
      }
      output.append(contentsOf: inner.dropLast(2))
      output.append(UInt8(ascii: "}"))
    default: write(to: &output)
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array(let items): !items.isEmpty
    case .object(let object): !object.isEmpty
    default: false
    }
  }

  /// One line with a space after each comma and colon.
  private var compactSpaced: String {
    switch self {
    case .array(let items): "[" + items.map(\.compactSpaced).joined(separator: ", ") + "]"
    case .object(let object):
      "{"
        + object.members.map { JSON.string($0.key).compact + ": " + $0.value.compactSpaced }
        .joined(separator: ", ") + "}"
    default: compact
    }
  }
}
