import Basics
import Reports
import Runs
import Sensitivity

extension Subcommand {
  static let recommend = Subcommand(
    name: "recommend",
    summary: "Name the formats to use after a run, with what the choice is really worth",
    arguments: "DIR [OPTIONS]",
    discussion: """
      Prints the format with the best lower confidence bound, the most stable one (among the better half, \
      the one whose verdicts agree most with those of the other formats) and the highest found, each as \
      a template ready to paste. A chosen format looks better than it is; the cross-fit estimate says \
      how much.
      """,
    options: [
      .init(name: "--seed", value: "S", help: "Fixes the halves of the cross-fit (default 0)."),
      .init(name: "--json", value: nil, help: "Print JSON."),
    ],
    examples: [("formatspread recommend runs/sentiment-1a2b3c4d", "which format to use")]
  ) { arguments in
    let seed = try arguments.seed("--seed") ?? 0
    var lines: [String] = []
    var documents: [JSON] = []
    for source in try SensitivitySource.read(arguments) {
      guard let stored = source.stored,
        let found = Recommendation(
          source.grid, factors: source.factors, seed: seed, sizesAreFixed: stored.study.fixesSizes)
      else {
        throw InputError("\(source.name): has no right answers, so no format can be recommended")
      }
      lines += ["\(source.name) · model \(stored.model)", ""]
      lines += found.lines(
        stored.formats, slots: SensitivitySource.slots(of: stored), width: terminalWidth())
      lines.append("")
      documents.append(
        .members([
          "name": .string(source.name), "model": .string(stored.model),
          "recommendation": found.json(stored.formats),
        ]))
    }
    if arguments.has("--json") {
      let document = JSON.members([
        "schema": .string("formatspread.recommendation/1"), "tasks": .array(documents),
      ])
      Output.data(document.pretty())
    } else {
      Output.data(lines.map { $0 + "\n" }.joined())
    }
    return Tool.Status.done
  }
}
