/// A lower bound on the spread by betting on the formats that lead, valid at every moment at once.
///
/// If the spread is at most x, no format is expected to beat another by more than x on the next
/// example, whichever two are compared, also when they are chosen by the answers so far. So the capital
/// of bets that the next difference between the leaders at both ends exceeds x is a nonnegative
/// supermartingale, and an x at which it reaches 1/α is excluded. A choice that looks back only needs no
/// correction for the number of formats. Half of the stake follows the one leader at each end, half the
/// mean of the first four, which is steadier while they are close. The expectation under x on a finite
/// set is as in ``PairedSequence``.
package enum LeaderSequence {
  /// How many formats at each end are averaged.
  private static let depths = [1, 4]

  /// The largest spread that is excluded from below.
  ///
  /// - Parameters:
  ///   - rows: For each format its answers on the same examples, in the random order; all are equally
  ///     long.
  ///   - size: All examples of the set, at least as many as answers.
  ///   - alpha: The error probability over all times together, strictly between 0 and 1.
  ///   - target: What the bound is about.
  /// - Returns: A bound from 0 to 1.
  package static func lowerBound(
    _ rows: [ArraySlice<UInt8>], of size: Int, alpha: Double, target: IntervalTarget
  ) -> Double {
    precondition(alpha > 0 && alpha < 1, "an error probability lies strictly between 0 and 1")
    let length = rows.first?.count ?? 0
    guard rows.count > 1, length > 1, length < size || target == .population else { return 0 }
    let paths = depths.filter { 2 * $0 <= rows.count }.map { differences(rows, length, $0) }
    let goal = Double(paths.count) / alpha
    let shares = Stakes.shares(size)
    func isExcluded(_ value: Double) -> Bool {
      Stakes.reaches(goal, paths, value, target == .theseExamples ? size : nil, shares)
    }
    guard isExcluded(0) else { return 0 }
    var out = 0.0
    var inside = 1.0
    for _ in 0..<11 {
      let middle = 0.5 * (inside + out)
      if isExcluded(middle) { out = middle } else { inside = middle }
    }
    return out
  }

  /// For each example the leaders' difference on it, and their summed difference before it.
  private static func differences(
    _ rows: [ArraySlice<UInt8>], _ length: Int, _ depth: Int
  ) -> [Stakes.Step] {
    let cells = rows.map(Array.init)
    var sums = [Int](repeating: 0, count: cells.count)
    var steps: [Stakes.Step] = []
    steps.reserveCapacity(length)
    for example in 0..<length {
      // The first example has no past, so nothing is bet on it.
      if example > 0 {
        let (highs, lows) = ends(sums, depth)
        var difference = 0
        var before = 0
        for place in 0..<depth {
          difference += Int(cells[highs[place]][example]) - Int(cells[lows[place]][example])
          before += sums[highs[place]] - sums[lows[place]]
        }
        steps.append(
          Stakes.Step(
            index: example, difference: Double(difference) / Double(depth),
            before: Double(before) / Double(depth)))
      }
      for arm in cells.indices { sums[arm] += Int(cells[arm][example]) }
    }
    return steps
  }

  /// The formats with the most and with the fewest right answers, `depth` of each.
  private static func ends(_ sums: [Int], _ depth: Int) -> (highs: [Int], lows: [Int]) {
    var highs: [Int] = []
    var lows: [Int] = []
    for arm in sums.indices {
      if highs.count < depth || sums[arm] > sums[highs[depth - 1]] {
        let place = highs.firstIndex { sums[arm] > sums[$0] } ?? highs.count
        highs.insert(arm, at: place)
        if highs.count > depth { highs.removeLast() }
      }
      if lows.count < depth || sums[arm] < sums[lows[depth - 1]] {
        let place = lows.firstIndex { sums[arm] < sums[$0] } ?? lows.count
        lows.insert(arm, at: place)
        if lows.count > depth { lows.removeLast() }
      }
    }
    return (highs, lows)
  }
}

/// Bets on differences, shared by the sequences above and ``PairedSequence``.
enum Stakes {
  /// One example: the difference on it and the sum of those before.
  struct Step {
    let index: Int
    let difference: Double
    let before: Double
  }

  /// Stakes as shares of the largest that keeps the capital positive, largest first.
  ///
  /// An average of martingales is one, so several are bet at once and none is chosen afterwards. The
  /// stake that finds a difference of variance v soonest after n examples is about `√(2·ln(1/α)/(n·v))`,
  /// so a set of `size` examples has no use for stakes below some `√(24/size)`.
  static func shares(_ size: Int) -> [Double] {
    let least = min(0.5, (24 / Double(max(1, size))).squareRoot())
    var result = [0.9]
    while let last = result.last, last > 1.62 * least { result.append(last / 1.8) }
    return result
  }

  /// Whether the summed capital of all paths against the difference `value` reaches the goal at some
  /// time, each path starting at 1.
  ///
  /// The capital falls as the tested value rises, so the excluded values are all below a bound.
  static func reaches(
    _ goal: Double, _ paths: [[Step]], _ value: Double, _ population: Int?, _ shares: [Double]
  ) -> Bool {
    var capitals = [Double](repeating: 1, count: shares.count * paths.count)
    var totals = [Double](repeating: Double(shares.count), count: paths.count)
    let length = paths.map(\.count).max() ?? 0
    let target = goal * Double(shares.count)
    for place in 0..<length {
      var sum = 0.0
      for (number, path) in paths.enumerated() {
        let step = path[place]
        var expected = (value + 1) / 2
        if let population {
          let mean = (Double(population) * value - step.before) / Double(population - step.index)
          expected = (mean + 1) / 2
        }
        // The answers so far are already more than this value allows.
        if expected < 0 || (expected == 0 && step.difference > -1) { return true }
        if expected > 0, expected < 1 {
          let gain = (step.difference + 1) / 2 / expected - 1
          var total = 0.0
          for share in shares.indices {
            let index = number * shares.count + share
            capitals[index] *= 1 + shares[share] * gain
            total += capitals[index]
          }
          totals[number] = total
        }
        sum += totals[number]
      }
      if sum >= target { return true }
    }
    return false
  }
}
