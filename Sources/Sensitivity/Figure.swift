package import Statistics

/// One measured quantity with what a reader needs beside it.
package struct Figure: Sendable, Hashable {
  /// How a value is shown.
  package enum Unit: String, Sendable, Hashable {
    /// A fraction of 1, shown as percent.
    case share
    /// A difference of fractions of 1, shown in percentage points.
    case points
    /// A plain number.
    case number
    /// A p-value.
    case probability
  }

  /// The name in JSON.
  package let key: String
  /// The name for people.
  package let label: String
  package let unit: Unit
  /// Nil where the figure is not defined; `condition` then says why not.
  package let value: Double?
  /// The ends of the 95 % interval; nil where there is none.
  package let low: Double?
  package let high: Double?
  /// What the figure means, in one plain sentence.
  package let explanation: String
  /// When the figure is defined.
  package let condition: String

  package init(
    _ key: String, _ label: String, _ unit: Unit, _ value: Double?, interval: Interval? = nil,
    explanation: String, condition: String
  ) {
    self.key = key
    self.label = label
    self.unit = unit
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    low = self.value == nil ? nil : interval?.lower
    high = self.value == nil ? nil : interval?.upper
    self.explanation = explanation
    self.condition = condition
  }
}

/// Figures that answer one question.
package struct FigureGroup: Sendable, Hashable {
  package let key: String
  package let title: String
  /// Where the figures come from.
  package let source: String
  package let figures: [Figure]

  package init(key: String, title: String, source: String, figures: [Figure]) {
    self.key = key
    self.title = title
    self.source = source
    self.figures = figures
  }
}
