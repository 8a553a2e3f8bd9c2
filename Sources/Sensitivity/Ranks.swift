import Foundation

/// How alike two orders are.
package enum Ranks {
  /// Ranks from 1, ties sharing the mean of their places.
  package static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }

  /// Pearson's correlation, from −1 to 1; nil for fewer than two pairs or a constant side.
  package static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "both sides have the same length")
    guard x.count > 1 else { return nil }
    let n = Double(x.count)
    let meanX = x.reduce(0, +) / n
    let meanY = y.reduce(0, +) / n
    var xx = 0.0
    var yy = 0.0
    var xy = 0.0
    for (a, b) in zip(x, y) {
      xx += (a - meanX) * (a - meanX)
      yy += (b - meanY) * (b - meanY)
      xy += (a - meanX) * (b - meanY)
    }
    // Equal values leave a rounding remainder, which is no variation.
    guard xx > 1e-18 * n, yy > 1e-18 * n else { return nil }
    return max(-1, min(1, xy / (xx * yy).squareRoot()))
  }

  /// Spearman's rank correlation: Pearson's of the ranks, ties shared.
  package static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
    pearson(ranks(x), ranks(y))
  }

  /// Kendall's tau-b, `(C − D)/√((n₀ − n₁)(n₀ − n₂))`, which accounts for ties on either side.
  package static func kendall(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "both sides have the same length")
    var balance = 0
    var untiedX = 0
    var untiedY = 0
    for a in x.indices {
      for b in x.indices where b > a {
        let dx = x[a] == x[b] ? 0 : (x[a] < x[b] ? 1 : -1)
        let dy = y[a] == y[b] ? 0 : (y[a] < y[b] ? 1 : -1)
        balance += dx * dy
        untiedX += dx * dx
        untiedY += dy * dy
      }
    }
    guard untiedX > 0, untiedY > 0 else { return nil }
    return Double(balance) / (Double(untiedX) * Double(untiedY)).squareRoot()
  }

  /// Rank-biased overlap of two complete rankings of the same items (Webber, Moffat and Zobel, 2010).
  ///
  /// The extrapolated form: agreement at each depth weighted by `(1−p)·p^(d−1)`, the last agreement
  /// standing for all greater depths; the top counts most. Ties are broken by the items' order.
  ///
  /// - Parameters:
  ///   - x: Scores of the items; the highest comes first.
  ///   - y: Scores of the same items on the other side.
  ///   - p: Strictly between 0 and 1; 0.9 puts 86 % of the weight on the first ten.
  /// - Returns: From 0 to 1; nil without items.
  package static func overlap(_ x: [Double], _ y: [Double], persistence p: Double = 0.9) -> Double?
  {
    precondition(x.count == y.count && p > 0 && p < 1)
    guard !x.isEmpty else { return nil }
    let first = x.indices.sorted { (-x[$0], $0) < (-x[$1], $1) }
    let second = y.indices.sorted { (-y[$0], $0) < (-y[$1], $1) }
    var seen = [UInt8](repeating: 0, count: x.count)
    var shared = 0
    var sum = 0.0
    var weight = 1 - p
    for depth in 1...x.count {
      for item in [first[depth - 1], second[depth - 1]] {
        seen[item] += 1
        if seen[item] == 2 { shared += 1 }
      }
      sum += weight * Double(shared) / Double(depth)
      weight *= p
    }
    return sum + Double(shared) / Double(x.count) * weight / (1 - p)
  }

  /// Kendall's coefficient of concordance W with the correction for ties; 1 when all judges agree.
  ///
  /// `W = 12·S / (m²(n³ − n) − m·ΣT)` for m judges ranking n items, S the sum of squared deviations of
  /// the rank sums and T = Σ(t³ − t) over each judge's tied groups.
  ///
  /// - Parameter judges: Each judge's scores of all items.
  /// - Returns: From 0 to 1; nil for fewer than two judges or items, or when every judge ties all.
  package static func concordance(_ judges: [[Double]]) -> Double? {
    guard judges.count > 1, let items = judges.first?.count, items > 1 else { return nil }
    let m = Double(judges.count)
    let n = Double(items)
    var sums = [Double](repeating: 0, count: items)
    var ties = 0.0
    for judge in judges {
      let ranks = ranks(judge)
      for item in 0..<items { sums[item] += ranks[item] }
      let sorted = judge.sorted()
      var start = 0
      while start < items {
        var end = start
        while end + 1 < items, sorted[end + 1] == sorted[start] { end += 1 }
        let size = Double(end - start + 1)
        ties += size * size * size - size
        start = end + 1
      }
    }
    let mean = m * (n + 1) / 2
    let deviations = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let denominator = m * m * (n * n * n - n) - m * ties
    return denominator > 0 ? 12 * deviations / denominator : nil
  }
}
