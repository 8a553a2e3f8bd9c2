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

  /// Between 4 and 24 bins or so, about the square root of the count, at round edges.
  package static func bins(_ values: [Double]) -> Bins {
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let wanted = min(max(Double(values.count).squareRoot(), 4), 20)
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
    let (left, right, top, bottom) = (44.0, width - 16, 66.0, height - 46)
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
    canvas.label("formats", 0, 16, .start, "mu")
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
      x, y: bottom, to: bottom, about: width < 560 ? 5 : 9, title: "accuracy, %")
    labelled(x, top: top, bottom: bottom, width: width, &canvas)
    return Drawing(width: width, height: height, title: title, summary: summary, canvas: canvas)
  }

  /// Marks as vertical lines; their labels stand above in up to two rows, so that none collides.
  private func labelled(
    _ x: LinearScale, top: Double, bottom: Double, width: Double, _ canvas: inout Canvas
  ) {
    let sorted = marks.sorted { $0.value < $1.value }
    var ends = [Double](repeating: -.infinity, count: 3)
    for mark in sorted {
      let place = x(mark.value)
      let words = "\(mark.label) \(points(mark.value))"
      let half = PlotText.width(words, size: 13) / 2
      let middle = min(max(place, half + 2), width - half - 2)
      let row = ends.indices.first { ends[$0] + 8 < middle - half } ?? 2
      ends[row] = middle + half
      let level = top - 20 - Double(row) * 16
      canvas.line(place, level + 4, place, bottom, "s-\(mark.role.short) st da")
      canvas.label(words, middle, level, .middle)
      canvas.sign(mark.role, place, bottom)
    }
  }
}
