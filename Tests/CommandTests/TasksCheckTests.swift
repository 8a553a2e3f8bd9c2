import Foundation
import Testing

/// `tasks check` at the command line: what it finds, for people and for programs.
@Suite struct TasksCheckTests {
  private let poor = """
    {"schema": "formatspread.task/1", "name": "poor",
     "structure": {"template": "Q: {q}\\nA: {answer}"}, "options": ["yes", "yes, of course", "no"],
     "examples": [
     {"q": "is it yes?", "answer": "yes"}, {"q": "Is it yes", "answer": "yes"},
     {"q": "is it yes?", "answer": "no"}, {"q": "caf\\u00c3\\u00a9 \\u200b?", "answer": "yes"},
     {"q": "\(String(repeating: "long ", count: 4_000))", "answer": "yes"}, {"q": "x", "answer": "yes"}]}
    """

  @Test func `reads like a reviewer`() throws {
    let path = try TemporaryFolder.file("poor.json", poor)
    let checked = try Invocation(["tasks", "check", path])
    #expect(checked.status == 0)
    for finding in [
      "$.examples[1]: warning: repeats $.examples[0] but for case, spaces, punctuation or the order of a list",
      "$.examples[2]: warning: asks the same as $.examples[0], but has another answer",
      "$.examples: warning: 6 examples, so that one answer moves the accuracy by 17 %; give at least 30",
      "$.examples: warning: the option 'yes' is right in 5 of 6 examples (83 %); an equal share is 33 %",
      "$.options: warning: the option 'yes, of course' is never the right answer",
      "$.options[0]: warning: 'yes' begins 'yes, of course': the prefix match takes a generated "
        + "'yes, of course' for both",
      "$.examples[3].q: warning: has signs such as 'Ã©', which are UTF-8 that was read as Latin-1; in 1 text",
      "$.examples[3].q: note: has invisible characters of no width; in 1 text",
      "$.examples: note: the answer stands in an input field of 2 of 6 examples, another option in 1",
      "$.structure: note: 320 plausible formats in the grammar 'paper'",
    ] {
      #expect(checked.output.contains("\(path): \(finding)\n"), "\(finding)\n\(checked.output)")
    }
    #expect(checked.output.contains(", more than a context of 4096 (--context)\n"))
    #expect(checked.errors.contains("  | Q: is it yes?\n"))
  }

  @Test func `a backend tells the tokens, and by them what is longer than the context`() throws {
    // The built-in model has a token for each byte.
    let checked = try Invocation([
      "tasks", "check", "sentiment", "--backend", "reference", "--context", "300",
    ])
    #expect(checked.errors.contains(", 311 tokens as the backend counts\n"), "\(checked.errors)")
    #expect(
      checked.output.contains(
        "its prompt has 311 bytes, about 311 tokens, more than a context of 300 (--context); "))
    #expect(checked.output.contains(" of 320 prompts have\n"))
    let json = try Invocation([
      "tasks", "check", "sentiment", "--backend", "reference", "--json",
    ])
    #expect(json.output.contains(#""longest_tokens": 311"#))
    #expect(json.errors.isEmpty)
  }

  @Test
  func `what cannot be read is a finding for programs, and for others when there are several`()
    throws
  {
    let broken = try TemporaryFolder.file("broken.json", "{\"schema\": }")
    let json = try Invocation(["tasks", "check", broken, "nowhere.json", "topic", "--json"])
    #expect(json.status == 2)
    let reviews = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
    let list = try #require(reviews as? [[String: Any]])
    #expect(list.map { $0["errors"] as? Int } == [1, 1, 0])
    let several = try Invocation(["tasks", "check", broken, "topic"])
    #expect(several.status == 2)
    #expect(several.output.contains("\(broken): 0 examples, 1 error, no warnings\n"))
    #expect(several.output.contains("no errors, no warnings\n"))
  }

  @Test func `data that is no task yet names the command that makes it one`() throws {
    let path = try TemporaryFolder.file("mine.csv", "text,label\na,b\n")
    let checked = try Invocation(["tasks", "check", path])
    #expect(
      checked.errors
        == "formatspread: \(path): is data, not a task; make it one with: formatspread import csv "
        + "\(path) --out mine.json\n")
  }
}
