import Statistics

/// Equal allocation: the budget spread evenly, all formats on the same first examples.
///
/// What the division leaves over is not spent. A budget smaller than the number of formats asks the
/// first `budget` of them once. The picks and their figures come from ``FormatPosteriors``, because raw
/// extremes of few examples are lucky examples; the paper's comparison reports raw means.
package struct UniformSearch: SearchStrategy {
  private var seen: Observations
  private let each: Int
  private let armsAsked: Int
  private var isOver = false
  private let reportsRawMeans: Bool
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
    seen.observe(outcomes)
    guard !reportsRawMeans, seen.matrix.answered > 0 else { return }
    modelled = FormatPosteriors(seen.matrix, atoms: []).extremes(
      widening: FormatPosteriors.evenWidening)
  }

  package var counted: Int { seen.asked }

  package var asked: Int { seen.asked }

  package var picks: SearchPicks? {
    guard reportsRawMeans else { return modelled }
    guard let (lowest, highest) = seen.rawExtremes else { return nil }
    return seen.rawPicks(lowest: lowest, highest: highest)
  }
}
