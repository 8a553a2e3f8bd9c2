import Basics
import Reports
import Runs

extension RunDossier {
  /// Writes `report.json`, `report.md` and `report.html` into the run directory.
  ///
  /// - Parameters:
  ///   - directory: The run.
  ///   - plan: What was carried out; nil reads the task files that the study names.
  func write(to directory: RunDirectory, plan: Plan? = nil) throws(InputError) {
    try TextFile.replace(directory.file("report.json"), with: report.json.pretty())
    try TextFile.replace(directory.file("report.md"), with: report.markdown)
    try TextFile.replace(directory.file("report.html"), with: page(plan))
  }

  /// The page with an example's prompts, where its task's file is as it was.
  func page(_ plan: Plan? = nil) -> String {
    var prompts = plan.map { StoredPrompts($0) } ?? StoredPrompts(report.study) { _ in }
    return showing { prompts.text($0, $1, $2) }.html
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
