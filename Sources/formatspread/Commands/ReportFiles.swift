import Basics
import Foundation
import Reports
import Runs

extension RunDossier {
  /// Writes `report.json`, `report.md` and `report.html` into the run directory.
  ///
  /// - Parameters:
  ///   - directory: The run.
  ///   - plan: What was carried out; nil reads the task files that the study names.
  /// - Throws: `InputError` naming a file that cannot be written.
  func write(to directory: RunDirectory, plan: Plan? = nil) throws(InputError) {
    try TextFile.replace(directory.file("report.json"), with: report.json.pretty())
    try TextFile.replace(directory.file("report.md"), with: markdown)
    try TextFile.replace(directory.file("report.html"), with: page(plan))
  }

  /// The page with an example's prompts, where its task's file is as it was.
  func page(_ plan: Plan? = nil) -> String {
    withPrompts(plan).html
  }

  func withPrompts(_ plan: Plan? = nil) -> RunDossier {
    var prompts = plan.map { StoredPrompts($0) } ?? StoredPrompts(report.study) { _ in }
    return showing { prompts.text($0, $1, $2) }
  }
}

extension RunReport {
  /// The closing table, ending with where the files are.
  func closing(_ directory: RunDirectory, _ style: TableStyle = .uncolored) -> String {
    table(
      width: terminalWidth(),
      files: ["report.html", "report.json", "report.md", "journal.jsonl"].map(directory.file),
      style: style)
  }
}

extension RunDirectory {
  /// Whether the reports that are there were made from what the directory holds now.
  ///
  /// They are of this study and not older than anything that they are made from; in doubt they are made
  /// again.
  func holdsReport(of study: Study, evaluations: Int) -> Bool {
    func changed(_ name: String) -> (Int, Int)? {
      var status = stat()
      guard stat(file(name), &status) == 0 else { return nil }
      return (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    }
    let sources = ["study.json", "formats.jsonl", "journal.jsonl"].map(changed)
    for name in ["report.json", "report.md", "report.html"] {
      guard let made = changed(name),
        sources.allSatisfy({ source in source.map { $0 <= made } ?? false })
      else { return false }
    }
    guard let report = try? TextFile.json(file("report.json")).value else { return false }
    return RunReport.isCurrent(report, of: study, evaluations: evaluations, version: Tool.version)
  }
}

/// Several runs on one page.
struct SeveralRuns {
  private let paths: [String]

  /// - Throws: `InputError` for anything but `--html`.
  init(_ paths: [String], _ form: ReportForm?, _ arguments: Arguments) throws(InputError) {
    let alone = arguments.command.options.first { arguments.has($0.name) && $0.name != "--html" }
    guard form == .html, alone == nil else {
      throw InputError(
        "report: several runs make one page with --html\(alone.map { ", and no \($0.name)" } ?? ""); "
          + "'formatspread compare' sets their figures side by side")
    }
    self.paths = paths
  }

  func print() throws(InputError) -> Int32 {
    var dossiers: [RunDossier] = []
    for path in paths {
      let dossier = try RunDossier(directory: RunDirectory(path), version: Tool.version)
      dossiers.append(dossier.withPrompts())
    }
    Output.data(HTMLSeveral(dossiers).text)
    return Tool.Status.done
  }
}
