import Basics

/// Reads a table cell by cell (RFC 4180) from bytes that arrive in pieces.
///
/// Quoted cells may hold separators, quotes and line breaks. Lines end with LF, CRLF or CR; blank ones are
/// passed over. Memory is that of one row, which may have at most `longestRow` bytes.
struct CSVScanner {
  let file: String
  let separator: UInt8
  private var state = State.startOfCell
  private var cell: [UInt8] = []
  private var cells: [String] = []
  private var rowBytes = 0
  private var line = 1
  private var rowLine = 1
  private var quoteLine = 1
  private var sawReturn = false

  /// Enough for a novel, and a quote that is never closed is noticed before the memory is full.
  static let longestRow = 16 << 20

  private enum State {
    case startOfCell
    case plain
    case quoted
    /// Behind a quote inside a quoted cell: its end, or half of a doubled quote.
    case quoteInQuoted
  }

  init(file: String, separator: UInt8) {
    self.file = file
    self.separator = separator
  }

  /// Calls `row` with the line (from 1) on which a row begins, and its cells.
  mutating func feed(
    _ bytes: ArraySlice<UInt8>, row: (Int, [String]) throws(InputError) -> Void
  ) throws(InputError) {
    for byte in bytes {
      if sawReturn {
        sawReturn = false
        if byte == 0x0A { continue }
      }
      try take(byte, row)
    }
  }

  private mutating func take(
    _ byte: UInt8, _ row: (Int, [String]) throws(InputError) -> Void
  ) throws(InputError) {
    let quote = UInt8(ascii: "\"")
    switch state {
    case .quoted:
      if byte == quote {
        state = .quoteInQuoted
        return
      }
      if byte == 0x0A { line += 1 }
      return try append(byte)
    case .quoteInQuoted:
      if byte == quote {
        state = .quoted
        return try append(byte)
      }
      guard byte == separator || byte == 0x0A || byte == 0x0D else {
        throw InputError(
          "\(file):\(line): text after the closing quote of a cell; write a quote inside a cell twice"
        )
      }
    case .startOfCell where byte == quote:
      state = .quoted
      quoteLine = line
      return
    case .startOfCell, .plain: break
    }
    switch byte {
    case separator:
      try endCell()
    case 0x0A, 0x0D:
      sawReturn = byte == 0x0D
      try endRow(row)
      line += 1
      rowLine = line
    default:
      state = .plain
      try append(byte)
    }
  }

  private mutating func append(_ byte: UInt8) throws(InputError) {
    cell.append(byte)
    rowBytes += 1
    guard rowBytes <= Self.longestRow else {
      throw InputError(
        "\(file):\(rowLine): a row of more than \(Self.longestRow >> 20) MB"
          + (state == .quoted ? "; is the quote of line \(quoteLine) never closed?" : ""))
    }
  }

  private mutating func endCell() throws(InputError) {
    guard let text = String(validating: cell, as: UTF8.self) else {
      throw Encoding.failure(cell, at: "\(file):\(rowLine)")
    }
    cells.append(text)
    cell.removeAll(keepingCapacity: true)
    state = .startOfCell
  }

  private mutating func endRow(
    _ row: (Int, [String]) throws(InputError) -> Void
  ) throws(InputError) {
    let isQuoted = state == .quoteInQuoted
    try endCell()
    if cells.count > 1 || isQuoted || !cells[0].isEmpty { try row(rowLine, cells) }
    cells.removeAll(keepingCapacity: true)
    rowBytes = 0
  }

  /// The last row, where the file does not end with a line break.
  mutating func finish(_ row: (Int, [String]) throws(InputError) -> Void) throws(InputError) {
    guard state != .quoted else {
      throw InputError("\(file):\(quoteLine): a quote that is never closed")
    }
    if !cell.isEmpty || !cells.isEmpty || state == .quoteInQuoted { try endRow(row) }
  }
}

/// How a file that is not UTF-8 is refused.
enum Encoding {
  /// Refuses UTF-16 by its byte-order mark or by zero bytes, and passes over the mark of UTF-8.
  ///
  /// - Parameters:
  ///   - start: The first bytes of the file.
  ///   - file: Its name.
  /// - Returns: How many bytes to pass over.
  /// - Throws: `InputError` with a command that converts the file.
  static func begin(_ start: [UInt8], file: String) throws(InputError) -> Int {
    let isMarked = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
    if isMarked || start.prefix(256).contains(0) {
      throw InputError(
        "\(file): \(isMarked ? "is" : "has zero bytes, so it may be") UTF-16; save it as UTF-8, for "
          + "example with: iconv -f UTF-16 -t UTF-8")
    }
    return start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The message for text that is not UTF-8, with its first wrong byte.
  static func failure(_ bytes: [UInt8], at place: String) -> InputError {
    var end = 0
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    decoding: while true {
      switch decoder.decode(&rest) {
      case .scalarValue(let scalar): end += UTF8.width(scalar)
      case .emptyInput, .error: break decoding
      }
    }
    let byte = end < bytes.count ? String(bytes[end], radix: 16, uppercase: true) : "?"
    return InputError(
      "\(place): not valid UTF-8 (byte 0x\(byte)); save the file as UTF-8, for example with: "
        + "iconv -f WINDOWS-1252 -t UTF-8")
  }
}
