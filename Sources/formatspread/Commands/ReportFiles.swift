import Basics
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
