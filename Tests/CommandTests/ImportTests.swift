import Foundation
import Testing

/// Data files of every kind become tasks that can be checked and run.
@Suite struct ImportTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    let kind: String
    let files: [(name: String, text: String)]
    var options: [String] = []
    /// The last line on standard error.
    let summary: String

    var testDescription: String { kind }
  }

  private static func lines(_ pattern: String, joined: String = "\n") -> String {
    (0..<14).map { index in
      pattern.replacing("#", with: "\(index)").replacing("%2", with: "\(index % 2)")
        .replacing("%L", with: ["A", "B"][index % 2]).replacing(
          "%W", with: ["no", "yes"][index % 2])
    }.joined(separator: joined)
  }

  static let kinds: [Kind] = [
    Kind(
      kind: "csv", files: [("d.csv", "text,label\n" + lines("\"t #,\n\"\"x\"\"\",%W") + "\n")],
      options: ["--template", #"Review: {text}\nGood: {label}"#],
      summary: "14 examples, 480 plausible formats"),
    Kind(
      kind: "tsv", files: [("d.tsv", "text\tlabel\n" + lines("t #\t%2"))],
      options: ["--labels", "no,yes"], summary: "14 examples, 480 plausible formats"),
    Kind(
      kind: "jsonl", files: [("d.jsonl", lines(##"{"text":"t #","label":"%W"}"##))],
      summary: "14 examples, 480 plausible formats"),
    Kind(
      kind: "json",
      files: [
        ("d.json", "{\"rows\":[" + lines(##"{"text":"t #","label":"%W"}"##, joined: ",") + "]}")
      ],
      summary: "14 examples, 480 plausible formats"),
    Kind(
      kind: "mmlu", files: [("m.csv", lines("Which #?,a,b,c,d #,%L"))],
      summary: "14 examples, 17712000 plausible formats"),
    Kind(
      kind: "bbh",
      files: [
        (
          "b.json",
          #"{"canary":"c","examples":["#
            + lines(
              ##"{"input":"Which #?\nOptions:\n(A) a\n(B) b #","target":"(%L)"}"##, joined: ",")
            + "]}"
        )
      ], summary: "14 examples, 17712000 plausible formats"),
    Kind(
      kind: "huggingface",
      files: [
        (
          "rows.json",
          #"{"features":[{"feature_idx":0,"name":"label","type":{"names":["neg","pos"],"_type":"ClassLabel"}}],"rows":["#
            + lines(
              ##"{"row_idx":#,"row":{"text":"t #","label":%2},"truncated_cells":[]}"##, joined: ",")
            + "]}"
        )
      ], summary: "14 examples, 480 plausible formats"),
    Kind(
      kind: "lm-eval",
      files: [
        (
          "samples_x_2026-01-31T12-30-59.1.jsonl",
          lines(
            ##"{"doc_id":#,"doc":{"question":"q #","choices":["a","b","c #"],"gold":%2},"target":"%2","arguments":{},"filter":"none"}"##
          )
        )
      ], summary: "14 examples, 17712000 plausible formats"),
    Kind(
      kind: "instruction-induction",
      files: [
        ("annotations.json", #"{"annotations":["Write the plural."]}"#),
        (
          "induce.json",
          #"{"examples":{"# + lines(##""#":{"input":"cat #","output":"cats #"}"##, joined: ",")
            + "}}"
        ),
      ], summary: "14 examples, 480 plausible formats"),
    Kind(
      kind: "natural-instructions",
      files: [
        (
          "task1420_x.json",
          #"{"Definition":["Answer with 'a', 'b', 'c', 'd', and 'e'."],"Instances":["#
            + lines(
              ##"{"input":"Problem: # + %2 ? \nOptions: a ) 1 , b ) 2 , c ) # , d ) x , e ) y","output":["e","a"]}"##,
              joined: ",") + "]}"
        )
      ], summary: "14 examples, 17712000 plausible formats"),
  ]

  @Test(arguments: kinds) func `a file becomes a task, which is checked and run`(kind: Kind) throws
  {
    let folder = try TemporaryFolder.make()
    for (name, text) in kind.files {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    let made = try Invocation(
      ["import", kind.kind] + kind.files.map(\.name) + ["--out", "made.json"] + kind.options,
      directory: folder)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.isEmpty)
    #expect(
      made.errors.hasSuffix(
        "wrote made.json: \(kind.summary); next: formatspread tasks check made.json\n"),
      "\(made.errors)")
    let checked = try Invocation(["tasks", "check", "made.json"], directory: folder)
    #expect(checked.status == 0, "\(checked.output)")
    #expect(checked.output.hasSuffix("no errors, 1 warning\n") || kind.kind != "csv")
    let run = try Invocation(
      [
        "run", "made.json", "--formats", "3", "--pool", "2", "--quiet", "--scoring", "generate",
        "--max-tokens", "3", "--out", "run",
      ], directory: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  private static let table =
    "id,text,mood\n" + lines("#,dish number # tastes %W,%W") + "\n"

  @Test func `a data file is run directly, and the same command goes on`() throws {
    let folder = try TemporaryFolder.make()
    try Data(Self.table.utf8).write(to: folder.appendingPathComponent("reviews.csv"))
    let command = [
      "run", "reviews.csv", "--template", #"Review: {text}\nGood: {mood}"#, "--instruction",
      "Is it good?", "--formats", "4", "--pool", "2", "--out", "kept",
    ]
    let first = try Invocation(command, directory: folder)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("reviews.csv: not shown: id\n"))
    #expect(first.errors.contains("reviews.csv: the options are 'no', 'yes'\n"))
    let again = try Invocation(command, directory: folder)
    #expect(again.errors.contains("formatspread: continuing the run in kept\n"))
    #expect(again.output == first.output)
    let other = try Invocation(command + ["--answer", "text"], directory: folder)
    #expect(other.status == 2)
  }

  @Test func `a file that is neither a task nor known data says how to name its kind`() throws {
    let path = try TemporaryFolder.file("table.txt", "text\tlabel\nx\tA\ny\tB\nz\tA\n")
    let refused = try Invocation(["run", path])
    #expect(refused.status == 2)
    #expect(
      refused.errors
        == "formatspread: \(path): is no task, which is a JSON object; for data, --kind says what the "
        + "file holds: csv, tsv, jsonl, json, natural-instructions, instruction-induction, bbh, mmlu, "
        + "huggingface, lm-eval\n")
    let folder = try TemporaryFolder.make()
    let run = try Invocation(
      ["run", path, "--kind", "tsv", "--pool", "1", "--formats", "2", "--quiet"],
      directory: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func `a data file's run goes on by its directory or its study`() throws {
    let folder = try TemporaryFolder.make()
    try Data(Self.table.utf8).write(to: folder.appendingPathComponent("reviews.csv"))
    let first = try Invocation(
      [
        "run", "reviews.csv", "--template", #"Review: {text}\nGood: {mood}"#, "--formats", "4",
        "--pool", "2", "--quiet", "--out", "kept",
      ], directory: folder)
    #expect(first.status == 0, "\(first.errors)")
    let journal = folder.appendingPathComponent("kept/journal.jsonl")
    let whole = try Data(contentsOf: journal)
    // Half of the answers are lost, as after a kill.
    let lines = whole.split(separator: 0x0A, omittingEmptySubsequences: false)
    try Data(lines.prefix(lines.count / 2).joined(separator: [0x0A]) + [0x0A]).write(to: journal)
    let again = try Invocation(["run", "--config", "kept"], directory: folder)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.contains("formatspread: continuing the run in kept\n"))
    #expect(again.output == first.output)
    // The study alone is the same run, kept elsewhere.
    let copy = try Invocation(
      ["run", "--config", "kept/study.json", "--quiet", "--out", "copy"], directory: folder)
    #expect(copy.status == 0, "\(copy.errors)")
    #expect(
      try Data(contentsOf: folder.appendingPathComponent("copy/report.json"))
        == Data(contentsOf: folder.appendingPathComponent("kept/report.json")))
    // Other data under the same options, and a task that they say nothing of.
    try Data(Self.table.replacing("dish", with: "meal").utf8)
      .write(to: folder.appendingPathComponent("meals.csv"))
    let meals = try Invocation(
      ["run", "meals.csv", "--config", "kept/study.json", "--out", "meals"], directory: folder)
    #expect(meals.status == 0, "\(meals.errors)")
    #expect(meals.errors.contains("meals.csv: the options are 'no', 'yes'\n"))
    // The data has changed since.
    try Data(Self.table.replacing("tastes", with: "smells").utf8)
      .write(to: folder.appendingPathComponent("reviews.csv"))
    let changed = try Invocation(["run", "--config", "kept"], directory: folder)
    #expect(changed.status == 2)
    #expect(
      changed.errors.contains("reviews.csv: is not the file that kept/study.json was made from"))
  }

  @Test func `several files of tasks go to a folder, and nothing is replaced unasked`() throws {
    let folder = try TemporaryFolder.make()
    let bbh = try #require(Self.kinds.first { $0.kind == "bbh" }?.files.first?.text)
    for name in ["one.json", "two.json"] {
      try Data(bbh.utf8).write(to: folder.appendingPathComponent(name))
    }
    let command = ["import", "bbh", "one.json", "two.json"]
    #expect(
      try Invocation(command, directory: folder).errors
        == "formatspread: --out: several tasks need a folder, such as --out tasks\n")
    let made = try Invocation(command + ["--out", "tasks"], directory: folder)
    #expect(made.status == 0, "\(made.errors)")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent("tasks").path)
    #expect(names.sorted() == ["one.json", "two.json"])
    let again = try Invocation(command + ["--out", "tasks"], directory: folder)
    #expect(again.status == 2)
    #expect(
      again.errors.hasSuffix(
        "formatspread: --out tasks/one.json: exists; give --force to replace it\n"))
    #expect(try Invocation(command + ["--out", "tasks", "--force"], directory: folder).status == 0)
  }

  @Test(arguments: ["sentiment", "entailment", "multiple-choice", "extraction", "arithmetic"])
  func `a starter task passes its check and runs`(shape: String) throws {
    let folder = try TemporaryFolder.make()
    let made = try Invocation(["new", "mine.json", "--shape", shape], directory: folder)
    #expect(made.errors == "wrote mine.json; next: formatspread tasks check mine.json\n")
    let checked = try Invocation(["tasks", "check", "mine.json"], directory: folder)
    #expect(checked.status == 0 && checked.output.contains("no errors, 1 warning"))
    let run = try Invocation(
      ["run", "mine.json", "--formats", "3", "--pool", "2", "--max-tokens", "4", "--quiet"]
        + ["--scoring", "generate", "--out", "run"], directory: folder)
    #expect(run.status == 0, "\(run.errors)")
    let again = try Invocation(["new", "mine.json"], directory: folder)
    #expect(again.errors == "formatspread: mine.json: exists; give --force to replace it\n")
  }
}
