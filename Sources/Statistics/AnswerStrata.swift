import Basics

/// An example as the formats saw it: who answered and who of them was right.
struct AnswerStratum: Sendable {
  /// Places of the formats that answered.
  let answered: [Int]
  /// Places of those that were right.
  let right: [Int]
}

/// The answers example by example, over the formats that have any.
struct AnswerStrata: Sendable {
  /// Formats with an answer.
  let arms: Int
  /// Examples that at least two formats answered.
  let examples: Int
  /// Those of them on which the formats do not agree.
  let informative: [AnswerStratum]
  /// Whether every format answered every one of these examples.
  let isComplete: Bool

  init(_ matrix: ResponseMatrix) {
    let arms = (0..<matrix.arms).filter { matrix.trials[$0] > 0 }
    var columns: [AnswerStratum] = []
    var count = 0
    var whole = true
    for example in 0..<matrix.examples {
      let answered = arms.indices.filter { matrix[arms[$0], example] != ResponseMatrix.missing }
      guard answered.count > 1 else { continue }
      count += 1
      if answered.count < arms.count { whole = false }
      let right = answered.filter { matrix[arms[$0], example] == 1 }
      if !right.isEmpty, right.count < answered.count {
        columns.append(AnswerStratum(answered: answered, right: right))
      }
    }
    self.arms = arms.count
    examples = count
    informative = columns
    isComplete = whole
  }

  /// Right answers of each format on the informative examples.
  var right: [Int] {
    var counts = [Int](repeating: 0, count: arms)
    for stratum in informative {
      for place in stratum.right { counts[place] += 1 }
    }
    return counts
  }
}

/// The quadratic form of Cochran, Mantel and Haenszel in the right answers of the formats.
struct GeneralAssociation: Sendable {
  private let expected: [Double]
  /// Formats whose deviations are kept: one fewer than formats for each connected group of them.
  private let kept: [Int]
  /// The lower triangle of the Cholesky factor over the kept formats, row by row.
  private let factor: [[Double]]

  /// Degrees of freedom.
  var rank: Int { kept.count }

  init(arms: Int, _ strata: [AnswerStratum]) {
    var expected = [Double](repeating: 0, count: arms)
    var variance = [Double](repeating: 0, count: arms * arms)
    // Examples that all formats answered share one pattern, whose weights are summed first.
    var shared = (diagonal: 0.0, other: 0.0)
    for stratum in strata {
      let count = Double(stratum.answered.count)
      let rate = Double(stratum.right.count) / count
      let own = rate * (1 - rate)
      let other = -own / (count - 1)
      for place in stratum.answered { expected[place] += rate }
      if stratum.answered.count == arms {
        shared.diagonal += own
        shared.other += other
        continue
      }
      for a in stratum.answered {
        for b in stratum.answered { variance[a * arms + b] += a == b ? own : other }
      }
    }
    for a in 0..<arms {
      for b in 0..<arms { variance[a * arms + b] += a == b ? shared.diagonal : shared.other }
    }
    self.expected = expected
    (kept, factor) = Self.cholesky(variance, arms)
  }

  /// Cholesky's factor over the rows that do not depend on those before.
  private static func cholesky(
    _ matrix: [Double], _ size: Int
  ) -> (kept: [Int], factor: [[Double]]) {
    var kept: [Int] = []
    var factor: [[Double]] = []
    for row in 0..<size {
      var line: [Double] = []
      line.reserveCapacity(kept.count + 1)
      for (place, other) in kept.enumerated() {
        var value = matrix[row * size + other]
        for k in 0..<place { value -= line[k] * factor[place][k] }
        line.append(value / factor[place][place])
      }
      let left = line.reduce(matrix[row * size + row]) { $0 - $1 * $1 }
      guard left > 1e-9 * matrix[row * size + row], left > 1e-12 else { continue }
      line.append(left.squareRoot())
      kept.append(row)
      factor.append(line)
    }
    return (kept, factor)
  }

  /// The statistic for given right answers of the formats.
  func statistic(_ right: [Int]) -> Double {
    var solved: [Double] = []
    solved.reserveCapacity(kept.count)
    var sum = 0.0
    for (place, arm) in kept.enumerated() {
      var value = Double(right[arm]) - expected[arm]
      for k in 0..<place { value -= solved[k] * factor[place][k] }
      value /= factor[place][place]
      solved.append(value)
      sum += value * value
    }
    return sum
  }

  /// The share of random dealings, with the observed one, whose statistic is at least as large.
  func dealtP(
    _ observed: Double, _ strata: [AnswerStratum], dealings: Int, seed: UInt64
  ) -> Double {
    var generator = SeededGenerator(seed: seed, stream: "Cochran's Q")
    var reached = 1
    for _ in 0..<dealings {
      var right = [Int](repeating: 0, count: expected.count)
      for stratum in strata {
        var open = stratum.answered
        for taken in stratum.right.indices {
          open.swapAt(taken, taken + generator.below(open.count - taken))
          right[open[taken]] += 1
        }
      }
      // Equal statistics may differ in their last digits.
      if statistic(right) >= observed * (1 - 1e-9) { reached += 1 }
    }
    return Double(reached) / Double(dealings + 1)
  }
}
