package import Statistics

/// The searches by their names on the command line.
package enum SearchKind: String, Sendable, Hashable, CaseIterable {
  case adaptive
  case balanced
  case full
  case halving
  case uniform
  case thompson
  case ucb
  case ucbRepaired = "ucb-repaired"

  /// What the search does, in a few words.
  package var summary: String {
    switch self {
    case .adaptive: "two elimination fronts, ranked by a model of formats and examples"
    case .balanced: "the budget spread evenly over formats and examples"
    case .full: "every format on every example"
    case .halving: "two elimination fronts by raw means, without a model"
    case .uniform: "the budget spread evenly over the formats"
    case .thompson: "Thompson sampling as in the paper"
    case .ucb: "upper confidence bounds as in the paper's released code, faults included"
    case .ucbRepaired: "upper confidence bounds with those faults mended"
    }
  }

  /// The accounting where none is asked for: `ucb` is only a yardstick, and keeps the paper's.
  package var defaultAccounting: Accounting { self == .ucb ? .paper : .everything }
}

/// What a search is made from; a study fixes all of it.
package struct SearchSettings: Sendable, Hashable {
  package var kind: SearchKind
  /// Formats, with the original as arm 0.
  package var arms: Int
  /// Examples of each format.
  package var examples: Int
  /// Evaluations allowed; the searches other than `full` need one, and `full` ignores it.
  package var budget: Int
  /// Examples that one step of a bandit search asks of an arm.
  package var batch: Int
  package var accounting: Accounting
  package var seed: UInt64
  /// For each arm the value of each attribute as a number from 0; empty without atoms.
  package var atoms: [[Int]] = []
  /// What ends the search before its budget does; nil for nothing.
  package var stopping: StoppingRule?

  package init(
    kind: SearchKind, arms: Int, examples: Int, budget: Int, batch: Int = 20,
    accounting: Accounting? = nil, seed: UInt64 = 0
  ) {
    self.kind = kind
    self.arms = arms
    self.examples = examples
    self.budget = budget
    self.batch = batch
    self.accounting = accounting ?? kind.defaultAccounting
    self.seed = seed
  }

  /// A new search at its beginning.
  package func start() -> any SearchStrategy {
    guard let stopping else { return whole(batchCells: nil) }
    return StoppedSearch(
      whole(batchCells: Int.max), arms: arms, examples: examples, rule: stopping)
  }

  /// The search without a stopping rule.
  private func whole(batchCells: Int?) -> any SearchStrategy {
    switch kind {
    case .adaptive:
      AdaptiveSearch(arms: arms, examples: examples, budget: budget, atoms: atoms)
    case .balanced:
      BalancedSearch(arms: arms, examples: examples, budget: budget, atoms: atoms)
    case .full: FullSearch(arms: arms, examples: examples, batchCells: batchCells ?? 50_000)
    case .halving: HalvingSearch(arms: arms, examples: examples, budget: budget)
    case .uniform:
      UniformSearch(
        arms: arms, examples: examples, budget: budget, reportsRawMeans: accounting == .paper)
    case .thompson: twoPhase(.thompson)
    case .ucb: twoPhase(.ucbAsReleased)
    case .ucbRepaired: twoPhase(.ucbRepaired)
    }
  }

  private func twoPhase(_ rule: TwoPhaseSearch.Rule) -> TwoPhaseSearch {
    TwoPhaseSearch(
      rule, arms: arms, examples: examples, budget: budget, batch: batch, accounting: accounting,
      seed: seed)
  }
}
