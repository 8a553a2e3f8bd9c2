/// One evaluation: a format (arm) on an example.
package struct Cell: Sendable, Hashable {
  /// Position of the format, from 0; 0 is the original format where there is one.
  package let arm: Int
  /// Position in the shared example order, from 0.
  package let example: Int

  package init(arm: Int, example: Int) {
    self.arm = arm
    self.example = example
  }
}

/// The pair of formats that a search names as the lowest and the highest, with its figures for them.
package struct SearchPicks: Sendable, Hashable {
  package let lowest: Int
  package let highest: Int
  /// The accuracy that the search reports for the lowest, from 0 to 1.
  package let lowestAccuracy: Double
  /// The accuracy that the search reports for the highest, from 0 to 1.
  package let highestAccuracy: Double

  package init(lowest: Int, highest: Int, lowestAccuracy: Double, highestAccuracy: Double) {
    self.lowest = lowest
    self.highest = highest
    self.lowestAccuracy = lowestAccuracy
    self.highestAccuracy = highestAccuracy
  }

  /// The reported spread; never negative, because a pair that crossed over says "no difference".
  package var spread: Double { max(0, highestAccuracy - lowestAccuracy) }
}

/// A plan for spending evaluations that proposes batches of cells and observes their outcomes.
///
/// A strategy is a pure value: the same settings and the same outcomes give the same batches, so an
/// interrupted search is resumed by replaying its outcomes. Batches never depend on how many cells
/// are answered at once.
package protocol SearchStrategy: Sendable {
  /// The next cells, all to be answered before the next call; empty when the search is over.
  ///
  /// Cells of one arm follow each other. No cell is proposed twice.
  mutating func nextBatch() -> [Cell]

  /// Takes the outcomes of the last batch in its order: 1 right, 0 wrong, nil failed.
  ///
  /// A failed cell is not proposed again; it counts as spent.
  mutating func observe(_ outcomes: [UInt8?])

  /// Evaluations that the budget counts so far.
  var counted: Int { get }

  /// All evaluations so far, with those that the accounting leaves out.
  var asked: Int { get }

  /// The lowest and the highest format; nil before there is any evidence.
  var picks: SearchPicks? { get }
}
