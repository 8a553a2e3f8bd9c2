/// Cochran's Q test of whether formats differ in accuracy on the same examples.
///
/// `Q = (K−1)(K·ΣC² − G²) / (K·G − ΣT²)` with C the right answers of each of K formats, T those of
/// each example and G their total; chi-square with K−1 degrees of freedom under no difference
/// (Cochran, 1950). Examples on which all formats agree do not change Q.
package struct CochranQ: Sendable, Hashable {
  /// Q; 0 where it is undefined because all formats agree on every example.
  package let statistic: Double
  package let degreesOfFreedom: Int
  /// From 0 to 1; 1 where Q is undefined.
  package let pValue: Double
  /// Examples that every format answered.
  package let examples: Int
  /// Those among them on which the formats do not all agree.
  package let informativeExamples: Int

  /// The test on the examples that every arm has answered (the others are left out).
  package init(_ matrix: ResponseMatrix) {
    let arms = matrix.arms
    var complete = 0
    var informative = 0
    var columns: [Int] = Array(repeating: 0, count: matrix.examples)
    var usable: [Bool] = Array(repeating: true, count: matrix.examples)
    for arm in 0..<arms {
      for (example, value) in matrix.row(arm).enumerated() {
        if value == ResponseMatrix.missing {
          usable[example] = false
        } else {
          columns[example] += Int(value)
        }
      }
    }
    var total = 0
    var columnSquares = 0
    for example in 0..<matrix.examples where usable[example] && arms > 0 {
      complete += 1
      let right = columns[example]
      if right == 0 || right == arms {
        usable[example] = false
        continue
      }
      informative += 1
      total += right
      columnSquares += right * right
    }
    var rowSquares = 0
    for arm in 0..<arms {
      var right = 0
      for (example, value) in matrix.row(arm).enumerated() where usable[example] {
        right += Int(value)
      }
      rowSquares += right * right
    }
    examples = complete
    informativeExamples = informative
    degreesOfFreedom = max(0, arms - 1)
    let denominator = arms * total - columnSquares
    if denominator > 0 {
      let numerator = (arms - 1) * (arms * rowSquares - total * total)
      statistic = Double(numerator) / Double(denominator)
      pValue = SpecialFunctions.chiSquareSurvival(statistic, degreesOfFreedom: arms - 1)
    } else {
      statistic = 0
      pValue = 1
    }
  }
}
