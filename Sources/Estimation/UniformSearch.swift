/// Equal allocation: the budget spread evenly, all formats on the same first examples.
///
/// What the division leaves over is not spent. A budget smaller than the number of formats asks the
/// first `budget` of them once. Figures are shrunk unless ``reportsRawMeans`` (as the paper's
/// comparison does).
package struct UniformSearch: SearchStrategy, Hashable {
  private var seen: Observations
  private let each: Int
  private let armsAsked: Int
  private var isOver = false
  private let reportsRawMeans: Bool

  /// A search over `arms` formats with a budget of evaluations, at least 1.
  package init(arms: Int, examples: Int, budget: Int, reportsRawMeans: Bool = false) {
    precondition(budget > 0, "a budget is positive")
    seen = Observations(arms: arms, examples: examples)
    each = min(examples, max(1, budget / arms))
    armsAsked = min(arms, budget)
    self.reportsRawMeans = reportsRawMeans
  }

  package mutating func nextBatch() -> [Cell] {
    if !isOver {
      for arm in 0..<armsAsked { seen.propose(arm, each) }
      isOver = true
    }
    return seen.batch
  }

  package mutating func observe(_ outcomes: [UInt8?]) { seen.observe(outcomes) }

  package var counted: Int { seen.asked }

  package var asked: Int { seen.asked }

  package var picks: SearchPicks? {
    guard reportsRawMeans else { return seen.shrunkPicks }
    guard let (lowest, highest) = seen.rawExtremes else { return nil }
    return seen.rawPicks(lowest: lowest, highest: highest)
  }
}
