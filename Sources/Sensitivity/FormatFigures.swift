import Statistics

/// The figures that follow from the accuracies of all formats.
///
/// FormatSpread (Sclar et al., 2024) for the range; Mizrahi et al. (2024) for the highest, the mean,
/// saturation `1 − (MaxP − AvgP)`, the combined score `saturation · MaxP` and the divergence
/// `(a_original − mean)/sd` of the original format.
struct FormatFigures {
  let spread: Double
  let lowest: Double
  let highest: Double
  let mean: Double
  /// At 5, 25, 50, 75 and 95 %.
  let quantiles: [Double]
  let deviation: Double
  let originalRank: Double?
  let divergence: Double?

  var saturation: Double { 1 - (highest - mean) }
  var combined: Double { saturation * highest }

  /// - Parameters:
  ///   - accuracies: Of the compared formats; NaN where unknown.
  ///   - original: The place of the task's own format among them.
  init?(_ accuracies: [Double], original: Int?) {
    let known = accuracies.filter { !$0.isNaN }
    guard let low = known.min(), let high = known.max(),
      let quantiles = Quantiles.quantiles([0.05, 0.25, 0.5, 0.75, 0.95], of: known)
    else { return nil }
    lowest = low
    highest = high
    spread = high - low
    let mean = known.reduce(0, +) / Double(known.count)
    self.mean = mean
    self.quantiles = quantiles
    deviation =
      known.count > 1
      ? (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count - 1)).squareRoot()
      : 0
    let own = original.map { accuracies[$0] }.flatMap { $0.isNaN ? nil : $0 }
    originalRank = own.flatMap { Quantiles.percentileRank(of: $0, in: known) }
    divergence = deviation > 0 ? own.map { [deviation] in ($0 - mean) / deviation } : nil
  }
}
