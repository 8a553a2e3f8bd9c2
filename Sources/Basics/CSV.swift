/// A table of comma-separated values (RFC 4180): quoted cells may hold commas, quotes and line breaks.
package struct CSV: Sendable, Hashable {
  /// A row with the line (from 1) on which it begins.
  package struct Row: Sendable, Hashable {
    package let line: Int
    package let cells: [String]
  }

  package let rows: [Row]

  /// Reads a whole file; blank lines are passed over, a byte-order mark too.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8.
  ///   - file: The file's name, for messages.
  ///   - separator: Between cells.
  /// - Throws: `InputError` naming the line of a quote that is never closed or is followed by text, or
  ///   of a cell that is not UTF-8.
  package init(
    _ bytes: [UInt8], file: String, separator: UInt8 = UInt8(ascii: ",")
  ) throws(InputError) {
    let quote = UInt8(ascii: "\"")
    var rows: [Row] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var line = 1
    var rowLine = 1
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    func finish() throws(InputError) {
      guard let text = String(validating: cell, as: UTF8.self) else {
        throw InputError("\(file):\(rowLine): a cell is not valid UTF-8")
      }
      cells.append(text)
      cell.removeAll(keepingCapacity: true)
    }
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case quote where cell.isEmpty:
        let opening = line
        while true {
          guard at < bytes.count else {
            throw InputError("\(file):\(opening): a quote that is never closed")
          }
          let inner = bytes[at]
          at += 1
          if inner == quote {
            guard at < bytes.count, bytes[at] == quote else { break }
            at += 1
          }
          if inner == 0x0A { line += 1 }
          cell.append(inner)
        }
        guard at == bytes.count || [separator, 0x0A, 0x0D].contains(bytes[at]) else {
          throw InputError("\(file):\(line): text after a closing quote")
        }
      case separator: try finish()
      case 0x0D where at < bytes.count && bytes[at] == 0x0A: break
      case 0x0A:
        try finish()
        if cells != [""] { rows.append(Row(line: rowLine, cells: cells)) }
        cells = []
        line += 1
        rowLine = line
      default: cell.append(byte)
      }
    }
    if !cell.isEmpty || !cells.isEmpty {
      try finish()
      rows.append(Row(line: rowLine, cells: cells))
    }
    self.rows = rows
  }
}
