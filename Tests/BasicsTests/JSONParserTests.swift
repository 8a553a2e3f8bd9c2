import Testing

@testable import Basics

struct JSONParserTests {
  struct Accepted: Sendable, CustomTestStringConvertible {
    let text: String
    let value: JSON
    var testDescription: String { quoted(text) }

    init(_ text: String, _ value: JSON) {
      self.text = text
      self.value = value
    }
  }

  static let accepted = [
    Accepted("null", .null),
    Accepted(" \t\r\n true \n", .bool(true)),
    Accepted("false", .bool(false)),
    Accepted("0", .integer(0)),
    Accepted("-0", .integer(0)),
    Accepted("9223372036854775807", .integer(.max)),
    Accepted("-9223372036854775808", .integer(.min)),
    Accepted("9223372036854775808", .digits("9223372036854775808")),
    Accepted("-123456789012345678901234567890", .digits("-123456789012345678901234567890")),
    Accepted("1.0", .number(1)),
    Accepted("-0.0", .number(0)),
    Accepted("0.1e-2", .number(0.001)),
    Accepted("1E+2", .number(100)),
    Accepted("2e0", .number(2)),
    Accepted("5e-324", .number(.leastNonzeroMagnitude)),
    Accepted("1e-400", .number(0)),
    Accepted("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
    Accepted("\"\"", .string("")),
    Accepted("\"é\u{1F642}\u{7F}\"", .string("é\u{1F642}\u{7F}")),
    Accepted(#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
    Accepted(#""\u0041\u00e9\u00E9\u0000""#, .string("Aéé\u{0}")),
    Accepted(#""\ud83d\ude42\uD800\uDC00\udbff\udfff""#, .string("🙂\u{10000}\u{10FFFF}")),
    Accepted("[]", .array([])),
    Accepted("[ ]", .array([])),
    Accepted(
      "[1,[2,{}],\"\"]", .array([.integer(1), .array([.integer(2), .members([:])]), .string("")])),
    Accepted("{ }", .members([:])),
    Accepted(
      "{\"b\":1,\"a\":{\"b\":null}}", .members(["b": .integer(1), "a": .members(["b": .null])])),
    Accepted("{\"\":0}", .members(["": .integer(0)])),
    Accepted("\u{FEFF}[1]", .array([.integer(1)])),
  ]

  @Test(arguments: accepted) func `JSON is read`(_ example: Accepted) throws {
    #expect(try JSON.parse(example.text) == example.value)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let error: JSON.SyntaxError
    var testDescription: String { quoted(String(decoding: bytes, as: UTF8.self)) }

    init(_ text: String, _ line: Int, _ column: Int, _ reason: String) {
      self.init(Array(text.utf8), line, column, reason)
    }

    init(_ bytes: [UInt8], _ line: Int, _ column: Int, _ reason: String) {
      self.bytes = bytes
      error = JSON.SyntaxError(line: line, column: column, reason: reason)
    }
  }

  static let refused = [
    Refused("", 1, 1, "the text ends where a value should be"),
    Refused("  \n ", 2, 2, "the text ends where a value should be"),
    Refused("nul", 1, 1, "'n' where a value should be"),
    Refused("True", 1, 1, "'T' where a value should be"),
    Refused("NaN", 1, 1, "'N' where a value should be"),
    Refused("'a'", 1, 1, "''' where a value should be"),
    Refused("é", 1, 1, "'é' where a value should be"),
    Refused([0xC3], 1, 1, "'\u{FFFD}' where a value should be"),
    Refused("1 2", 1, 3, "text after the end of the value"),
    Refused("{} // note", 1, 4, "text after the end of the value"),
    Refused("truefalse", 1, 5, "text after the end of the value"),
    Refused("[1,\n 2,\n]", 3, 1, "']' where a value should be"),
    Refused("[1 2]", 1, 4, "'2' where ',' or ']' should be"),
    Refused("[1", 1, 3, "the end of the text where ',' or ']' should be"),
    Refused("[", 1, 2, "the text ends where a value should be"),
    Refused("[,1]", 1, 2, "',' where a value should be"),
    Refused("{\"a\" 1}", 1, 6, "'1' where ':' should follow the key 'a'"),
    Refused("{\"a\":}", 1, 6, "'}' where a value should be"),
    Refused("{\"a\":1,}", 1, 8, "'}' where a key in double quotes should be"),
    Refused("{a:1}", 1, 2, "'a' where a key in double quotes should be"),
    Refused("{\"a\":1 \"b\":2}", 1, 8, "'\"' where ',' or '}' should be"),
    Refused("{\"a\":1,\n \"a\":2}", 2, 2, "the key 'a' occurs twice in one object"),
    Refused("{\"a\":1,\"\\u0061\":2}", 1, 8, "the key 'a' occurs twice in one object"),
    Refused("01", 1, 1, "a number with a leading zero"),
    Refused("-01", 1, 1, "a number with a leading zero"),
    Refused("-", 1, 2, "the end of the text where a digit should be"),
    Refused("+1", 1, 1, "'+' where a value should be"),
    Refused(".5", 1, 1, "'.' where a value should be"),
    Refused("5.", 1, 3, "the end of the text where a digit should be"),
    Refused("[5.]", 1, 4, "']' where a digit should be"),
    Refused("1e", 1, 3, "the end of the text where a digit should be"),
    Refused("1e+", 1, 4, "the end of the text where a digit should be"),
    Refused("0x10", 1, 2, "text after the end of the value"),
    Refused("[1e400]", 1, 2, "the number 1e400 is out of range"),
    Refused("\"abc", 1, 1, "a text that is never closed"),
    Refused("[\"abc\\", 1, 6, "a text that is never closed"),
    Refused(
      "\"a\nb\"", 1, 3, "a control character inside a text; write it as an escape such as \\n"),
    Refused("\"a\\x\"", 1, 3, "an unknown escape"),
    Refused("\"\\u12G4\"", 1, 6, "'G' where a hexadecimal digit should be"),
    Refused("\"\\u12", 1, 6, "the end of the text where a hexadecimal digit should be"),
    Refused("\"\\ud83d\"", 1, 2, "half of a surrogate pair"),
    Refused("\"\\ud83dx\"", 1, 2, "half of a surrogate pair"),
    Refused("\"\\ude42\"", 1, 2, "half of a surrogate pair"),
    Refused("\"\\ud83d\\ud83d\"", 1, 2, "half of a surrogate pair"),
    Refused([0x22, 0xFF, 0x22], 1, 1, "a text that is not valid UTF-8"),
    Refused([0x22, 0xED, 0xA0, 0x80, 0x22], 1, 1, "a text that is not valid UTF-8"),
    Refused([0x22, 0xC0, 0xAF, 0x22], 1, 1, "a text that is not valid UTF-8"),
    Refused([0xFF, 0xFE, 0x5B, 0x00], 1, 1, "the file is UTF-16; save it as UTF-8"),
    Refused([0xFE, 0xFF, 0x00, 0x5B], 1, 1, "the file is UTF-16; save it as UTF-8"),
    Refused("\u{FEFF}", 1, 4, "the text ends where a value should be"),
    Refused("\u{A0}1", 1, 1, "'\u{A0}' where a value should be"),
  ]

  @Test(arguments: refused) func `what is not JSON is refused with its place`(_ example: Refused) {
    #expect(throws: example.error) { try JSON.parse(example.bytes) }
  }

  @Test func `nesting is read to 200 levels and refused beyond`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSON.parse(nested(200))
    let tooDeep = JSON.SyntaxError(line: 1, column: 201, reason: "nested deeper than 200 levels")
    #expect(throws: tooDeep) { try JSON.parse(nested(201)) }
    #expect(throws: tooDeep) { try JSON.parse(String(repeating: "[", count: 1_000_000)) }
    #expect(throws: JSON.SyntaxError.self) {
      try JSON.parse(String(repeating: "{\"a\":", count: 1_000_000))
    }
  }

  @Test func `keys that look alike are one key, however they are encoded`() {
    #expect(
      throws: JSON.SyntaxError(
        line: 1, column: 9, reason: "the key 'e\u{301}' occurs twice in one object")
    ) { try JSON.parse("{\"\u{E9}\":1,\"e\u{301}\":2}") }
  }

  @Test func `an object keeps its order; a key is replaced in place and removed by nil`() {
    var object = JSONObject(["b": .integer(1), "a": nil, "c": .null])
    #expect(object.keys == ["b", "c"])
    object["a"] = .bool(true)
    object["b"] = .integer(3)
    #expect(object.keys == ["b", "c", "a"])
    object["c"] = nil
    #expect(JSON.object(object).compact == "{\"b\":3,\"a\":true}")
    #expect(object["c"] == nil)
    #expect(!object.isEmpty)
  }

  @Test func `whole numbers of any width keep their digits`() {
    #expect(JSON.whole(7) == .integer(7))
    #expect(JSON.whole(UInt128.max).compact == "340282366920938463463374607431768211455")
  }
}
