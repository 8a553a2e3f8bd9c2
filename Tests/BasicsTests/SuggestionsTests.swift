import Testing

@testable import Basics

struct SuggestionsTests {
  static let known = ["formats", "run", "tasks", "reference-model", "help"]

  @Test(arguments: [
    ("fromats", "formats"), ("format", "formats"), ("Runn", "run"), ("rnu", "run"),
    ("refrence-modle", "reference-model"), ("hlep", "help"), ("taskss", "tasks"),
  ])
  func `a slip of the finger finds the word meant`(typed: String, meant: String) {
    #expect(nearest(to: typed, among: Self.known) == meant)
  }

  @Test(arguments: ["", "zzz", "statistics", "re"]) func `a different word finds nothing`(
    typed: String
  ) {
    #expect(nearest(to: typed, among: Self.known) == nil)
    #expect(didYouMean(typed, among: Self.known).isEmpty)
  }

  @Test func `of two near words the nearest wins, then the first`() {
    #expect(nearest(to: "cat", among: ["bat", "cart", "cat"]) == "cat")
    #expect(nearest(to: "cat", among: ["cut", "bat"]) == "cut")
    #expect(nearest(to: "cat", among: []) == nil)
  }

  @Test func `the question is ready to be appended`() {
    #expect(didYouMean("hepl", among: Self.known) == " (did you mean 'help'?)")
  }

  @Test func `quoted texts are one line and not too long`() {
    #expect(quoted("a\n\t\r\u{1}\u{7F}b") == "'a\\n\\t\\r\\u{1}\\u{7f}b'")
    #expect(quoted("abcdef", limit: 3) == "'abc…'")
    #expect(quoted("abc", limit: 3) == "'abc'")
  }
}

@Suite struct SingleLetterTests {
  @Test func `a letter is not taken for another one`() {
    #expect(nearest(to: "z", among: ["q", "u"]) == nil)
    #expect(nearest(to: "qq", among: ["q"]) == "q")
  }
}
