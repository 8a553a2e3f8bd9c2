import Basics
import Formats
import Tasks
import Testing

@testable import Prompts

@Suite struct `Prompts` {
  private func writer(
    _ task: PreparedTask, values: String = "{}", demonstrations: [Int] = [],
    keepsInstruction: Bool = true
  ) throws -> PromptWriter {
    let format = try task.structure.format(
      try Fixture.reader(values, file: "values"), grammar: task.grammar)
    return try #require(
      PromptWriter(
        task, format: format, demonstrations: demonstrations, keepsInstruction: keepsInstruction))
  }

  // MARK: Recorded prompts

  // One prompt of the released code (arXiv 2310.11324) for Super-NaturalInstructions task 220, with two
  // enumerations of which the second is the options.
  @Test func `follow a numbering in instruction, demonstration and answer`() throws {
    let instruction =
      "In this task, you're given five sentences, numbered {enum0.1} through {enum0.5}, and two "
      + "options {enum1.1} and {enum1.2} for possible titles for the story. Your job is to choose the "
      + "title that better fits the story. Indicate your choice by '{enum1.1}' or '{enum1.2}'."
    let tree = """
      {"structure": "task220", "tree": {"node": "group", "id": "n0", "space": " ",
      "whitespace_space_only": false, "children": [{"node": "enumeration", "id": "n1",
      "descriptor": "Sentence", "indices": [0, 1, 2, 3, 4], "space": " ", "wrapper": "x",
      "number": "arabic", "text_option_separator": " ", "list": "enum0",
      "separator": {"shared": "fixed0"}, "casing": {"shared": "fixed1"}}, {"node": "group",
      "id": "n2", "space": "", "whitespace_space_only": true, "children": [{"node": "field",
      "id": "n3", "descriptor": "Choices", "output": false, "has_text": false,
      "separator": {"shared": "fixed0"}, "casing": {"shared": "fixed1"}}, {"node": "enumeration",
      "id": "n4", "descriptor": "", "indices": [0, 1], "space": " ", "wrapper": "x.",
      "number": "lower_alpha", "text_option_separator": "", "list": "enum1", "separator": " ",
      "casing": "identity"}]}, {"node": "field", "id": "n5", "descriptor": "Answer", "output": true,
      "has_text": true, "separator": {"shared": "fixed0"}, "casing": {"shared": "fixed1"}}]},
      "shared": [{"ref": "fixed0", "fields": {"separator": ": "}, "not_free": true},
      {"ref": "fixed1", "fields": {"casing": "identity"}, "not_free": true}]}
      """
    let task = try Fixture.task(
      """
      "instruction": \(JSON.string(instruction).compact), "structure": \(tree), "options": "enum1",
      "examples": [{"enum0": ["a, b and c", "café – “quoted”", "END", "naïve", "Where is Mary"],
      "enum1": ["q2", "Line one. Line two"], "answer": 1},
      {"enum0": ["Where is Mary", "Option text", "a, b and c", "q1", "Line one. Line two"],
      "enum1": ["3 + 4 = 7", "q4"], "answer": 2}]
      """)
    let values = #"""
      {"n0.space": " \n ", "n1.wrapper": "x )", "n1.number": "arabic", "n1.space": " ",
      "n1.text_option_separator": "", "n2.space": " \n", "n4.wrapper": "<x>",
      "n4.number": "lower_alpha", "n4.space": " \n", "n4.separator": ": "}
      """#
    let prompt = try writer(task, values: values, demonstrations: [0]).prompt(1)
    #expect(
      prompt.text
        == "In this task, you're given five sentences, numbered 1 through 5, and two options a and b "
        + "for possible titles for the story. Your job is to choose the title that better fits the "
        + "story. Indicate your choice by 'a' or 'b'.\n\n"
        + "Sentence1 ): a, b and c Sentence2 ): café – “quoted” Sentence3 ): END Sentence4 ): naïve "
        + "Sentence5 ): Where is Mary \n Choices:  \n<a>: q2 \n<b>: Line one. Line two \n Answer: a"
        + "\n\nSentence1 ): Where is Mary Sentence2 ): Option text Sentence3 ): a, b and c Sentence4 ): "
        + "q1 Sentence5 ): Line one. Line two \n Choices:  \n<a>: 3 + 4 = 7 \n<b>: q4 \n Answer: ")
    #expect(prompt.options == ["a", "b"])
    #expect(prompt.answerText == "b")
  }

  // The same for task 1661: two fields under one separator and casing.
  @Test func `join the fields by the format's separator, space and casing`() throws {
    let task = try Fixture.task(
      #"""
      "instruction":"Given some text, decide.",
      "structure":{"template":"Passage: {p}\nQuestion: {q}\nAnswer: {answer}"},
      "options":["Yes","No"],
      "examples":[{"p":"café – “quoted”","q":"The cat sat on the mat","answer":"Yes"},
      {"p":"x","q":"Option text","answer":"No"}]
      """#)
    let values = #"{"fields.casing":"lower","fields.separator":" ","fields.space":" ,  "}"#
    let prompt = try writer(task, values: values, demonstrations: [0]).prompt(1)
    #expect(
      prompt.text
        == "Given some text, decide.\n\npassage café – “quoted” ,  question The cat sat on the mat ,  "
        + "answer Yes\n\npassage x ,  question Option text ,  answer ")
  }

  // MARK: Instruction and answers

  private static let choice = #"""
    "instruction":"Answer {c.1} or {c.2}, but not {{c}}.",
    "structure":{"template":"Q: {q}\n(A) {c.1}\n(B) {c.2}\nAnswer: {answer}"},
    "examples":[{"q":"first","c":["x","y"],"answer":1},{"q":"second","c":["u","v"],"answer":2}]
    """#

  @Test(arguments: [
    ("upper_alpha", "A", "B"), ("arabic", "1", "2"), ("roman_lower", "i", "ii"),
    ("unicode_roman", "Ⅰ", "Ⅱ"),
  ])
  func `name the labels of the format without their wrappers`(
    _ numbering: String, _ first: String, _ second: String
  ) throws {
    let task = try Fixture.task(Self.choice + #","options":"c""#)
    let prompt = try writer(
      task, values: #"{"c.number":"\#(numbering)"}"#, demonstrations: [0]
    ).prompt(1)
    #expect(
      prompt.text == """
        Answer \(first) or \(second), but not {c}.

        Q: first
        (\(first)) x
        (\(second)) y
        Answer: \(first)

        Q: second
        (\(first)) u
        (\(second)) v
        Answer:\(" ")
        """)
    #expect(prompt.options == [first, second])
    #expect(prompt.answerText == second)
  }

  @Test func `fill labels into fixed options`() throws {
    let task = try Fixture.task(
      Self.choice + #","options":["Option {c.1}","Option {c.2}","{{none}}"]"#)
    let prompt = try writer(task, values: #"{"c.number":"lower_alpha"}"#, demonstrations: [0])
      .prompt(1)
    #expect(prompt.options == ["Option a", "Option b", "{none}"])
    #expect(prompt.answerText == "Option b")
    #expect(prompt.text.contains("Answer: Option a\n\n"))
  }

  @Test func `offer the texts of options that the prompt does not list`() throws {
    let task = try Fixture.task(
      #"""
      "structure":{"template":"Noun: {noun}\nPlural: {answer}"},"options":"forms",
      "examples":[{"noun":"ox","forms":["oxes","oxen"],"answer":"oxen"}]
      """#)
    let prompt = try writer(task).prompt(0)
    #expect(prompt.text == "Noun: ox\nPlural: ")
    #expect(prompt.options == ["oxes", "oxen"])
    #expect(prompt.answerText == "oxen")
  }

  @Test func `show free answers in demonstrations and offer no options`() throws {
    let task = try Fixture.task(
      #"""
      "structure":{"template":"Sum: {sum}\nResult: {answer}"},
      "examples":[{"sum":"1 + 1","answer":2},{"sum":"2 + 2","answer":"four"}]
      """#)
    let prompt = try writer(task, demonstrations: [0]).prompt(1)
    #expect(prompt.text == "Sum: 1 + 1\nResult: 2\n\nSum: 2 + 2\nResult: ")
    #expect(prompt.options == [])
    #expect(prompt.answerText == "four")
  }

  // MARK: Parts

  @Test func `keep the instruction without demonstrations unless the paper's way is asked for`()
    throws
  {
    let task = try Fixture.task(Self.choice + #","options":"c""#)
    let query = "Q: first\n(A) x\n(B) y\nAnswer: "
    #expect(
      try writer(task).prompt(0).text == "Answer A or B, but not {c}.\n\n" + query)
    #expect(try writer(task, keepsInstruction: false).prompt(0).text == query)
  }

  @Test func `begin with the demonstrations when there is no instruction`() throws {
    let task = try Fixture.task(
      #"""
      "structure":{"template":"Q: {q}\nA: {answer}"},"options":["yes","no"],
      "examples":[{"q":"a","answer":1},{"q":"b","answer":2},{"q":"c","answer":1}]
      """#)
    let writer = try writer(task, demonstrations: [2, 0])
    #expect(writer.prefix == "Q: c\nA: yes\n\nQ: a\nA: yes\n\n")
    #expect(writer.prompt(1).text == "Q: c\nA: yes\n\nQ: a\nA: yes\n\nQ: b\nA: ")
  }

  @Test func `write braces of examples as they are`() throws {
    let task = try Fixture.task(
      #"""
      "structure":{"template":"{{Q}}: {q}\nA: {answer}"},"options":["{{}}","no"],
      "examples":[{"q":"{answer} {q} {}","answer":2}]
      """#)
    let prompt = try writer(task).prompt(0)
    #expect(prompt.text == "{Q}: {answer} {q} {}\nA: ")
    #expect(prompt.options == ["{}", "no"])
  }

  @Test func `end at the output even where the template goes on`() throws {
    let task = try Fixture.task(
      #"""
      "structure":{"template":"Q: {q}\nA: {answer}\nEnd"},"options":["yes","no"],
      "examples":[{"q":"a","answer":1},{"q":"b","answer":2}]
      """#)
    #expect(
      try writer(task, demonstrations: [0]).prompt(1).text == "Q: a\nA: yes\nEnd\n\nQ: b\nA: ")
  }

  @Test func `do not exist for a numbering with too few labels`() throws {
    let labels = (1...13).map { "\($0). {w.\($0)}" }.joined(separator: "\\n")
    let task = try Fixture.task(
      """
      "structure":{"template":"\(labels)\\nSum: {answer}"},
      "examples":[{"w":[\(Array(repeating: #""a""#, count: 13).joined(separator: ","))],"answer":"b"}]
      """)
    let format = try task.structure.format(
      try Fixture.reader(#"{"w.number":"unicode_roman"}"#, file: "values"))
    #expect(PromptWriter(task, format: format, demonstrations: []) == nil)
  }
}
