/// Equal allocation: the budget spread evenly, all formats on the same first examples.
///
/// What the division leaves over is not spent. A budget smaller than the number of formats asks the
/// first `budget` of them once. The picks are the raw extremes, and their figures come from the
/// ``ResponseModel``, because raw extremes of few examples are lucky examples; the paper's comparison
/// reports raw means.
package struct UniformSearch: SearchStrategy {
  private var seen: Observations
  private let each: Int
  private let armsAsked: Int
  private var isOver = false
  private let reportsRawMeans: Bool
  /// The raw extremes with the model's figures.
  private var modelled: SearchPicks?

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

  package mutating func observe(_ outcomes: [UInt8?]) {
    var model = ResponseModel(arms: seen.arms, examples: seen.examples, atoms: [])
    for (cell, outcome) in zip(seen.batch, outcomes) {
      if let outcome { model.add(arm: cell.arm, example: cell.example, answer: outcome) }
    }
    seen.observe(outcomes)
    guard !reportsRawMeans, let (lowest, highest) = seen.rawExtremes else { return }
    model.startAtOverallRate()
    model.fit(passes: 40)
    let flattenings = model.flattenings
    modelled = SearchPicks(
      lowest: lowest, highest: highest,
      lowestAccuracy: model.accuracy(arm: lowest, flattenings: flattenings).mean,
      highestAccuracy: model.accuracy(arm: highest, flattenings: flattenings).mean)
  }

  package var counted: Int { seen.asked }

  package var asked: Int { seen.asked }

  package var picks: SearchPicks? {
    guard reportsRawMeans else { return modelled }
    guard let (lowest, highest) = seen.rawExtremes else { return nil }
    return seen.rawPicks(lowest: lowest, highest: highest)
  }
}
