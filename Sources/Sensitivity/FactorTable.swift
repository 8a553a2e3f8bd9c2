package import Basics

/// What each format is made of: for each attribute the value that the format has.
package struct FactorTable: Sendable, Hashable {
  package let attributes: [String]
  /// The values of each attribute, in the order of their first appearance.
  package let values: [[String]]
  /// For each format the number of its value of each attribute.
  package let levels: [[Int]]

  /// - Precondition: Every row has one value for each attribute.
  package init(attributes: [String], rows: [[String]]) {
    self.attributes = attributes
    var values = [[String]](repeating: [], count: attributes.count)
    var numbers = [[String: Int]](repeating: [:], count: attributes.count)
    levels = rows.map { row in
      precondition(row.count == attributes.count, "a row has one value for each attribute")
      return row.indices.map { place in
        if let number = numbers[place][row[place]] { return number }
        let number = values[place].count
        numbers[place][row[place]] = number
        values[place].append(row[place])
        return number
      }
    }
    self.values = values
  }

  /// Reads comma-separated text with a header; each line is a format.
  ///
  /// A first column named `template` or `format` is its number and no attribute. A remark in
  /// parentheses behind an attribute's name and the ending `_index` are not part of the name.
  ///
  /// - Throws: `InputError` that names the file and the line.
  package init(csv bytes: [UInt8], file: String, formats: Int) throws(InputError) {
    let rows = try CSV(bytes, file: file).rows
    guard let header = rows.first else {
      throw InputError("\(file): empty; a header line with the attributes is expected")
    }
    let skipped = ["template", "format"].contains(header.cells[0]) ? 1 : 0
    for row in rows where row.cells.count != header.cells.count {
      throw InputError(
        "\(file):\(row.line): \(row.cells.count) values, but the header names "
          + "\(header.cells.count)")
    }
    guard rows.count - 1 == formats else {
      throw InputError("\(file): \(rows.count - 1) formats, but the matrix has \(formats) rows")
    }
    self.init(
      attributes: header.cells.dropFirst(skipped).map(Self.name),
      rows: rows.dropFirst().map { Array($0.cells.dropFirst(skipped)) })
  }

  private static func name(_ cell: String) -> String {
    var name = cell
    if let remark = name.firstIndex(of: "(") { name = String(name[..<remark]) }
    while name.last == " " { name.removeLast() }
    return name.hasSuffix("_index") ? String(name.dropLast(6)) : name
  }

  /// The rows of some formats only, in the given order.
  package func selecting(_ formats: [Int]) -> FactorTable {
    FactorTable(
      attributes: attributes,
      rows: formats.map { format in
        attributes.indices.map { values[$0][levels[format][$0]] }
      })
  }

  /// The attributes in which two formats differ.
  func differences(_ a: Int, _ b: Int) -> [Int] {
    attributes.indices.filter { levels[a][$0] != levels[b][$0] }
  }

  /// Pairs of formats that differ in exactly one attribute, by first then second format.
  func edges() -> [(first: Int, second: Int, attribute: Int)] {
    var edges: [(first: Int, second: Int, attribute: Int)] = []
    for first in levels.indices {
      for second in levels.indices where second > first {
        var attribute: Int?
        var isOne = true
        for place in attributes.indices where levels[first][place] != levels[second][place] {
          if attribute != nil {
            isOne = false
            break
          }
          attribute = place
        }
        if isOne, let attribute { edges.append((first, second, attribute)) }
      }
    }
    return edges
  }
}
