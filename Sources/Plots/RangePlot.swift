/// All formats as dots with intervals, from the lowest accuracy to the highest.
package struct RangePlot: Sendable, Hashable {
  package struct Dot: Sendable, Hashable {
    package let figure: PlotValue
    /// What a pointer resting on the dot is told.
    package let tip: String

    package init(_ figure: PlotValue, tip: String) {
      self.figure = figure
      self.tip = tip
    }
  }

  /// Sorted by value.
  package var dots: [Dot]
  /// Lowest, median, original, highest.
  package var marks: [PlotMark]
  /// Where all dots would lie on average if formats made no difference, and where in 95 % of cases.
  package var noise: (mean: ClosedRange<Double>, upper: ClosedRange<Double>)?
  package var title: String
  package var summary: String
  /// The confidence of the intervals, as `95 %`.
  package var confidence = "95 %"

  package init(
    dots: [Dot], marks: [PlotMark], noise: (mean: ClosedRange<Double>, upper: ClosedRange<Double>)?,
    title: String, summary: String
  ) {
    self.dots = dots
    self.marks = marks
    self.noise = noise
    self.title = title
    self.summary = summary
  }

  /// Beyond so many dots each is too narrow to be pointed at, and one path draws all.
  private static let mostSingleDots = 600

  /// The plot at a width in pixels; from 300 on everything has room.
  package func drawing(width: Double) -> Drawing {
    let isNarrow = width < 560
    let height = isNarrow ? 320.0 : 400
    let (left, right, top, bottom) = (44.0, width - (isNarrow ? 122 : 150), 32.0, height - 40)
    var canvas = Canvas()
    let figures = dots.map(\.figure)
    let ends = figures.flatMap { [$0.lower, $0.upper] } + marks.map(\.value)
    let shown = (ends.min() ?? 0)...max(ends.min() ?? 0, ends.max() ?? 1)
    let domain = Ticks.rounded(shown, about: 6, within: 0...1)
    let y = LinearScale(domain, from: bottom, to: top)
    let x = LinearScale(-0.5...(Double(max(1, dots.count)) - 0.5), from: left, to: right)
    if let noise {
      band(noise.upper, "ba", y, left, right, &canvas)
      band(noise.mean, "bi", y, left, right, &canvas)
    }
    canvas.verticalAxis(y, x: left, to: right, about: 6, title: "accuracy, %")
    draw(x, y, &canvas)
    marked(x, y, right: right, top: top, bottom: bottom, width: width, &canvas)
    let caption =
      isNarrow
      ? "\(dots.count) formats, lowest to highest"
      : "\(dots.count) formats, from the lowest accuracy to the highest; bars are \(confidence) intervals"
    canvas.label(caption, (left + right) / 2, bottom + 24, .middle, "mu")
    return Drawing(width: width, height: height, title: title, summary: summary, canvas: canvas)
  }

  private func band(
    _ range: ClosedRange<Double>, _ classes: String, _ y: LinearScale, _ left: Double,
    _ right: Double, _ canvas: inout Canvas
  ) {
    let top = y(range.upperBound)
    canvas.rectangle(left, top, right - left, max(1, y(range.lowerBound) - top), classes)
  }

  private func draw(_ x: LinearScale, _ y: LinearScale, _ canvas: inout Canvas) {
    let places = dots.indices.map { (x: x(Double($0)), figure: dots[$0].figure) }
    let intervals = places.map {
      "M\(PlotText.number($0.x)) \(PlotText.number(y($0.figure.lower)))"
        + "V\(PlotText.number(y($0.figure.upper)))"
    }
    let room = (x.end - x.start) / Double(max(1, dots.count))
    canvas.path(
      intervals.joined(), room > 5 ? "s-so th" : "s-so st")
    if dots.count > Self.mostSingleDots {
      let points = places.map {
        "M\(PlotText.number($0.x)) \(PlotText.number(y($0.figure.value)))h0"
      }
      canvas.path(points.joined(), "s-pl dots")
    } else {
      for (place, dot) in zip(places, dots) {
        canvas.circle(
          place.x, y(dot.figure.value), room > 5 ? 3 : 2, "f-pl", tip: dot.tip)
      }
    }
  }

  /// Marks with their labels at the right edge, moved apart where they would collide.
  private func marked(
    _ x: LinearScale, _ y: LinearScale, right: Double, top: Double, bottom: Double, width: Double,
    _ canvas: inout Canvas
  ) {
    let wanted = marks.map { y($0.value) }
    let places = LabelPlacement.spread(wanted, size: 18, within: (top - 8)...(bottom + 8))
    for (mark, place) in zip(marks, places) {
      let level = y(mark.value)
      let from = mark.rank.map { x(Double($0)) } ?? x.start
      canvas.line(from, level, right, level, "s-\(mark.role.short) st da")
      canvas.line(right, level, right + 12, place, "s-\(mark.role.short) st")
      let figure = " " + points(mark.value)
      let room = width - right - 18 - PlotText.width(figure, size: 13)
      canvas.label(PlotText.cut(mark.label, to: room, size: 13) + figure, right + 16, place + 4.5)
    }
    // Signs come last, so that no line crosses them.
    for mark in marks {
      let from = mark.rank.map { x(Double($0)) } ?? x.start
      canvas.sign(mark.role, from, y(mark.value))
    }
  }

  package static func == (a: RangePlot, b: RangePlot) -> Bool {
    a.dots == b.dots && a.marks == b.marks && a.noise?.mean == b.noise?.mean
      && a.noise?.upper == b.noise?.upper && a.title == b.title && a.summary == b.summary
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(dots)
    hasher.combine(marks)
    hasher.combine(title)
  }
}
