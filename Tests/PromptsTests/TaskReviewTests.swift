import Basics
import Formats
import Foundation
import Tasks
import Testing

@testable import Prompts

@Suite struct `Task reviews` {
  private func review(_ text: String, grammar: Grammar = .paper) throws -> TaskReview {
    let document = JSONReader(try JSON.parse(Array(text.utf8), file: "t.json"), file: "t.json")
    return TaskReview.review(document: document, grammar: grammar) { name throws(InputError) in
      throw InputError("\(name): no such file")
    }
  }

  private func review(
    template: String = "Question: {question}\nAnswer: {answer}", instruction: String = "",
    options: String? = #"["yes","no"]"#, examples: [String]
  ) throws -> TaskReview {
    let options = options.map { #""options":\#($0),"# } ?? ""
    let template = JSON.string(template).compact
    return try review(
      """
      {"schema":"formatspread.task/1","name":"t","instruction":\(JSON.string(instruction).compact),
      "structure":{"template":\(template)},\(options)
      "examples":[\(examples.joined(separator: ","))]}
      """)
  }

  /// Forty right examples without anything remarkable, of which a test replaces the first ones.
  private func padded(_ first: [String]) -> [String] {
    first
      + (0..<40).map { #"{"question":"Number \#($0)?","answer":"\#($0 % 2 == 0 ? "yes" : "no")"}"# }
  }

  private let formats = "t.json: $.structure: note: 480 plausible formats in the grammar 'paper'"

  @Test func `a good task has a note of its formats and nothing else`() throws {
    let review = try review(examples: padded([]))
    #expect(review.lines == [formats])
    #expect(review.isUsable)
    #expect(
      review.summary
        == "t.json: 40 examples, 480 plausible formats, no errors, no warnings")
  }

  @Test func `every example that cannot be read is told with its place`() throws {
    let review = try review(
      examples: padded([
        #"{"question":"Is it?"}"#,
        #"{"question":"Is it?","anwser":"yes"}"#,
        #"{"question":"Is it?","answer":"maybe"}"#,
        #"{"question":"  ","answer":3}"#,
        #"{"question":null,"answer":"yes"}"#,
        #"["Is it?","yes"]"#,
      ]))
    #expect(
      review.lines == [
        "t.json: $.examples[0]: error: the key 'answer' is missing",
        "t.json: $.examples[1]: error: the key 'answer' is missing; is 'anwser' meant?",
        "t.json: $.examples[2].answer: error: the answer 'maybe' is not an option; options: 'yes', "
          + "'no', or a position from 1 to 2",
        "t.json: $.examples[3].question: error: the text is empty",
        "t.json: $.examples[3].answer: error: the answer '3' is not an option; options: 'yes', 'no', "
          + "or a position from 1 to 2",
        "t.json: $.examples[4].question: error: expected a text or a list of texts, found null",
        "t.json: $.examples[5]: error: expected an object, found a list",
        formats,
      ])
    #expect(!review.isUsable)
    #expect(review.examples == 40)
  }

  @Test func `a file that is no task has one error`() throws {
    #expect(try review("[]").lines == ["t.json: $: error: expected an object, found a list"])
    #expect(
      try review(#"{"schema":"formatspread.task/1","name":"t","exampels":[]}"#).lines == [
        "t.json: $: error: unknown key 'exampels' (did you mean 'examples'?); known: schema, name, "
          + "description, source, license, instruction, structure, options, examples"
      ])
    #expect(
      try review(
        #"{"schema":"formatspread.task/1","name":"t","structure":"s.json","examples":[]}"#
      ).lines == ["t.json: $.examples: error: a task needs at least one example"])
  }

  @Test func `a structure that cannot be read is told with its place`() throws {
    #expect(
      try review(template: "Question: {question}", examples: padded([])).lines == [
        "t.json: $.structure.template: error: template: no output field; mark where the answer goes "
          + "with {answer}"
      ])
  }

  @Test func `an example that lacks what the template shows is an error with the nearest field`()
    throws
  {
    let review = try review(examples: padded([#"{"qestion":"Is it?","answer":"yes"}"#]))
    #expect(
      review.lines == [
        "t.json: $.examples[0]: error: the structure shows {question}, which the example does not "
          + "have (did you mean 'qestion'?)", formats,
      ])
  }

  @Test func `fields that no prompt shows are told once with their number`() throws {
    let review = try review(
      examples: padded([
        #"{"id":"7","question":"Is it?","answer":"yes"}"#,
        #"{"question":"Was it?","questions":"Was it?","id":"8","answer":"no"}"#,
      ]))
    #expect(
      review.lines == [
        "t.json: $.examples[0]: warning: unknown field 'id': not shown by the template; in 2 of 42 "
          + "examples",
        "t.json: $.examples[1]: warning: unknown field 'questions': not shown by the template (did "
          + "you mean 'question'?); in 1 of 42 examples", formats,
      ])
  }

  @Test func `repeated examples are told apart by how they repeat`() throws {
    let review = try review(
      examples: padded([
        #"{"question":"Is it\u00e9?","answer":"yes"}"#,
        #"{"question":"Is it\u00e9?","answer":"yes"}"#,
        #"{"question":"is  ite\u0301","answer":"yes"}"#,
        #"{"question":"Is it\u00e9?","answer":"no"}"#,
        #"{"question":"Is it 1.5?","answer":"no"}"#,
        #"{"question":"Is it 15?","answer":"no"}"#,
      ]))
    #expect(
      review.lines == [
        "t.json: $.examples[1]: warning: repeats $.examples[0]",
        "t.json: $.examples[2]: warning: repeats $.examples[0] but for case, spaces, punctuation or "
          + "the order of a list",
        "t.json: $.examples[3]: warning: asks the same as $.examples[0], but has another answer",
        "t.json: $.examples[2].question: note: has letters with their accents as characters of their "
          + "own; in 1 text",
        formats,
      ])
  }

  @Test func `options in another order are a repetition`() throws {
    let review = try review(
      template: "Noun: {noun}\nPlural: {answer}", options: #""forms""#,
      examples: [
        #"{"noun":"ox","forms":["oxen","oxes"],"answer":"oxen"}"#,
        #"{"noun":"ox","forms":["oxes","oxen"],"answer":"oxen"}"#,
      ])
    #expect(
      review.lines.prefix(1) == [
        "t.json: $.examples[1]: warning: repeats $.examples[0] but for case, spaces, punctuation or "
          + "the order of a list"
      ])
  }

  @Test func `a frequent answer is a warning from one and a half times its share`() throws {
    func lines(yes: Int, no: Int) throws -> [String] {
      let examples = (0..<(yes + no)).map {
        #"{"question":"Number \#($0)?","answer":"\#($0 < yes ? "yes" : "no")"}"#
      }
      return try review(examples: examples).lines
    }
    #expect(try lines(yes: 30, no: 10) == [formats])
    #expect(
      try lines(yes: 31, no: 9) == [
        "t.json: $.examples: warning: the option 'yes' is right in 31 of 40 examples (78 %); an equal "
          + "share is 50 %", formats,
      ])
    #expect(
      try lines(yes: 40, no: 0) == [
        "t.json: $.examples: warning: the option 'yes' is right in 40 of 40 examples (100 %); an "
          + "equal share is 50 %",
        "t.json: $.options: warning: the option 'no' is never the right answer", formats,
      ])
  }

  @Test func `labelled options are balanced by position`() throws {
    let examples = (0..<40).map {
      #"{"q":"Number \#($0)?","c":["one","two","three"],"answer":\#($0 < 30 ? 2 : 1)}"#
    }
    let review = try review(
      template: "Q: {q}\nA. {c.1}\nB. {c.2}\nC. {c.3}\nAnswer: {answer}", options: #""c""#,
      examples: examples)
    #expect(
      review.lines.dropLast() == [
        "t.json: $.examples: warning: item 2 is right in 30 of 40 examples (75 %); an equal share is "
          + "33 %", "t.json: $.options: warning: item 3 is never the right answer",
      ])
  }

  @Test func `options that begin one another are warned of`() throws {
    let examples = (0..<40).map {
      #"{"question":"Number \#($0)?","answer":\#($0 % 3 + 1)}"#
    }
    let review = try review(options: #"["yes","Yes, sir","yesterday"]"#, examples: examples)
    #expect(
      review.lines == [
        "t.json: $.options[0]: warning: 'yes' begins 'Yes, sir': the prefix match takes a generated "
          + "'Yes, sir' for both", formats,
      ])
    let texts = try self.review(
      template: "Noun: {noun}\nPlural: {answer}", options: #""forms""#,
      examples: (0..<40).map {
        #"{"noun":"noun \#($0)","forms":["x\#($0)","x\#($0) y"],"answer":1}"#
      })
    #expect(
      texts.lines.contains(
        "t.json: $.examples[0].forms: note: an option begins another in 40 of 40 examples: the prefix "
          + "match takes a generated text for both"))
  }

  @Test func `few examples are warned of`() throws {
    let review = try review(examples: Array(padded([]).prefix(20)))
    #expect(
      review.lines == [
        "t.json: $.examples: warning: 20 examples, so that one answer moves the accuracy by 5 %; give "
          + "at least 30", formats,
      ])
  }

  @Test func `answers that stand in the text are counted as words`() throws {
    let review = try review(
      examples: padded([
        #"{"question":"\"Yes!\", she said?","answer":"yes"}"#,
        #"{"question":"Yesterday?","answer":"yes"}"#,
        #"{"question":"No way?","answer":"yes"}"#,
        #"{"question":"Is no news good news?","answer":"no"}"#,
      ]))
    #expect(
      review.lines == [
        "t.json: $.examples: note: the answer stands in an input field of 2 of 44 examples, another "
          + "option in 1", formats,
      ])
  }

  @Test func `items beyond the template are warned of`() throws {
    let examples = (0..<40).map {
      #"{"w":["one \#($0)","two"\#($0 == 7 ? #","three""# : "")],"answer":"\#($0)"}"#
    }
    let review = try review(
      template: "A. {w.1}\nB. {w.2}\nAnswer: {answer}", options: nil, examples: examples)
    #expect(
      review.lines.first
        == "t.json: $.examples[7].w: warning: has more items than the template shows (2); in 1 of 40 "
        + "examples")
  }

  @Test func `attributes that stand in for each other are told`() throws {
    // One space after the heading and two before the question, or the other way round: of 2 · 3 choices
    // there 5 can be told apart, and 2 · 2 · 3 elsewhere.
    let text = #"""
      {"schema":"formatspread.grammar/1","name":"spaces","separator":[" ","  "],
      "space":[" ","  ","\n"],"casing":["identity"]}
      """#
    let grammar = try Grammar(JSONReader(try JSON.parse(Array(text.utf8), file: "g"), file: "g"))
    let document = """
      {"schema":"formatspread.task/1","name":"t","structure":{"tree":{"node":"group","id":"all",
      "space":" ","children":[{"node":"group","id":"block","space":" ","children":[
      {"node":"field","id":"title","descriptor":"Quiz","has_text":false,"separator":" ",
      "casing":"identity"},{"node":"field","id":"q","descriptor":"Question","separator":" ",
      "casing":"identity"}]},{"node":"field","id":"a","descriptor":"Answer","output":true,
      "separator":" ","casing":"identity"}]}},
      "options":["yes","no"],"examples":[\(padded([]).joined(separator: ","))]}
      """
    let review = try review(document, grammar: grammar)
    #expect(
      review.lines == [
        "t.json: $.structure: note: 60 plausible formats in the grammar 'spaces'",
        "t.json: $.structure: note: different values of block.space, title.separator can render one "
          + "template; it counts once",
      ])
  }

  @Test func `a grammar with few formats is warned of`() throws {
    let text = #"""
      {"schema":"formatspread.grammar/1","name":"small","separator":[": "],"space":["\n","\n\n"],
      "casing":["identity"]}
      """#
    let grammar = try Grammar(JSONReader(try JSON.parse(Array(text.utf8), file: "g"), file: "g"))
    let document = """
      {"schema":"formatspread.task/1","name":"t","structure":{"template":"Q: {q}\\nA: {answer}"},
      "options":["yes","no"],"examples":[\(padded([]).joined(separator: ",")
        .replacing("question", with: "q"))]}
      """
    #expect(
      try review(document, grammar: grammar).lines == [
        "t.json: $.structure: warning: only 2 plausible formats in the grammar 'small': too few to "
          + "speak of a spread"
      ])
  }

  @Test func `a review is written for machines with its counts`() throws {
    let review = try review(examples: Array(padded([]).prefix(20)) + [#"{"question":"Is it?"}"#])
    #expect(
      review.json().compact == #"""
        {"schema":"formatspread.task-review/1","file":"t.json","task":"t","examples":20,\#
        "plausible_formats":480,"errors":1,"warnings":1,"notes":1,"findings":[\#
        {"severity":"error","path":"$.examples[20]","message":"the key 'answer' is missing"},\#
        {"severity":"warning","path":"$.examples","message":"20 examples, so that one answer moves \#
        the accuracy by 5 %; give at least 30"},\#
        {"severity":"note","path":"$.structure","message":"480 plausible formats in the grammar \#
        'paper'"}],"sheet":{"answers":[{"text":"yes","count":10},{"text":"no","count":10}],\#
        "prompt_bytes":{"median":61,"longest":61},"longest":"$.examples[1]",\#
        "prompt":"Question: Number 1?\nAnswer: no\n\nQuestion: Number 0?\nAnswer: ",\#
        "options":["yes","no"]}}
        """#)
  }

  @Test func `characters that are there by accident are told once for each kind`() throws {
    let review = try review(
      options: #"["yes","no "]"#,
      examples: (0..<40).map { index in
        let text = [
          "caf\u{C3}\u{A9}", "a\u{200B}b", "x\u{A0}y", "lost \u{FFFD}", "e\u{301}t\u{E9}",
        ]
        let question = index < 5 ? text[index] : "Number \(index)?"
        return #"{"question":"\#(question)","answer":"\#(index % 2 == 0 ? "yes" : "no ")"}"#
      })
    #expect(
      review.lines == [
        "t.json: $.options[1]: warning: 'no ' begins or ends with white space, which is part of the "
          + "answer",
        "t.json: $.examples[3].question: warning: has the replacement character U+FFFD, which stands for "
          + "text that was lost; in 1 text",
        "t.json: $.examples[0].question: warning: has signs such as 'Ã©', which are UTF-8 that was read as "
          + "Latin-1; in 1 text",
        "t.json: $.examples[1].question: note: has invisible characters of no width; in 1 text",
        "t.json: $.examples[2].question: note: has non-breaking spaces; in 1 text",
        "t.json: $.examples[4].question: note: has letters with their accents as characters of their own; "
          + "in 1 text",
        formats,
      ])
  }

  @Test func `a prompt longer than a context is told, and the task is shown`() throws {
    let long = String(repeating: "word ", count: 4_000)
    let review = try review(
      examples: padded([]) + [#"{"question":"\#(long)?","answer":"no"}"#])
    #expect(
      review.lines.first
        == "t.json: $.examples[40]: warning: its prompt has 20052 bytes, about 5013 tokens, more than a "
        + "context of 4096 (--context)")
    let sheet = try #require(review.sheet)
    #expect(
      sheet.lines(tokens: 4_003) == [
        "Answers: 'yes' 20, 'no' 21",
        "Prompts: 61 bytes in the median, 20052 at most, 4003 tokens as the backend counts",
        "One prompt, in the task's own format:", "  | Question: Number 1?", "  | Answer: no",
        "  | ",
        "  | Question: Number 0?", "  | Answer: ", "  answered by 'yes', 'no'",
      ])
  }

  @Test func `keys that begin with $comment are passed over`() throws {
    let review = try review(
      """
      {"$comment":"a","schema":"formatspread.task/1","$comment 2":["b"],"name":"t",
      "structure":{"$comment":"c","template":"Q: {q}\\nA: {answer}"},
      "examples":[{"$comment":"d","q":"x","answer":"y"}]}
      """)
    #expect(review.count(.error) == 0)
    #expect(!review.lines.contains { $0.contains("comment") })
  }

  @Test(arguments: BundledTasks.names)
  func `the bundled tasks have no errors and no warnings`(_ name: String) throws {
    let review = TaskReview.review(
      document: try TextFile.json(BundledTasks.path(name)), grammar: .paper
    ) { name throws(InputError) in throw InputError("\(name): no such file") }
    #expect(review.findings.filter { $0.severity != .note } == [])
    #expect(try #require(review.plausibleFormats) > 100)
    #expect(review.examples >= 300)
  }
}

/// The tasks that ship with the package.
enum BundledTasks {
  static let names = [
    "claim-evidence", "entailment", "general-knowledge", "number-comparison", "odd-one-out",
    "past-tense", "plural", "question-type", "reading-yes-no", "sentiment", "story-ending", "topic",
  ]

  static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("tasks/\(name).json").path
  }
}
