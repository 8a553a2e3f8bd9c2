/// A figure with its interval, each from 0 to 1 (or a difference of such).
package struct PlotValue: Sendable, Hashable {
  package let value: Double
  package let lower: Double
  package let upper: Double

  package init(_ value: Double, _ lower: Double, _ upper: Double) {
    self.value = value
    self.lower = min(lower, upper)
    self.upper = max(lower, upper)
  }
}

/// A named figure that a plot marks.
package struct PlotMark: Sendable, Hashable {
  package let role: PlotRole
  package let label: String
  package let value: Double
  /// The place among sorted dots, where the mark belongs to one.
  package let rank: Int?

  package init(_ role: PlotRole, _ label: String, _ value: Double, rank: Int? = nil) {
    self.role = role
    self.label = label
    self.value = value
    self.rank = rank
  }
}

/// A fraction as percent with one decimal, without the sign.
func points(_ fraction: Double) -> String { PlotText.fixed(fraction * 100, decimals: 1) }
