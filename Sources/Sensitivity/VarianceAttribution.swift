import Statistics

/// Shares of the variance of accuracies over formats that attributes explain, one or two at a time.
///
/// `eta² = SSB/SST` is the plain share and too high by (L−1)/(K−1) even if nothing matters;
/// `omega² = (SSB − (L−1)·MSW)/(SST + MSW)` takes that out (Hays, 1963). Accuracies on N examples carry
/// the variance σ²_rest/N of the examples' luck; with it removed from the total,
/// `(SSB − (L−1)·MSW)/(SST + MSW − K·σ²_rest/N)` is the share of the *format* variance. Pairs of
/// attributes: what a table of cell means explains beyond the best additive fit.
struct VarianceAttribution {
  /// One attribute's or one pair's share.
  struct Share: Sendable, Hashable {
    var eta: Double
    var omega: Double
    /// Of the variance without the examples' luck; nil where nothing but luck is left.
    var ofFormats: Double?
    /// P-value of the F test.
    var pValue: Double
  }

  private let values: [Double]
  private let total: Double
  private let mean: Double
  private let noise: Double

  /// - Parameters:
  ///   - values: The accuracies of the formats.
  ///   - noise: σ²_rest/N.
  init(_ values: [Double], noise: Double) {
    self.values = values
    self.noise = noise
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // Equal accuracies leave a rounding remainder, which is no variation.
    total = squares > 1e-18 * Double(values.count) ? squares : 0
  }

  /// The share of one attribute; nil when it has one value, or as many values as there are formats.
  func share(_ levels: [Int], count: Int) -> Share? {
    let (between, used) = between(levels, count: count)
    return share(between, degrees: used - 1, within: total - between, rest: values.count - used)
  }

  /// The share that a pair of attributes explains beyond both alone; nil when the table has too few
  /// formats a cell, or no two attributes vary.
  func interaction(_ a: [Int], _ aCount: Int, _ b: [Int], _ bCount: Int) -> Share? {
    let cells = zip(a, b).map { $0 * bCount + $1 }
    let (full, used) = between(cells, count: aCount * bCount)
    let aUsed = Set(a).count
    let bUsed = Set(b).count
    let degrees = used - aUsed - bUsed + 1
    guard aUsed > 1, bUsed > 1, degrees > 0 else { return nil }
    let additive = additive(a, aCount, b, bCount)
    return share(
      max(0, full - additive), degrees: degrees, within: total - full, rest: values.count - used)
  }

  private func share(
    _ between: Double, degrees: Int, within: Double, rest: Int
  ) -> Share? {
    guard degrees > 0, rest > 0, total > 0 else { return nil }
    let withinMean = max(0, within) / Double(rest)
    let explained = between - Double(degrees) * withinMean
    let real = total + withinMean - Double(values.count) * noise
    let f = withinMean > 0 ? between / Double(degrees) / withinMean : .infinity
    let d1 = Double(degrees)
    let d2 = Double(rest)
    return Share(
      eta: between / total, omega: max(0, explained / (total + withinMean)),
      ofFormats: real > 1e-12 * total ? min(1, max(0, explained / real)) : nil,
      pValue: f.isFinite
        ? SpecialFunctions.regularizedBeta(d2 / (d2 + d1 * f), d2 / 2, d1 / 2) : 0)
  }

  /// The sum of squares between groups, and how many groups have formats.
  private func between(_ levels: [Int], count: Int) -> (Double, Int) {
    var sums = [Double](repeating: 0, count: count)
    var sizes = [Int](repeating: 0, count: count)
    for (level, value) in zip(levels, values) {
      sums[level] += value
      sizes[level] += 1
    }
    var between = 0.0
    var used = 0
    for level in 0..<count where sizes[level] > 0 {
      let deviation = sums[level] / Double(sizes[level]) - mean
      between += Double(sizes[level]) * deviation * deviation
      used += 1
    }
    return (between, used)
  }

  /// The sum of squares that the best sum of two attributes' effects explains, by backfitting.
  private func additive(_ a: [Int], _ aCount: Int, _ b: [Int], _ bCount: Int) -> Double {
    var first = [Double](repeating: 0, count: aCount)
    var second = [Double](repeating: 0, count: bCount)
    func refit(_ effects: inout [Double], _ levels: [Int], _ others: [Double], _ other: [Int]) {
      var sums = [Double](repeating: 0, count: effects.count)
      var sizes = sums
      for index in values.indices {
        sums[levels[index]] += values[index] - mean - others[other[index]]
        sizes[levels[index]] += 1
      }
      for level in effects.indices where sizes[level] > 0 {
        effects[level] = sums[level] / sizes[level]
      }
    }
    var explained = 0.0
    for _ in 0..<200 {
      refit(&first, a, second, b)
      refit(&second, b, first, a)
      var left = 0.0
      for index in values.indices {
        let residual = values[index] - mean - first[a[index]] - second[b[index]]
        left += residual * residual
      }
      let now = total - left
      if now - explained < 1e-12 * max(total, 1e-12) { return now }
      explained = now
    }
    return explained
  }
}
