import Basics
import Reports
import Runs

extension Subcommand {
  static let merge = Subcommand(
    name: "merge",
    summary: "Unite shards or runs of one study and report on the whole",
    arguments: "DIR… --out DIR",
    discussion: """
      The runs must be of the same study and model; they may be given in any order, be unfinished and \
      overlap. Where two runs answered the same cell they must agree: otherwise the disagreements are \
      listed, nothing is written and the exit status is 1. When all cells of the study are there, the \
      report is the same, byte for byte, as that of a single run; status 3 says that some are missing, \
      and 'run' with --out on the united directory asks them. Where the study has gates, the status is \
      theirs.

      An --out that holds a run of the same study already is united with the others.
      """,
    options: [
      .init(name: "--out", value: "DIR", help: "Where the united run is kept."),
      .init(name: "--json", value: nil, help: "Print the report as JSON instead of the table."),
    ],
    examples: [
      ("formatspread merge shards/* --out runs/whole", "all shards that are there")
    ]
  ) { arguments in
    let paths = try arguments.requirePositionals("run directories")
    guard let out = arguments.text("--out") else {
      throw InputError("merge: needs --out DIR, a new directory for the united run")
    }
    let target = RunDirectory(out)
    let outcome = try Merge(paths.map { RunDirectory($0) }, into: target).run()
    if outcome.disagreeing > 0 {
      for text in outcome.disagreements { Output.line("formatspread: \(text)") }
      if outcome.disagreeing > outcome.disagreements.count {
        Output.line(
          "formatspread: and \(outcome.disagreeing - outcome.disagreements.count) more")
      }
      Output.line(
        "formatspread: \(outcome.disagreeing) of \(outcome.overlaps) cells that several runs answered "
          + "disagree; nothing was written")
      return MergeStatus.disagreement
    }
    if outcome.damaged > 0 {
      Output.line("formatspread: \(outcome.damaged) damaged lines were left out")
    }
    let dossier = try RunDossier(directory: target, version: Tool.version)
    let report = dossier.report
    try dossier.write(to: target)
    Output.data(arguments.has("--json") ? report.json.pretty() : report.closing(target))
    Output.line(
      "formatspread: \(outcome.answered) answers of \(paths.count) runs, \(outcome.overlaps) of them "
        + "given more than once")
    guard report.missing == 0, report.failed == 0 else {
      Output.line(
        "formatspread: \(report.missing) cells are missing and \(report.failed) failed; 'run' with "
          + "--out \(out) asks them")
      return Tool.Status.incomplete
    }
    guard let gates = report.gates else { return Tool.Status.done }
    Output.line("formatspread: \(gates.verdict)")
    return gates.status
  }

  private enum MergeStatus {
    static let disagreement: Int32 = 1
  }
}
