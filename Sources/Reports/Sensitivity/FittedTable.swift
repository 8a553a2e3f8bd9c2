/// A table that gives up what matters least where a terminal is too narrow for it.
///
/// First long names lose their middles, but not much of them; then whole columns go, the least telling
/// first, and a line below says which; at last names are cut to the quick.
package struct FittedTable {
  /// The header and the rows below it, all with as many cells.
  let rows: [[String]]
  /// Columns at the left whose cells begin at their left edge; the others end at their right.
  var leftColumns = 1
  /// Whether the last column begins at its left edge too.
  var lastIsLeft = false
  /// Columns with names, which may lose their middles.
  var names: [Int] = [0]
  /// Columns that may be left out, the least telling first.
  var expendable: [Int] = []

  /// Cells of a name that are left where columns can go instead.
  private static let enough = 16
  private static let least = 8
  /// Names in whose room one template fits.
  private static let templates = 3
  private static let gap = 2
  private static let indent = 2

  package init(
    _ rows: [[String]], leftColumns: Int = 1, lastIsLeft: Bool = false, names: [Int] = [0],
    expendable: [Int] = []
  ) {
    self.rows = rows
    self.leftColumns = leftColumns
    self.lastIsLeft = lastIsLeft
    self.names = names
    self.expendable = expendable
  }

  /// The table as lines.
  ///
  /// - Parameter width: Columns of the terminal; nil for as many as the table wants.
  /// - Returns: Lines without newlines.
  package func lines(width: Int?) -> [String] {
    guard let width else { return drawn(Array(columns), rows) }
    var left = Array(columns)
    for dropped in 0...expendable.count {
      left = columns.filter { !expendable.prefix(dropped).contains($0) }
      if let fitting = fitted(left, to: width, least: Self.enough) {
        return drawn(left, fitting) + note(left)
      }
    }
    return drawn(left, fitted(left, to: width, least: Self.least) ?? rows) + note(left)
  }

  private var columns: Range<Int> { (rows.first ?? []).indices }

  /// The rows with names short enough for the width; nil where the names would have to be too short.
  private func fitted(_ left: [Int], to width: Int, least: Int) -> [[String]]? {
    var widths = columns.map { column in
      rows.map { column < $0.count ? $0[column].cells : 0 }.max() ?? 0
    }
    func excess() -> Int {
      Self.indent + left.reduce(0) { $0 + widths[$1] } + Self.gap * max(0, left.count - 1) - width
    }
    var short = widths
    // A template at the end says less in as few cells as a name.
    func need(_ column: Int) -> Int {
      lastIsLeft && column == columns.last ? widths[column] / Self.templates : widths[column]
    }
    while excess() > 0 {
      guard
        let widest = names.filter({ left.contains($0) && widths[$0] > least })
          .max(by: { need($0) < need($1) })
      else { return nil }
      widths[widest] -= 1
      short[widest] = widths[widest]
    }
    return rows.map { row in
      row.indices.map { short[$0] < row[$0].cells ? row[$0].shortened(to: short[$0]) : row[$0] }
    }
  }

  private func drawn(_ left: [Int], _ rows: [[String]]) -> [String] {
    let last = columns.last
    var table = TextTable(
      alignments: left.map { $0 < leftColumns || lastIsLeft && $0 == last ? .left : .right })
    table.rows = rows.map { row in left.filter { $0 < row.count }.map { row[$0] } }
    return table.lines(indent: String(repeating: " ", count: Self.indent))
  }

  private func note(_ left: [Int]) -> [String] {
    let gone = columns.filter { !left.contains($0) }
    guard !gone.isEmpty, let header = rows.first else { return [] }
    return ["  (a wider terminal has " + gone.map { header[$0] }.joined(separator: ", ") + ")"]
  }
}

extension String {
  /// The text without its middle, in at most `width` cells, with an ellipsis in its place.
  func shortened(to width: Int) -> String {
    guard cells > width else { return self }
    guard width > 2 else { return cut(to: width) }
    let tail = (width - 1) / 2
    var end = ""
    var used = 0
    for character in reversed() {
      guard used + character.cells <= tail else { break }
      end = String(character) + end
      used += character.cells
    }
    let start = prefix(cells: width - 1 - used)
    return start + "…" + end
  }
}
