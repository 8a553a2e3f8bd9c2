package import Formats
package import Tasks

/// What a model is asked for one example under one format.
package struct Prompt: Sendable, Hashable {
  package let text: String
  /// What may follow the text; empty for a task without options.
  package let options: [String]
  package let answer: Example.Answer

  /// The right answer's text.
  package var answerText: String {
    switch answer {
    case .option(let index): options[index]
    case .text(let text): text
    }
  }
}

/// Writes the prompts of one format: instruction, demonstrations and query, joined by blank lines.
///
/// Item labels in the instruction, in options and in answers follow the format's numbering. The query
/// ends with the output field's descriptor and separator, verbatim.
package struct PromptWriter: Sendable {
  private let prepared: PreparedTask
  private let template: Template
  private let labels: Labels
  private let fixedOptions: [String]
  /// What all prompts of the format begin with.
  package private(set) var prefix = ""
  /// The instruction with this format's labels; nil where it is empty or left out.
  package let instruction: String?
  /// The demonstrations as questions, each ending where the answer begins, and answers.
  package private(set) var exchanges: [(question: String, answer: String)] = []

  /// Prepares what the prompts of one format share; nil when a numbering has too few labels for the
  /// items.
  ///
  /// - Parameters:
  ///   - prepared: The task.
  ///   - format: One of its formats, not necessarily plausible.
  ///   - demonstrations: Positions of the examples shown with their answers, in order.
  ///   - keepsInstruction: False leaves the instruction out, as the released code does at zero shots.
  package init?(
    _ prepared: PreparedTask, format: Format, demonstrations: [Int], keepsInstruction: Bool = true
  ) {
    guard let template = prepared.space.template(format) else { return nil }
    self.prepared = prepared
    self.template = template
    labels = Labels(prepared.enumerations, format)
    let labels = labels
    fixedOptions = prepared.fixedOptions.map { $0.text(labels) }
    let text = prepared.instruction.text(labels)
    instruction = keepsInstruction && !text.isEmpty ? text : nil
    var parts = instruction.map { [$0] } ?? []
    for index in demonstrations {
      let answer = prompt(index).answerText
      parts.append(filled(prepared.task.examples[index], output: answer))
      exchanges.append((query(index), answer))
    }
    prefix = parts.map { $0 + "\n\n" }.joined()
  }

  /// The example's own part of its prompt, without instruction and demonstrations.
  package func query(_ index: Int) -> String {
    filled(prepared.task.examples[index], output: nil)
  }

  /// The prompt for the example at a position of the task.
  package func prompt(_ index: Int) -> Prompt {
    let example = prepared.task.examples[index]
    return Prompt(
      text: prefix + query(index), options: options(example),
      answer: example.answer)
  }

  /// What may be answered, in the order of the task's options.
  private func options(_ example: Example) -> [String] {
    switch prepared.answers {
    case .free: []
    case .fixed: fixedOptions
    case .texts(let list): example.items(list) ?? []
    case .labels(let list):
      (example.items(list) ?? []).indices.map { labels[list, $0] }
    }
  }

  private func filled(_ example: Example, output: String?) -> String {
    template.filled(stopsAtOutput: output == nil) { slot in
      switch slot {
      case .field(let name): example.text(name) ?? ""
      case .item(let list, let index): example.items(list)?[index] ?? ""
      case .output: output ?? ""
      }
    }
  }
}
