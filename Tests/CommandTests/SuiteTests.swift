import Foundation
import Testing

/// Many tasks in one command.
@Suite struct SuiteTests {
  /// A folder with two tasks, a table and a suite of them.
  private func folder() throws -> URL {
    let folder = try TemporaryFolder.make()
    let mine = folder.appendingPathComponent("mine")
    try FileManager.default.createDirectory(at: mine, withIntermediateDirectories: true)
    for name in ["a", "b"] {
      let made = try Invocation(["new", "mine/\(name).json"], directory: folder)
      #expect(made.status == 0)
    }
    let rows = (0..<12).map { "dish \($0),\(["bad", "good"][$0 % 2])" }
    try Data(("text,mood\n" + rows.joined(separator: "\n")).utf8)
      .write(to: folder.appendingPathComponent("reviews.csv"))
    let suite = """
      { "schema": "formatspread.suite/1", "name": "reading", "$comment": "three tasks",
        "options": { "formats": 5, "pool": 2, "seed": 3 },
        "tasks": [ "mine/*.json",
          { "task": "reviews.csv", "tags": ["mood"],
            "options": { "template": "Review: {text}\\nMood: {mood}", "formats": 3 } } ] }
      """
    try Data(suite.utf8).write(to: folder.appendingPathComponent("suite.json"))
    return folder
  }

  private func json(_ folder: URL, _ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent(path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func names(_ overview: [String: Any]) -> [String] {
    (overview["tasks"] as? [[String: Any]] ?? []).compactMap { $0["task"] as? String }
  }

  @Test func `runs each task with its options and draws the spreads' distribution`() throws {
    let folder = try folder()
    let run = try Invocation(["run", "suite.json", "--quiet", "--out", "all"], directory: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("Suite reading · 3 tasks · model reference\n"))
    for part in [
      "The median spread over 3 tasks is ", " spreads (", "above 15 points", "     0–5 ",
    ] {
      #expect(run.output.contains(part), "\(part)")
    }
    let overview = try json(folder, "all/overview.json")
    #expect(names(overview).sorted() == ["a", "b", "reviews"])
    let spreads = try #require(overview["spread"] as? [String: Any])
    #expect(spreads["median"] is Double && spreads["above_15_points"] is Double)
    // Shared options, and a task's own before them.
    #expect(try json(folder, "all/a/study.json")["formats"] as? Int == 5)
    #expect(try json(folder, "all/reviews/study.json")["formats"] as? Int == 3)
    #expect(try json(folder, "all/reviews/study.json")["seed"] as? Int == 3)
    // What the command line says goes before both.
    let fewer = try Invocation(
      ["run", "suite.json", "--quiet", "--formats", "2", "--out", "fewer"], directory: folder)
    #expect(fewer.status == 0, "\(fewer.errors)")
    #expect(try json(folder, "fewer/reviews/study.json")["formats"] as? Int == 2)
  }

  @Test func `goes on task by task, and tags take a part`() throws {
    let folder = try folder()
    let tagged = ["run", "suite.json", "--tags", "mood", "--out", "all"]
    let part = try Invocation(tagged, directory: folder)
    #expect(part.status == 0, "\(part.errors)")
    #expect(part.errors.contains("formatspread: suite reading: task 1 of 1, reviews\n"))
    #expect(names(try json(folder, "all/overview.json")) == ["reviews"])
    let whole = try Invocation(["run", "suite.json", "--out", "all"], directory: folder)
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(whole.errors.contains("task 1 of 3, a\n"))
    #expect(whole.errors.contains("task 3 of 3, reviews; 2 tasks done, median spread "))
    // What the first command asked is not asked again.
    #expect(whole.errors.contains("continuing the run in all/reviews\n"))
    let journal = folder.appendingPathComponent("all/reviews/journal.jsonl")
    let before = try Data(contentsOf: journal)
    let again = try Invocation(["run", "suite.json", "--quiet", "--out", "all"], directory: folder)
    #expect(again.output == whole.output)
    #expect(try Data(contentsOf: journal) == before)
    // A part leaves the overview of all tasks whole.
    #expect(try Invocation(tagged, directory: folder).status == 0)
    #expect(names(try json(folder, "all/overview.json")).sorted() == ["a", "b", "reviews"])
  }

  @Test(arguments: [
    (
      #"["mine/*.jsn"]"#, #"suite.json: $.tasks[0]: no file fits the pattern 'mine/*.jsn'"#
    ),
    (
      #"[{"task": "topic", "options": {"shot": 2}}]"#,
      "suite.json: $.tasks[0].options: unknown option 'shot' (did you mean 'shots'?); known are those of "
        + "'run', without their dashes"
    ),
    (
      #"["mine/a.json", "mine/a.json"]"#,
      "suite.json: two tasks are named 'a'; rename one of the files"
    ),
    ("[]", "suite.json: $.tasks: a suite needs at least one task"),
    (
      #"[{"task": "topic", "options": {"shots": 11}}]"#,
      "suite.json: task 'topic': --shots 11: the pool holds 10 demonstrations; ask for at most 10, or set "
        + "a larger --pool"
    ),
  ])
  func `a mistake is told before the first question`(tasks: String, message: String) throws {
    let folder = try folder()
    try Data(
      "{\"schema\": \"formatspread.suite/1\", \"name\": \"s\", \"tasks\": \(tasks)}".utf8
    ).write(to: folder.appendingPathComponent("suite.json"))
    let run = try Invocation(["run", "suite.json", "--out", "all"], directory: folder)
    #expect(run.status == 2)
    #expect(run.errors == "formatspread: \(message)\n")
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("all").path))
  }

  @Test func `an unknown tag names the known ones`() throws {
    let run = try Invocation(["run", "suite.json", "--tags", "moods"], directory: try folder())
    #expect(
      run.errors
        == "formatspread: --tags 'moods': no task has this tag (did you mean 'mood'?); tags: mood\n"
    )
  }
}
