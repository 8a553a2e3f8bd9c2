import Estimation
import Runs
import Statistics

/// The closing table's block for one task.
struct TaskTable {
  let report: RunReport
  let task: TaskReport
  /// For words and figures.
  let width: Int
  /// For templates.
  let fullWidth: Int
  var style = TableStyle.uncolored

  var lines: [String] {
    var lines = heading + [""]
    let verdict = report.verdict(
      task, model: VisibleText.name(report.model ?? "the model", limit: 60),
      name: VisibleText.name(task.name, limit: 60))
    lines += wrapped(verdict.sentence, width: width)
    if task.lowest != nil {
      lines += [""] + figures
      lines += plot
      if let remarks = spreadLines { lines += [""] + remarks }
      lines += estimateLines + templates
    }
    lines += problems + gateLines
    return lines
  }

  private var plot: [String] {
    guard style.showsPlot else { return [] }
    let lines = TerminalPlot(task: task, width: fullWidth, isColored: style.isColored).lines
    return lines.isEmpty ? [] : [""] + lines
  }

  private var heading: [String] {
    var parts = [
      "Task \(VisibleText.name(task.name, limit: 60))",
      "model \(VisibleText.name(report.model ?? "(none yet)", limit: 60))",
    ]
    let planned = task.formats.count
    parts.append(
      task.evaluatedFormats == planned || task.unlabelled > 0
        ? counted(planned, "format")
        : "\(grouped(task.evaluatedFormats)) of \(counted(planned, "format"))")
    parts.append(counted(task.evaluations, "evaluation"))
    var second = "\(counted(task.examples, "example")), \(report.study.scoring.summary)"
    if let budget = report.study.budget, task.search != .full {
      second += ", \(task.search.rawValue) search with a budget of \(grouped(budget))"
    }
    if report.study.shots > 0 {
      second += ", \(counted(report.study.shots, "demonstration"))"
    }
    if task.ties > 0 { second += ", \(counted(task.ties, "tied answer"))" }
    return wrapped(parts.joined(separator: " · "), width: width) + wrapped(second, width: width)
  }

  /// Lowest, median, original and highest.
  private var figures: [String] {
    var table = TextTable(alignments: [.left, .right, .right, .right, .left])
    table.rows = [
      [
        "Accuracy", "found", "\(confidenceName(task.confidence)) \(task.intervalName)",
        "right/asked", "",
      ]
    ]
    if let lowest = task.lowest { table.rows.append(row("lowest", lowest)) }
    if let distribution = task.shownDistribution {
      table.rows.append([
        "median", percent(distribution.median),
        distribution.medianInterval.map { "\(percent($0.lower)) to \(percent($0.upper))" } ?? "",
        "",
        distribution.isEstimated ? "estimated, asked unequally" : "half of the formats below",
      ])
    }
    if let original = task.original, original.asked > 0 {
      table.rows.append(
        row("original", original, note: "the task's own format"))
    }
    if let highest = task.highest { table.rows.append(row("highest", highest)) }
    return table.lines().map { $0.cut(to: width) }
  }

  private func row(_ label: String, _ extreme: Extreme) -> [String] {
    var note = "format \(extreme.result.index)"
    if extreme.sharedBy > 1 { note += " and \(grouped(extreme.sharedBy - 1)) more" }
    if let accuracy = extreme.result.accuracy, percent(accuracy) != percent(extreme.estimate) {
      note += ", estimate \(percent(extreme.estimate))"
    }
    return row(label, extreme.result, note: note)
  }

  private func row(_ label: String, _ result: FormatResult, note: String) -> [String] {
    [
      label, result.accuracy.map(percent) ?? "-",
      "\(percent(result.interval.lower)) to \(percent(result.interval.upper))",
      "\(grouped(result.right))/\(grouped(result.asked))", note,
    ]
  }

  /// The spread beside what noise alone would give.
  private var spreadLines: [String]? {
    guard let spread = task.spread, let formats = task.distribution?.formats, formats > 1 else {
      return nil
    }
    var meaning = "highest minus lowest"
    if let raw = task.rawSpread, points(raw) != points(spread) {
      meaning += ", as the search estimates; \(points(raw)) between the raw accuracies"
    }
    var lines = wrapped(
      "\(points(spread)) points: \(meaning)", width: width, first: "Spread        ", rest: margin)
    if let sentence = guarantee {
      lines += labelled("\(confidenceName(task.confidence)) sure", sentence)
      lines += labelled("Ends", task.guarantees.map(\.ends).joined(separator: "; "))
    }
    lines += inferenceLines
    if let rank = task.originalRank {
      lines += wrapped(
        "percentile rank \(wholePoints(rank)): the share of formats below it in %, ties half",
        width: width, first: "Original      ", rest: margin)
    }
    for remark in task.searchRemarks {
      lines += wrapped(remark, width: width, first: "Search        ", rest: margin)
    }
    return lines
  }

  /// The spread's intervals with their targets.
  private var guarantee: String? {
    guard !task.guarantees.isEmpty else { return nil }
    let parts = task.guarantees.map { interval in
      let range =
        points(interval.spread.lower) == points(interval.spread.upper)
        ? "\(points(interval.spread.lower)) exactly"
        : "\(points(interval.spread.lower)) to \(points(interval.spread.upper))"
      return "\(range) (\(interval.target.rawValue))"
    }
    return parts.joined(separator: "; ")
      + "; for all formats at once, however the search chose"
  }

  private var margin: String { String(repeating: " ", count: 14) }

  /// A paragraph with its label in the margin.
  func labelled(_ label: String, _ text: String) -> [String] {
    wrapped(text, width: width, first: label.padded(to: 14), rest: margin)
  }

  /// The two ends of the range as the model saw them.
  private var templates: [String] {
    guard let lowest = task.lowest, let highest = task.highest,
      lowest.result.index != highest.result.index
    else { return [] }
    let ends = [("Worst format", lowest.result), ("Best format", highest.result)]
    let shown = ends.map { VisibleText.template($0.1.format.template) }
    var lines = [""]
    for (end, template) in zip(ends, shown) {
      lines.append("\(end.0), number \(end.1.index):")
      lines += templateLines(template, width: fullWidth, indent: "  ")
    }
    if let legend = VisibleText.legend(shown) { lines.append(legend) }
    return lines
  }

  /// What stands between the figures and the plan: failures, missing cells, formats left out.
  private var problems: [String] {
    var lines: [String] = []
    let compared = task.distribution?.formats ?? 0
    let leftOut = task.evaluatedFormats - compared
    if leftOut > 0 {
      lines += wrapped(
        "\(counted(leftOut, "format")) with answers on less than half of the examples "
          + (leftOut == 1 ? "takes" : "take") + " no part in these figures.", width: width)
    }
    if task.failed > 0 {
      let causes = task.failures.prefix(3).map {
        "\(grouped($0.count)) × \(VisibleText.name($0.message, limit: 160))"
      }
      lines += wrapped(
        "Failed: \(counted(task.failed, "cell")), counted neither as right nor as wrong. "
          + causes.joined(separator: "; ") + (task.failures.count > 3 ? "; and others" : ""),
        width: width)
    }
    if task.missing > 0 {
      lines += wrapped(
        "Not finished: \(counted(task.missing, "cell")) still to be evaluated; the same command "
          + "continues the run.", width: width)
    }
    // A designed study takes whole blocks of formats, and so fewer than asked for.
    if task.formats.count < report.study.formats, report.study.design == .random {
      lines += wrapped(
        "Only \(counted(task.formats.count, "plausible format")) exist for this task; "
          + "\(grouped(report.study.formats)) were asked for.", width: width)
    }
    return lines.isEmpty ? [] : [""] + lines
  }
}
