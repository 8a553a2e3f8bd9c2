/// Order statistics of a list of figures, such as the accuracies of all formats.
package enum Quantiles {
  /// The `p`-quantile by linear interpolation (type 7 of Hyndman and Fan, 1996; numpy's default).
  ///
  /// - Parameters:
  ///   - p: From 0 to 1.
  ///   - values: In any order.
  /// - Returns: nil for an empty list.
  package static func quantile(_ p: Double, of values: [Double]) -> Double? {
    quantiles([p], of: values)?.first
  }

  /// Several quantiles of one list (type 7), sorting it once; nil for an empty list.
  package static func quantiles(_ probabilities: [Double], of values: [Double]) -> [Double]? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    return probabilities.map { p in
      precondition((0...1).contains(p), "a quantile's probability lies in 0...1")
      let place = p * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
  }

  /// The share of `values` below `value`, ties counted half, from 0 to 1 (the mean percentile rank).
  ///
  /// - Returns: nil for an empty list.
  package static func percentileRank(of value: Double, in values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let below = values.count { $0 < value }
    let equal = values.count { $0 == value }
    return (Double(below) + Double(equal) / 2) / Double(values.count)
  }

  /// Every position that holds the smallest and every position that holds the largest value.
  ///
  /// - Returns: nil for an empty list; more than one position on a side is a tie.
  package static func extremes(of values: [Double]) -> (lowest: [Int], highest: [Int])? {
    guard let low = values.min(), let high = values.max() else { return nil }
    return (
      values.indices.filter { values[$0] == low }, values.indices.filter { values[$0] == high }
    )
  }
}
