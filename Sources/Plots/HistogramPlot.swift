/// How many formats reach which accuracy.
package struct HistogramPlot: Sendable, Hashable {
  package var values: [Double]
  package var marks: [PlotMark]
  package var title: String
  package var summary: String

  package init(values: [Double], marks: [PlotMark], title: String, summary: String) {
    self.values = values
    self.marks = marks
    self.title = title
    self.summary = summary
  }

  /// Bars of equal width at round values.
  package struct Bins: Sendable, Hashable {
    package let start: Double
    package let step: Double
    package let counts: [Int]
  }

  /// About one and a half times the square root of the count of bins, 4 to 24, at round edges.
  package static func bins(_ values: [Double]) -> Bins {
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let wanted = min(max(1.5 * Double(values.count).squareRoot(), 4), 24)
    let (step, _) = Ticks.roundStep(atLeast: max((high - low) / wanted, 0.005))
    // A value on an edge belongs to the bar that begins there, however it was rounded.
    let first = (low / step + 1e-9).rounded(.down)
    let last = (high / step + 1e-9).rounded(.down)
    var counts = [Int](repeating: 0, count: Int(last - first) + 1)
    for value in values { counts[Int((value / step + 1e-9).rounded(.down) - first)] += 1 }
    return Bins(start: first * step, step: step, counts: counts)
  }

  /// The plot at a width in pixels; from 300 on everything has room.
  package func drawing(width: Double) -> Drawing {
    let height = 260.0
    let (left, right, top, bottom) = (44.0, width - 24, 56.0, height - 46)
    let bins = Self.bins(values)
    let edges = bins.start...(bins.start + Double(bins.counts.count) * bins.step)
    let x = LinearScale(edges, from: left, to: right)
    let most = Double(max(1, bins.counts.max() ?? 1))
    let y = LinearScale(0...most, from: bottom, to: top)
    var canvas = Canvas()
    for value in Ticks(0...most, about: 4).values where value == value.rounded() {
      canvas.line(left, y(value), right, y(value), "gr")
      canvas.label(PlotText.fixed(value, decimals: 0), left - 6, y(value) + 4.5, .end, "mu")
    }
    for (place, count) in bins.counts.enumerated() where count > 0 {
      let start = bins.start + Double(place) * bins.step
      let from = x(start)
      let to = x(start + bins.step)
      canvas.rectangle(
        from + 1, y(Double(count)), max(1, to - from - 2), bottom - y(Double(count)), "f-so",
        tip: "\(points(start)) to \(points(start + bins.step)) %: \(count) formats")
    }
    canvas.line(left, bottom, right, bottom, "ax")
    canvas.horizontalAxis(
      x, y: bottom, to: bottom, about: width < 560 ? 5 : 8, title: "accuracy, %; bars count formats"
    )
    labelled(x, top: top, bottom: bottom, width: width, &canvas)
    return Drawing(width: width, height: height, title: title, summary: summary, canvas: canvas)
  }

  /// Marks as vertical lines; their labels stand above in a row, moved apart where they would collide.
  private func labelled(
    _ x: LinearScale, top: Double, bottom: Double, width: Double, _ canvas: inout Canvas
  ) {
    // Where there is little room, the figures are left to the axis.
    let isNarrow = width < 560
    let words = marks.map {
      PlotText.cut(
        isNarrow ? $0.label : "\($0.label) \(points($0.value))",
        to: width / Double(marks.count) - 8, size: 13)
    }
    let size = (words.map { PlotText.width($0, size: 13) }.max() ?? 0) + 8
    let places = LabelPlacement.spread(marks.map { x($0.value) }, size: size, within: 0...width)
    for (mark, (word, place)) in zip(marks, zip(words, places)) {
      let line = x(mark.value)
      canvas.label(word, place, 14, .middle)
      canvas.line(place, 19, line, top - 14, "s-\(mark.role.short) st")
      canvas.line(line, top - 14, line, bottom, "s-\(mark.role.short) st da")
      canvas.sign(mark.role, line, bottom)
    }
  }
}
