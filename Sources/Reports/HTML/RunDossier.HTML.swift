import Plots
import Runs
import Statistics

extension RunDossier {
  /// The file `report.html`: everything about a run on one page that needs no network and no script.
  package var html: String {
    let names = report.tasks.map { VisibleText.name($0.name, limit: 60) }
    let model = VisibleText.name(report.model ?? "no model yet", limit: 60)
    let title =
      "\(model) on \(names.joined(separator: ", ").prefix(120)): accuracy over prompt formats"
    var body = "<header>\n<h1>Accuracy of \(HTML.code(report.model ?? "no model yet")) over prompt "
    body += "formats: \(names.map { HTML.code($0) }.joined(separator: ", "))</h1>\n"
    if let task = report.tasks.first, report.tasks.count == 1 { body += verdict(task) }
    body += "</header>\n"
    if report.tasks.count > 1 { body += contents }
    body += "<main id=\"main\">\n" + gates
    if report.tasks.count > 1 {
      body +=
        HTMLOverview(
          entries: report.tasks.map {
            HTMLOverview.Entry($0, label: VisibleText.name($0.name, limit: 60))
          }
        ).text
    }
    let run = HTMLRun(dossier: self)
    for (place, (task, details)) in zip(report.tasks, details).enumerated() {
      let section = HTMLTask(
        report: report, task: task, details: details,
        pair: pairs.indices.contains(place) ? pairs[place] : nil,
        cost: report.tasks.count == 1 ? run.cost : nil, id: "t\(place + 1)")
      if report.tasks.count > 1 {
        body +=
          "<section class=\"task\" id=\"t\(place + 1)\" aria-labelledby=\"t\(place + 1)-h\">\n"
        body += "<h2 id=\"t\(place + 1)-h\">Task \(HTML.code(task.name))</h2>\n"
        body += verdict(task) + section.text(level: 3) + "</section>\n"
      } else {
        body += section.text(level: 2)
      }
    }
    // A task without answers has no section that could tell the cost.
    body += run.text(
      hasCost: report.tasks.count > 1 || report.tasks.allSatisfy { $0.lowest == nil })
    body += "</main>\n" + HTMLPage.footer(report.version)
    return HTMLPage.document(title: title, body: body)
  }

  /// How the demands on the run came out.
  private var gates: String {
    guard let gates = report.gates else { return "" }
    return "<h2>Gates</h2>\n<p><strong>\(HTML.text(gates.verdict))</strong></p>\n"
      + HTML.terms(
        gates.results.map { result in
          (
            result.gate + (result.task.map { " (\(VisibleText.name($0, limit: 60)))" } ?? ""),
            "<strong>\(result.word)</strong>, \(HTML.sentence(VisibleText.name(result.finding)));"
              + " demanded: \(HTML.sentence(VisibleText.name(result.demand)))"
          )
        })
  }

  private var contents: String {
    var text = "<nav aria-label=\"Tasks\"><ul>\n<li><a href=\"#overview\">Overview</a></li>\n"
    for (place, task) in report.tasks.enumerated() {
      text += "<li><a href=\"#t\(place + 1)\">\(HTML.text(task.name, limit: 60))</a></li>\n"
    }
    return text + "<li><a href=\"#run\">How it was run</a></li>\n</ul></nav>\n"
  }

  /// The sentence that matters, what it means for a figure from one format, and what is wrong.
  func verdict(_ task: TaskReport) -> String {
    let verdict = report.verdict(
      task, model: VisibleText.name(report.model ?? "the model", limit: 60),
      name: VisibleText.name(task.name, limit: 60))
    var text = "<p class=\"verdict\">\(HTML.sentence(verdict.sentence))</p>\n"
    if verdict.kind == .effect, let spread = task.spread {
      text += "<p>A figure from a single format could be off by up to "
      text += "\(points(spread)) points against another that is just as plausible.</p>\n"
    }
    var problems: [String] = []
    if task.failed > 0 {
      problems.append(
        "\(counted(task.failed, "cell")) failed and \(task.failed == 1 ? "counts" : "count") neither "
          + "as right nor as wrong.")
    }
    if task.missing > 0 {
      problems.append("Not finished: \(counted(task.missing, "cell")) still to be evaluated.")
    }
    let leftOut = task.evaluatedFormats - (task.distribution?.formats ?? 0)
    if leftOut > 0 {
      problems.append(
        "\(counted(leftOut, "format")) with answers on less than half of the examples "
          + "\(leftOut == 1 ? "takes" : "take") no part in these figures.")
    }
    if !problems.isEmpty {
      text += "<p class=\"problem\">\(problems.joined(separator: " "))</p>\n"
    }
    return text
  }
}

/// Several tasks, of one run or of several, at a glance.
struct HTMLOverview {
  struct Entry {
    let task: TaskReport
    let label: String

    init(_ task: TaskReport, label: String) {
      self.task = task
      self.label = label
    }
  }

  /// Their sections are named `t1`, `t2` and so on.
  let entries: [Entry]

  var text: String {
    let rows = entries.compactMap { entry -> OverviewPlot.Row? in
      guard let lowest = entry.task.lowest, let highest = entry.task.highest else { return nil }
      return OverviewPlot.Row(
        entry.label, lowest: lowest.estimate, highest: highest.estimate,
        median: entry.task.shownDistribution?.median, original: entry.task.original?.accuracy)
    }
    var text = "<section id=\"overview\" aria-labelledby=\"overview-h\">\n"
    text += "<h2 id=\"overview-h\">Overview</h2>\n"
    if !rows.isEmpty {
      let plot = OverviewPlot(
        rows: rows, title: "Ranges of accuracy by task",
        summary: rows.map {
          "\($0.label): \(percent($0.lowest)) to \(percent($0.highest))"
        }.joined(separator: "; "))
      text += HTML.figure(
        "overview-plot",
        caption: "From the worst format (▼) to the best (▲) of each task; ◆ its own format, "
          + "❙ the median format.", plot.drawing)
    }
    func figure(_ value: Double?, _ shown: (Double) -> String) -> String {
      value.map(shown) ?? "–"
    }
    text += HTML.table(
      caption: "Accuracies in %, spread and noise-only spread in points, p by Cochran’s Q",
      head: ["task", "lowest", "median", "original", "highest", "spread", "noise only", "p"],
      rows: entries.enumerated().map { place, entry in
        let task = entry.task
        return [
          "<a href=\"#t\(place + 1)\">\(HTML.text(entry.label, limit: 130))</a>",
          figure(task.lowest?.estimate, points), figure(task.shownDistribution?.median, points),
          figure(task.original?.accuracy, points), figure(task.highest?.estimate, points),
          figure(task.spread, points), figure(task.test?.noise.mean, points),
          PlotText.escaped(figure(task.test?.cochran.pValue, shortProbability)),
        ]
      }, numbers: Set(1...7))
    return text + "</section>\n"
  }
}
