import Estimation
import Plots
import Runs

/// Runs of several models, or of one model in several ways, on one page: an overview first.
package struct HTMLSeveral {
  private let dossiers: [RunDossier]
  private let names: [String]

  /// - Parameter dossiers: At least one run each; the order is kept.
  package init(_ dossiers: [RunDossier]) {
    self.dossiers = dossiers
    names = Self.names(dossiers.map(\.report))
  }

  /// The whole page.
  package var text: String {
    var body = "<header>\n<h1>Accuracy over prompt formats: \(names.count) runs</h1>\n</header>\n"
    body += contents + "<main id=\"main\">\n" + HTMLOverview(entries: entries).text
    var place = 0
    for (run, dossier) in dossiers.enumerated() {
      for (task, details) in zip(dossier.report.tasks, dossier.details) {
        let pair = dossier.pairs.isEmpty ? nil : dossier.pairs[place - first(run)]
        place += 1
        let section = HTMLTask(
          report: dossier.report, task: task, details: details, pair: pair, cost: nil,
          id: "t\(place)")
        body += "<section class=\"task\" id=\"t\(place)\" aria-labelledby=\"t\(place)-h\">\n"
        body +=
          "<h2 id=\"t\(place)-h\">\(HTML.code(names[run])), task \(HTML.code(task.name))</h2>\n"
        body += dossier.verdict(task) + section.text(level: 3) + "</section>\n"
      }
      body += "<section class=\"task\" id=\"run\(run + 1)\" aria-labelledby=\"run\(run + 1)-h\">\n"
      body += "<h2 id=\"run\(run + 1)-h\">\(HTML.code(names[run])): the run</h2>\n"
      body += HTMLRun(dossier: dossier).plain(level: 3) + "</section>\n"
    }
    body += "</main>\n" + HTMLPage.footer(dossiers.first?.report.version ?? "")
    return HTMLPage.document(
      title: "Accuracy over prompt formats: \(names.joined(separator: ", ").prefix(160))",
      body: body)
  }

  /// The number of sections before those of a run.
  private func first(_ run: Int) -> Int {
    dossiers[..<run].reduce(0) { $0 + $1.report.tasks.count }
  }

  private var entries: [HTMLOverview.Entry] {
    let tasks = Set(dossiers.flatMap { $0.report.tasks.map(\.name) })
    return zip(dossiers, names).flatMap { dossier, name in
      dossier.report.tasks.map { task in
        let label = VisibleText.name(task.name, limit: 60)
        return HTMLOverview.Entry(task, label: tasks.count > 1 ? "\(name) · \(label)" : name)
      }
    }
  }

  private var contents: String {
    var text = "<nav aria-label=\"Runs\"><ul>\n<li><a href=\"#overview\">Overview</a></li>\n"
    for (place, entry) in entries.enumerated() {
      text += "<li><a href=\"#t\(place + 1)\">\(HTML.text(entry.label, limit: 130))</a></li>\n"
    }
    return text + "</ul></nav>\n"
  }

  /// Names by model, and by what differs between runs of one model.
  static func names(_ reports: [RunReport]) -> [String] {
    let facts = reports.map { report in
      [
        VisibleText.name(report.model ?? "no model yet", limit: 60),
        counted(report.study.shots, "demonstration"), report.study.scoring.summary,
        "seed \(report.study.seed)", "search \(report.study.search.rawValue)",
      ]
    }
    return facts.enumerated().map { place, own in
      let same = facts.indices.filter { $0 != place && facts[$0][0] == own[0] }
      let telling = own.indices.dropFirst().filter { fact in
        same.contains { facts[$0][fact] != own[fact] }
      }
      let name = ([own[0]] + telling.map { own[$0] }).joined(separator: ", ")
      return same.contains { facts[$0] == own } ? "\(name) (run \(place + 1))" : name
    }
  }
}
