import Basics
import Estimation
import Foundation
import Statistics

extension Subcommand {
  static let replay = Subcommand(
    name: "replay",
    summary: "Compare search strategies on known answers, without asking a model",
    arguments: "--matrix FILE.csv | --run DIR [OPTIONS]",
    discussion: """
      A matrix has one line for each format and one cell (0, 1 or nothing) for each example. Every trial \
      puts the examples in another random order and runs each search on it. Printed, as means over the \
      trials: the error of the picked pair's full-data spread and of the spread that the search itself \
      reported, the bias of the latter, how often the 95 % interval for the spread held and how wide it was, \
      and the evaluations. The table is in points, the JSON in fractions \
      of 1.
      """,
    options: [
      .init(
        name: "--matrix", value: "FILE",
        help: "Answers of all formats, or a folder of such files; may be given several times.",
        isRepeated: true),
      .init(
        name: "--run", value: "DIR",
        help: "A finished run, one matrix for each task, with its formats' atoms."),
      .init(
        name: "--factors", value: "FILE",
        help:
          "The atoms of each row, for searches that use them: CSV with a header, or JSON."),
      .init(
        name: "--search", value: "S",
        help: "One or more of "
          + SearchKind.allCases.map(\.rawValue).joined(separator: ", ")
          + ", separated by commas (default: all that need a budget)."),
      .init(name: "--budget", value: "E", help: "One or more budgets, such as 1600,10k,25.6k."),
      .init(
        name: "--batch", value: "B",
        help: "Examples in one step of a bandit search (default \(RunDefaults.batch))."),
      .init(
        name: "--accounting", value: "A",
        help: "'everything' or 'paper' (default: everything, for ucb paper)."),
      .init(
        name: "--confidence", value: "C",
        help: "Of the interval for the spread (default 0.95; 0.95 or 95%)."),
      .init(
        name: "--estimate", value: "E",
        help:
          "'distribution': how well the quantiles of accuracy over formats are estimated, instead of "
          + "searches; budgets may be shares such as 1%,2%,5%,10%."),
      .init(name: "--trials", value: "T", help: "Random example orders (default 30)."),
      .init(name: "--seed", value: "K", help: "Fixes the orders and the searches (default 0)."),
      .init(name: "--json", value: nil, help: "Print JSON."),
    ],
    examples: [
      (
        "formatspread replay --run runs/sentiment-1a2b3c4d --budget 1k,4k",
        "what a budget would have found"
      ),
      (
        "formatspread replay --matrix ../shared/data/matrices --budget 1600,10240,25600",
        "every search on every matrix of a folder, with the means over them"
      ),
    ]
  ) { arguments in
    if try InferenceOptions.estimates(arguments) {
      return try DistributionReplayCommand(try ReplayCommand.matrices(arguments), arguments).run()
    }
    return try ReplayCommand(arguments).run()
  }
}

private struct ReplayCommand {
  private struct Line {
    let matrix: String
    let settings: SearchSettings
    let result: ReplayResult
    let seconds: Double
  }

  private let matrices: [StoredMatrices.Task]
  private let searches: [SearchKind]
  private let budgets: [Int]
  private let arguments: Arguments

  init(_ arguments: Arguments) throws(InputError) {
    self.arguments = arguments
    matrices = try Self.matrices(arguments)
    searches = try Self.searches(arguments)
    budgets = try arguments.numbers("--budget", from: 1)
    guard !budgets.isEmpty || searches == [.full] else {
      throw InputError("replay: give --budget, such as --budget 1600,10k")
    }
  }

  /// The answers that the options name.
  static func matrices(_ arguments: Arguments) throws(InputError) -> [StoredMatrices.Task] {
    if let extra = arguments.positionals.first {
      throw InputError("replay: unexpected argument \(quoted(extra)); name files with --matrix")
    }
    var matrices: [StoredMatrices.Task] = []
    for path in arguments.texts("--matrix").flatMap(files) {
      let text = String(decoding: try TextFile.bytes(path), as: UTF8.self)
      let matrix = try ResponseMatrix(csv: text, file: path)
      var atoms: [[Int]] = []
      if let factors = arguments.text("--factors") {
        let text = String(decoding: try TextFile.bytes(factors), as: UTF8.self)
        atoms = try AtomTable(text, file: factors, arms: matrix.arms).values
      }
      matrices.append(.init(name: Bundled.name(of: path), matrix: matrix, atoms: atoms))
    }
    if let run = arguments.text("--run") { matrices += try StoredMatrices.read(run) }
    guard !matrices.isEmpty else {
      throw InputError(
        arguments.has("--matrix")
          ? "--matrix \(quoted(arguments.texts("--matrix")[0])): a folder without matrices (.csv)"
          : "replay: give --matrix FILE.csv or --run DIR")
    }
    return matrices
  }

  /// The matrices of a folder in the order of their names, leaving out tables with a header; or the file.
  private static func files(_ path: String) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      return [path]
    }
    let found = names.filter { $0.hasSuffix(".csv") }.sorted().map { "\(path)/\($0)" }
    let digits = Set("01,".utf8)
    return found.filter { file in
      (try? TextFile.bytes(file))?.first.map { digits.contains($0) } ?? false
    }
  }

  private static func searches(_ arguments: Arguments) throws(InputError) -> [SearchKind] {
    guard let text = arguments.text("--search") else {
      return SearchKind.allCases.filter { $0 != .full }
    }
    var kinds: [SearchKind] = []
    let known = SearchKind.allCases.map(\.rawValue)
    for name in text.split(separator: ",").map(String.init) {
      guard let kind = SearchKind(rawValue: name) else {
        throw InputError(
          "--search \(quoted(name)): unknown\(didYouMean(name, among: known)); known: "
            + known.joined(separator: ", "))
      }
      kinds.append(kind)
    }
    return kinds
  }

  func run() throws(InputError) -> Int32 {
    let trials = try arguments.number("--trials", from: 1) ?? 30
    let seed = try arguments.seed("--seed") ?? 0
    let batch = try arguments.number("--batch", from: 1) ?? RunDefaults.batch
    let accounting = try arguments.choice("--accounting", of: Accounting.self)
    let confidence = try arguments.share("--confidence") ?? 0.95
    let clock = ContinuousClock()
    var lines: [Line] = []
    for task in matrices {
      let matrix = task.matrix
      let replay = Replay(matrix, trials: trials, seed: seed, confidence: confidence)
      for kind in searches {
        for budget in kind == .full ? [matrix.arms * matrix.examples] : budgets {
          var settings = SearchSettings(
            kind: kind, arms: matrix.arms, examples: matrix.examples, budget: budget, batch: batch,
            accounting: accounting)
          settings.atoms = task.atoms
          let start = clock.now
          let result = replay.run(settings)
          let seconds = (clock.now - start) / .seconds(1)
          lines.append(
            Line(matrix: task.name, settings: settings, result: result, seconds: seconds))
        }
      }
    }
    Output.data(arguments.has("--json") ? json(lines) : table(lines))
    return Tool.Status.done
  }

  private func json(_ lines: [Line]) -> String {
    JSON.array(
      lines.map { line in
        let result = line.result
        return .members([
          "matrix": .string(line.matrix), "search": .string(line.settings.kind.rawValue),
          "accounting": .string(line.settings.accounting.rawValue),
          "budget": .integer(line.settings.budget), "trials": .integer(result.trials),
          "true_spread": .number(result.trueSpread),
          "mean_abs_error_picked": .number(result.meanAbsErrorPicked),
          "standard_error_picked": .number(result.standardErrorPicked),
          "mean_abs_error_reported": .number(result.meanAbsErrorReported),
          "bias_reported": .number(result.biasReported),
          "coverage": result.coverage.map { .number($0) },
          "mean_width": result.meanWidth.map { .number($0) },
          "mean_width_bonferroni": result.meanBaselineWidth.map { .number($0) },
          "evaluations_counted": .number(result.evaluationsCounted),
          "evaluations_asked": .number(result.evaluationsAsked),
          "seconds": .number((line.seconds * 1000).rounded() / 1000),
        ])
      }
    ).pretty()
  }

  private func table(_ lines: [Line]) -> String {
    var rows = [
      [
        "matrix", "search", "budget", "picked", "±", "reported", "bias", "covered", "width",
        "Bonferroni", "evaluations", "s",
      ]
    ]
    func points(_ value: Double) -> String { String(format: "%.2f", 100 * value) }
    for line in lines {
      let result = line.result
      rows.append([
        line.matrix, line.settings.kind.rawValue, "\(line.settings.budget)",
        points(result.meanAbsErrorPicked), points(result.standardErrorPicked),
        points(result.meanAbsErrorReported), points(result.biasReported),
        result.coverage.map { String(format: "%.0f%%", 100 * $0) } ?? "",
        result.meanWidth.map(points) ?? "", result.meanBaselineWidth.map(points) ?? "",
        String(format: "%.0f", result.evaluationsAsked),
        String(format: "%6.1f", line.seconds),
      ])
    }
    if matrices.count > 1 {
      for kind in searches {
        for budget in budgets {
          let group = lines.filter { $0.settings.kind == kind && $0.settings.budget == budget }
          guard !group.isEmpty else { continue }
          func mean(_ value: (Line) -> Double) -> Double {
            group.reduce(0) { $0 + value($1) } / Double(group.count)
          }
          rows.append([
            "mean of \(group.count)", kind.rawValue, "\(budget)",
            points(mean { $0.result.meanAbsErrorPicked }), "",
            points(mean { $0.result.meanAbsErrorReported }),
            points(mean { $0.result.biasReported }),
            String(format: "%.0f%%", 100 * mean { $0.result.coverage ?? 0 }),
            points(mean { $0.result.meanWidth ?? 0 }),
            points(mean { $0.result.meanBaselineWidth ?? 0 }),
            String(format: "%.0f", mean { $0.result.evaluationsAsked }),
            String(format: "%.1f", mean { $0.seconds }),
          ])
        }
      }
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let text = rows.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 2 ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ") + "\n"
    }.joined()
    return text
      + "(points; picked: mean absolute error of the picked pair's full-data spread, ± its\n"
      + "standard error; reported: that of the reported spread; covered: trials whose 95 %\n"
      + "interval held the true spread, of this mean width; Bonferroni: the width of separate\n"
      + "intervals with Bonferroni's correction, for comparison)\n"
  }
}
