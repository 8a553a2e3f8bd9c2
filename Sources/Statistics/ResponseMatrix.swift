/// Right and wrong answers of every format (arm) on every example, some still missing.
///
/// One byte a cell: 1 right, 0 wrong, 2 missing. Row sums are kept, so that means cost nothing.
package struct ResponseMatrix: Sendable, Hashable {
  package let arms: Int
  package let examples: Int
  private var cells: [UInt8]
  /// Right answers of each arm.
  package private(set) var successes: [Int]
  /// Answered cells of each arm.
  package private(set) var trials: [Int]

  /// The byte that stands for a cell without an answer.
  package static let missing: UInt8 = 2

  /// A matrix without answers.
  package init(arms: Int, examples: Int) {
    precondition(arms >= 0 && examples >= 0, "a matrix has no negative side")
    self.arms = arms
    self.examples = examples
    cells = Array(repeating: Self.missing, count: arms * examples)
    successes = Array(repeating: 0, count: arms)
    trials = successes
  }

  /// A matrix from its rows, one an arm; entries are 0, 1 or ``missing``.
  ///
  /// - Precondition: All rows are equally long.
  package init(rows: [[UInt8]]) {
    self.init(arms: rows.count, examples: rows.first?.count ?? 0)
    for (arm, row) in rows.enumerated() {
      precondition(row.count == examples, "all rows of a matrix are equally long")
      for (example, value) in row.enumerated() { self[arm, example] = value }
    }
  }

  /// The answer of an arm on an example: 0, 1 or ``missing``.
  package subscript(arm: Int, example: Int) -> UInt8 {
    get { cells[arm * examples + example] }
    set {
      precondition(newValue <= Self.missing, "a cell is right, wrong or missing")
      let index = arm * examples + example
      let old = cells[index]
      if old != Self.missing {
        trials[arm] -= 1
        successes[arm] -= Int(old)
      }
      if newValue != Self.missing {
        trials[arm] += 1
        successes[arm] += Int(newValue)
      }
      cells[index] = newValue
    }
  }

  /// The share of right answers among those that an arm has; nil before its first.
  package func mean(_ arm: Int) -> Double? {
    trials[arm] > 0 ? Double(successes[arm]) / Double(trials[arm]) : nil
  }

  /// The accuracies of all arms; nil where an arm has no answer.
  package var means: [Double?] { (0..<arms).map(mean) }

  /// The number of answered cells.
  package var answered: Int { trials.reduce(0, +) }

  package var isComplete: Bool { answered == cells.count }

  /// Whether the arm has an answer on every example.
  package func isComplete(_ arm: Int) -> Bool { trials[arm] == examples }

  /// Highest minus lowest accuracy over all arms of a complete matrix; nil otherwise.
  package var spread: Double? {
    guard isComplete, let low = successes.min(), let high = successes.max(), examples > 0 else {
      return nil
    }
    return Double(high - low) / Double(examples)
  }

  /// The bytes of one arm in example order.
  package func row(_ arm: Int) -> ArraySlice<UInt8> {
    cells[(arm * examples)..<((arm + 1) * examples)]
  }

  /// Right answers and examples of an arm without a gap from column 0 on.
  package func beginning(_ arm: Int) -> (right: Int, asked: Int) {
    let answers = row(arm).prefix { $0 != Self.missing }
    return (answers.reduce(0) { $0 + Int($1) }, answers.count)
  }

  /// The same answers with the examples put in another order: position `p` holds `order[p]`.
  package func reordered(_ order: [Int]) -> ResponseMatrix {
    var result = self
    for arm in 0..<arms {
      let start = arm * examples
      for (position, source) in order.enumerated() {
        result.cells[start + position] = cells[start + source]
      }
    }
    return result
  }

  /// The answers on the examples that any arm has answered.
  package var droppingUnanswered: ResponseMatrix {
    let asked = (0..<examples).filter { example in
      (0..<arms).contains { self[$0, example] != Self.missing }
    }
    if asked.count == examples { return self }
    return ResponseMatrix(rows: (0..<arms).map { arm in asked.map { self[arm, $0] } })
  }

  /// The answers of some arms only, in the given order.
  package func selecting(_ chosen: [Int]) -> ResponseMatrix {
    ResponseMatrix(rows: chosen.map { Array(row($0)) })
  }
}
