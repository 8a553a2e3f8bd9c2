import Runs
import Statistics

extension RunReport {
  /// The table that closes a run: plain text, understandable without the manual.
  ///
  /// - Parameters:
  ///   - width: The terminal's columns; lines are kept within it from 72 on, and all but templates
  ///     within 120.
  ///   - files: Where the run's files are, as the user should see it.
  ///   - style: Whether the range is drawn, and in colours.
  /// - Returns: Lines without control characters but for colours, each ended by a newline.
  package func table(
    width: Int, files: [String] = [], style: TableStyle = .uncolored
  ) -> String {
    let fullWidth = max(72, width)
    let width = min(120, fullWidth)
    var lines: [String] = []
    for task in tasks {
      lines +=
        TaskTable(
          report: self, task: task, width: width, fullWidth: fullWidth, style: style
        ).lines + [""]
    }
    if tasks.count > 1 { lines += overview(width: width) + [""] }
    if tasks.contains(where: { $0.unlabelled == 0 }) { lines += wrapped(coverage, width: width) }
    if !files.isEmpty {
      lines += [""]
      for (place, file) in files.enumerated() {
        lines.append((place == 0 ? "Files:  " : "        ") + VisibleText.name(file, limit: 4000))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// One line for each task.
  private func overview(width: Int) -> [String] {
    var table = TextTable(alignments: [.left] + Array(repeating: .right, count: 7))
    table.rows = [
      ["Task", "lowest", "median", "original", "highest", "spread", "noise", "p"]
    ]
    for task in tasks {
      func figure(_ value: Double?) -> String { value.map(points) ?? "-" }
      table.rows.append([
        VisibleText.name(task.name).cut(to: width - 60),
        figure(task.lowest?.estimate), figure(task.shownDistribution?.median),
        figure(task.original?.accuracy), figure(task.highest?.estimate), figure(task.spread),
        figure(task.test?.noise.mean), task.test.map { shortProbability($0.cochran.pValue) } ?? "-",
      ])
    }
    return table.lines()
      + wrapped(
        "(Accuracies in %, spread and noise-only spread in points, p by Cochran's Q.)",
        width: width)
  }

  /// What the intervals cover and what they do not.
  var coverage: String {
    let own =
      " covers the accuracy of its one format on the population that the examples were drawn from"
    if tasks.contains(where: \.hasSequences) {
      return "A sequence" + own
        + ", whenever the search stopped asking that format; it uses the answers without a gap from "
        + "the beginning of the random order. What is sure of lowest and highest, which were picked "
        + "after the fact, holds for all formats at once."
    }
    return "A Wilson interval" + own
      + ". Lowest and highest were picked after the fact, so luck makes them more extreme than they "
      + "would be on new examples."
  }
}

/// A p-value as it fits a column: `<.001` or `.031`.
func shortProbability(_ p: Double) -> String {
  let text = probability(p)
  return text == "< 0.001" ? "<0.001" : String(text.dropFirst(2))
}
