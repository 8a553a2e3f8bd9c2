package import Basics

/// The atoms of each format as numbers, as the adaptive search takes them.
package struct AtomTable: Sendable, Hashable {
  /// Names of the attributes.
  package let attributes: [String]
  /// For each arm the value of each attribute, numbered from 0 by first appearance.
  package let values: [[Int]]

  /// Numbers the values of formats given as texts.
  ///
  /// - Precondition: Every row has one text for each attribute.
  package init(attributes: [String], rows: [[String]]) {
    self.attributes = attributes
    var known = [[String: Int]](repeating: [:], count: attributes.count)
    values = rows.map { row in
      precondition(row.count == attributes.count, "a row has one value for each attribute")
      return row.indices.map { place in
        let number = known[place][row[place]] ?? known[place].count
        known[place][row[place]] = number
        return number
      }
    }
  }

  /// Reads a file of atoms: comma-separated with a header line, or JSON.
  ///
  /// In the comma-separated form each line is a format, and a first column named `template` or
  /// `format` is its number and no attribute. In JSON a list of objects with the same keys, alone or as
  /// the one list of objects among an object's members. One row fewer than arms means that arm 0, the
  /// original format, is not listed; it gets values of its own.
  ///
  /// - Throws: `InputError` that names the file and the line or path.
  package init(_ text: String, file: String, arms: Int) throws(InputError) {
    let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
    let table =
      first == "{" || first == "["
      ? try Self.json(text, file: file) : try Self.commas(text, file: file)
    var rows = table.rows
    if rows.count == arms - 1 {
      rows.insert(table.attributes.map { _ in "the original format" }, at: 0)
    }
    guard rows.count == arms else {
      throw InputError("\(file): \(rows.count) formats, but the matrix has \(arms) rows")
    }
    self.init(attributes: table.attributes, rows: rows)
  }

  private static func commas(
    _ text: String, file: String
  ) throws(InputError) -> (attributes: [String], rows: [[String]]) {
    let rows = try CSV(Array(text.utf8), file: file).rows
    guard let header = rows.first else {
      throw InputError("\(file): empty; a header line with the attributes is expected")
    }
    let skipped = ["template", "format"].contains(header.cells[0]) ? 1 : 0
    for row in rows where row.cells.count != header.cells.count {
      throw InputError(
        "\(file):\(row.line): \(row.cells.count) values, but the header names "
          + "\(header.cells.count)")
    }
    return (
      Array(header.cells.dropFirst(skipped)),
      rows.dropFirst().map { Array($0.cells.dropFirst(skipped)) }
    )
  }

  private static func json(
    _ text: String, file: String
  ) throws(InputError) -> (attributes: [String], rows: [[String]]) {
    let document = JSONReader(try JSON.parse(Array(text.utf8), file: file), file: file)
    var list = document
    if case .object = document.value {
      let lists = try document.members().map(\.reader).filter { reader in
        guard case .array(let items) = reader.value, case .object = items.first else {
          return false
        }
        return true
      }
      guard lists.count == 1 else {
        throw document.failure("expected one list of objects, the formats, found \(lists.count)")
      }
      list = lists[0]
    }
    var attributes: [String] = []
    var rows: [[String]] = []
    for (index, item) in try list.items().enumerated() {
      let members = try item.members()
      if index == 0 { attributes = members.map(\.key) }
      guard Set(members.map(\.key)) == Set(attributes) else {
        throw item.failure("expected the attributes \(attributes.joined(separator: ", "))")
      }
      let texts = Dictionary(
        uniqueKeysWithValues: members.map { ($0.key, $0.reader.value.compact) })
      rows.append(attributes.map { texts[$0] ?? "" })
    }
    return (attributes, rows)
  }
}
