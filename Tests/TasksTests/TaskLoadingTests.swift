import Basics
import Testing

@testable import Tasks

@Suite struct `Loading a task` {
  private static func reader(_ text: String) throws -> JSONReader {
    JSONReader(try JSON.parse(Array(text.utf8), file: "t.json"), file: "t.json")
  }

  /// A document of which a test replaces or leaves out members.
  private static func document(
    schema: String? = #""formatspread.task/1""#, name: String? = #""t""#,
    structure: String? = #"{"template":"Q: {q}\nA: {answer}"}"#,
    options: String? = #"["yes","no"]"#, examples: String? = #"[{"q":"Is it?","answer":"yes"}]"#,
    extra: String = ""
  ) -> String {
    let members: [(String, String?)] = [
      ("schema", schema), ("name", name), ("structure", structure), ("options", options),
      ("examples", examples),
    ]
    let shown = members.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }
    return "{" + shown.joined(separator: ",") + extra + "}"
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let document: String
    let message: String
    var testDescription: String { name }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      name: "no object", document: "[1]", message: "t.json: $: expected an object, found a list"),
    Mistake(
      name: "no schema", document: document(schema: nil),
      message: "t.json: $: the key 'schema' is missing"),
    Mistake(
      name: "no name", document: document(name: nil),
      message: "t.json: $: the key 'name' is missing"),
    Mistake(
      name: "no structure", document: document(structure: nil),
      message: "t.json: $: the key 'structure' is missing"),
    Mistake(
      name: "no examples", document: document(examples: nil),
      message: "t.json: $: the key 'examples' is missing"),
    Mistake(
      name: "unknown key", document: document(extra: #","instructions":"Answer.""#),
      message:
        "t.json: $: unknown key 'instructions' (did you mean 'instruction'?); known: schema, "
        + "name, description, source, license, instruction, structure, options, examples"),
    Mistake(
      name: "unknown schema", document: document(schema: #""formatspread.task/2""#),
      message: "t.json: $.schema: unknown schema 'formatspread.task/2'; this version reads "
        + "'formatspread.task/1'"),
    Mistake(
      name: "schema of another type", document: document(schema: "1"),
      message: "t.json: $.schema: expected a text, found the number 1"),
    Mistake(
      name: "empty name", document: document(name: #""""#),
      message: "t.json: $.name: expected a text that is not empty, found an empty text"),
    Mistake(
      name: "name with a slash", document: document(name: #""a/b""#),
      message: "t.json: $.name: a task's name has only letters, digits, '-', '_' and '.'"),
    Mistake(
      name: "instruction of another type", document: document(extra: #","instruction":["a"]"#),
      message: "t.json: $.instruction: expected a text, found a list"),
    Mistake(
      name: "empty template", document: document(structure: #"{"template":""}"#),
      message:
        "t.json: $.structure.template: expected a text that is not empty, found an empty text"
    ),
    Mistake(
      name: "template with more", document: document(structure: #"{"template":"a","casing":1}"#),
      message: "t.json: $.structure: unknown key 'casing'; known: template"),
    Mistake(
      name: "examples of another type", document: document(examples: #"{"q":"a"}"#),
      message: "t.json: $.examples: expected a list, found an object"),
    Mistake(
      name: "empty examples", document: document(examples: "[]"),
      message: "t.json: $.examples: a task needs at least one example"),
    Mistake(
      name: "options of another type", document: document(options: "2"),
      message: "t.json: $.options: expected a list, found the number 2"),
    Mistake(
      name: "one option", document: document(options: #"["yes"]"#),
      message: "t.json: $.options: a task needs at least two options"),
    Mistake(
      name: "empty option", document: document(options: #"["yes",""]"#),
      message: "t.json: $.options[1]: expected a text that is not empty, found an empty text"),
    Mistake(
      name: "duplicate option", document: document(options: #"["yes","no","yes"]"#),
      message: "t.json: $.options[2]: the option 'yes' occurs twice"),
    Mistake(
      name: "no answer", document: document(examples: #"[{"q":"a","answer":"no"},{"q":"b"}]"#),
      message: "t.json: $.examples[1]: the key 'answer' is missing"),
    Mistake(
      name: "answer misspelt", document: document(examples: #"[{"q":"a","Answer":"no"}]"#),
      message: "t.json: $.examples[0]: the key 'answer' is missing; is 'Answer' meant?"),
    Mistake(
      name: "answer outside the options",
      document: document(examples: #"[{"q":"a","answer":"Yes"}]"#),
      message:
        "t.json: $.examples[0].answer: the answer 'Yes' is not an option; options: 'yes', 'no', "
        + "or a position from 1 to 2"),
    Mistake(
      name: "position 0", document: document(examples: #"[{"q":"a","answer":0}]"#),
      message:
        "t.json: $.examples[0].answer: the answer '0' is not an option; options: 'yes', 'no', "
        + "or a position from 1 to 2"),
    Mistake(
      name: "position too large",
      document: document(options: #""c""#, examples: #"[{"q":"a","c":["x","y","z"],"answer":4}]"#),
      message: "t.json: $.examples[0].answer: the answer '4' is not an option; options: 'x', 'y', "
        + "'z', or a position from 1 to 3"),
    Mistake(
      name: "answer of another type",
      document: document(examples: #"[{"q":"a","answer":["yes"]}]"#),
      message: "t.json: $.examples[0].answer: the answer '[\"yes\"]' is not an option; options: "
        + "'yes', 'no', or a position from 1 to 2"),
    Mistake(
      name: "empty text", document: document(examples: #"[{"q":"","answer":"no"}]"#),
      message: "t.json: $.examples[0].q: the text is empty"),
    Mistake(
      name: "blank text", document: document(examples: #"[{"q":" \n\u00a0","answer":"no"}]"#),
      message: "t.json: $.examples[0].q: the text is empty"),
    Mistake(
      name: "field of another type",
      document: document(examples: #"[{"q":{"a":1},"answer":"no"}]"#),
      message: "t.json: $.examples[0].q: expected a text or a list of texts, found an object"),
    Mistake(
      name: "field that is true", document: document(examples: #"[{"q":true,"answer":"no"}]"#),
      message: "t.json: $.examples[0].q: expected a text or a list of texts, found true or false"),
    Mistake(
      name: "field with a space", document: document(examples: #"[{"my q":[],"answer":"no"}]"#),
      message: #"t.json: $.examples[0]["my q"]: a list needs at least one item"#),
    Mistake(
      name: "list of numbers",
      document: document(examples: #"[{"q":["a",2],"answer":"no"}]"#),
      message: "t.json: $.examples[0].q[1]: expected a text, found the number 2"),
    Mistake(
      name: "blank item", document: document(examples: #"[{"q":["a"," "],"answer":"no"}]"#),
      message: "t.json: $.examples[0].q[1]: the text is empty"),
    Mistake(
      name: "list of options missing",
      document: document(options: #""c""#, examples: #"[{"q":"a","answer":1}]"#),
      message: "t.json: $.examples[0]: the list 'c', which holds the options, is missing"),
    Mistake(
      name: "list of options too short",
      document: document(options: #""c""#, examples: #"[{"q":"a","c":["x"],"answer":1}]"#),
      message: "t.json: $.examples[0]: the list 'c' needs at least two options"),
    Mistake(
      name: "text of two options",
      document: document(options: #""c""#, examples: #"[{"q":"a","c":["x","x"],"answer":"x"}]"#),
      message: "t.json: $.examples[0].answer: the answer 'x' is the text of more than one option"),
    Mistake(
      name: "empty free answer",
      document: document(options: nil, examples: #"[{"q":"a","answer":""}]"#),
      message: "t.json: $.examples[0].answer: the text is empty"),
  ]

  @Test(arguments: mistakes)
  func `tells the place of a mistake and what would be accepted`(_ mistake: Mistake) throws {
    #expect(throws: InputError(mistake.message)) {
      try EvaluationTask(try Self.reader(mistake.document))
    }
  }

  @Test func `keeps the fields and their order`() throws {
    let task = try EvaluationTask(
      try Self.reader(
        Self.document(
          examples: #"[{"q":"a","n":12,"x":1.50,"list":["u","v"],"answer":"no"}]"#,
          extra: #","description":"D","source":"S","license":"L","instruction":"I""#)))
    #expect(task.name == "t")
    #expect(task.description == "D")
    #expect(task.source == "S")
    #expect(task.license == "L")
    #expect(task.instruction == "I")
    #expect(task.options == .fixed(["yes", "no"]))
    let example = try #require(task.examples.first)
    #expect(example.fields.map(\.name) == ["q", "n", "x", "list"])
    #expect(example.text("n") == "12")
    #expect(example.text("x") == "1.5")
    #expect(example.items("list") == ["u", "v"])
    #expect(example.text("list") == nil)
    #expect(example.items("q") == nil)
    #expect(example.answer == .option(1))
  }

  @Test(arguments: [
    (#"["yes","no"]"#, #""no""#, Example.Answer.option(1)),
    (#"["yes","no"]"#, "2", .option(1)),
    // A text goes before a position: "2" is the first option here.
    (#"["2","1"]"#, "2", .option(0)),
    (#"["2","1"]"#, #""2""#, .option(0)),
    // Composed and decomposed letters are different options.
    (#"["\u00e9","e\u0301"]"#, #""e\u0301""#, .option(1)),
  ])
  func `finds an answer by its text or else by its position`(
    _ options: String, _ answer: String, _ expected: Example.Answer
  ) throws {
    let examples = #"[{"q":"a","answer":\#(answer)}]"#
    let task = try EvaluationTask(
      try Self.reader(Self.document(options: options, examples: examples)))
    #expect(task.examples.map(\.answer) == [expected])
  }

  @Test func `reads free answers as they would be written`() throws {
    let task = try EvaluationTask(
      try Self.reader(
        Self.document(
          options: nil, examples: #"[{"q":"a","answer":"12 "},{"q":"b","answer":12}]"#)))
    #expect(task.examples.map(\.answer) == [.text("12 "), .text("12")])
  }

  @Test func `goes on after a wrong example and keeps its position`() throws {
    let draft = try TaskDraft(
      try Self.reader(
        Self.document(
          examples: #"[{"q":"","answer":"x"},{"q":"a","answer":1},{"q":"b"},{"q":"c","answer":2}]"#)
      ))
    #expect(draft.positions == [1, 3])
    #expect(draft.task.examples.map { $0.text("q") } == ["a", "c"])
    #expect(draft.problems.map(\.example) == [0, 0, 2])
  }

  @Test func `says nothing of an answer whose options cannot be read`() throws {
    let draft = try TaskDraft(
      try Self.reader(
        Self.document(options: #""c""#, examples: #"[{"q":"a","c":["x",1],"answer":9}]"#)))
    #expect(
      draft.problems.map(\.error.message)
        == ["t.json: $.examples[0].c[1]: expected a text, found the number 1"])
  }
}
