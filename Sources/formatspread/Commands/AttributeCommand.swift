import Basics
import Reports
import Sensitivity

extension Subcommand {
  static let attribute = Subcommand(
    name: "attribute",
    summary: "Say which parts of the format the accuracy depends on",
    arguments: "DIR | --matrix FILE.csv --factors FILE [OPTIONS]",
    discussion: """
      Divides the variation between formats among the attributes that they are made of (separators, \
      spaces, casing, labels, and whatever else a run swept), compares the values of each attribute on \
      the same examples, and lists what changing one atom alone does, with McNemar's test and Holm's \
      correction. Reads only what is stored.
      """,
    options: SensitivitySource.options + [
      .init(name: "--limit", value: "N", help: "Lines of the long tables (default 6)."),
      .init(name: "--json", value: nil, help: "Print JSON, with every single change."),
    ],
    examples: [
      ("formatspread attribute runs/sentiment-1a2b3c4d", "what moves the accuracy"),
      (
        "formatspread attribute --matrix answers.csv --factors factors.csv",
        "for the answers of another program"
      ),
    ]
  ) { arguments in
    let resamples = try arguments.number("--resamples") ?? 1_000
    let seed = try arguments.seed("--seed") ?? 0
    let limit = try arguments.number("--limit", from: 1) ?? 6
    if arguments.has("--matrix"), !arguments.has("--factors") {
      throw InputError(
        "attribute: give --factors FILE, a CSV that says what each format is made of")
    }
    var lines: [String] = []
    var documents: [JSON] = []
    for source in try SensitivitySource.read(arguments) {
      guard source.grid.hasLabels else {
        throw InputError(
          "\(source.name): has no right answers, so there is no accuracy to attribute")
      }
      guard let factors = source.factors else { continue }
      let found = Attribution(
        source.grid, factors: factors, pairs: source.stored?.pairs ?? [],
        resamples: resamples, seed: seed)
      lines.append("\(source.name) · \(found.formats) formats · \(found.examples) examples")
      lines += found.lines(width: terminalWidth(), limit: limit, fits: isOnTerminal()) + [""]
      var object = JSONObject(["name": .string(source.name)])
      if case .object(let members) = found.json {
        for (key, value) in members.members { object[key] = value }
      }
      documents.append(.object(object))
    }
    if arguments.has("--json") {
      let document = JSON.members([
        "schema": .string("formatspread.attribution/1"), "resamples": .integer(resamples),
        "seed": .whole(UInt128(seed)), "tasks": .array(documents),
      ])
      Output.data(document.pretty())
    } else {
      Output.data(lines.map { $0 + "\n" }.joined())
    }
    return Tool.Status.done
  }
}
