import Basics

/// The atoms of each row of a response matrix, as whole numbers from 0 for each factor.
struct FactorsFile {
  let names: [String]
  /// One list for each row of the matrix.
  let codes: [[Int]]

  /// Reads a CSV with a header, whose first column numbers the rows, or a JSON file whose
  /// `assignments_rows_1_to_N` are objects of atoms; its row 0 is the original, unlike all others.
  ///
  /// - Throws: `InputError` naming the place of a row that is missing or out of order.
  init(_ path: String, rows: Int) throws(InputError) {
    let bytes = try TextFile.bytes(path)
    let table: [[String]]
    if path.hasSuffix(".json") {
      (names, table) = try Self.assignments(
        JSONReader(try JSON.parse(bytes, file: path), file: path))
    } else {
      let csv = try CSV(bytes, file: path)
      guard let header = csv.rows.first, header.cells.count > 1 else {
        throw InputError("\(path): expected a header with a row number and at least one factor")
      }
      names = Array(header.cells.dropFirst())
      var lines: [[String]] = []
      for row in csv.rows.dropFirst() {
        guard row.cells.count == header.cells.count else {
          throw InputError(
            "\(path):\(row.line): \(row.cells.count) cells, but the header has \(header.cells.count)"
          )
        }
        guard Int(row.cells[0]) == lines.count else {
          throw InputError(
            "\(path):\(row.line): row \(quoted(row.cells[0])) where \(lines.count) should be")
        }
        lines.append(Array(row.cells.dropFirst()))
      }
      table = lines
    }
    guard table.count == rows else {
      throw InputError("\(path): describes \(table.count) rows, but the matrix has \(rows)")
    }
    var known = [[String]](repeating: [], count: names.count)
    codes = table.map { row in
      row.indices.map { column in
        if let code = known[column].firstIndex(of: row[column]) { return code }
        known[column].append(row[column])
        return known[column].count - 1
      }
    }
  }

  private static func assignments(
    _ reader: JSONReader
  ) throws(InputError) -> (names: [String], rows: [[String]]) {
    for (key, value) in try reader.members() where key.hasPrefix("assignments") {
      var names: [String] = []
      var rows: [[String]] = []
      for item in try value.items() {
        let members = try item.members()
        if names.isEmpty {
          names = members.map(\.key)
          rows.append(names.map { _ in "the original's" })
        }
        guard members.map(\.key) == names else {
          throw item.failure("other atoms than in the rows before")
        }
        var row: [String] = []
        for member in members { row.append(try member.reader.string()) }
        rows.append(row)
      }
      return (names, rows)
    }
    throw reader.failure("expected a key 'assignments_rows_1_to_N'")
  }
}
