import Estimation
import Plots
import Runs
import Statistics

/// The sections of one task, from the range to what the interval covers.
struct HTMLTask {
  let report: RunReport
  let task: TaskReport
  let details: TaskDetails
  /// One example under the worst and the best format, where the task's file is at hand.
  let pair: PromptPair?
  /// What the run cost, where it is told with its only task.
  let cost: String?
  /// Begins the ids of the section's elements.
  let id: String

  /// The confidence of all intervals, as it is written.
  private var level: String { confidenceName(task.confidence) }

  func text(level: Int) -> String {
    guard task.lowest != nil, task.highest != nil else {
      return "<p>No cell has an answer yet, so there is nothing to draw.</p>\n"
    }
    let plots = TaskPlots(task: task, details: details)
    var text = heading("The range", level) + range(plots)
    if let drawing = plots.distribution {
      text += heading("The distribution", level)
      text += HTML.figure(
        "\(id)-dist",
        caption: "How many formats reach which accuracy\(task.isAdaptive ? ", as found" : "").",
        drawing.drawing)
    }
    text += HTMLSides(task: task, pair: pair).text(level: level)
    if let bars = plots.attribution {
      text += heading("What each choice adds or takes away", level)
      text += HTML.figure(
        "\(id)-bars",
        caption: "Mean accuracy of the formats with a value minus that of all formats, in points, "
          + "with 95 % intervals over formats. One attribute at a time: a value may owe its mean to "
          + "others that it fell together with.", bars.drawing)
      text += sensitivity?.attribution(level: level + 1) ?? ""
    }
    text += heatMap(level: level)
    if !details.measures.isEmpty {
      text += heading("How sensitive the model is", level)
      text += "<div class=\"measures\">\n"
      text += HTML.terms(
        details.measures.map {
          ($0.name, "<strong>\(HTML.text($0.value))</strong> \(HTML.text($0.explanation))")
        })
      text += "</div>\n"
      text += sensitivity?.figures(level: level + 1) ?? ""
    }
    text += calibration(plots, level: level)
    if let cost { text += heading("Cost", level) + cost }
    text += heading("What the interval covers", level) + coverage
    text += formats(level: level)
    return text
  }

  private var sensitivity: HTMLSensitivity? {
    details.sensitivity.map { HTMLSensitivity(sensitivity: $0) }
  }

  private func heading(_ words: String, _ level: Int) -> String {
    "<h\(level)>\(words)</h\(level)>\n"
  }

  private func range(_ plots: TaskPlots) -> String {
    var caption = "Each dot is a format with its \(level) \(task.intervalName); ▼ worst, "
    caption += "▲ best, ◆ the task’s own format, ❙ the median."
    if let test = task.test {
      caption += " The inner band is what noise alone would span on average if formats made no "
      caption +=
        "difference (\(points(test.noise.mean)) points), the outer one what it spans at most "
      caption += "in 95 % of cases (\(points(test.noise.upper)))."
    }
    if task.isAdaptive {
      caption +=
        " The search asked formats unequally, so dots are the shares of right answers that "
      caption +=
        "each happened to get; lowest and highest in the sentence above and the median are "
      caption += "its estimates."
    }
    return HTML.figure("\(id)-range", caption: caption, plots.range.drawing)
      + HTML.table(
        caption: "The ends and the middle of the range",
        head: ["accuracy", "found", "\(level) \(task.intervalName)", "right / asked", "which"],
        rows: rows,
        numbers: [1, 2, 3])
  }

  private var rows: [[String]] {
    var rows: [[String]] = []
    func add(_ name: String, _ result: FormatResult, _ note: String) {
      rows.append([
        name, result.accuracy.map(percent) ?? "–",
        "\(percent(result.interval.lower)) to \(percent(result.interval.upper))",
        "\(grouped(result.right)) / \(grouped(result.asked))", note,
      ])
    }
    func note(_ extreme: Extreme) -> String {
      var note = "format \(extreme.result.index)"
      if extreme.sharedBy > 1 { note += " and \(grouped(extreme.sharedBy - 1)) more" }
      if let accuracy = extreme.result.accuracy, percent(accuracy) != percent(extreme.estimate) {
        note += ", the search’s estimate is \(percent(extreme.estimate))"
      }
      return note
    }
    if let lowest = task.lowest { add("lowest", lowest.result, note(lowest)) }
    if let distribution = task.shownDistribution {
      rows.append([
        "median", percent(distribution.median),
        distribution.medianInterval.map { "\(percent($0.lower)) to \(percent($0.upper))" } ?? "–",
        "",
        distribution.isEstimated
          ? "estimated, formats were asked unequally"
          : "quartiles \(percent(distribution.lowerQuartile)) and "
            + percent(distribution.upperQuartile),
      ])
    }
    if let original = task.original, original.asked > 0 {
      add("original", original, "the task’s own format")
    }
    if let highest = task.highest { add("highest", highest.result, note(highest)) }
    return rows
  }

  private func heatMap(level: Int) -> String {
    guard details.compared.count > 1, details.examples.count > 1 else { return "" }
    let map = details.heatMap(task)
    var text = heading("Every answer", level)
    text += "<figure>\n<img class=\"map\" alt=\"Right and wrong answers of "
    text += "\(counted(details.compared.count, "format")) on "
    text += "\(counted(details.examples.count, "example"))\" src=\"\(map.address)\"/>\n"
    text += "<p class=\"keys\">" + key("right", HeatMap.right) + key("wrong", HeatMap.wrong)
    if task.failed > 0 { text += key("failed", HeatMap.failure) }
    text +=
      "</p>\n<figcaption>Rows are formats, the one with the lowest accuracy at the top; columns "
    text +=
      "are examples, from hard (left) to easy (right). Columns of one colour do not depend on "
    text += "the format."
    if map.block.rows * map.block.columns > 1 {
      text += " Each point stands for \(counted(map.block.rows, "format")) by "
      text += "\(counted(map.block.columns, "example")), its colour for the share of right answers."
    }
    return text + "</figcaption>\n</figure>\n"
  }

  private func key(_ name: String, _ color: Color) -> String {
    "<span><span class=\"key\" style=\"background:\(color.hex)\"></span>\(name)</span> "
  }

  private func calibration(_ plots: TaskPlots, level: Int) -> String {
    guard let table = details.reliability, let plot = plots.reliability else { return "" }
    var text = heading("How far its probabilities can be trusted", level)
    text += "<p>The probability of the chosen option among all options, against how often it is "
    text +=
      "right, over all formats. On the dashed line the model is as sure as it is right; the mean "
    text += "distance from it is \(points(table.error)) points.</p>\n"
    text += HTML.figure(
      "\(id)-rel", caption: "Answers by tenths of probability; larger dots stand for more answers.",
      plot.drawing)
    return text + (sensitivity?.calibration ?? "")
  }

  private var coverage: String {
    var text = ""
    if !task.guarantees.isEmpty {
      text += HTML.table(
        caption: "Intervals that hold for all formats at once, however the search chose, in %",
        head: [
          "they speak about", "sure", "spread, points", "lowest accuracy", "highest accuracy",
        ],
        rows: task.guarantees.map { interval in
          [
            HTML.text(interval.target.rawValue), confidenceName(interval.confidence),
            between(interval.spread), between(interval.lowest), between(interval.highest),
          ]
        }, numbers: [1, 2, 3, 4])
    }
    text += "<p>\(HTML.sentence(report.coverage))</p>\n"
    let others = GrammarStatement.target + ": " + task.grammar.sentence
    text += "<p>\(HTML.sentence(others.prefix(1).uppercased() + others.dropFirst())).</p>\n"
    if let stopped = task.stopped {
      text += "<p>The search \(HTML.sentence(stopped.sentence)).</p>\n"
    }
    return text + estimate
  }

  /// The estimated distribution of accuracy, where the study asks for it.
  private var estimate: String {
    guard let estimate = task.estimate else { return "" }
    return HTML.table(
      caption: "Estimated accuracy of these formats on these examples",
      head: ["share of formats below", "accuracy", "\(level) interval"],
      rows: estimate.entries.map { entry in
        let interval = entry.interval(confidence: task.confidence)
        return [
          "\(wholePoints(entry.probability)) %", percent(entry.accuracy),
          "\(percent(interval.lower)) to \(percent(interval.upper))",
        ]
      }, numbers: [0, 1, 2]) + "<p>\(HTML.sentence(estimate.explanation))</p>\n"
  }

  private func between(_ interval: Interval) -> String {
    points(interval.lower) == points(interval.upper)
      ? "\(points(interval.lower)) exactly"
      : "\(points(interval.lower)) to \(points(interval.upper))"
  }

  /// Rows of the table of all formats; more are in the data files.
  private static let mostRows = 1000

  private func formats(level: Int) -> String {
    let sorted = details.sorted(task)
    guard !sorted.isEmpty else { return "" }
    let shown =
      sorted.count <= Self.mostRows
      ? sorted : Array(sorted.prefix(Self.mostRows / 2) + sorted.suffix(Self.mostRows / 2))
    let table = HTML.table(
      caption: shown.count < sorted.count
        ? "The \(grouped(Self.mostRows)) formats at the ends; all are in report.json"
        : "All compared formats, the lowest accuracy first",
      head: ["format", "accuracy, %", "\(level) interval", "right / asked", "template"],
      rows: shown.map { result in
        [
          String(result.index), result.accuracy.map(points) ?? "–",
          "\(points(result.interval.lower)) to \(points(result.interval.upper))",
          "\(grouped(result.right)) / \(grouped(result.asked))",
          HTML.atom(
            String(
              String.UnicodeScalarView(result.format.template.unicodeScalars.prefix(400)))),
        ]
      }, numbers: [0, 1, 2, 3], classes: "sortable")
    return heading("All formats", level)
      + HTML.folded("Show \(counted(shown.count, "format"))", table)
  }
}
