/// The ranges of several tasks below each other.
package struct OverviewPlot: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    package let label: String
    package let lowest: Double
    package let highest: Double
    package let median: Double?
    package let original: Double?

    package init(
      _ label: String, lowest: Double, highest: Double, median: Double?, original: Double?
    ) {
      self.label = label
      self.lowest = lowest
      self.highest = highest
      self.median = median
      self.original = original
    }
  }

  package var rows: [Row]
  package var title: String
  package var summary: String

  package init(rows: [Row], title: String, summary: String) {
    self.rows = rows
    self.title = title
    self.summary = summary
  }

  /// The plot at a width in pixels; from 300 on everything has room.
  package func drawing(width: Double) -> Drawing {
    let isNarrow = width < 560
    let step = isNarrow ? 46.0 : 32
    let left = isNarrow ? 12.0 : 190
    let right = width - (isNarrow ? 16 : 90)
    let (top, height) = (10.0, 10 + Double(rows.count) * step)
    let x = LinearScale(0...1, from: left, to: right)
    var canvas = Canvas()
    canvas.horizontalAxis(
      x, y: height, to: top, about: isNarrow ? 5 : 10, title: "accuracy, %")
    for (place, row) in rows.enumerated() {
      let middle = top + (Double(place) + (isNarrow ? 0.68 : 0.5)) * step
      let spread = "\(PlotText.fixed((row.highest - row.lowest) * 100, decimals: 1)) points"
      if isNarrow {
        canvas.label(
          PlotText.cut("\(row.label): \(spread)", to: width - 12, size: 13), 0, middle - 13)
      } else {
        canvas.label(
          PlotText.cut(row.label, to: left - 16, size: 13), left - 12, middle + 4.5, .end)
        canvas.label(spread, right + 12, middle + 4.5)
      }
      canvas.line(x(row.lowest), middle, x(row.highest), middle, "s-pl th")
      if let median = row.median { canvas.sign(.median, x(median), middle, tip: "median") }
      if let original = row.original {
        canvas.sign(.original, x(original), middle, tip: "original")
      }
      canvas.sign(.lowest, x(row.lowest), middle, tip: "lowest")
      canvas.sign(.highest, x(row.highest), middle, tip: "highest")
    }
    return Drawing(
      width: width, height: height + 44, title: title, summary: summary, canvas: canvas)
  }
}
