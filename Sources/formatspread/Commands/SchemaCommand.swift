import Basics
import Reports

extension Subcommand {
  static let schema = Subcommand(
    name: "schema",
    summary: "Print the JSON schema of report.json",
    arguments: "",
    discussion: """
      JSON Schema, draft 2020-12. Reports of one schema keep its keys; further keys may be added, so a \
      reader passes over what it does not know.
      """,
    options: [],
    examples: [("formatspread schema > report.schema.json", "check reports with any validator")]
  ) { arguments in
    if let extra = arguments.positionals.first {
      throw InputError("schema: unexpected argument \(quoted(extra))")
    }
    Output.data(ReportSchema.text)
    return Tool.Status.done
  }
}
