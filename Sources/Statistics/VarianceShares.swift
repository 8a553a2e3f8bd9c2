/// How the variation of right and wrong answers divides into formats, examples and the rest.
///
/// Mean squares of the two-way layout without replication (a complete grid of K formats and N
/// examples): `σ²_format = (MS_format − MS_rest)/N`, `σ²_example = (MS_example − MS_rest)/K`,
/// `σ²_rest = MS_rest`, negative components set to zero (Searle, Casella and McCulloch, 1992).
package struct VarianceShares: Sendable, Hashable {
  /// The component of each source, as variance of one answer.
  package let format: Double
  package let example: Double
  package let rest: Double
  /// Standard deviation of the observed accuracies over formats (divisor K−1).
  package let observedDeviation: Double
  /// The part of it that noise explains: √(σ²_rest / N).
  package let noiseDeviation: Double
  /// What is left: √(observed² − noise²), or 0.
  package let trueDeviation: Double

  /// - Returns: nil for an incomplete grid, or one with fewer than two formats or examples.
  package init?(_ matrix: ResponseMatrix) {
    guard matrix.isComplete, matrix.arms > 1, matrix.examples > 1 else { return nil }
    let arms = Double(matrix.arms)
    let examples = Double(matrix.examples)
    var columns = [Double](repeating: 0, count: matrix.examples)
    for arm in 0..<matrix.arms {
      for (example, value) in matrix.row(arm).enumerated() { columns[example] += Double(value) }
    }
    let total = columns.reduce(0, +)
    let grand = total / (arms * examples)
    let formatSquares = matrix.successes.reduce(0.0) {
      $0 + examples * square(Double($1) / examples - grand)
    }
    let exampleSquares = columns.reduce(0.0) { $0 + arms * square($1 / arms - grand) }
    // Right answers are 1 and 0, so their squares sum to their count.
    let allSquares = total - arms * examples * grand * grand
    let restSquares = max(0, allSquares - formatSquares - exampleSquares)
    let formatMean = formatSquares / (arms - 1)
    rest = restSquares / ((arms - 1) * (examples - 1))
    format = max(0, (formatMean - rest) / examples)
    example = max(0, (exampleSquares / (examples - 1) - rest) / arms)
    observedDeviation = (formatMean / examples).squareRoot()
    noiseDeviation = (rest / examples).squareRoot()
    trueDeviation = max(0, formatMean / examples - rest / examples).squareRoot()
  }

  /// An observed spread scaled to what is not noise (constrained empirical Bayes, Louis, 1984).
  ///
  /// `spread · trueDeviation / observedDeviation`: deviations from the mean keep their pattern and get
  /// the variance that formats really have. Full shrinkage of each format would lose too much range.
  package func corrected(spread: Double) -> Double {
    observedDeviation > 0 ? spread * trueDeviation / observedDeviation : 0
  }
}

private func square(_ x: Double) -> Double { x * x }
