/// How often answers are right against how sure the model was of them.
package struct ReliabilityPlot: Sendable, Hashable {
  package struct Point: Sendable, Hashable {
    /// Mean probability of the chosen option, from 0 to 1.
    package let confidence: Double
    package let accuracy: PlotValue
    package let count: Int

    package init(confidence: Double, accuracy: PlotValue, count: Int) {
      self.confidence = confidence
      self.accuracy = accuracy
      self.count = count
    }
  }

  package var points: [Point]
  package var title: String
  package var summary: String

  package init(points: [Point], title: String, summary: String) {
    self.points = points
    self.title = title
    self.summary = summary
  }

  /// The plot at a width in pixels; from 300 on everything has room.
  package func drawing(width: Double) -> Drawing {
    let side = min(width - 70, 320)
    let (left, top) = (48.0, 32.0)
    let x = LinearScale(0...1, from: left, to: left + side)
    let y = LinearScale(0...1, from: top + side, to: top)
    var canvas = Canvas()
    canvas.verticalAxis(y, x: left, to: left + side, about: 5, title: "right, %")
    canvas.horizontalAxis(
      x, y: top + side, to: top, about: 5, title: "probability of the chosen option, %")
    canvas.line(x(0), y(0), x(1), y(1), "s-me st da")
    let most = Double(max(1, points.map(\.count).max() ?? 1))
    for point in points {
      let place = x(point.confidence)
      canvas.line(place, y(point.accuracy.lower), place, y(point.accuracy.upper), "s-so th")
      canvas.circle(
        place, y(point.accuracy.value), 3 + 5 * (Double(point.count) / most).squareRoot(),
        "f-hi halo",
        tip:
          "\(point.count) answers: \(PlotText.fixed(point.confidence * 100, decimals: 1)) % sure, "
          + "\(PlotText.fixed(point.accuracy.value * 100, decimals: 1)) % right")
    }
    return Drawing(
      width: left + side + 20, height: top + side + 46, title: title, summary: summary,
      canvas: canvas)
  }
}
