import Basics
import Estimation
import Plots
import Runs

/// What the run cost and how it came about.
struct HTMLRun {
  let dossier: RunDossier

  private var report: RunReport { dossier.report }

  /// - Parameter hasCost: False where the page has told it before.
  /// - Returns: The sections after those of the tasks.
  func text(hasCost: Bool) -> String {
    (hasCost ? "<h2>Cost</h2>\n" + cost : "")
      + "<section id=\"run\" aria-labelledby=\"run-h\">\n<h2 id=\"run-h\">How it was run</h2>\n"
      + provenance + "</section>\n<h2>Failures</h2>\n" + failures
  }

  /// The same below the headings of a page of several runs.
  func plain(level: Int) -> String {
    "<h\(level)>Cost</h\(level)>\n" + cost + "<h\(level)>How it was run</h\(level)>\n" + provenance
      + "<h\(level)>Failures</h\(level)>\n" + failures
  }

  private var failures: String {
    guard report.failed > 0 else {
      return "<p>No cell failed"
        + (report.missing > 0
          ? "; \(counted(report.missing, "cell")) still to be evaluated" : "") + ".</p>\n"
    }
    let isOne = report.tasks.count == 1
    let all = report.tasks.flatMap { task in task.failures.map { (task.name, $0) } }
    let shown = all.prefix(Self.mostCauses)
    var text = HTML.table(
      caption: "Cells whose every attempt failed",
      head: (isOne ? [] : ["task"]) + ["cells", "cause"],
      rows: shown.map { name, failure in
        (isOne ? [] : [HTML.text(name, limit: 60)])
          + [grouped(failure.count), HTML.text(failure.message, limit: 300)]
      }, numbers: [isOne ? 0 : 1])
    if all.count > shown.count {
      text += "<p>And \(grouped(all.count - shown.count)) other causes.</p>\n"
    }
    return text
  }

  /// Rows of the table of failures.
  private static let mostCauses = 30

  var cost: String {
    let rows = dossier.details.map { details in
      let cost = details.cost
      return [
        HTML.text(details.name, limit: 60), grouped(cost.calls),
        cost.repeats > 0 ? grouped(cost.repeats) : "0",
        cost.scoredTokens.map(grouped) ?? "–", cost.writtenTokens.map(grouped) ?? "–",
        duration(cost.milliseconds), cost.median.map { duration($0) } ?? "–",
        cost.slow.map { duration($0) } ?? "–",
      ]
    }
    var text = HTML.table(
      caption:
        "Calls, tokens of scored options, tokens written; time of answers: in all, half within, "
        + "95 % within",
      head: ["task", "calls", "repeated", "scored", "written", "time", "half", "95 %"], rows: rows,
      numbers: Set(1...7))
    text += "<p class=\"muted\">Time is that of each answer added up: answers under way together "
    text += "count each. Tokens of prompts are not recorded.</p>\n"
    let endpoints = dossier.details.flatMap(\.cost.endpoints)
    if !endpoints.isEmpty {
      var sums: [String: Int] = [:]
      for endpoint in endpoints { sums[endpoint.name, default: 0] += endpoint.answers }
      text += HTML.table(
        caption: "Answers by endpoint", head: ["endpoint", "answers"],
        rows: sums.sorted { $0.key < $1.key }.map { [HTML.code($0.key), grouped($0.value)] },
        numbers: [1])
    }
    return text
  }

  /// `850 ms`, `12.5 s`, `4 min 10 s`, `2 h 5 min`.
  private func duration(_ milliseconds: Double) -> String {
    let seconds = milliseconds / 1000
    if milliseconds < 9.95 { return "\(decimal(milliseconds)) ms" }
    if seconds < 1 { return "\(Int(milliseconds.rounded())) ms" }
    if seconds < 60 { return "\(decimal(seconds)) s" }
    let whole = Int(min(seconds, 1e9).rounded())
    return whole < 3600
      ? "\(whole / 60) min \(whole % 60) s"
      : "\(grouped(whole / 3600)) h \(whole % 3600 / 60) min"
  }

  private var provenance: String {
    let study = report.study
    var terms: [(String, String)] = [
      ("Model", report.model.map { HTML.code($0) } ?? "none yet"),
      ("Backend", HTML.code(study.backend)),
      (
        "Method",
        HTML.text(study.scoring.summary) + (report.method.map { ", \(HTML.code($0))" } ?? "")
      ),
      (
        "Search",
        HTML.text(study.search.rawValue)
          + (study.budget.map { " with a budget of \(grouped($0)) evaluations for each task" } ?? "")
      ),
      (
        "Prompts",
        "\(counted(study.shots, "demonstration")) from a pool of \(grouped(study.pool)), at most "
          + "\(counted(study.examples, "example")) evaluated"
      ),
      (
        "Formats",
        "\(grouped(study.formats)) asked for, from the grammar \(HTML.code(study.grammar.name))"
      ),
      ("Seed", "\(study.seed)"),
      ("Study", HTML.code(study.digest)),
      ("Grammar’s content", HTML.code(study.grammar.digest)),
    ]
    for task in study.tasks {
      terms.append(
        (
          "Content of \(VisibleText.name(task.name, limit: 60))",
          "\(HTML.code(task.digest)), \(counted(task.count, "example"))"
        ))
    }
    terms.append(("formatspread", HTML.text(report.version)))
    return HTML.terms(terms)
      + HTML.folded(
        "The study as the tool stores it",
        "<pre class=\"template\" tabindex=\"0\">\(studyText)</pre>\n")
  }

  /// The stored study without the places of files, which are of this machine.
  private var studyText: String {
    var study = report.study
    for index in study.tasks.indices { study.tasks[index].path = "" }
    study.grammar.path = nil
    return PlotText.escaped(
      study.json.pretty().split(separator: "\n", omittingEmptySubsequences: false).map {
        VisibleText.name(String($0), limit: 2000)
      }.joined(separator: "\n"))
  }
}
