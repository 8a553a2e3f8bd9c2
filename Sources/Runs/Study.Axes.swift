package import Basics
import Prompts

/// An axis along which prompts differ beside the atoms of their format.
package enum StudyAxis: String, Sendable, Hashable, CaseIterable {
  case optionOrder = "option-order"
  case optionScoring = "option-scoring"
  case instruction
  case markup
  case separator
  case demonstrations

  /// What its values look like, for messages and help.
  package var accepted: String {
    switch self {
    case .optionOrder: "given, shuffled-1, shuffled-2 … or gold-1, gold-2 … (the right one's place)"
    case .optionScoring: "symbol, hybrid or cloze"
    case .instruction: "top, query or none"
    case .markup: Markup.allCases.map(\.rawValue).joined(separator: ", ")
    case .separator: "any text; \\n is a newline, \\t a tab"
    case .demonstrations: "0 (the run's own), 1, 2 … 9999 (other choices and orders from the pool)"
    }
  }
}

/// Axes with their values: one value holds an axis fixed, several are swept over the formats.
package struct StudyAxes: Sendable, Hashable {
  /// One axis with its values as they were written, the first the default of the task's own format.
  package struct Choice: Sendable, Hashable {
    package let axis: StudyAxis
    package let values: [String]

    package var isSwept: Bool { values.count > 1 }
  }

  /// In the order of ``StudyAxis``.
  package private(set) var choices: [Choice] = []

  package init() {}

  /// Reads axes as after `--axis`: `instruction=top,none`.
  ///
  /// - Throws: `InputError` naming an unknown axis, one given twice, or a value that it cannot have.
  package init(_ texts: [String]) throws(InputError) {
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let known = StudyAxis.allCases.map(\.rawValue)
      guard parts.count == 2, let axis = StudyAxis(rawValue: String(parts[0])) else {
        let name = String(parts.first ?? "")
        throw InputError(
          "--axis \(quoted(text)): expected AXIS=VALUE,VALUE…\(didYouMean(name, among: known)); axes: "
            + known.joined(separator: ", "))
      }
      guard !choices.contains(where: { $0.axis == axis }) else {
        throw InputError("--axis \(axis.rawValue): given twice")
      }
      var values: [String] = []
      for value in parts[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      where !values.contains(value) {
        var probe = PromptVariation()
        guard probe.set(axis, to: value) else {
          throw InputError(
            "--axis \(axis.rawValue): unknown value \(quoted(value)); accepted: \(axis.accepted)")
        }
        values.append(value)
      }
      choices.append(Choice(axis: axis, values: values))
    }
    choices.sort {
      (StudyAxis.allCases.firstIndex(of: $0.axis) ?? 0)
        < (StudyAxis.allCases.firstIndex(of: $1.axis) ?? 0)
    }
  }

  /// The axes as they are read.
  package var texts: [String] {
    choices.map { "\($0.axis.rawValue)=\($0.values.joined(separator: ","))" }
  }

  /// How many combinations of values there are.
  var combinations: Int { choices.reduce(1) { $0 * $1.values.count } }

  /// A combination of values by its number; 0 is the first value of every axis.
  func combination(_ number: Int) -> [String] {
    var rest = number
    return choices.map { choice in
      defer { rest /= choice.values.count }
      return choice.values[rest % choice.values.count]
    }
  }

  /// What a combination makes of a prompt, and which choice of demonstrations it names.
  func variation(_ values: [String], seed: UInt64) -> (PromptVariation, demonstrations: Int) {
    var variation = PromptVariation()
    variation.seed = seed
    var demonstrations = 0
    for (choice, value) in zip(choices, values) {
      _ = variation.set(choice.axis, to: value)
      if choice.axis == .demonstrations { demonstrations = Int(value) ?? 0 }
    }
    return (variation, demonstrations)
  }
}

extension PromptVariation {
  /// - Returns: False when the axis has no such value.
  fileprivate mutating func set(_ axis: StudyAxis, to value: String) -> Bool {
    func number(after name: String) -> Int? {
      value.hasPrefix(name) ? Int(value.dropFirst(name.count)).flatMap { $0 > 0 ? $0 : nil } : nil
    }
    switch axis {
    case .optionOrder:
      if value == "given" {
        optionOrder = .given
      } else if let which = number(after: "shuffled-") {
        optionOrder = .shuffled(which)
      } else if let place = number(after: "gold-") {
        optionOrder = .gold(place - 1)
      } else {
        return false
      }
    case .optionScoring:
      guard let scoring = OptionScoring(rawValue: value) else { return false }
      self.scoring = scoring
    case .instruction:
      guard let place = InstructionPlace(rawValue: value) else { return false }
      instruction = place
    case .markup:
      guard let markup = Markup(rawValue: value) else { return false }
      self.markup = markup
    case .separator:
      separator = value.replacing("\\n", with: "\n").replacing("\\t", with: "\t")
    case .demonstrations: return Int(value).map { (0..<10_000).contains($0) } ?? false
    }
    return true
  }
}
