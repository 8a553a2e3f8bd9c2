import Basics
import Formats
import Tasks
import Testing

@testable import Prompts

@Suite struct `Variations of a prompt` {
  private func task() throws -> PreparedTask {
    try Fixture.task(
      #"""
      "instruction": "Choose.",
      "structure": {"template":
        "Question: {question}\nOptions:\nA. {choices.1}\nB. {choices.2}\nC. {choices.3}\nAnswer: {answer}"},
      "options": "choices",
      "examples": [
        {"question": "q0", "choices": ["u", "v", "w"], "answer": 3},
        {"question": "q1", "choices": ["x", "y", "z"], "answer": 1}]
      """#)
  }

  private func prompt(_ change: (inout PromptVariation) -> Void) throws -> Prompt {
    let task = try task()
    var variation = PromptVariation()
    change(&variation)
    let writer = try #require(
      PromptWriter(
        task, format: task.structure.original, demonstrations: [1], variation: variation))
    return writer.prompt(0)
  }

  @Test func `no variation is the plain prompt`() throws {
    let plain = try prompt { _ in }
    #expect(
      plain.text == "Choose.\n\nQuestion: q1\nOptions:\nA. x\nB. y\nC. z\nAnswer: A\n\n"
        + "Question: q0\nOptions:\nA. u\nB. v\nC. w\nAnswer: ")
    #expect(plain.options == ["A", "B", "C"])
  }

  @Test func `the right option moves to its place and its label with it`() throws {
    let first = try prompt { $0.optionOrder = .gold(0) }
    #expect(first.text.hasSuffix("A. w\nB. u\nC. v\nAnswer: "))
    // Options stay in the task's order: the third, which is right, is now called A.
    #expect(first.options == ["B", "C", "A"])
    #expect(first.answer == .option(2))
    // The demonstration does not give the place away.
    #expect(first.text.contains("A. x\nB. y\nC. z\nAnswer: A"))
  }

  @Test(arguments: 1...6) func `a shuffled option keeps its label beside it`(_ number: Int) throws {
    let shuffled = try prompt {
      $0.optionOrder = .shuffled(number)
      $0.seed = 7
    }
    #expect(Set(shuffled.options) == ["A", "B", "C"])
    for (label, text) in zip(shuffled.options, ["u", "v", "w"]) {
      #expect(shuffled.text.contains("\(label). \(text)\n"))
    }
  }

  @Test func `hybrid scoring lists the options and scores their texts`() throws {
    let hybrid = try prompt { $0.scoring = .hybrid }
    #expect(hybrid.options == ["u", "v", "w"])
    #expect(hybrid.text.contains("Answer: x\n\n"))
    #expect(hybrid.text.hasSuffix("C. w\nAnswer: "))
  }

  @Test func `cloze scoring does not list them, nor their heading`() throws {
    let cloze = try prompt { $0.scoring = .cloze }
    #expect(cloze.text == "Choose.\n\nQuestion: q1\nAnswer: x\n\nQuestion: q0\nAnswer: ")
    #expect(cloze.options == ["u", "v", "w"])
  }

  @Test func `the instruction moves to the query or goes`() throws {
    #expect(
      try prompt { $0.instruction = .query }.text.contains("Answer: A\n\nChoose.\n\nQuestion: q0"))
    #expect(!(try prompt { $0.instruction = .none }.text.contains("Choose.")))
  }

  @Test func `the separator stands between demonstrations and query`() throws {
    #expect(
      try prompt { $0.separator = "\n---\n" }.text.contains("Answer: A\n---\nQuestion: q0"))
  }

  @Test(arguments: [
    (Markup.bold, "**Review**: a \"b\" <c>\n**Verdict**: ", "good"),
    (.heading, "## Review: a \"b\" <c>\n## Verdict: ", "good"),
    (.xml, "<Review>: a \"b\" &lt;c&gt;</Review>\n<Verdict>: ", "good</Verdict>"),
    (.json, "{\"Review\": \"a \\\"b\\\" <c>\"\n\"Verdict\": \"", "good\"}"),
    (.yaml, "---\nReview: \"a \\\"b\\\" <c>\"\nVerdict: \"", "good\""),
  ])
  func `markup marks descriptors and closes what it opens`(
    _ markup: Markup, _ query: String, _ answered: String
  ) throws {
    let task = try Fixture.task(
      #"""
      "structure": {"template": "Review: {review}\nVerdict: {answer}"}, "options": ["good", "bad"],
      "examples": [{"review": "a \"b\" <c>", "answer": "good"}, {"review": "d", "answer": "bad"}]
      """#)
    var variation = PromptVariation()
    variation.markup = markup
    let format = task.structure.original
    let writer = try #require(
      PromptWriter(task, format: format, demonstrations: [], variation: variation))
    #expect(writer.query(0) == query)
    let shown = try #require(
      PromptWriter(task, format: format, demonstrations: [0], variation: variation))
    #expect(shown.prefix == query + answered + "\n\n")
  }
}
