/// Every format on every example: the truth that other searches approximate.
package struct FullSearch: SearchStrategy, Hashable {
  private var seen: Observations
  private var nextArm = 0
  /// Whole formats follow each other until a batch holds at least this many cells.
  private let batchCells: Int

  package init(arms: Int, examples: Int, batchCells: Int = 50_000) {
    self.batchCells = batchCells
    seen = Observations(arms: arms, examples: examples)
  }

  package mutating func nextBatch() -> [Cell] {
    var cells = 0
    while nextArm < seen.arms, cells < batchCells {
      seen.propose(nextArm, seen.examples)
      cells += seen.examples
      nextArm += 1
    }
    return seen.batch
  }

  package mutating func observe(_ outcomes: [UInt8?]) { seen.observe(outcomes) }

  package var counted: Int { seen.asked }

  package var asked: Int { seen.asked }

  package var picks: SearchPicks? {
    guard let (lowest, highest) = seen.rawExtremes else { return nil }
    return seen.rawPicks(lowest: lowest, highest: highest)
  }
}
