import Basics
import Formats
import Tasks
import Testing

@testable import Prompts

@Suite struct `Preparing a task` {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let members: String
    let message: String
    var testDescription: String { name }
  }

  private static let choice =
    #""structure":{"template":"Q: {q}\nA. {c.1}\nB. {c.2}\nAnswer: {answer}"}"#

  static let mistakes: [Mistake] = [
    Mistake(
      name: "a field is missing",
      members: #""structure":{"template":"Q: {question}\nA: {answer}"},"options":["yes","no"],"#
        + #""examples":[{"question":"a","answer":1},{"questoin":"b","answer":1}]"#,
      message:
        "t.json: $.examples[1]: the structure shows {question}, which the example does not have "
        + "(did you mean 'questoin'?)"),
    Mistake(
      name: "a field is missing and none is near",
      members:
        #""structure":{"template":"Q: {question}\nA: {answer}"},"examples":[{"answer":"a"}]"#,
      message:
        "t.json: $.examples[0]: the structure shows {question}, which the example does not have"
    ),
    Mistake(
      name: "a list is shown as a field",
      members: #""structure":{"template":"Q: {q}\nA: {answer}"},"#
        + #""examples":[{"q":["a","b"],"answer":"a"}]"#,
      message: "t.json: $.examples[0]: the structure shows {q}, which is a list; name its items as "
        + "{q.1}"),
    Mistake(
      name: "a list is missing",
      members: choice + #","options":["x","y"],"examples":[{"q":"a","answer":1}]"#,
      message: "t.json: $.examples[0]: the structure shows {c.1}, but the example has no list 'c'"),
    Mistake(
      name: "an item is beyond the list",
      members: #""structure":{"template":"A. {w.1}\nB. {w.2}\nC. {w.3}\nAnswer: {answer}"},"#
        + #""examples":[{"w":["a","b","c"],"answer":"a"},{"w":["a","b"],"answer":"a"}]"#,
      message: "t.json: $.examples[1]: the structure shows {w.3}, but 'w' has 2 items"),
    Mistake(
      name: "an option is not shown",
      members: choice + #","options":"c","examples":[{"q":"a","c":["x","y","z"],"answer":3}]"#,
      message: "t.json: $.examples[0]: 'c' has 3 options, but the structure shows 2"),
    Mistake(
      name: "an unknown label in the instruction",
      members: choice + #","instruction":"Answer {c.1} or {c.3}.","options":"c","#
        + #""examples":[{"q":"a","c":["x","y"],"answer":1}]"#,
      message:
        "t.json: $.instruction: unknown label {c.3} (did you mean 'c.1'?); known: {c.1}, {c.2}"),
    Mistake(
      name: "a label without labelled items",
      members: #""structure":{"template":"Q: {q}\nA: {answer}"},"instruction":"Say {q}.","#
        + #""examples":[{"q":"a","answer":"a"}]"#,
      message: "t.json: $.instruction: unknown label {q}; the structure has no labelled items"),
    Mistake(
      name: "an unknown label in an option",
      members: choice + #","options":["Option {c.1}","Option {d.2}"],"#
        + #""examples":[{"q":"a","c":["x","y"],"answer":1}]"#,
      message:
        "t.json: $.options[1]: unknown label {d.2} (did you mean 'c.2'?); known: {c.1}, {c.2}"),
    Mistake(
      name: "a brace out of place",
      members: choice + #","instruction":"A set: {x","options":"c","#
        + #""examples":[{"q":"a","c":["x","y"],"answer":1}]"#,
      message: "t.json: $.instruction: a brace out of place; write {{ or }} for the character"),
    Mistake(
      name: "a template without an output",
      members: #""structure":{"template":"Q: {q}"},"examples":[{"q":"a","answer":"a"}]"#,
      message:
        "t.json: $.structure.template: template: no output field; mark where the answer goes "
        + "with {answer}"),
    Mistake(
      name: "a structure's file that does not exist",
      members: #""structure":"s.json","examples":[{"q":"a","answer":"a"}]"#,
      message: "s.json: no such file"),
  ]

  @Test(arguments: mistakes)
  func `tells what does not fit`(_ mistake: Mistake) {
    #expect(throws: InputError(mistake.message)) { try Fixture.task(mistake.members) }
  }

  @Test func `refuses an alphabet of one's own that is shorter than the options`() throws {
    let grammar = try Fixture.grammar(#""number":[{"name":"suits","labels":["♠","♥"]}]"#)
    #expect(
      throws: InputError(
        "grammar 'g': the alphabet 'suits' has 2 labels, but task 't' labels 3 items of 'c'")
    ) {
      try Fixture.task(
        #""structure":{"template":"A. {c.1}\nB. {c.2}\nC. {c.3}\nAnswer: {answer}"},"options":"c","#
          + #""examples":[{"c":["x","y","z"],"answer":1}]"#, grammar: grammar)
    }
  }

  @Test func `refuses a grammar without a plausible format`() throws {
    // An enumeration whose separator has a newline needs one between its items.
    let grammar = try Fixture.grammar(#""separator":["\n"],"space":[" "]"#)
    #expect(
      throws: InputError("t.json: the grammar 'g' has no plausible format for this structure")
    ) {
      try Fixture.task(
        #""structure":{"template":"Q: {q}\nA: {answer}"},"examples":[{"q":"a","answer":"a"}]"#,
        grammar: grammar)
    }
  }

  @Test(arguments: [
    (#"["x","y"]"#, PreparedTask.AnswerStyle.fixed), (#""c""#, .labels("c")),
    (#""f""#, .texts("f")),
  ])
  func `takes what is to be said from the options and the template`(
    _ options: String, _ style: PreparedTask.AnswerStyle
  ) throws {
    let task = try Fixture.task(
      Self.choice + #","options":\#(options),"#
        + #""examples":[{"q":"a","c":["x","y"],"f":["x","y"],"answer":2}]"#)
    #expect(task.answers == style)
  }

  @Test func `lets a task without options be answered freely`() throws {
    let task = try Fixture.task(
      #""structure":{"template":"Q: {q}\nA: {answer}"},"examples":[{"q":"a","answer":"b"}]"#)
    #expect(task.answers == .free)
    // The released code counts 480 for words, whose casings are three (identity and title coincide);
    // single letters have two.
    #expect(task.space.count == 480 / 3 * 2)
  }

  private static let tree =
    #"{"structure":"t","tree":{"node":"group","id":"n0","space":"\n","children":["#
    + #"{"node":"field","id":"n1","descriptor":"Q","separator":": ","casing":"identity"},"#
    + #"{"node":"field","id":"n2","descriptor":"A","output":true,"separator":": ","#
    + #""casing":"identity"}]}}"#

  @Test func `finds a structure in a file by its own name or by another`() throws {
    let file = #"{"structures":[\#(Self.tree)]}"#
    let examples = #""examples":[{"q":"a","answer":"b"}]"#
    for name in ["s.json", "s.json#t"] {
      let task = try Fixture.task(
        #""structure":"\#(name)",\#(examples)"#, files: ["s.json": file])
      #expect(task.structure.inputs == [.field("q")])
    }
    #expect(
      throws: InputError("t.json: $.structure: no structure 'task9'; known: t")
    ) {
      try Fixture.task(#""structure":"s.json#task9",\#(examples)"#, files: ["s.json": file])
    }
  }
}
