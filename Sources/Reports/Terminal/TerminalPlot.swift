import Estimation
import Plots
import Statistics

/// How the closing table may look.
package struct TableStyle: Sendable, Hashable {
  /// Whether the range is drawn in the signs of Unicode's blocks.
  package let showsPlot: Bool
  /// Whether the terminal is asked for colours.
  package let isColored: Bool

  package init(showsPlot: Bool, isColored: Bool) {
    self.showsPlot = showsPlot
    self.isColored = isColored
  }

  /// The plot without colours, as for a file.
  package static let uncolored = TableStyle(showsPlot: true, isColored: false)
}

/// The range of a task as a few lines of text: how many formats reach which accuracy, where the marks
/// lie, and what noise alone would span.
struct TerminalPlot {
  let task: TaskReport
  /// Columns for the whole plot, at least 40.
  let width: Int
  let isColored: Bool

  private static let margin = 11
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private enum Ink: String {
    case lowest = "\u{1B}[38;5;208m"
    case highest = "\u{1B}[38;5;75m"
    case original = "\u{1B}[38;5;36m"
    case faint = "\u{1B}[2m"
  }

  /// Nothing for fewer than three formats, which the table shows as well.
  var lines: [String] {
    let values = task.compared.compactMap(\.accuracy)
    guard values.count > 2, let lowest = task.lowest, let highest = task.highest else { return [] }
    let room = max(20, width - Self.margin - 4)
    let ends = [lowest.estimate, highest.estimate] + values
    let shown = (ends.min() ?? 0)...(ends.max() ?? 1)
    // At least a point wide, so that a tick falls inside.
    let slack = max(0, 0.012 - (shown.upperBound - shown.lowerBound)) / 2
    let domain = max(0, shown.lowerBound - slack)...min(1, shown.upperBound + slack)
    let scale = LinearScale(domain, from: 0, to: Double(room - 1))
    func column(_ value: Double) -> Int { Int(scale(value).rounded()) }
    var lines = [heading("Formats") + density(values, room: room, column: column)]
    lines.append(heading("Range") + range(lowest, highest, room: room, column: column))
    if let test = task.test, let middle = task.distribution?.mean {
      let low = column(max(0, middle - test.noise.mean / 2))
      let high = column(min(1, middle + test.noise.mean / 2))
      var row = Array(repeating: Character(" "), count: room)
      for place in low...max(low, high) { row[place] = "░" }
      lines.append(heading("Noise only") + ink(.faint, trimmed(row)))
    }
    lines.append(contentsOf: axis(domain, room: room, column: column))
    lines.append(
      String(repeating: " ", count: Self.margin)
        + "\(ink(.lowest, "▼")) lowest  ┃ median  \(ink(.original, "◆")) original  "
        + "\(ink(.highest, "▲")) highest")
    return lines
  }

  private func heading(_ word: String) -> String {
    word.padded(to: Self.margin)
  }

  /// The share of formats in each column, the fullest as a whole block.
  private func density(_ values: [Double], room: Int, column: (Double) -> Int) -> String {
    var counts = [Int](repeating: 0, count: room)
    for value in values { counts[column(value)] += 1 }
    let most = max(1, counts.max() ?? 1)
    return trimmed(
      counts.map { count in
        count == 0 ? " " : Self.blocks[(count * 8 + most - 1) / most - 1]
      })
  }

  /// A line from the lowest to the highest accuracy with the marks upon it.
  private func range(
    _ lowest: Extreme, _ highest: Extreme, room: Int, column: (Double) -> Int
  ) -> String {
    var row: [(sign: Character, ink: Ink?)] = Array(repeating: (" ", nil), count: room)
    for place in column(lowest.estimate)...max(column(lowest.estimate), column(highest.estimate)) {
      row[place] = ("─", .faint)
    }
    if let median = task.shownDistribution?.median { row[column(median)] = ("┃", nil) }
    if let original = task.original?.accuracy { row[column(original)] = ("◆", .original) }
    row[column(lowest.estimate)] = ("▼", .lowest)
    row[column(highest.estimate)] = ("▲", .highest)
    while row.last?.sign == " " { row.removeLast() }
    return row.map { ink($0.ink, String($0.sign)) }.joined()
  }

  private func axis(
    _ domain: ClosedRange<Double>, room: Int, column: (Double) -> Int
  ) -> [String] {
    let ticks = Ticks(domain, about: max(5, room / 10))
    var rule = Array(repeating: Character("─"), count: room)
    var labels = Array(repeating: Character(" "), count: room + 8)
    for (place, value) in ticks.values.enumerated() {
      let at = column(value)
      rule[at] = "┴"
      var label = PlotText.fixed(value * 100, decimals: max(0, ticks.decimals - 2))
      if place == ticks.values.count - 1 { label += " %" }
      for (offset, digit) in label.enumerated() {
        labels[max(0, at - (label.prefix { $0 != " " }.count - 1) / 2) + offset] = digit
      }
    }
    let indent = String(repeating: " ", count: Self.margin)
    return [indent + ink(.faint, String(rule)), indent + trimmed(labels)]
  }

  private func ink(_ ink: Ink?, _ text: String) -> String {
    guard isColored, let ink, !text.isEmpty else { return text }
    return ink.rawValue + text + "\u{1B}[0m"
  }

  private func trimmed(_ row: [Character]) -> String {
    var row = row
    while row.last == " " { row.removeLast() }
    return String(row)
  }
}
