import Statistics

/// The formats that keep the spread's interval wide: those that could still be the highest or the lowest.
///
/// For each format the confidence sequence of its answers without a gap from the beginning of the
/// random order, as ``SpreadInterval`` uses it. Its upper end is the largest of all upper bounds less the
/// smallest of all lower bounds, so only the formats that hold those can narrow it (LUCB; Kalyanakrishnan
/// et al., 2012).
struct CertaintyFronts: Sendable {
  private let examples: Int
  private var prefix: [Int]
  private var right: [Int]
  private var bounds: [Interval]

  /// The error of one format's bounds under an interval of 95 %.
  private static let alpha = 0.005

  init(arms: Int, examples: Int) {
    self.examples = examples
    prefix = Array(repeating: 0, count: arms)
    right = prefix
    bounds = Array(repeating: Interval(0, 1), count: arms)
  }

  /// Takes note of further answers of an arm.
  mutating func update(_ arm: Int, _ answers: ResponseMatrix) {
    let row = answers.row(arm)
    var place = row.startIndex + prefix[arm]
    let start = place
    while place < row.endIndex, row[place] != ResponseMatrix.missing {
      right[arm] += Int(row[place])
      place += 1
    }
    if place == start { return }
    prefix[arm] += place - start
    bounds[arm] = ConfidenceSequence.interval(
      successes: right[arm], trials: prefix[arm], of: examples, alpha: Self.alpha,
      target: .theseExamples)
  }

  /// Up to `count` arms at each end that hold the largest upper and the smallest lower bounds, of those
  /// that may be asked.
  func widest(_ count: Int, where mayBeAsked: (Int) -> Bool) -> [Int] {
    let arms = bounds.indices.filter(mayBeAsked)
    let highs = arms.sorted { (bounds[$0].upper, $1) > (bounds[$1].upper, $0) }.prefix(count)
    let lows = arms.sorted { (bounds[$0].lower, $0) < (bounds[$1].lower, $1) }.prefix(count)
    return highs + lows.filter { !highs.contains($0) }
  }
}
