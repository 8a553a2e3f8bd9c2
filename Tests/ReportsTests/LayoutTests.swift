import Testing

@testable import Reports

/// Breaking paragraphs into lines.
struct LayoutTests {
  @Test(arguments: [
    ("between 33.3 % and 33.3 %, a spread", 24, ["between 33.3 % and", "33.3 %, a spread"]),
    ("found (Cochran's Q, p < 0.001)", 22, ["found (Cochran's Q,", "p < 0.001)"]),
    ("found (Cochran's Q, p = 0.5).", 22, ["found (Cochran's Q,", "p = 0.5)."]),
    ("40 × 100", 5, ["40 ×", "100"]),
    ("", 10, [""]),
  ])
  func `a figure stays with its sign`(_ text: String, _ width: Int, _ lines: [String]) {
    #expect(wrapped(text, width: width) == lines)
  }

  @Test func `a word that is wider than the line is broken inside`() {
    #expect(wrapped("ab cdefgh", width: 4, first: "", rest: " ") == ["ab", " cde", " fgh"])
  }

  @Test func `wide characters count as two cells`() {
    #expect(wrapped("日本 語", width: 5) == ["日本", "語"])
  }
}
