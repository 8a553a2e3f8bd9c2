import Basics
import Foundation
import Testing

@testable import Prompts

@Suite struct AnswerMatchTests {
  @Test(.enabled(if: SharedFiles.arePresent))
  func `the prefix match agrees with every recorded verdict of the released code`() throws {
    let text = try String(
      contentsOfFile: SharedFiles.path("golden/prefix-match.jsonl"), encoding: .utf8)
    var rows = 0
    for (number, line) in text.split(separator: "\n").enumerated() {
      let place = "prefix-match.jsonl:\(number + 1)"
      let reader = JSONReader(try JSON.parse(Array(line.utf8), file: place), file: place)
      let row = try reader.members(known: [
        "generation", "answer", "classes", "right", "wrong", "verdict",
      ])
      let verdict = AnswerMatch.prefix.verdict(
        try row.required("generation", in: reader).string(),
        answer: try row.required("answer", in: reader).string(),
        options: try row.required("classes", in: reader).strings())
      #expect(verdict.right == (try row.required("right", in: reader).bool()), "\(place)")
      #expect(verdict.wrong == (try row.required("wrong", in: reader).bool()), "\(place)")
      #expect(verdict.name == (try row.required("verdict", in: reader).string()), "\(place)")
      rows += 1
    }
    #expect(rows > 400)
  }

  struct Row: Sendable {
    let generation: String
    let answer: String
    let options: [String]
    let verdict: String

    init(_ generation: String, _ answer: String, _ options: [String], _ verdict: String) {
      self.generation = generation
      self.answer = answer
      self.options = options
      self.verdict = verdict
    }
  }

  // Verdicts of the released code (arXiv 2310.11324), recorded by running it.
  static let recorded: [Row] = [
    Row("true;false", "True", ["True", "False"], "right"),
    Row("Truely", "True", ["True", "False"], "other"),
    Row("<Option 2>", "Option 2", ["Option 1", "Option 2"], "right"),
    Row("a b", "a", ["a", "b", "c", "d", "e"], "right"),
    Row("a\u{A0}b", "a", ["a", "b", "c", "d", "e"], "right"),
    Row("中a", "a", ["a", "b", "c", "d", "e"], "other"),
    Row("\u{FEFF}a", "a", ["a", "b", "c", "d", "e"], "other"),
    Row("a\u{BC}", "a", ["a", "b", "c", "d", "e"], "right"),
    Row("a\u{B2}", "a", ["a", "b", "c", "d", "e"], "other"),
    Row("(\u{130}", ".\u{DF}_", [".\u{DF}_", "<\u{3A3}"], "other"),
    Row("STRASSE", "Straße", ["Straße", "Weg"], "other"),
    Row("STRAẞE", "Straße", ["Straße", "Weg"], "right"),
    Row("ΟΔΣ Α", "ΟΔΣ", ["ΟΔΣ", "x"], "right"),
    Row("Ⅱ", "Ⅰ", ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"], "wrong"),
    Row("ⅠⅠ", "Ⅰ", ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"], "right"),
    Row("— yes", "yes", ["yes", "no"], "other"),
    Row("\u{212B}", "\u{C5}", ["\u{C5}", "x"], "right"),
    Row("-1.", "1", [",\u{3A3}<", "1"], "right"),
    Row(". ", ". ", [".", ". ", "\u{DF}-\u{130}"], "both"),
  ]

  // What a reader takes for one letter may be two code points: the released code compares the latter.
  static let composed: [Row] = [
    Row("caf\u{E9}", "cafe\u{301}", ["cafe\u{301}", "tea"], "other"),
    Row("cafe\u{301}", "caf\u{E9}", ["caf\u{E9}", "tea"], "other"),
    Row("cafe\u{301}", "cafe", ["cafe", "tea"], "right"),
    Row("caf\u{E9}", "cafe", ["cafe", "tea"], "other"),
    Row("a\u{300}", "a", ["a", "b", "c", "d", "e"], "right"),
    Row("\u{E0}", "a", ["a", "b", "c", "d", "e"], "other"),
    Row("yes\u{301}", "yes", ["yes", "no"], "right"),
    Row("\u{E9}", "e", ["e", "f"], "other"),
    Row("\u{1112}\u{1161}\u{11AB}", "\u{D55C}", ["\u{D55C}", "x"], "other"),
    Row("\u{2161}\r\n", "\u{2161}", ["\u{2160}", "\u{2161}"], "right"),
  ]

  @Test(arguments: recorded + composed)
  func `the prefix match compares code points`(_ row: Row) {
    let verdict = AnswerMatch.prefix.verdict(
      row.generation, answer: row.answer, options: row.options)
    #expect(verdict.name == row.verdict)
  }

  @Test(arguments: [
    Row(" Yes.", "yes", ["yes", "no"], "right"),
    Row("yes, of course", "yes", ["yes", "no"], "other"),
    Row("NO\n", "yes", ["yes", "no"], "wrong"),
    Row("(b)", "B", ["A", "B"], "right"),
    Row("maybe", "yes", ["yes", "no"], "other"),
    Row("caf\u{E9}", "cafe\u{301}", ["cafe\u{301}", "tea"], "other"),
  ])
  func `the exact match compares the whole text`(_ row: Row) {
    let verdict = AnswerMatch.exact.verdict(
      row.generation, answer: row.answer, options: row.options)
    #expect(verdict.name == row.verdict)
    #expect(AnswerMatch.exact.isCorrect(verdict) == (row.verdict == "right"))
  }

  @Test(arguments: [
    Row("I would say yes.", "yes", ["yes", "no"], "right"),
    Row("Yesterday I knew.", "yes", ["yes", "no"], "other"),
    Row("Not yes but no", "yes", ["yes", "no"], "both"),
    Row("The answer: \"NO\"!", "yes", ["yes", "no"], "wrong"),
    Row("option 12", "1", ["1", "12"], "wrong"),
    Row("It is cafe\u{301} time", "cafe", ["cafe", "tea"], "right"),
  ])
  func `the search for an answer finds whole words and no other option`(_ row: Row) {
    let verdict = AnswerMatch.contains.verdict(
      row.generation, answer: row.answer, options: row.options)
    #expect(verdict.name == row.verdict)
    #expect(AnswerMatch.contains.isCorrect(verdict) == (row.verdict == "right"))
  }

  @Test func `yes or no is an answer for the prefix match`() {
    let verdict = AnswerMatch.prefix.verdict("a. ", answer: "a", options: ["a", "A"])
    #expect(verdict.name == "both")
    #expect(AnswerMatch.prefix.isCorrect(verdict))
  }

  @Test(arguments: [
    Row("Reasons… Answer: B because", "B", ["A", "B"], "right"),
    Row("Answer: A. No, Answer: B", "B", ["A", "B"], "wrong"),
    Row("B", "B", ["A", "B"], "other"),
    Row("Answer: C", "B", ["A", "B"], "other"),
  ])
  func `a pattern's first group is compared as a whole`(_ row: Row) throws {
    let match = AnswerMatch.pattern(try AnswerMatch.Pattern("Answer: ([A-Z])"))
    #expect(
      match.verdict(row.generation, answer: row.answer, options: row.options).name == row.verdict)
  }

  @Test func `a pattern without a group gives all that it matches`() throws {
    let match = AnswerMatch.pattern(try AnswerMatch.Pattern("[0-9]+"))
    #expect(match.verdict("about 42 of them", answer: "42", options: []).name == "right")
    #expect(match.verdict("about 421 of them", answer: "42", options: []).name == "other")
  }

  @Test func `a pattern that is none is refused`() {
    #expect(throws: InputError("--pattern '(a': not a regular expression")) {
      try AnswerMatch.Pattern("(a")
    }
  }
}
