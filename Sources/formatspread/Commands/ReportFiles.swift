import Basics
import Foundation
import Reports
import Runs

extension RunDossier {
  /// Writes `report.json`, `report.md` and `report.html` into the run directory.
  func write(to directory: RunDirectory) throws(InputError) {
    try TextFile.replace(directory.file("report.json"), with: report.json.pretty())
    try TextFile.replace(directory.file("report.md"), with: report.markdown + sensitivityMarkdown)
    try TextFile.replace(directory.file("report.html"), with: html)
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
