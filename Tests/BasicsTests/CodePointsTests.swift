import Testing

@testable import Basics

struct CodePointsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let title: String
    let upper: String
    let lower: String
    var testDescription: String { quoted(text) }

    init(_ text: String, title: String, upper: String, lower: String) {
      self.text = text
      self.title = title
      self.upper = upper
      self.lower = lower
    }
  }

  // Python 3.11 (Unicode 14): str.title(), str.upper(), str.lower(); written as escapes so that no
  // editor can compose or decompose them.
  static let cases = [
    Case("", title: "", upper: "", lower: ""),
    Case("question", title: "Question", upper: "QUESTION", lower: "question"),
    Case("Question", title: "Question", upper: "QUESTION", lower: "question"),
    Case("hello world", title: "Hello World", upper: "HELLO WORLD", lower: "hello world"),
    Case("it's john's", title: "It'S John'S", upper: "IT'S JOHN'S", lower: "it's john's"),
    Case("\u{DF}", title: "Ss", upper: "SS", lower: "\u{DF}"),
    Case("\u{149}ab", title: "\u{2BC}Nab", upper: "\u{2BC}NAB", lower: "\u{149}ab"),
    Case("\u{1C6}", title: "\u{1C5}", upper: "\u{1C4}", lower: "\u{1C6}"),
    Case("\u{1C4}", title: "\u{1C5}", upper: "\u{1C4}", lower: "\u{1C6}"),
    Case("\u{1C5}ungla", title: "\u{1C5}ungla", upper: "\u{1C4}UNGLA", lower: "\u{1C6}ungla"),
    Case(
      "\u{39F}\u{394}\u{3A5}\u{3A3}\u{3A3}\u{395}\u{3A5}\u{3A3}",
      title: "\u{39F}\u{3B4}\u{3C5}\u{3C3}\u{3C3}\u{3B5}\u{3C5}\u{3C2}",
      upper: "\u{39F}\u{394}\u{3A5}\u{3A3}\u{3A3}\u{395}\u{3A5}\u{3A3}",
      lower: "\u{3BF}\u{3B4}\u{3C5}\u{3C3}\u{3C3}\u{3B5}\u{3C5}\u{3C2}"),
    Case(
      "\u{391}\u{3A3} \u{392}\u{3A3}", title: "\u{391}\u{3C2} \u{392}\u{3C2}",
      upper: "\u{391}\u{3A3} \u{392}\u{3A3}",
      lower: "\u{3B1}\u{3C2} \u{3B2}\u{3C2}"),
    Case("\u{3A3}", title: "\u{3A3}", upper: "\u{3A3}", lower: "\u{3C3}"),
    Case(
      "\u{391}\u{3A3}.", title: "\u{391}\u{3C2}.",
      upper: "\u{391}\u{3A3}.",
      lower: "\u{3B1}\u{3C2}."),
    Case(
      "\u{391}\u{3A3}'\u{391}", title: "\u{391}\u{3C3}'\u{391}",
      upper: "\u{391}\u{3A3}'\u{391}",
      lower: "\u{3B1}\u{3C3}'\u{3B1}"),
    Case(
      "\u{130}stanbul", title: "\u{130}stanbul",
      upper: "\u{130}STANBUL",
      lower: "i\u{307}stanbul"),
    Case("\u{131}I", title: "Ii", upper: "II", lower: "\u{131}i"),
    Case("o'neil-smith", title: "O'Neil-Smith", upper: "O'NEIL-SMITH", lower: "o'neil-smith"),
    Case("3rd place", title: "3Rd Place", upper: "3RD PLACE", lower: "3rd place"),
    Case("1a2b", title: "1A2B", upper: "1A2B", lower: "1a2b"),
    Case("x_y", title: "X_Y", upper: "X_Y", lower: "x_y"),
    Case("\u{FB01}ne", title: "Fine", upper: "FINE", lower: "\u{FB01}ne"),
    Case("\u{C0}\u{C9}", title: "\u{C0}\u{E9}", upper: "\u{C0}\u{C9}", lower: "\u{E0}\u{E9}"),
    Case("e\u{301}A", title: "E\u{301}A", upper: "E\u{301}A", lower: "e\u{301}a"),
    Case("\u{2177}", title: "\u{2167}", upper: "\u{2167}", lower: "\u{2177}"),
    Case(
      "\u{10428}\u{10400}", title: "\u{10400}\u{10428}",
      upper: "\u{10400}\u{10400}",
      lower: "\u{10428}\u{10428}"),
    Case(
      "\u{FF41}\u{FF42}", title: "\u{FF21}\u{FF42}",
      upper: "\u{FF21}\u{FF22}",
      lower: "\u{FF41}\u{FF42}"),
    Case("stra\u{DF}e", title: "Stra\u{DF}e", upper: "STRASSE", lower: "stra\u{DF}e"),
    Case(
      "\u{390}", title: "\u{399}\u{308}\u{301}",
      upper: "\u{399}\u{308}\u{301}",
      lower: "\u{390}"),
    Case("\u{1FB3}", title: "\u{1FBC}", upper: "\u{391}\u{399}", lower: "\u{1FB3}"),
    Case("The {x}", title: "The {X}", upper: "THE {X}", lower: "the {x}"),
    Case("ABC def", title: "Abc Def", upper: "ABC DEF", lower: "abc def"),
    Case("\u{345}a", title: "\u{399}a", upper: "\u{399}A", lower: "\u{345}a"),
    Case("a\u{301}b", title: "A\u{301}B", upper: "A\u{301}B", lower: "a\u{301}b"),
    Case("\u{1E9E}", title: "\u{1E9E}", upper: "\u{1E9E}", lower: "\u{DF}"),
    Case(
      "A\u{AD}\u{3A3}", title: "A\u{AD}\u{3A3}",
      upper: "A\u{AD}\u{3A3}",
      lower: "a\u{AD}\u{3C2}"),
    Case("\u{133}ssel", title: "\u{132}ssel", upper: "\u{132}SSEL", lower: "\u{133}ssel"),
    Case(
      "\u{561}\u{58A}\u{587}", title: "\u{531}\u{58A}\u{535}\u{582}",
      upper: "\u{531}\u{58A}\u{535}\u{552}",
      lower: "\u{561}\u{58A}\u{587}"),
    Case("\u{AA}b", title: "\u{AA}b", upper: "\u{AA}B", lower: "\u{AA}b"),
    Case(
      "\u{4E2D}\u{6587}ab", title: "\u{4E2D}\u{6587}Ab",
      upper: "\u{4E2D}\u{6587}AB",
      lower: "\u{4E2D}\u{6587}ab"),
    Case(
      "\u{24D0}\u{24D1}", title: "\u{24B6}\u{24D1}",
      upper: "\u{24B6}\u{24B7}",
      lower: "\u{24D0}\u{24D1}"),
    Case("\u{24B6}x", title: "\u{24B6}x", upper: "\u{24B6}X", lower: "\u{24D0}x"),
    Case(
      "'\u{391}\u{3A3}", title: "'\u{391}\u{3C2}",
      upper: "'\u{391}\u{3A3}",
      lower: "'\u{3B1}\u{3C2}"),
    Case(
      "\u{3A3}\u{301}\u{391}", title: "\u{3A3}\u{301}\u{391}",
      upper: "\u{3A3}\u{301}\u{391}",
      lower: "\u{3C3}\u{301}\u{3B1}"),
  ]

  @Test(arguments: cases) func `casing agrees with Python's string methods`(_ example: Case) {
    // By code point: String's own equality would take "e + accent" for "é".
    func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
    #expect(scalars(example.text.codePointTitled) == scalars(example.title))
    #expect(scalars(example.text.codePointUppercased) == scalars(example.upper))
    #expect(scalars(example.text.codePointLowercased) == scalars(example.lower))
  }

  @Test func `stripping takes away code points, not graphemes`() {
    #expect(" .a.b. ".stripped(of: [" ", "."]) == "a.b")
    #expect("...".stripped(of: ["."]).isEmpty)
    // "." followed by a combining accent is one grapheme, and still loses its point.
    #expect(Array(".\u{301}a".stripped(of: ["."]).unicodeScalars) == ["\u{301}", "a"])
    #expect("\r\na\r\n".stripped(of: ["\n"]).unicodeScalars.count == 4)
  }
}
