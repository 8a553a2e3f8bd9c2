import Basics
import Foundation
import Reports
import Runs
import Sensitivity
import Statistics

extension Subcommand {
  static let metrics = Subcommand(
    name: "metrics",
    summary: "Measure how answers depend on the format, from a finished run or a matrix",
    arguments: "DIR | --matrix FILE.csv [OPTIONS]",
    discussion: """
      Prints what the literature measures about prompt sensitivity: the range of accuracy, \
      PromptSensiScore, sensitivity and consistency, agreement, flips against the task's own format, \
      calibration and position bias. Reads only what is stored; no model is asked. Intervals are 95 % \
      bootstrap intervals over examples. A figure that is not defined here says what it needs.
      """,
    options: SensitivitySource.options + [
      .init(
        name: "--slice", value: "FIELD",
        help: "All figures again for each value of an example's field, or 'answer'."),
      .init(name: "--explain", value: nil, help: "One sentence on what each figure means."),
      .init(name: "--json", value: nil, help: "Print JSON, with the figures of every example."),
    ],
    examples: [
      ("formatspread metrics runs/sentiment-1a2b3c4d --explain", "everything, in plain words"),
      (
        "formatspread metrics runs/sentiment-1a2b3c4d --slice answer",
        "whether the effect sits in one kind of example"
      ),
      ("formatspread metrics --matrix answers.csv --json", "a matrix of another program"),
    ]
  ) { arguments in
    try MetricsCommand(arguments).run()
  }
}

private struct MetricsCommand {
  private let arguments: Arguments
  private let resamples: Int
  private let seed: UInt64

  init(_ arguments: Arguments) throws(InputError) {
    self.arguments = arguments
    resamples = try arguments.number("--resamples") ?? 1_000
    seed = try arguments.seed("--seed") ?? 0
  }

  func run() throws(InputError) -> Int32 {
    let sources = try SensitivitySource.read(arguments)
    Output.data(arguments.has("--json") ? try json(sources) : try text(sources))
    return Tool.Status.done
  }

  private func measured(_ source: SensitivitySource, _ chosen: [Int]? = nil) -> Metrics {
    if let stored = source.stored {
      return stored.metrics(chosen, resamples: resamples, seed: seed)
    }
    return Metrics(
      chosen.map { source.grid.keeping($0) } ?? source.grid, hasOriginal: false,
      resamples: resamples, seed: seed)
  }

  private func text(_ sources: [SensitivitySource]) throws(InputError) -> String {
    var lines: [String] = []
    var all: [Metrics] = []
    for source in sources {
      let model = source.stored.map { " · model \($0.model)" } ?? ""
      lines.append(
        "\(source.name)\(model) · \(source.grid.formats) formats · \(source.grid.examples) examples"
      )
      let metrics = measured(source)
      all.append(metrics)
      lines += metrics.lines(
        explains: arguments.has("--explain"), width: terminalWidth(), fits: isOnTerminal(),
        example: source.example,
        answer: source.answer)
      if let field = arguments.text("--slice") { lines += try slices(source, field) }
      lines.append("")
    }
    if let overTasks = Separability.overTasks(all) {
      lines += [
        "Over the tasks, formats told by two components and spread: Spearman "
          + FigureTable.number(overTasks), "",
      ]
    }
    let note =
      "(second column: 95 % bootstrap intervals over examples, \(resamples) resamples; "
      + "they say nothing about other formats)"
    lines += isOnTerminal() ? FigureTable.paragraph(note, width: terminalWidth()) : [note]
    return lines.map { $0 + "\n" }.joined()
  }

  /// The figures that differ most between kinds of example, one line a slice.
  private func slices(
    _ source: SensitivitySource, _ field: String
  ) throws(InputError) -> [String] {
    let keys = [
      "average_performance", "spread", "lowest", "max_performance", "pss", "sensitivity",
      "self_consistency", "flip_rate", "ece",
    ]
    var rows = [
      [field, "examples", "mean", "spread", "lowest", "highest", "PSS", "sens.", "agree", "flips"]
        + ["ECE"]
    ]
    for slice in try source.slices(field) {
      let metrics = measured(source, slice.examples)
      rows.append(
        [String(slice.name.prefix(24)), "\(slice.examples.count)"]
          + keys.map { key in
            metrics.figure(key).map { FigureTable.text($0.value, $0.unit) } ?? "-"
          })
    }
    return ["", "By \(field)"]
      + FigureTable.table(
        rows, expendable: [10, 9, 8, 7], width: isOnTerminal() ? terminalWidth() : nil)
      + ["  (a small slice has a larger spread by chance alone; --json gives the intervals)"]
  }

  private func json(_ sources: [SensitivitySource]) throws(InputError) -> String {
    var tasks: [JSON] = []
    var all: [Metrics] = []
    var flat: [(key: String, value: JSON)] = []
    for source in sources {
      let metrics = measured(source)
      all.append(metrics)
      var object = JSONObject([
        "name": .string(source.name), "model": source.stored.map { .string($0.model) },
      ])
      if let statistics = metrics.statistics {
        let members = statistics.members(eta: eta(source))
        if source.stored == nil {
          flat = members
        } else {
          var plain = JSONObject()
          for (key, value) in members { plain[key] = value }
          object["statistics"] = .object(plain)
        }
      }
      let all = metrics.json(example: source.example, answer: source.answer)
      if case .object(let members) = all {
        for (key, value) in members.members { object[key] = value }
      }
      if let field = arguments.text("--slice") {
        object["slice"] = .string(field)
        object["slices"] = .array(
          try source.slices(field).map { slice in
            let part = measured(source, slice.examples)
            let json = part.json(
              example: { source.example(slice.examples[$0]) },
              answer: { source.answer($0, slice.examples[$1]) })
            return .members([
              "value": .string(slice.name), "examples": .integer(slice.examples.count),
              "metrics": json,
            ])
          })
      }
      tasks.append(.object(object))
    }
    var document = JSONObject([
      "schema": .string("formatspread.metrics/1"), "resamples": .integer(resamples),
      "seed": .whole(UInt128(seed)),
    ])
    for (key, value) in flat { document[key] = value }
    if let overTasks = Separability.overTasks(all) {
      document["separability_spread_spearman"] = .figure(overTasks)
    }
    document["tasks"] = .array(tasks)
    return JSON.object(document).pretty()
  }

  private func eta(_ source: SensitivitySource) -> [(name: String, share: Double?)] {
    guard let factors = source.factors, source.grid.hasLabels else { return [] }
    let found = Attribution(source.grid, factors: factors, resamples: 0, seed: seed)
    return factors.attributes.compactMap { name in
      found.attributes.first { $0.name == name }.map { (name, $0.eta.value) }
    }
  }
}

/// Whether files are there.
enum FileNames {
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
