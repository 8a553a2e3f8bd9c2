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
  private var model: ResponseModel
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
    model = ResponseModel(arms: arms, examples: examples, atoms: atoms)
    model.averagesUnasked = true
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
      if let outcome { model.add(arm: cell.arm, example: cell.example, answer: outcome) }
    }
    asked += pending.count
    pending = []
    model.startAtOverallRate()
    model.fit(passes: 60)
    modelled = model.extremes
  }

  package var counted: Int { asked }

  /// The extremes under the model, whose figures are shrunk.
  package var picks: SearchPicks? { modelled }
}
