import Foundation
package import Statistics

/// What single changes between two formats on the same examples show, and corrections for many of them.
package enum PairedProportions {
  /// The score interval of Tango (1998) for the difference of two paired proportions.
  ///
  /// All differences δ for which `(b − c − nδ)/√(n(2q̃ + δ(1 − δ)))` lies within ±z, with q̃ the
  /// maximum-likelihood estimate of the second discordant share under δ.
  ///
  /// - Parameters:
  ///   - b: examples right under the first only.
  ///   - c: examples right under the second only.
  ///   - examples: n.
  ///   - confidence: Strictly between 0 and 1.
  /// - Returns: Inside `−1...1`; all of it without examples.
  package static func tango(
    firstOnly b: Int, secondOnly c: Int, examples: Int, confidence: Double = 0.95
  ) -> Interval {
    guard examples > 0 else { return Interval(-1, 1) }
    let n = Double(examples)
    let z = SpecialFunctions.normalQuantile(0.5 + confidence / 2)
    let difference = Double(b - c) / n
    func score(_ delta: Double) -> Double {
      let first = 2 * n
      let second = -Double(b + c) + (2 * n - Double(b - c)) * delta
      let third = -Double(c) * delta * (1 - delta)
      let root = max(0, second * second - 4 * first * third).squareRoot()
      let q = (root - second) / (2 * first)
      let variance = n * (2 * q + delta * (1 - delta))
      let distance = Double(b - c) - n * delta
      if variance <= 0 { return distance == 0 ? 0 : (distance > 0 ? .infinity : -.infinity) }
      return distance / variance.squareRoot()
    }
    func edge(_ out: Double) -> Double {
      var inside = difference
      var outside = out
      if abs(score(out)) <= z { return out }
      for _ in 0..<80 {
        let middle = 0.5 * (inside + outside)
        if abs(score(middle)) <= z { inside = middle } else { outside = middle }
      }
      return 0.5 * (inside + outside)
    }
    return Interval(min(difference, edge(-1)), max(difference, edge(1)))
  }

  /// P-values corrected for their number so that the chance of any false claim is bounded (Holm, 1979).
  ///
  /// - Returns: Adjusted values in the order of the given ones, each at most 1.
  package static func holm(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = values
    var highest = 0.0
    for (place, index) in order.enumerated() {
      highest = max(highest, min(1, Double(values.count - place) * values[index]))
      adjusted[index] = highest
    }
    return adjusted
  }

  /// The one-sided exact p-value that the first is not better: P(X ≥ b) for X ~ Binomial(b + c, ½).
  package static func oneSided(firstOnly b: Int, secondOnly c: Int) -> Double {
    let discordant = b + c
    guard discordant > 0, b > 0 else { return 1 }
    // As many as b of one kind leave at most c of the other.
    return b > c
      ? McNemar.fairTail(c, of: discordant).tail
      : 1 - McNemar.fairTail(b - 1, of: discordant).tail
  }

  /// The chance that a difference of at least `threshold` appears where neither format is better.
  ///
  /// `P(|2X − m| ≥ threshold·n)` for X ~ Binomial(m, ½) with m discordant examples.
  static func chance(of threshold: Double, discordant: Int, examples: Int) -> Double {
    let least = threshold * Double(examples) - 1e-9
    guard least > 0 else { return 1 }
    let fewest = ((Double(discordant) - least) / 2).rounded(.down)
    return fewest < 0 ? 0 : 2 * McNemar.fairTail(Int(fewest), of: discordant).tail
  }
}
