package import Statistics

/// What a search has asked and heard: the shared memory of all strategies.
package struct Observations: Sendable, Hashable {
  /// The answers so far.
  package private(set) var matrix: ResponseMatrix
  /// The next example of each arm; arms walk the shared order from 0.
  package private(set) var next: [Int]
  /// All cells that were proposed and answered or failed.
  package private(set) var asked = 0
  private var pending: [Cell] = []

  package init(arms: Int, examples: Int) {
    precondition(arms > 0 && examples > 0, "a search needs formats and examples")
    matrix = ResponseMatrix(arms: arms, examples: examples)
    next = Array(repeating: 0, count: arms)
  }

  package var arms: Int { matrix.arms }
  package var examples: Int { matrix.examples }

  /// Proposes up to `count` further examples of an arm, fewer where it has come to the end.
  package mutating func propose(_ arm: Int, _ count: Int) {
    let end = min(examples, next[arm] + max(0, count))
    for example in next[arm]..<end { pending.append(Cell(arm: arm, example: example)) }
    next[arm] = end
  }

  /// The cells proposed since the last outcomes.
  package var batch: [Cell] { pending }

  /// Files the outcomes of the proposed batch.
  package mutating func observe(_ outcomes: [UInt8?]) {
    precondition(outcomes.count == pending.count, "every cell of a batch has one outcome")
    for (cell, outcome) in zip(pending, outcomes) {
      if let outcome { matrix[cell.arm, cell.example] = outcome }
    }
    asked += pending.count
    pending.removeAll(keepingCapacity: true)
  }

  /// Whether the arm has no further examples.
  package func isFinished(_ arm: Int) -> Bool { next[arm] >= examples }

  /// The arms with the lowest and the highest raw mean among those with an answer.
  ///
  /// Ties go to the first arm for the lowest and to the last for the highest, so that a pair of
  /// different arms is named wherever there are two.
  package var rawExtremes: (lowest: Int, highest: Int)? {
    var lowest: (arm: Int, mean: Double)?
    var highest: (arm: Int, mean: Double)?
    for arm in 0..<arms {
      guard let mean = matrix.mean(arm) else { continue }
      if lowest.map({ mean < $0.mean }) ?? true { lowest = (arm, mean) }
      if highest.map({ mean >= $0.mean }) ?? true { highest = (arm, mean) }
    }
    guard let lowest, let highest else { return nil }
    return (lowest.arm, highest.arm)
  }

  /// The named arms with their raw means; nil when one has no answer.
  package func rawPicks(lowest: Int, highest: Int) -> SearchPicks? {
    guard let low = matrix.mean(lowest), let high = matrix.mean(highest) else { return nil }
    return SearchPicks(
      lowest: lowest, highest: highest, lowestAccuracy: low, highestAccuracy: high)
  }
}
