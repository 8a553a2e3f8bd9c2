import Statistics

/// Equal allocation over formats and over examples, for the distribution of accuracy over formats.
///
/// Every format is asked equally often, and so is every example: a format begins in the shared order
/// where the one before it ended. Few answers then tell of all examples, where equal prefixes would
/// tell of the first few only. What the division leaves over is not spent.
package struct BalancedSearch: SearchStrategy {
  private let arms: Int
  private let examples: Int
  private let each: Int
  private let armsAsked: Int
  private var pending: [Cell] = []
  private let atoms: [[Int]]
  private var answers: ResponseMatrix
  private var isAsked = false
  private var modelled: SearchPicks?
  package private(set) var asked = 0

  /// A search over `arms` formats with a budget of evaluations, at least 1.
  package init(arms: Int, examples: Int, budget: Int, atoms: [[Int]] = []) {
    precondition(arms > 0 && examples > 0 && budget > 0, "a search needs formats, examples, budget")
    self.arms = arms
    self.examples = examples
    each = min(examples, max(1, budget / arms))
    armsAsked = min(arms, budget)
    self.atoms = atoms
    answers = ResponseMatrix(arms: arms, examples: examples)
  }

  package mutating func nextBatch() -> [Cell] {
    if !isAsked {
      isAsked = true
      for arm in 0..<armsAsked {
        let places = (0..<each).map { (arm * each + $0) % examples }
        pending += places.sorted().map { Cell(arm: arm, example: $0) }
      }
    }
    return pending
  }

  package mutating func observe(_ outcomes: [UInt8?]) {
    precondition(outcomes.count == pending.count, "every cell of a batch has one outcome")
    for (cell, outcome) in zip(pending, outcomes) {
      if let outcome { answers[cell.arm, cell.example] = outcome }
    }
    asked += pending.count
    pending = []
    guard answers.answered > 0 else { return }
    modelled = FormatPosteriors(answers, atoms: atoms).extremes(
      widening: FormatPosteriors.evenWidening)
  }

  package var counted: Int { asked }

  /// The extremes by posterior means, whose figures are not those of lucky examples.
  package var picks: SearchPicks? { modelled }
}
