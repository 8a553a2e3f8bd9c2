package import Plots
import Runs
import Statistics

/// The plots of one task, for pages and as files of their own.
package struct TaskPlots {
  let task: TaskReport
  let details: TaskDetails

  package init(task: TaskReport, details: TaskDetails) {
    self.task = task
    self.details = details
  }

  private var name: String { VisibleText.name(task.name, limit: 60) }

  package var range: RangePlot {
    let sorted = details.sorted(task)
    let ranks = Dictionary(
      uniqueKeysWithValues: sorted.enumerated().map { ($1.index, $0) })
    var marks: [PlotMark] = []
    if let lowest = task.lowest { marks.append(mark(.lowest, "lowest", lowest, ranks)) }
    if let distribution = task.shownDistribution {
      marks.append(
        PlotMark(.median, "median", distribution.median, rank: max(0, (sorted.count - 1) / 2)))
    }
    if let original = task.original, let accuracy = original.accuracy {
      marks.append(PlotMark(.original, "original", accuracy, rank: ranks[original.index]))
    }
    if let highest = task.highest { marks.append(mark(.highest, "highest", highest, ranks)) }
    var plot = RangePlot(
      dots: sorted.map { result in
        let accuracy = result.accuracy ?? 0
        return RangePlot.Dot(
          PlotValue(accuracy, result.interval.lower, result.interval.upper),
          tip: "format \(result.index): \(percent(accuracy)), \(points(result.interval.lower)) to "
            + points(result.interval.upper))
      },
      marks: marks, noise: noise, title: "Range of accuracy on \(name)",
      summary: summary(marks, count: sorted.count))
    plot.confidence = confidenceName(task.confidence)
    return plot
  }

  private func mark(
    _ role: PlotRole, _ label: String, _ extreme: Extreme, _ ranks: [Int: Int]
  ) -> PlotMark {
    PlotMark(
      role, label, extreme.result.accuracy ?? extreme.estimate, rank: ranks[extreme.result.index])
  }

  private func summary(_ marks: [PlotMark], count: Int) -> String {
    var text = "\(counted(count, "format")), sorted by accuracy: "
    text += marks.map { "\($0.label) \(percent($0.value))" }.joined(separator: ", ")
    if let test = task.test {
      text += "; noise alone would span about \(points(test.noise.mean)) points"
    }
    return text + "."
  }

  /// The noise-only spread, around the mean accuracy.
  private var noise: (mean: ClosedRange<Double>, upper: ClosedRange<Double>)? {
    guard let test = task.test, let middle = task.distribution?.mean else { return nil }
    func around(_ width: Double) -> ClosedRange<Double> {
      max(0, middle - width / 2)...min(1, max(0, middle + width / 2))
    }
    return (around(test.noise.mean), around(max(test.noise.mean, test.noise.upper)))
  }

  /// Nil for fewer than three formats, and where all have one accuracy.
  package var distribution: HistogramPlot? {
    let values = details.sorted(task).compactMap(\.accuracy)
    guard values.count > 2, Set(values).count > 1 else { return nil }
    let marks = range.marks
    return HistogramPlot(
      values: values, marks: marks, title: "Distribution of accuracy on \(name)",
      summary: summary(marks, count: values.count))
  }

  /// Rows of a plot at most.
  private static let mostBars = 40

  /// Nil where no attribute has two values, or none makes a difference.
  package var attribution: BarPlot? {
    var left = Self.mostBars
    var groups: [BarPlot.Group] = []
    for group in details.attribution where left > 2 {
      var values = group.values
      if values.count > min(left, 14) {
        // The ends tell most: what costs most and what gains most.
        let half = min(left, 14) / 2
        values = Array(values.prefix(half) + values.suffix(half))
      }
      left -= values.count
      let more = group.values.count - values.count
      let range = "range \(points(group.range)) points"
      groups.append(
        BarPlot.Group(
          "\(VisibleText.name(group.attribute, limit: 60)): \(range)"
            + (more > 0 ? ", \(more) values between not shown" : ""),
          values.map { value in
            BarPlot.Bar(
              value.name.isEmpty
                ? "nothing" : VisibleText.template(String(value.name.prefix(40))),
              PlotValue(value.difference, value.interval.lower, value.interval.upper),
              note: counted(value.formats, "format"))
          }))
    }
    guard details.attribution.contains(where: { $0.range > 1e-9 }) else { return nil }
    return BarPlot(
      groups: groups, axis: "points against the mean of all formats",
      title: "What each choice adds to accuracy on \(name)",
      summary: details.attribution.prefix(6).map { group in
        "\(VisibleText.name(group.attribute, limit: 60)) moves the mean by up to "
          + "\(points(group.range)) points"
      }.joined(separator: "; ") + ".")
  }

  /// Nil without probabilities.
  package var reliability: ReliabilityPlot? {
    guard let table = details.reliability else { return nil }
    return ReliabilityPlot(
      points: table.rows.map {
        ReliabilityPlot.Point(
          confidence: $0.confidence,
          accuracy: PlotValue($0.accuracy, $0.interval.lower, $0.interval.upper),
          count: $0.count)
      },
      title: "Reliability of probabilities on \(name)",
      summary: table.rows.map {
        "\(wholePoints($0.confidence)) % sure, \(wholePoints($0.accuracy)) % right"
      }.joined(separator: "; ") + ".")
  }

  /// The names under which single plots can be asked for.
  package static let names = ["range", "distribution", "attribution", "heatmap", "reliability"]

  /// One plot as a file; nil when the run has nothing to draw in it.
  package func file(_ name: String, width: Double = 800) -> String? {
    switch name {
    case "range": task.lowest == nil ? nil : range.drawing(width: width).file
    case "distribution": distribution?.drawing(width: width).file
    case "attribution": attribution?.drawing(width: width).file
    case "heatmap":
      details.compared.isEmpty
        ? nil
        : details.heatMap(task).drawing(
          width: width, title: "Every answer on \(self.name)",
          summary: "Right and wrong answers of \(counted(details.compared.count, "format")) on "
            + "\(counted(details.examples.count, "example"))."
        ).file
    case "reliability": reliability?.drawing(width: width).file
    default: nil
    }
  }
}
