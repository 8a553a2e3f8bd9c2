/// Horizontal bars with intervals, in groups: what each value of an attribute adds or takes away.
package struct BarPlot: Sendable, Hashable {
  package struct Bar: Sendable, Hashable {
    package let label: String
    package let figure: PlotValue
    /// Behind the bar, such as how many formats it stands for.
    package let note: String

    package init(_ label: String, _ figure: PlotValue, note: String = "") {
      self.label = label
      self.figure = figure
      self.note = note
    }
  }

  package struct Group: Sendable, Hashable {
    package let label: String
    package let bars: [Bar]

    package init(_ label: String, _ bars: [Bar]) {
      self.label = label
      self.bars = bars
    }
  }

  package var groups: [Group]
  /// Below the axis.
  package var axis: String
  package var title: String
  package var summary: String

  package init(groups: [Group], axis: String, title: String, summary: String) {
    self.groups = groups
    self.axis = axis
    self.title = title
    self.summary = summary
  }

  /// The plot at a width in pixels; from 300 on everything has room.
  package func drawing(width: Double) -> Drawing {
    let isNarrow = width < 560
    let (row, head) = (22.0, 26.0)
    let rows = groups.reduce(0.0) { $0 + head + Double($1.bars.count) * row }
    let top = 8.0
    let height = top + rows + 52
    let left = isNarrow ? 96.0 : 200
    let right = width - (isNarrow ? 54 : 150)
    let figures = groups.flatMap(\.bars).map(\.figure)
    let all: [Double] = figures.map(\.lower) + figures.map(\.upper) + [0]
    let most = max(0.01, all.map(abs).max() ?? 0)
    let limit = (all.min() ?? 0) < 0 ? -most...most : 0...most
    let x = LinearScale(
      Ticks.rounded(limit, about: isNarrow ? 4 : 8, within: -10...10), from: left, to: right)
    var canvas = Canvas()
    canvas.horizontalAxis(
      x, y: top + rows, to: top + head, about: isNarrow ? 4 : 8, title: axis,
      isSigned: limit.lowerBound < 0)
    canvas.line(x(0), top + head, x(0), top + rows, "ax")
    var y = top
    for group in groups {
      canvas.label(PlotText.cut(group.label, to: width - 8, size: 13), 0, y + 19, .start, "bo")
      y += head
      for bar in group.bars {
        draw(bar, x, middle: y + row / 2, left: left, right: right, width: width, &canvas)
        y += row
      }
    }
    return Drawing(width: width, height: height, title: title, summary: summary, canvas: canvas)
  }

  private func draw(
    _ bar: Bar, _ x: LinearScale, middle: Double, left: Double, right: Double, width: Double,
    _ canvas: inout Canvas
  ) {
    let zero = x(0)
    let end = x(bar.figure.value)
    let role: PlotRole = bar.figure.value < 0 ? .lowest : .highest
    canvas.label(
      PlotText.cut(bar.label, to: left - 22, size: 12), left - 10, middle + 4.5, .end, "co")
    canvas.rectangle(
      min(zero, end), middle - 6, max(1, abs(end - zero)), 12, "f-\(role.short)",
      tip: "\(bar.label): \(signed(bar.figure.value)), "
        + "\(signed(bar.figure.lower)) to \(signed(bar.figure.upper))")
    let (low, high) = (x(bar.figure.lower), x(bar.figure.upper))
    if high - low > 0.5 {
      canvas.line(low, middle, high, middle, "s-me st")
      canvas.line(low, middle - 4, low, middle + 4, "s-me st")
      canvas.line(high, middle - 4, high, middle + 4, "s-me st")
    }
    canvas.label(signed(bar.figure.value), right + 50, middle + 4.5, .end)
    if width >= 560 { canvas.label(bar.note, right + 62, middle + 4.5, .start, "mu") }
  }

  private func signed(_ value: Double) -> String {
    let shown = points(value)
    if shown == "0.0" { return shown }
    return value > 0 ? "+" + shown : "−" + shown.drop { $0 == "-" }
  }
}
