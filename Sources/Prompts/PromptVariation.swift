/// What a prompt varies besides the atoms of its format: order, scoring and placement.
package struct PromptVariation: Sendable, Hashable {
  /// In which order an example's labelled options are listed.
  package enum OptionOrder: Sendable, Hashable {
    /// As in the task's file.
    case given
    /// By this random permutation of each example, the same in every format.
    case shuffled(Int)
    /// The right option at this position (from 0), the others in their order; demonstrations keep
    /// theirs, so that they do not give the position away.
    case gold(Int)
  }

  /// What is scored as the answer to labelled options (Alzahrani et al., 2024).
  package enum OptionScoring: String, Sendable, Hashable, CaseIterable {
    /// Options are listed and their labels scored.
    case symbol
    /// Options are listed and their texts scored.
    case hybrid
    /// Options are not listed; their texts are scored.
    case cloze
  }

  /// Where the instruction stands.
  package enum InstructionPlace: String, Sendable, Hashable, CaseIterable {
    /// Above everything.
    case top
    /// After the demonstrations, just above the query.
    case query
    /// Nowhere.
    case none
  }

  package var optionOrder = OptionOrder.given
  package var scoring = OptionScoring.symbol
  package var instruction = InstructionPlace.top
  package var markup = Markup.plain
  /// Between demonstrations, and between the last one and the query.
  package var separator = "\n\n"
  /// Fixes the permutations of options.
  package var seed: UInt64 = 0

  package init() {}
}
