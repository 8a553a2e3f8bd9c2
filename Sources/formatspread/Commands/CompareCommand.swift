import Basics
import Reports
import Runs
import Sensitivity

extension Subcommand {
  static let compare = Subcommand(
    name: "compare",
    summary: "Set runs side by side: which model is better, and does the format decide it?",
    arguments: "DIR DIR… [OPTIONS]",
    discussion: """
      Compares the runs of several models, or of one model with other shots, seeds or checkpoints, on the \
      tasks that they share. Only formats and examples that every run answered are used. A lead is a \
      difference of at least two points; it turns round when another format gives the other side such a \
      lead. Reads only what is stored.
      """,
    options: [
      .init(
        name: "--voters", value: "K", help: "Formats in the majority vote (default 5)."),
      .init(
        name: "--resamples", value: "B",
        help: "Resamples of the examples for the intervals (default 1000; 0 for none)."),
      .init(name: "--seed", value: "S", help: "Fixes resamples and draws (default 0)."),
      .init(name: "--json", value: nil, help: "Print JSON."),
    ],
    examples: [
      ("formatspread compare runs/small runs/large", "two models on the same tasks"),
      ("formatspread compare runs/zero runs/one runs/five", "one model with more demonstrations"),
    ]
  ) { arguments in
    try CompareCommand(arguments).run()
  }
}

private struct CompareCommand {
  private struct Found {
    let matched: MatchedRuns
    let comparison: Comparison
  }

  private let arguments: Arguments
  private let resamples: Int
  private let seed: UInt64
  private let voters: Int

  init(_ arguments: Arguments) throws(InputError) {
    self.arguments = arguments
    resamples = try arguments.number("--resamples") ?? 1_000
    seed = try arguments.seed("--seed") ?? 0
    voters = try arguments.number("--voters", from: 1) ?? 5
  }

  func run() throws(InputError) -> Int32 {
    let paths = try arguments.requirePositionals("at least two run directories")
    guard paths.count > 1 else {
      throw InputError("compare: expected at least two run directories, found one")
    }
    var runs: [(path: String, tasks: [StoredAnswers])] = []
    for path in paths { runs.append((path, try StoredAnswers.read(RunDirectory(path)))) }
    let names = MatchedRuns.names(runs.map { ($0.path, $0.tasks[0]) })
    var found: [Found] = []
    var remarks: [String] = []
    var order: [String] = []
    for name in runs.flatMap({ $0.tasks.map(\.task.name) }) where !order.contains(name) {
      order.append(name)
    }
    for task in order {
      let with = runs.indices.compactMap { run in
        runs[run].tasks.first { $0.task.name == task }.map { (name: names[run], stored: $0) }
      }
      guard with.count == runs.count else {
        remarks.append("the task '\(task)' is not in every run and was left out")
        continue
      }
      let matched = try MatchedRuns(with)
      guard with.allSatisfy({ $0.stored.grid.hasLabels }) else { continue }
      found.append(
        Found(
          matched: matched,
          comparison: Comparison(
            matched.sides, original: matched.original, voters: voters, resamples: resamples,
            seed: seed)))
    }
    guard !found.isEmpty else {
      throw InputError("compare: the runs share no task; compare runs of the same task files")
    }
    Output.data(arguments.has("--json") ? json(found, remarks) : text(found, remarks))
    return Tool.Status.done
  }

  private func json(_ found: [Found], _ remarks: [String]) -> String {
    JSON.members([
      "schema": .string("formatspread.comparison/1"), "resamples": .integer(resamples),
      "seed": .whole(UInt128(seed)), "remarks": .strings(remarks),
      "tasks": .array(
        found.map {
          $0.comparison.json(
            task: $0.matched.task, formats: $0.matched.formats,
            remarks: ($0.matched.advice.map { [$0] } ?? []) + $0.matched.remarks)
        }),
    ]).pretty()
  }

  private func text(_ found: [Found], _ remarks: [String]) -> String {
    var lines: [String] = []
    for one in found {
      lines += one.comparison.lines(
        task: one.matched.task, formats: one.matched.formats, remarks: one.matched.remarks,
        advice: one.matched.advice, width: terminalWidth(), fits: isOnTerminal())
      lines.append("")
    }
    let width = min(terminalWidth(), 100)
    if found.count > 1 { lines += summary(found) + [""] }
    lines += FigureTable.paragraph(conclusion(found), width: width) + [""]
    lines +=
      (remarks + [
        "intervals: 95 % bootstrap over examples; own: the task's own format; vote: majority of formats "
          + "picked at random; ranks: from the best to the worst place under any format; lead: mean "
          + "accuracy of the first minus the second; reversal: chance that a lead of 2 points turns "
          + "round under another format"
      ]).flatMap { FigureTable.paragraph("(\($0))", width: width) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What follows for who has to choose a model or to report one.
  private func conclusion(_ found: [Found]) -> String {
    let pairs = found.flatMap(\.comparison.pairs)
    guard pairs.allSatisfy(\.isSettled) else {
      return
        "What to do: where it is not settled who is better, report the mean over formats with its "
        + "interval, not one format's accuracy; more examples narrow it, more formats do not. Where one "
        + "format must serve all, take the first that is good for all."
    }
    let leaders = found.map { one in
      one.comparison.sides.max { ($0.mean.value ?? 0) < ($1.mean.value ?? 0) }?.name ?? ""
    }
    if let leader = leaders.first, leaders.allSatisfy({ $0 == leader }) {
      return "What to do: choose \(leader); no other format is likely to change that."
    }
    let choices = zip(found, leaders).map { "\($1) for \($0.matched.task)" }
    return
      "What to do: choose by the task, whatever the format: \(choices.joined(separator: "; "))."
  }

  /// One line for each task and pair, and how many are settled.
  private func summary(_ found: [Found]) -> [String] {
    var rows = [["task", "first", "second", "lead", "95 %", "ahead", "reversal", "settled"]]
    var settled = 0
    var all = 0
    for one in found {
      for pair in one.comparison.pairs {
        all += 1
        if pair.isSettled { settled += 1 }
        rows.append([
          one.matched.task, pair.first, pair.second, FigureTable.text(pair.lead.value, .points),
          pair.lead.low.map { FigureTable.text($0, .points) + " to " } ?? "",
          FigureTable.text(pair.ahead.value, .share),
          FigureTable.text(pair.reversal.value, .share), pair.isSettled ? "yes" : "no",
        ])
        if let high = pair.lead.high { rows[rows.count - 1][4] += FigureTable.text(high, .points) }
      }
    }
    return ["All tasks"]
      + FigureTable.table(
        rows, leftColumns: 3, names: [0, 1, 2], expendable: [5, 4],
        width: isOnTerminal() ? terminalWidth() : nil)
      + FigureTable.paragraph(
        "  \(settled) of \(all) comparisons are settled: a lead beyond noise that under 5 % of the "
          + "formats' pairs turn round.", width: min(terminalWidth(), 100))
  }
}
