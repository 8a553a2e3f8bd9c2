package import Basics
import Formats
import Tasks

/// What a task looks like at a glance: how its answers are spread, how long its prompts are, and one of them.
package struct TaskSheet: Sendable, Hashable {
  /// The options that are told apart by their position, with how often each is right.
  package let answers: [(text: String, count: Int)]
  /// Bytes of the prompts under the task's own format with one demonstration.
  package let medianBytes: Int
  package let longestBytes: Int
  /// The example with the longest prompt, by its place in the file.
  package let longestPlace: String
  /// The longest prompt, to have its tokens counted.
  package let longestPrompt: String
  /// The first example's prompt, with the second one as demonstration.
  package let prompt: String
  /// What may follow the prompt; empty for free answers.
  package let options: [String]

  package static func == (a: Self, b: Self) -> Bool { a.json(tokens: nil) == b.json(tokens: nil) }

  package func hash(into hasher: inout Hasher) { hasher.combine(prompt) }
}

extension TaskInspection {
  /// Nil for a task without examples.
  func sheet(answers: [(text: String, count: Int)]) -> TaskSheet? {
    let count = task.examples.count
    guard count > 0 else { return nil }
    func writer(_ demonstrations: [Int]) -> PromptWriter? {
      PromptWriter(
        prepared, format: prepared.structure.original, demonstrations: demonstrations)
    }
    guard let first = writer(count > 1 ? [1] : []), let other = writer(count > 1 ? [0] : []) else {
      return nil
    }
    // Every prompt with the same demonstration, but for that one's own.
    let lengths = task.examples.indices.map { index in
      let writer = index == 1 ? other : first
      return writer.prefix.utf8.count + writer.query(index).utf8.count
    }
    let longest = lengths.indices.max { lengths[$0] < lengths[$1] } ?? 0
    let prompt = first.prompt(0)
    return TaskSheet(
      answers: answers, medianBytes: lengths.sorted()[count / 2], longestBytes: lengths[longest],
      longestPlace: place(longest),
      longestPrompt: (longest == 1 ? other : first).prompt(longest).text,
      prompt: prompt.text, options: prompt.options)
  }

  /// Prompts that may not fit a model's context.
  func lengths(_ sheet: TaskSheet, _ reviewer: inout TaskReviewer) {
    let tokens = Double(sheet.longestBytes) / reviewer.bytesPerToken
    guard tokens > Double(reviewer.context) else { return }
    reviewer.add(
      .warning, sheet.longestPlace,
      "its prompt has \(sheet.longestBytes) bytes, about \(Int(tokens.rounded())) tokens, more than a "
        + "context of \(reviewer.context) (--context)")
  }
}

extension TaskSheet {
  /// The sheet for people, after the findings.
  ///
  /// - Parameter tokens: Tokens of the longest prompt, where a backend told.
  /// - Returns: Lines of text.
  package func lines(tokens: Int?) -> [String] {
    var lines: [String] = []
    if !answers.isEmpty {
      let shown = answers.prefix(12).map { "\(quoted($0.text, limit: 30)) \($0.count)" }
      lines.append(
        "Answers: " + shown.joined(separator: ", ") + (answers.count > 12 ? ", …" : ""))
    }
    lines.append(
      "Prompts: \(medianBytes) bytes in the median, \(longestBytes) at most"
        + (tokens.map { ", \($0) tokens as the backend counts" }
          ?? ", about \((longestBytes + 3) / 4) tokens"))
    lines.append("One prompt, in the task's own format:")
    for line in prompt.split(separator: "\n", omittingEmptySubsequences: false).prefix(40) {
      let text = String(line)
      lines.append("  | " + (text.count > 200 ? text.prefix(199) + "…" : text))
    }
    if !options.isEmpty {
      let shown = options.prefix(12).map { quoted($0, limit: 30) }
      lines.append(
        "  answered by " + shown.joined(separator: ", ") + (options.count > 12 ? ", …" : ""))
    }
    return lines
  }

  /// The sheet for machines.
  package func json(tokens: Int?) -> JSON {
    .members([
      "answers": .array(
        answers.map { .members(["text": .string($0.text), "count": .integer($0.count)]) }),
      "prompt_bytes": .members(["median": .integer(medianBytes), "longest": .integer(longestBytes)]
      ),
      "longest": .string(longestPlace), "longest_tokens": tokens.map { .integer($0) },
      "prompt": .string(prompt), "options": .strings(options),
    ])
  }
}
