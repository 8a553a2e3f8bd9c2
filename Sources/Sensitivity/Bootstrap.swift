package import Basics
import Statistics

/// Resamples of examples with replacement, as how often each example was drawn.
///
/// The percentile bootstrap (Efron, 1979): a figure is computed again on every resample, and the
/// middle 95 % of the values are its interval. All figures of a grid use the same resamples, fixed by
/// the seed. It speaks of other examples of the same kind, never of other formats.
package struct Bootstrap: Sendable {
  package let examples: Int
  package let resamples: Int
  /// Draws of each example, resample by resample.
  let weights: [Int16]

  /// - Parameters:
  ///   - examples: How many there are; each resample draws as many.
  ///   - resamples: How many resamples, not negative; 0 gives no intervals.
  ///   - generator: Fixes the draws.
  package init(examples: Int, resamples: Int, using generator: inout SeededGenerator) {
    precondition(examples >= 0 && resamples >= 0, "counts are not negative")
    self.examples = examples
    self.resamples = examples > 0 ? resamples : 0
    var weights = [Int16](repeating: 0, count: self.resamples * examples)
    for resample in 0..<self.resamples {
      let start = resample * examples
      for _ in 0..<examples { weights[start + generator.below(examples)] += 1 }
    }
    self.weights = weights
  }

  func draw(_ resample: Int) -> ArraySlice<Int16> {
    weights[(resample * examples)..<((resample + 1) * examples)]
  }

  /// The middle 95 % of values; nil for fewer than two.
  static func interval(_ values: [Double]) -> Interval? {
    let finite = values.filter(\.isFinite)
    guard finite.count > 1, let ends = Quantiles.quantiles([0.025, 0.975], of: finite) else {
      return nil
    }
    return Interval(ends[0], ends[1])
  }

  /// The interval of a mean over examples; NaN marks an example on which the value is not defined.
  func mean(_ values: [Double]) -> (value: Double?, interval: Interval?) {
    ratio(values.map { $0.isNaN ? 0 : $0 }, values.map { $0.isNaN ? 0 : 1 })
  }

  /// The interval of a sum over examples divided by another.
  func ratio(
    _ numerators: [Double], _ denominators: [Double]
  ) -> (value: Double?, interval: Interval?) {
    precondition(numerators.count == examples && denominators.count == examples)
    let total = denominators.reduce(0, +)
    guard total > 0 else { return (nil, nil) }
    var values: [Double] = []
    values.reserveCapacity(resamples)
    numerators.withUnsafeBufferPointer { numerators in
      denominators.withUnsafeBufferPointer { denominators in
        weights.withUnsafeBufferPointer { weights in
          for resample in 0..<resamples {
            var top = 0.0
            var bottom = 0.0
            let start = resample * examples
            for example in 0..<examples {
              let weight = Double(weights[start + example])
              top += weight * numerators[example]
              bottom += weight * denominators[example]
            }
            if bottom > 0 { values.append(top / bottom) }
          }
        }
      }
    }
    return (numerators.reduce(0, +) / total, Self.interval(values))
  }

  /// The accuracy of every row in every resample; NaN for a row without a known cell in it.
  ///
  /// - Parameters:
  ///   - cells: 1 right, 0 wrong, 2 unknown, row by row.
  ///   - rows: How many rows.
  /// - Returns: Resample by resample, one value a row.
  func accuracies(_ cells: [UInt8], rows: Int) -> [Double] {
    let right = cells.map { Int16($0 == 1 ? 1 : 0) }
    let isComplete = !cells.contains(ResponseMatrix.missing)
    let known = isComplete ? [] : cells.map { Int16($0 == ResponseMatrix.missing ? 0 : 1) }
    var result = [Double](repeating: .nan, count: resamples * rows)
    let examples = examples
    right.withUnsafeBufferPointer { right in
      known.withUnsafeBufferPointer { known in
        weights.withUnsafeBufferPointer { weights in
          // A block of resamples stays in the cache while the rows go by.
          for row in 0..<rows {
            let start = row * examples
            for resample in 0..<resamples {
              let drawn = resample * examples
              let top = dot(right, start, weights, drawn, examples)
              let bottom =
                isComplete ? Int32(examples) : dot(known, start, weights, drawn, examples)
              if bottom > 0 { result[resample * rows + row] = Double(top) / Double(bottom) }
            }
          }
        }
      }
    }
    return result
  }
}

/// The sum of products; the compiler turns this shape into vector multiply-adds.
@inline(__always)
private func dot(
  _ a: UnsafeBufferPointer<Int16>, _ aStart: Int, _ b: UnsafeBufferPointer<Int16>, _ bStart: Int,
  _ count: Int
) -> Int32 {
  var sum: Int32 = 0
  for index in 0..<count {
    sum &+= Int32(a[aStart &+ index]) &* Int32(b[bStart &+ index])
  }
  return sum
}
