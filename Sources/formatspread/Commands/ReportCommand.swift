import Basics
import Reports
import Runs

extension Subcommand {
  static let report = Subcommand(
    name: "report",
    summary: "Make a run's reports again from what it stored",
    arguments: "DIR",
    discussion: "Reads only the run directory; no model and no task file is needed.",
    options: [
      .init(name: "--json", value: nil, help: "Print the report as JSON instead of the table.")
    ],
    examples: [("formatspread report runs/sentiment-1a2b3c4d", "the table of an earlier run")]
  ) { arguments in
    let path = try arguments.requirePositionals("a run directory", limit: 1)[0]
    let directory = RunDirectory(path)
    let dossier = try RunDossier(directory: directory, version: Tool.version)
    let report = dossier.report
    try dossier.write(to: directory)
    Output.data(
      arguments.has("--json")
        ? report.json.pretty() : report.closing(directory))
    return Tool.Status.done
  }
}
