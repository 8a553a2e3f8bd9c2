package import Statistics

/// Plain figures of a matrix of right and wrong answers, for comparison with other tools.
///
/// Examples without an answer of every format are left out first. Rows are formats, counted from 0;
/// the best and the worst are the first of several that tie.
package struct MatrixStatistics: Sendable, Hashable {
  package let formats: Int
  package let examples: Int
  package let accuracies: [Double]
  package let mean: Double
  package let lowest: Double
  package let highest: Double
  package let percentile5: Double
  package let percentile95: Double
  /// ProSA's score.
  package let promptSensitivity: Double
  package let cochran: CochranQ
  /// Over formats, divisor K−1.
  package let observedDeviation: Double
  /// What sampling of shared examples explains: √(residual variance of the two-way layout / N).
  package let pairedNoise: Double
  /// What separate samples of examples would explain: √(mean a(1−a) / N).
  package let independentNoise: Double
  package let trueDeviation: Double
  /// The covariance of accuracies on two halves of the examples over the variance on all of them.
  ///
  /// Guttman's split-half coefficient (1945), for the one halving of the reference analysis.
  package let splitHalf: Double?
  package let best: Int
  package let worst: Int
  /// Examples right under the best format only, and under the worst only.
  package let comparison: McNemar
  package let neverRight: Int
  package let alwaysRight: Int

  /// - Returns: nil for fewer than two formats or two complete examples.
  package init?(_ matrix: ResponseMatrix) {
    let rows = (0..<matrix.arms).map { Array(matrix.row($0)) }
    let columns = (0..<matrix.examples).filter { column in
      rows.allSatisfy { $0[column] != ResponseMatrix.missing }
    }
    let complete =
      columns.count == matrix.examples
      ? matrix : ResponseMatrix(rows: rows.map { row in columns.map { row[$0] } })
    guard let shares = VarianceShares(complete), let pss = PromptSensiScore.value(complete),
      let quantiles = Quantiles.quantiles([0.05, 0.95], of: complete.means.compactMap(\.self)),
      let ends = Quantiles.extremes(of: complete.means.compactMap(\.self)),
      let low = ends.lowest.first, let high = ends.highest.first
    else { return nil }
    formats = complete.arms
    examples = complete.examples
    accuracies = complete.means.compactMap(\.self)
    mean = accuracies.reduce(0, +) / Double(accuracies.count)
    lowest = accuracies[low]
    highest = accuracies[high]
    percentile5 = quantiles[0]
    percentile95 = quantiles[1]
    promptSensitivity = pss
    cochran = CochranQ(complete)
    observedDeviation = shares.observedDeviation
    pairedNoise = shares.noiseDeviation
    independentNoise =
      (accuracies.reduce(0) { $0 + $1 * (1 - $1) } / Double(accuracies.count * complete.examples))
      .squareRoot()
    trueDeviation = shares.trueDeviation
    splitHalf = Self.splitHalf(complete)
    best = high
    worst = low
    comparison = McNemar(complete, high, low)
    var right = [Int](repeating: 0, count: complete.examples)
    for format in 0..<complete.arms {
      for (example, value) in complete.row(format).enumerated() { right[example] += Int(value) }
    }
    neverRight = right.count { $0 == 0 }
    alwaysRight = right.count { $0 == complete.arms }
  }

  private static func splitHalf(_ matrix: ResponseMatrix) -> Double? {
    var halving = ReferenceHalving()
    let order = halving.permutation(matrix.examples)
    let middle = order.count / 2
    func means(_ part: ArraySlice<Int>) -> [Double] {
      (0..<matrix.arms).map { arm in
        let row = Array(matrix.row(arm))
        return Double(part.reduce(0) { $0 + Int(row[$1]) }) / Double(part.count)
      }
    }
    let first = means(order[..<middle])
    let second = means(order[middle...])
    let all = matrix.means.compactMap(\.self)
    let variance = covariance(all, all)
    return variance > 0 ? covariance(first, second) / variance : nil
  }

  private static func covariance(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let meanX = x.reduce(0, +) / n
    let meanY = y.reduce(0, +) / n
    return zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / (n - 1)
  }
}
