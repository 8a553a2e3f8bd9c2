import Basics
import Reports
import Runs

extension Subcommand {
  static let report = Subcommand(
    name: "report",
    summary: "Make a run's reports again from what it stored",
    arguments: "DIR",
    discussion: """
      Reads only the run directory; no model and no task file is needed. With gates, such as \
      --max-spread 10%, the exit status says how they came out: 0 passed, 1 failed or undecided, 3 \
      incomplete.
      """,
    options: [
      .init(name: "--json", value: nil, help: "Print the report as JSON instead of the table.")
    ] + InferenceOptions.forReport,
    examples: [
      ("formatspread report runs/sentiment-1a2b3c4d", "the table of an earlier run"),
      ("formatspread report runs/sentiment-1a2b3c4d --max-spread 10%", "hold a stored run to a gate"),
    ]
  ) { arguments in
    let path = try arguments.requirePositionals("a run directory", limit: 1)[0]
    let directory = RunDirectory(path)
    let settings = try InferenceOptions.settings(
      arguments, stored: try directory.study().inference)
    var dossier = try RunDossier(
      directory: directory, version: Tool.version,
      confidence: try arguments.share("--confidence"),
      estimates: try InferenceOptions.estimates(arguments))
    dossier.report.judge(by: settings)
    let report = dossier.report
    try dossier.write(to: directory)
    if arguments.has("--json") {
      Output.data(report.json.pretty())
    } else {
      Output.data(arguments.has("--junit") ? JUnit.text(report) : report.closing(directory))
    }
    return try InferenceOptions.publish(report, arguments, in: directory) ?? Tool.Status.done
  }
}
