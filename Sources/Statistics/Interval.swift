/// A closed interval for a quantity, such as a proportion in `0...1`.
package struct Interval: Sendable, Hashable {
  package let lower: Double
  package let upper: Double

  /// - Precondition: `lower` is at most `upper`.
  package init(_ lower: Double, _ upper: Double) {
    precondition(lower <= upper, "the ends of an interval are in order")
    self.lower = lower
    self.upper = upper
  }

  package var width: Double { upper - lower }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
