package import Sensitivity

/// Figures as lines of text.
package enum FigureTable {
  /// A value as people read it: percent, points, or three decimals.
  package static func text(_ value: Double?, _ unit: Figure.Unit) -> String {
    guard let value, abs(value) < 1e12 else { return "-" }
    switch unit {
    case .share: return percent(value)
    case .points: return points(value)
    case .number: return number(value)
    case .probability: return shortProbability(value)
    }
  }

  /// A number with three decimals, or one where it is large.
  package static func number(_ value: Double) -> String {
    if abs(value) >= 100 { return decimal(value) }
    let thousandths = Int((abs(value) * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(value < 0 && thousandths > 0 ? "-" : "")\(thousandths / 1000)."
      + String(repeating: "0", count: 3 - digits.count) + digits
  }

  static func interval(_ figure: Figure) -> String {
    guard let low = figure.low, let high = figure.high else { return "" }
    return "\(text(low, figure.unit)) to \(text(high, figure.unit))"
  }

  /// One paragraph, broken between words.
  package static func paragraph(_ text: String, width: Int) -> [String] {
    let indent = String(text.prefix { $0 == " " })
    return wrapped(
      String(text.dropFirst(indent.count)), width: width, first: indent, rest: indent)
  }

  /// Groups of figures under their titles.
  ///
  /// - Parameters:
  ///   - groups: What to show.
  ///   - explains: Whether each figure is followed by what it means, and by its condition where it
  ///     has no value.
  ///   - width: The terminal's columns.
  ///   - fits: Whether no line may be wider.
  /// - Returns: Lines without newlines.
  package static func lines(
    _ groups: [FigureGroup], explains: Bool, width: Int, fits: Bool = false
  ) -> [String] {
    var lines: [String] = []
    let columns = groups.flatMap(\.figures)
    let labels = columns.map(\.label.count).max() ?? 0
    let values = columns.map { text($0.value, $0.unit).count }.max() ?? 0
    for group in groups {
      let title = "\(group.title)  (\(group.source))"
      lines +=
        [""] + (fits && title.cells > width ? [group.title, "  (\(group.source))"] : [title])
      for figure in group.figures {
        let value = text(figure.value, figure.unit)
        var line =
          "  " + figure.label.padded(to: labels, isRight: false) + "  "
          + value.padded(to: values, isRight: true)
        let ends = interval(figure)
        if !ends.isEmpty { line += "  " + ends }
        if figure.value == nil, !explains { line += "  (\(figure.condition))" }
        if fits, line.cells > width {
          let margin = String(repeating: " ", count: labels + 4)
          lines += wrapped(
            "(\(figure.condition))", width: width,
            first: "  " + figure.label.padded(to: labels, isRight: false) + "  - ", rest: margin)
        } else {
          lines.append(line)
        }
        guard explains else { continue }
        let more = figure.value == nil ? " Not here: it \(figure.condition)." : ""
        lines += wrapped(
          figure.explanation + more, width: min(width, 100), first: "      ", rest: "      ")
      }
    }
    return lines
  }

  /// A table with a header, columns as wide as their widest cell where `width` allows it.
  package static func table(
    _ rows: [[String]], leftColumns: Int = 1, lastIsLeft: Bool = false, names: [Int] = [0],
    expendable: [Int] = [], width: Int? = nil
  ) -> [String] {
    FittedTable(
      rows, leftColumns: leftColumns, lastIsLeft: lastIsLeft, names: names, expendable: expendable
    ).lines(width: width)
  }
}
