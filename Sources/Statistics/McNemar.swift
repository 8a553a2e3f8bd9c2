import Foundation

/// McNemar's test of two formats on the same examples, by the mid-p value.
///
/// Only the discordant examples matter: `b` right under the first alone, `c` under the second alone,
/// with `b ~ Binomial(b+c, ½)` under no difference. The mid-p value is the exact two-sided value less
/// half of the observed point's probability on each side (Fagerland, Lydersen and Laake, 2013).
package struct McNemar: Sendable, Hashable {
  /// Examples right under the first format only.
  package let firstOnly: Int
  /// Examples right under the second format only.
  package let secondOnly: Int
  /// Examples that both formats answered.
  package let examples: Int

  package init(firstOnly: Int, secondOnly: Int, examples: Int) {
    precondition(firstOnly >= 0 && secondOnly >= 0, "counts are not negative")
    precondition(firstOnly + secondOnly <= examples, "discordant examples are among the examples")
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
    self.examples = examples
  }

  /// The comparison of two rows on the examples that both have answered.
  package init(_ matrix: ResponseMatrix, _ first: Int, _ second: Int) {
    var counts = (first: 0, second: 0, both: 0)
    for (a, b) in zip(matrix.row(first), matrix.row(second))
    where a != ResponseMatrix.missing && b != ResponseMatrix.missing {
      counts.both += 1
      if a > b { counts.first += 1 }
      if b > a { counts.second += 1 }
    }
    self.init(firstOnly: counts.first, secondOnly: counts.second, examples: counts.both)
  }

  /// Accuracy of the first minus accuracy of the second, from −1 to 1; 0 without examples.
  package var difference: Double {
    examples > 0 ? Double(firstOnly - secondOnly) / Double(examples) : 0
  }

  /// The two-sided mid-p value, from 0 to 1; 1 without discordant examples.
  package var midP: Double { max(0, exactP(halving: true)) }

  /// The exact two-sided binomial value, from 0 to 1.
  package var exact: Double { min(1, exactP(halving: false)) }

  private func exactP(halving: Bool) -> Double {
    let discordant = firstOnly + secondOnly
    if discordant == 0 { return 1 }
    let (tail, point) = Self.fairTail(min(firstOnly, secondOnly), of: discordant)
    return 2 * tail - (halving ? point : 0)
  }

  /// How likely at most so many heads are in tosses of a fair coin, and exactly so many.
  ///
  /// Each smaller count's probability follows from its neighbour's: `P(k−1) = P(k)·k/(n−k+1)`.
  ///
  /// - Precondition: `0 ≤ heads ≤ tosses/2`.
  package static func fairTail(_ heads: Int, of tosses: Int) -> (tail: Double, point: Double) {
    let point = exp(SpecialFunctions.logChoose(tosses, heads) - Double(tosses) * log(2.0))
    var tail = point
    var term = point
    for k in stride(from: heads, to: 0, by: -1) {
      term *= Double(k) / Double(tosses - k + 1)
      tail += term
      if term < tail * 1e-17 { break }
    }
    return (tail, point)
  }
}
