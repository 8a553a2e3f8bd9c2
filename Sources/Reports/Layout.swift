/// Breaks one paragraph between words so that no line is wider than `width` cells.
///
/// Words that are longer are broken inside; a figure stays with its sign, as in `12.5 %` and
/// `p < 0.001`. The first line begins with `first`, the others with `rest`.
func wrapped(_ text: String, width: Int, first: String = "", rest: String = "") -> [String] {
  var lines: [String] = []
  var line = first
  var isEmpty = true
  for word in unbreakable(text) {
    var word = word
    if !isEmpty, line.cells + 1 + word.cells > width {
      lines.append(line)
      line = rest
      isEmpty = true
    }
    while line.cells + word.cells > width, isEmpty {
      let piece = word.prefix(cells: max(2, width - line.cells))
      lines.append(line + piece)
      word.removeFirst(piece.count)
      line = rest
    }
    guard !word.isEmpty else { continue }
    line += isEmpty ? word : " " + word
    isEmpty = false
  }
  if !isEmpty || lines.isEmpty { lines.append(line) }
  return lines
}

/// The words of a text, with signs kept beside their figures.
private func unbreakable(_ text: String) -> [String] {
  var words: [String] = []
  for word in text.split(separator: " ") {
    let last = words.last ?? ""
    if ["<", "=", "×"].contains(word) || word.hasPrefix("%") || last.hasSuffix(" <")
      || last.hasSuffix(" ="), !words.isEmpty
    {
      words[words.count - 1] = last + " " + word
    } else {
      words.append(String(word))
    }
  }
  return words
}

/// Breaks a visible template after its newline signs, where it does not fit on one line.
///
/// - Returns: At most `limit` lines; the last names how much is left out.
func templateLines(_ shown: String, width: Int, indent: String, limit: Int = 8) -> [String] {
  let room = max(10, width - indent.cells)
  guard shown.cells > room else { return [indent + shown] }
  var lines: [String] = []
  var rest = Substring(shown)
  while !rest.isEmpty {
    if lines.count == limit - 1, String(rest).cells > room {
      lines.append("\(indent)… (\(grouped(rest.unicodeScalars.count)) characters more)")
      break
    }
    let fitting = String(rest).prefix(cells: room)
    var piece = fitting
    if fitting.count < rest.count, let mark = fitting.lastIndex(of: "⏎") {
      piece = String(fitting[...mark])
    }
    lines.append(indent + piece)
    rest.removeFirst(piece.count)
  }
  return lines
}

extension String {
  /// The longest beginning that takes at most `width` cells, and at least one character.
  func prefix(cells width: Int) -> String {
    var kept = ""
    var used = 0
    for character in self {
      let more = character.cells
      guard used + more <= width || kept.isEmpty else { break }
      kept.append(character)
      used += more
    }
    return kept
  }
}

/// Rows of cells set in columns that are as wide as their widest cell.
struct TextTable {
  enum Alignment {
    case left
    case right
  }

  let alignments: [Alignment]
  var rows: [[String]] = []

  /// The rows as lines, two spaces between columns and none at the end of a line.
  func lines(indent: String = "") -> [String] {
    let widths = alignments.indices.map { column in
      rows.map { column < $0.count ? $0[column].cells : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = indent
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        if column > 0 { line += "  " }
        line +=
          isLast && alignments[column] == .left
          ? cell : cell.padded(to: widths[column], isRight: alignments[column] == .right)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
