import Foundation
import Testing

/// Every wrong input gets one clear line on standard error and exit status 2.
@Suite struct WrongInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    /// Files to write first; `@NAME` in arguments and message stands for their paths.
    var files: [String: String] = [:]
    let message: String

    var testDescription: String { name }
  }

  static let task = """
    {"schema": "formatspread.task/1", "name": "small", "structure": {"template": "Q: {q}\\nA: {answer}"},
     "options": ["yes", "no"], "examples": [
     {"q": "one", "answer": "yes"}, {"q": "two", "answer": "no"}, {"q": "three", "answer": "no"}]}
    """

  static let choices = """
    {"schema": "formatspread.task/1", "name": "choices", "options": "o",
     "structure": {"template": "Q: {q}\\nA. {o.1}\\nB. {o.2}\\nC. {o.3}\\nAnswer: {answer}"},
     "examples": [{"q": "one", "o": ["a", "b", "c"], "answer": 1},
     {"q": "two", "o": ["a", "b", "c"], "answer": 2}]}
    """

  static let cases: [Case] = [
    Case(
      name: "a missing file", arguments: ["run", "nowhere.json"],
      message: "nowhere.json: no such file"),
    Case(
      name: "an unknown bundled task", arguments: ["run", "sentimant"],
      message:
        "'sentimant': no such file and no bundled task (did you mean 'sentiment'?); bundled: "
        + "claim-evidence, entailment, general-knowledge, number-comparison, odd-one-out, past-tense, "
        + "plural, question-type, reading-yes-no, sentiment, story-ending, topic"),
    Case(
      name: "malformed JSON", arguments: ["run", "@t.json"],
      files: ["t.json": "{\n  \"schema\": \"formatspread.task/1\",\n  \"name\" \"x\"\n}"],
      message: "@t.json:3:10: not valid JSON: '\"' where ':' should follow the key 'name'"),
    Case(
      name: "a misspelt option", arguments: ["run", "sentiment", "--fromats", "3"],
      message:
        "unknown option '--fromats' (did you mean '--formats'?); see 'formatspread run --help'"),
    Case(
      name: "a grammar without atoms", arguments: ["run", "@t.json", "--grammar", "@g.json"],
      files: ["t.json": task, "g.json": #"{"schema": "formatspread.grammar/1", "name": "g"}"#],
      message: "@g.json: $: a grammar without atoms; give at least one of separator, space, gap, "
        + "casing, wrapper, number"),
    Case(
      name: "a grammar with an empty list", arguments: ["run", "@t.json", "--grammar", "@g.json"],
      files: [
        "t.json": task,
        "g.json": #"{"schema": "formatspread.grammar/1", "name": "g", "space": []}"#,
      ],
      message: "@g.json: $.space: a grammar needs at least one space; the list is empty"),
    Case(
      name: "a template without an output field", arguments: ["run", "@t.json"],
      files: ["t.json": task.replacing("{answer}", with: "")],
      message:
        "@t.json: $.structure.template: template: no output field; mark where the answer goes "
        + "with {answer}"),
    Case(
      name: "a budget of 0", arguments: ["run", "sentiment", "--budget", "0"],
      message:
        "--budget '0': expected a whole number of at least 1, such as 1 or 40k"),
    Case(
      name: "more shots than the pool holds",
      arguments: ["run", "sentiment", "--shots", "11"],
      message: "--shots 11: the pool holds 10 demonstrations; ask for at most 10, or set a larger "
        + "--pool"),
    Case(
      name: "a label alphabet shorter than the options",
      arguments: ["run", "@t.json", "--grammar", "@g.json", "--pool", "0", "--shots", "0"],
      files: [
        "t.json": choices,
        "g.json":
          #"{"schema": "formatspread.grammar/1", "name": "g", "number": [{"name": "two", "labels": ["α", "β"]}]}"#,
      ],
      message:
        "grammar 'g': the alphabet 'two' has 2 labels, but task 'choices' labels 3 items of 'o'"
    ),
    Case(
      name: "an answer outside the options", arguments: ["run", "@t.json"],
      files: [
        "t.json": task.replacing(
          "\"two\", \"answer\": \"no\"", with: "\"two\", \"answer\": \"maybe\"")
      ],
      message:
        "@t.json: $.examples[1].answer: the answer 'maybe' is not an option; options: 'yes', "
        + "'no', or a position from 1 to 2"),
    Case(
      name: "a pool as large as the task", arguments: ["run", "@t.json"], files: ["t.json": task],
      message: "--pool 10: the task has 3 examples, so none would be left to evaluate; set --pool "
        + "below 3"),
    Case(
      name: "a budget for the full search",
      arguments: ["run", "sentiment", "--search", "full", "--budget", "100"],
      message: "--budget: --search full asks every cell; leave one of the two out"),
    Case(
      name: "a search without a budget", arguments: ["run", "sentiment", "--search", "uniform"],
      message: "--search uniform: needs --budget, such as --budget 10k"),
    Case(
      name: "an unknown search", arguments: ["run", "sentiment", "--search", "tompson"],
      message: "--search 'tompson': unknown (did you mean 'thompson'?); known: "
        + "adaptive, balanced, full, halving, uniform, thompson, ucb, ucb-repaired"),
    Case(
      name: "an unknown command", arguments: ["rnu"],
      message:
        "unknown command 'rnu' (did you mean 'run'?); see 'formatspread --help'"),
    Case(
      name: "a backend that is none", arguments: ["run", "sentiment", "--backend", "proces:cat"],
      message: "backend 'proces:cat': unknown backend (did you mean 'process:cat'?); accepted: "
        + "'reference', 'process:COMMAND', 'http://HOST:PORT/v1', 'https://HOST/v1'"),
    Case(
      name: "a run directory that is none", arguments: ["report", "tasks"],
      message: "tasks: holds no run (no study.json)"),
    Case(
      name: "a directory that cannot be made",
      arguments: ["run", "sentiment", "--out", "/proc/formatspread"],
      message: "/proc/formatspread: the directory cannot be made (No such file or directory)"),
  ]

  @Test(arguments: cases) func `is refused in one line with status 2`(_ wrong: Case) throws {
    let folder = try TemporaryFolder.make().path
    func placed(_ text: String) -> String {
      wrong.files.keys.reduce(text) { $0.replacing("@\($1)", with: "\(folder)/\($1)") }
    }
    for (name, content) in wrong.files {
      try Data(content.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    let result = try Invocation(wrong.arguments.map(placed))
    #expect(result.errors == "formatspread: \(placed(wrong.message))\n")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
  }

  @Test func `a prompt of a small task is shown with the pool of its run`() throws {
    let small = try TemporaryFolder.file("small.json", Self.task)
    let shown = try Invocation(["formats", small, "--show", "0", "--pool", "1", "--shots", "0"])
    #expect(shown.status == 0)
    #expect(shown.output.hasPrefix("Q: "))
    #expect(shown.output.hasSuffix("\nA: "))
  }

  @Test func `an output directory of another study is refused with the differences`() throws {
    let out = try TemporaryFolder.make().path
    let small = try TemporaryFolder.file("small.json", Self.task)
    let common = ["run", small, "--pool", "1", "--formats", "2", "--quiet", "--out", out]
    #expect(try Invocation(common).status == 0)
    let other = try Invocation(common + ["--seed", "7", "--shots", "0"])
    #expect(
      other.errors == "formatspread: \(out): holds the run of another study: shots 1 (here 0), "
        + "seed 0 (here 7); give another --out, or the same options to continue\n")
    #expect(other.status == 2)
  }

  @Test func `an output directory that holds something else is refused`() throws {
    let out = try TemporaryFolder.make()
    try Data("x".utf8).write(to: out.appendingPathComponent("notes.txt"))
    let result = try Invocation(["run", "sentiment", "--out", out.path])
    #expect(
      result.errors
        == "formatspread: \(out.path): is not empty and holds no run; give another --out\n")
    #expect(result.status == 2)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
  func `an output directory that may not be written is refused`() throws {
    let out = try TemporaryFolder.make()
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: out.path)
    let result = try Invocation(["run", "sentiment", "--out", out.path])
    #expect(result.errors.hasPrefix("formatspread: \(out.path)"))
    #expect(result.status == 2)
  }
}
