package import Basics
import Statistics

/// The spreads of many tasks of one suite, and how they are distributed.
///
/// The paper's Figure 4 shows such a distribution over 53 tasks; its median was 7.5 points.
package struct SuiteOverview: Sendable, Hashable {
  package let name: String
  private var rows: [Row] = []

  /// Above this many points the paper calls a spread considerable.
  static let considerable = 0.15

  private struct Row: Sendable, Hashable {
    let task: TaskReport
    let model: String?
    let path: String
    let isFinished: Bool
  }

  package init(name: String) {
    self.name = name
  }

  /// Adds a task's run.
  ///
  /// - Parameters:
  ///   - report: The run; all its tasks count.
  ///   - path: Its directory beside the overview.
  package mutating func add(_ report: RunReport, path: String) {
    rows += report.tasks.map { task in
      Row(task: task, model: report.model, path: path, isFinished: report.isFinished)
    }
  }

  private var spreads: [Double] { rows.compactMap(\.task.spread) }

  /// The median, the quartiles and the ends of the spreads; nil without any.
  private var quartiles: [Double]? {
    Quantiles.quantiles([0, 0.25, 0.5, 0.75, 1], of: spreads)
  }

  private var considerableCount: Int { spreads.count { $0 > Self.considerable } }

  /// Tasks whose formats differ beyond chance at the 5 % level, and how many were tested.
  private var different: (count: Int, tested: Int) {
    let tests = rows.compactMap(\.task.test)
    return (tests.count { $0.cochran.pValue < 0.05 }, tests.count)
  }

  /// What is known so far, in one line.
  package var progress: String? {
    guard let quartiles else { return nil }
    return "\(counted(spreads.count, "task")) done, median spread \(points(quartiles[2])) points"
  }

  private var sentences: [String] {
    guard let quartiles else { return ["No task has answers yet."] }
    var sentences = [
      "The median spread over \(counted(spreads.count, "task")) is \(points(quartiles[2])) points; half of "
        + "them lie between \(points(quartiles[1])) and \(points(quartiles[3])), all between "
        + "\(points(quartiles[0])) and \(points(quartiles[4])).",
      "\(considerableCount) of \(spreads.count) spreads "
        + "(\(wholePoints(Double(considerableCount) / Double(spreads.count))) %) are above 15 points.",
    ]
    let different = different
    if different.tested > 0 {
      sentences.append(
        "The formats differ beyond chance (Cochran's Q, p < 0.05) on \(different.count) of "
          + "\(counted(different.tested, "tested task")).")
    }
    let open = rows.count { !$0.isFinished }
    if open > 0 { sentences.append("\(counted(open, "task")) not finished.") }
    return sentences
  }

  /// How many spreads lie in each step of five points.
  private var histogram: [(from: Int, count: Int)] {
    let steps = spreads.map { min(Int($0 * 20), 19) }
    guard let last = steps.max() else { return [] }
    return (0...last).map { step in (step * 5, steps.count { $0 == step }) }
  }

  // MARK: Rendering

  /// The overview for a terminal.
  package func table(files: [String]) -> String {
    let models = Set(rows.compactMap(\.model)).sorted().joined(separator: ", ")
    var text = "Suite \(name) · \(counted(rows.count, "task"))"
    text += models.isEmpty ? "\n\n" : " · model \(models)\n\n"
    for sentence in sentences {
      for line in wrapped(sentence, width: 80) { text += line + "\n" }
    }
    let width = max(4, rows.map(\.task.name.count).max() ?? 0) + 2
    text += "\n" + pad("task", width) + "   lowest  original   highest   spread    noise\n"
    for row in rows.sorted(by: Self.precedes) {
      text += pad(row.task.name, width)
      let figures: [String] = [
        row.task.lowest.map { percent($0.estimate) } ?? "–",
        row.task.original?.accuracy.map(percent) ?? "–",
        row.task.highest.map { percent($0.estimate) } ?? "–",
        row.task.spread.map(points) ?? "–", row.task.test.map { points($0.noise.mean) } ?? "–",
      ]
      for (figure, width) in zip(figures, [9, 10, 10, 9, 9]) {
        text += String(repeating: " ", count: max(0, width - figure.count)) + figure
      }
      text += row.isFinished ? "\n" : "  not finished\n"
    }
    text += "\nSpread in points\n"
    for (from, count) in histogram {
      let range = "\(from)–\(from + 5)"
      text += "  " + String(repeating: " ", count: max(0, 6 - range.count)) + range + "  "
      text += String(repeating: "█", count: min(count, 60)) + (count > 0 ? " \(count)\n" : "\n")
    }
    text += "\n"
    for (index, file) in files.enumerated() {
      text += (index == 0 ? "Files:  " : "        ") + file + "\n"
    }
    return text
  }

  private static func precedes(_ a: Row, _ b: Row) -> Bool {
    let (x, y) = (a.task.spread ?? -1, b.task.spread ?? -1)
    return x != y ? x > y : a.task.name < b.task.name
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// The overview as a file for notes.
  package var markdown: String {
    var text = "# Spread over prompt formats: \(Markdown.code(name))\n\n"
    text += sentences.joined(separator: " ") + "\n\n"
    text += "| task | lowest | original | highest | spread (points) | noise only (points) | run |\n"
    text += "|---|--:|--:|--:|--:|--:|---|\n"
    for row in rows.sorted(by: Self.precedes) {
      let cells = [
        Markdown.code(row.task.name, inTable: true),
        row.task.lowest.map { percent($0.estimate) } ?? "–",
        row.task.original?.accuracy.map(percent) ?? "–",
        row.task.highest.map { percent($0.estimate) } ?? "–",
        row.task.spread.map(points) ?? "–", row.task.test.map { points($0.noise.mean) } ?? "–",
        "[\(row.path)](\(row.path)/report.md)" + (row.isFinished ? "" : ", not finished"),
      ]
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    return text
  }

  /// The overview for machines; schema `formatspread.suite-overview/1`.
  package var json: JSON {
    .members([
      "schema": .string("formatspread.suite-overview/1"), "suite": .string(name),
      "tasks": .array(
        rows.map { row in
          .members([
            "task": .string(row.task.name), "run": .string(row.path),
            "model": row.model.map { .string($0) }, "finished": .bool(row.isFinished),
            "lowest": row.task.lowest.map { .number($0.estimate) },
            "original": row.task.original?.accuracy.map { .number($0) },
            "highest": row.task.highest.map { .number($0.estimate) },
            "spread": row.task.spread.map { .number($0) },
            "noise": row.task.test.map { .number($0.noise.mean) },
            "p": row.task.test.map { .number($0.cochran.pValue) },
          ])
        }),
      "spread": quartiles.map { quartiles in
        .members([
          "median": .number(quartiles[2]), "lower_quartile": .number(quartiles[1]),
          "upper_quartile": .number(quartiles[3]), "lowest": .number(quartiles[0]),
          "highest": .number(quartiles[4]),
          "above_15_points": .number(Double(considerableCount) / Double(spreads.count)),
        ])
      },
    ])
  }
}
