package import Basics

extension ResponseMatrix {
  /// Reads a matrix from comma-separated text: one line an arm, one column an example.
  ///
  /// Cells are `0`, `1`, or empty for a missing answer; blank lines are skipped.
  ///
  /// - Throws: `InputError` that names the file, the line and the column of the first bad cell.
  package init(csv text: String, file: String) throws(InputError) {
    var rows: [[UInt8]] = []
    var width: Int?
    var line = 0
    for bytes in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      let trimmed = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
      if trimmed.isEmpty { continue }
      let row = try Self.row(trimmed, place: "\(file):\(line)")
      if let width, row.count != width {
        throw InputError("\(file):\(line): \(row.count) cells, but the lines above have \(width)")
      }
      width = row.count
      rows.append(row)
    }
    guard !rows.isEmpty else {
      throw InputError("\(file): no rows; one line of 0 and 1 for each format is expected")
    }
    self.init(rows: rows)
  }

  private static func row(
    _ line: Substring.UTF8View.SubSequence, place: String
  ) throws(InputError) -> [UInt8] {
    var row: [UInt8] = []
    for cell in line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      switch (cell.count, cell.first) {
      case (0, _): row.append(missing)
      case (1, UInt8(ascii: "0")): row.append(0)
      case (1, UInt8(ascii: "1")): row.append(1)
      default:
        let found = quoted(String(decoding: cell, as: UTF8.self))
        throw InputError(
          "\(place): cell \(row.count + 1) is \(found); 0, 1 or nothing (missing) is expected")
      }
    }
    return row
  }
}
