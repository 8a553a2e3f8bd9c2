import Basics
package import Formats
package import Tasks

/// What a model is asked for one example under one format.
package struct Prompt: Sendable, Hashable {
  package let text: String
  /// What may follow the text; empty for a task without options.
  package let options: [String]
  package let answer: Example.Answer

  /// The right answer's text; empty where nobody knows it.
  package var answerText: String {
    switch answer {
    case .unknown: ""
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
  private let variation: PromptVariation
  private let demonstrations: Set<Int>
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
  ///   - variation: What else the prompt varies.
  package init?(
    _ prepared: PreparedTask, format: Format, demonstrations: [Int], keepsInstruction: Bool = true,
    variation: PromptVariation = PromptVariation()
  ) {
    guard let template = prepared.template(format, variation) else { return nil }
    self.prepared = prepared
    self.variation = variation
    self.demonstrations = Set(demonstrations)
    self.template = template
    labels = Labels(prepared.enumerations, format)
    let labels = labels
    fixedOptions = prepared.fixedOptions.map { $0.text(labels) }
    let text = prepared.instruction.text(labels)
    let isShown = keepsInstruction && !text.isEmpty && variation.instruction != .none
    instruction = isShown ? text : nil
    var shown = ""
    for index in demonstrations {
      let answer = prompt(index).answerText
      shown += filled(index, output: answer) + variation.separator
      exchanges.append((query(index), answer))
    }
    let opening = instruction.map { $0 + "\n\n" } ?? ""
    prefix = variation.instruction == .query ? shown + opening : opening + shown
  }

  /// The example's own part of its prompt, without instruction and demonstrations.
  package func query(_ index: Int) -> String {
    filled(index, output: nil)
  }

  /// The prompt for the example at a position of the task.
  package func prompt(_ index: Int) -> Prompt {
    let example = prepared.task.examples[index]
    return Prompt(
      text: prefix + query(index), options: options(example, at: index),
      answer: example.answer)
  }

  /// What may be answered, in the order of the task's options.
  private func options(_ example: Example, at index: Int) -> [String] {
    switch prepared.answers {
    case .free: return []
    case .fixed: return fixedOptions
    case .texts(let list): return example.items(list) ?? []
    case .labels(let list):
      let items = example.items(list) ?? []
      guard variation.scoring == .symbol else { return items }
      // In the task's order: an option's label is that of the place where it is listed.
      var texts = items
      for (place, item) in order(example, list, at: index).enumerated() {
        texts[item] = labels[list, place]
      }
      return texts
    }
  }

  /// Which item is listed at each place.
  private func order(_ example: Example, _ list: String, at index: Int) -> [Int] {
    let count = example.items(list)?.count ?? 0
    switch variation.optionOrder {
    case .given: return Array(0..<count)
    case .shuffled(let number):
      var generator = SeededGenerator(
        seed: variation.seed, stream: "option order \(number) of example \(index)")
      return generator.permutation(count)
    case .gold(let place):
      guard case .option(let gold) = example.answer, place < count, !demonstrations.contains(index)
      else { return Array(0..<count) }
      var order = (0..<count).filter { $0 != gold }
      order.insert(gold, at: place)
      return order
    }
  }

  private func filled(_ index: Int, output: String?) -> String {
    let example = prepared.task.examples[index]
    var ordered: (list: String, order: [Int])?
    if case .labels(let list) = prepared.answers, variation.optionOrder != .given {
      ordered = (list, order(example, list, at: index))
    }
    return template.filled(stopsAtOutput: output == nil) { slot in
      let text =
        switch slot {
        case .field(let name): example.text(name) ?? ""
        case .item(let list, let place):
          if let ordered, ordered.list == list {
            example.items(list)?[ordered.order[place]] ?? ""
          } else {
            example.items(list)?[place] ?? ""
          }
        case .output: output ?? ""
        }
      return variation.markup.escaped(text)
    }
  }
}
