import Basics
import Reports
import Runs

extension RunReport {
  /// Writes `report.json` and `report.md` into the run directory.
  func write(to directory: RunDirectory) throws(InputError) {
    try TextFile.replace(directory.file("report.json"), with: json.pretty())
    try TextFile.replace(directory.file("report.md"), with: markdown)
  }

  /// The closing table, ending with where the files are.
  func closing(_ directory: RunDirectory) -> String {
    table(
      width: terminalWidth(),
      files: ["report.json", "report.md", "journal.jsonl"].map(directory.file))
  }
}
