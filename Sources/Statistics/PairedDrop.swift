/// How much accuracy fell from one run to another on the cells that both answered.
///
/// The two runs ask the same formats on the same examples, and answers on one example belong together:
/// each example counts once, with the mean over its shared formats of the earlier answer less the later
/// one. The interval is Student's for the mean of these differences, so it is about the population that
/// the examples were drawn from; it needs ``fewest`` examples, because the differences are far from
/// normal.
package struct PairedDrop: Sendable, Hashable {
  /// Mean earlier accuracy less mean later accuracy, from −1 to 1; negative where it rose.
  package let drop: Double
  package let before: Double
  package let after: Double
  /// Formats with a shared cell.
  package let formats: Int
  /// Examples with a shared cell.
  package let examples: Int
  package let cells: Int
  /// Standard error of the drop over examples; 0 for one example.
  package let standardError: Double

  /// Fewer shared examples than this give no interval.
  package static let fewest = 20

  /// Compares two grids of the same formats and examples; nil without a cell that both answered.
  ///
  /// - Precondition: Both matrices have the same size.
  package init?(before: ResponseMatrix, after: ResponseMatrix) {
    precondition(
      before.arms == after.arms && before.examples == after.examples, "two grids of one size")
    var sums = [Double](repeating: 0, count: before.examples)
    var counts = [Double](repeating: 0, count: before.examples)
    var right = (before: 0, after: 0)
    var formats = 0
    var cells = 0
    for arm in 0..<before.arms {
      var isShared = false
      for example in 0..<before.examples {
        let (a, b) = (before[arm, example], after[arm, example])
        guard a != ResponseMatrix.missing, b != ResponseMatrix.missing else { continue }
        isShared = true
        cells += 1
        right.before += Int(a)
        right.after += Int(b)
        sums[example] += Double(a) - Double(b)
        counts[example] += 1
      }
      if isShared { formats += 1 }
    }
    guard cells > 0 else { return nil }
    let total = Double(cells)
    // The ratio of sums over examples, with its linearised variance, weighs every cell alike.
    let drop = sums.reduce(0, +) / total
    let used = counts.indices.filter { counts[$0] > 0 }
    let n = Double(used.count)
    let squares = used.reduce(0.0) { sum, example in
      let deviation = sums[example] - drop * counts[example]
      return sum + deviation * deviation
    }
    self.drop = drop
    self.before = Double(right.before) / total
    self.after = Double(right.after) / total
    self.formats = formats
    self.cells = cells
    examples = used.count
    standardError = n > 1 ? (squares * n / (n - 1)).squareRoot() / total : 0
  }

  /// Student's interval for the drop on the population of examples; nil below ``fewest`` examples.
  package func interval(confidence: Double) -> Interval? {
    guard examples >= Self.fewest else { return nil }
    let t = SpecialFunctions.studentQuantile(
      0.5 + confidence / 2, degreesOfFreedom: examples - 1)
    return Interval(max(-1, drop - t * standardError), min(1, drop + t * standardError))
  }
}

extension SpecialFunctions {
  /// The `p`-quantile of Student's t, from the beta distribution of `ν/(ν+t²)`.
  ///
  /// - Precondition: `p` lies strictly between 0 and 1.
  package static func studentQuantile(_ p: Double, degreesOfFreedom: Int) -> Double {
    precondition(p > 0 && p < 1, "a quantile exists strictly between 0 and 1")
    precondition(degreesOfFreedom > 0, "Student's distribution has degrees of freedom")
    if p == 0.5 { return 0 }
    let nu = Double(degreesOfFreedom)
    let tail = 2 * min(p, 1 - p)
    let x = betaQuantile(tail, nu / 2, 0.5)
    let t = (nu * (1 - x) / max(x, .leastNormalMagnitude)).squareRoot()
    return p > 0.5 ? t : -t
  }
}
