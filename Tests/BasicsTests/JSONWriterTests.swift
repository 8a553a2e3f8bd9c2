import Testing

@testable import Basics

struct JSONWriterTests {
  @Test(arguments: [
    (JSON.null, "null"), (.bool(true), "true"), (.integer(-5), "-5"), (.number(1), "1.0"),
    (.number(-0.0), "0.0"), (.number(0.1), "0.1"), (.number(1e300), "1e+300"),
    (.number(.infinity), "null"), (.number(.nan), "null"), (.digits("123"), "123"),
    (
      .string("a\"\\/\n\r\t\u{8}\u{C}\u{0}\u{1F}\u{7F}é🙂\u{2028}"),
      "\"a\\\"\\\\/\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\\u007fé🙂\u{2028}\""
    ),
    (.array([]), "[]"), (.members([:]), "{}"),
    (
      .array([.integer(1), .members(["b": .null, "a": .strings(["x", ""])])]),
      "[1,{\"b\":null,\"a\":[\"x\",\"\"]}]"
    ),
  ]) func `a value has one compact form`(value: JSON, text: String) {
    #expect(value.compact == text)
  }

  @Test func `the pretty form indents what does not fit a line`() {
    let value = JSON.members([
      "name": .string("x"), "empty": .array([]), "none": .members([:]),
      "flat": .strings(["a", "b"]),
      "deep": .array([.members(["k": .array([.integer(1)])]), .array([])]),
      "long": .strings(["aaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"]),
    ])
    #expect(
      value.pretty(width: 30) == """
        {
          "name": "x",
          "empty": [],
          "none": {},
          "flat": ["a", "b"],
          "deep": [
            {
              "k": [1]
            },
            []
          ],
          "long": [
            "aaaaaaaaaaaaaaa",
            "bbbbbbbbbbbbbbbb"
          ]
        }

        """)
    #expect(JSON.integer(3).pretty() == "3\n")
  }

  @Test(arguments: JSONParserTests.accepted)
  func `what was read is read again from both written forms`(
    _ example: JSONParserTests.Accepted
  ) throws {
    #expect(try JSON.parse(example.value.compact) == example.value)
    for width in [1, 20, 100] {
      #expect(try JSON.parse(example.value.pretty(width: width)) == example.value)
    }
  }

  @Test func `random numbers survive writing bit for bit`() throws {
    var generator = SeededGenerator(seed: 64)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite, number != 0 else { continue }
      #expect(try JSON.parse(JSON.number(number).compact) == .number(number))
    }
  }
}
