import Basics

/// Turns the bytes of files into records, whatever their shape.
struct RecordReader {
  private let kind: ImportKind
  private let settings: ImportSettings
  private var file = ""
  private var start: [UInt8] = []
  private var scanner: Scanner?
  private var header: [String]?
  private var ragged = Tally()
  /// Columns of a file that is an object of lists.
  private var columns: [(name: String, cells: [JSON])] = []
  private var columnBytes = 0
  private var rowMember: String?
  /// Names of the values 0, 1, 2 … of columns, where the file tells them.
  private(set) var labelNames: [String: [String]] = [:]
  private(set) var notes: [String] = []

  private enum Scanner {
    case table(CSVScanner)
    case lines(LineScanner)
    case document(JSONScanner)
  }

  /// Enough of a file to tell its shape.
  private static let sniffed = 1 << 16
  private static let mostColumns = 1_000
  private static let largestColumns = 64 << 20

  init(_ kind: ImportKind, _ settings: ImportSettings) {
    self.kind = kind
    self.settings = settings
  }

  typealias Take = (Record) throws(InputError) -> Void

  mutating func begin(_ file: String) {
    self.file = file
    start = []
    scanner = nil
    header = nil
    columns = []
    columnBytes = 0
    rowMember = nil
  }

  mutating func feed(_ bytes: ArraySlice<UInt8>, _ take: Take) throws(InputError) {
    guard scanner == nil else { return try scan(bytes, take) }
    start += bytes
    if start.count >= Self.sniffed { try open(take) }
  }

  mutating func end(_ take: Take) throws(InputError) {
    if scanner == nil { try open(take) }
    switch scanner {
    case .table(var table):
      try table.finish { line, cells throws(InputError) in try row(line, cells, take) }
      if header == nil { throw InputError("\(file): the file is empty") }
    case .lines(var lines):
      try lines.finish { line, bytes throws(InputError) in try object(line, bytes, take) }
    case .document(var document):
      try document.finish()
      try endColumns(take)
    case nil: break
    }
    scanner = nil
    if ragged.count > 0 {
      notes.append(
        "left out \(ragged.text("row")) with another number of cells than the first row has")
      ragged = Tally()
    }
  }

  /// Chooses how to read the file from its first bytes.
  private mutating func open(_ take: Take) throws(InputError) {
    let skipped = try Encoding.begin(start, file: file)
    let first = start[skipped...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard let first else { throw InputError("\(file): the file is empty") }
    switch kind {
    case .csv, .tsv, .mmlu:
      let separator = settings.separator ?? UInt8(ascii: kind == .tsv ? "\t" : ",")
      scanner = .table(CSVScanner(file: file, separator: separator))
    case .jsonl, .lmEval:
      scanner = .lines(LineScanner(file: file))
    case .json, .bbh, .naturalInstructions, .instructionInduction:
      scanner = .document(JSONScanner(file: file))
    case .huggingface:
      scanner =
        first == UInt8(ascii: "{") && isLines(start[skipped...])
        ? .lines(LineScanner(file: file)) : .document(JSONScanner(file: file))
    }
    let buffered = start
    start = []
    try scan(buffered[skipped...], take)
  }

  /// Whether the first line is a whole object that is a row.
  private func isLines(_ bytes: ArraySlice<UInt8>) -> Bool {
    let line = bytes.split(separator: 0x0A, maxSplits: 1).first ?? bytes
    guard case .object(let object) = try? JSON.parse(Array(line)) else {
      // A first row that is longer than what was read so far can only be one of many lines.
      return !bytes.contains(0x0A) && bytes.count >= Self.sniffed
        && !bytes.starts(with: "{\"features".utf8)
    }
    return object["rows"] == nil && object["data"] == nil
  }

  private mutating func scan(_ bytes: ArraySlice<UInt8>, _ take: Take) throws(InputError) {
    switch scanner {
    case .table(var table):
      try table.feed(bytes) { line, cells throws(InputError) in try row(line, cells, take) }
      scanner = .table(table)
    case .lines(var lines):
      try lines.feed(bytes) { line, bytes throws(InputError) in try object(line, bytes, take) }
      scanner = .lines(lines)
    case .document(var document):
      try document.feed(bytes) { item throws(InputError) in try self.item(item, take) }
      scanner = .document(document)
    case nil: break
    }
  }

  // MARK: Tables

  private mutating func row(_ line: Int, _ cells: [String], _ take: Take) throws(InputError) {
    guard let names = header else {
      let isHeader = settings.hasHeader ?? (kind != .mmlu || Self.namesQuestion(cells))
      header = try isHeader ? named(cells, line) : unnamed(cells, line)
      if !isHeader { try row(line, cells, take) }
      return
    }
    guard cells.count == names.count else {
      ragged.add("\(file):\(line)")
      return
    }
    var record = Record(place: "\(file):\(line)")
    for (name, cell) in zip(names, cells) where !cell.isBlank {
      record[name] = Self.value(cell)
    }
    try take(record)
  }

  /// A list that was written into a cell as JSON, or the cell's text.
  private static func value(_ cell: String) -> Record.Value {
    if cell.utf8.starts(with: "[\"".utf8), cell.utf8.last == UInt8(ascii: "]"),
      case .array(let items) = try? JSON.parse(cell)
    {
      let texts = items.compactMap(Record.text)
      if texts.count == items.count { return .list(texts) }
    }
    return .text(cell)
  }

  private static func namesQuestion(_ cells: [String]) -> Bool {
    let names = cells.map { $0.trimmed.lowercased() }
    return names.contains("question") || names.contains("answer")
  }

  private func named(_ cells: [String], _ line: Int) throws(InputError) -> [String] {
    var names: [String] = []
    for (index, cell) in cells.enumerated() {
      let name = Record.fieldName(cell)
      let unique = name.isEmpty ? "column\(index + 1)" : name
      guard !names.contains(unique) else {
        throw InputError("\(file):\(line): the column \(quoted(unique)) occurs twice")
      }
      names.append(unique)
    }
    try checkCount(names, line, cells)
    return names
  }

  private func unnamed(_ cells: [String], _ line: Int) throws(InputError) -> [String] {
    if kind == .mmlu, cells.count == 6 { return ["question", "A", "B", "C", "D", "answer"] }
    guard kind != .mmlu else {
      throw InputError(
        "\(file):\(line): expected 6 cells (question, A, B, C, D, answer), found \(cells.count)")
    }
    let names = cells.indices.map { "column\($0 + 1)" }
    try checkCount(names, line, cells)
    return names
  }

  private func checkCount(_ names: [String], _ line: Int, _ cells: [String]) throws(InputError) {
    guard names.count <= Self.mostColumns else {
      throw InputError(
        "\(file):\(line): \(names.count) columns; at most \(Self.mostColumns) are read")
    }
    guard names.count == 1, let cell = cells.first else { return }
    for (mark, name) in [(";", "';'"), ("\t", "a tab"), ("|", "'|'"), (",", "a comma")]
    where cell.contains(mark) {
      throw InputError(
        "\(file):\(line): one column only; are cells separated by \(name)? then give --separator "
          + (mark == "\t" ? "'\\t'" : "'\(mark)'"))
    }
  }

  // MARK: JSON

  private mutating func object(_ line: Int, _ bytes: [UInt8], _ take: Take) throws(InputError) {
    let value: JSON
    do {
      value = try JSON.parse(bytes)
    } catch {
      throw InputError("\(file):\(line):\(error.column): not valid JSON: \(error.reason)")
    }
    guard case .object(let object) = value else {
      throw InputError("\(file):\(line): expected an object on every line, found \(value.kind)")
    }
    try checkKeys(object, "\(file):\(line)")
    try take(record(object, "\(file):\(line)"))
  }

  private func checkKeys(_ object: JSONObject, _ place: String) throws(InputError) {
    guard object.keys.count <= Self.mostColumns else {
      throw InputError(
        "\(place): \(object.keys.count) keys; at most \(Self.mostColumns) are read")
    }
  }

  private func record(_ object: JSONObject, _ place: String) -> Record {
    kind == .lmEval ? SampleLog.record(object, place: place) : Record(object, place: place)
  }

  private mutating func item(_ item: JSONScanner.Item, _ take: Take) throws(InputError) {
    guard item.index != nil else { return }
    if let rows = settings.rows, item.member != rows { return }
    guard case .object(let object) = item.value else { return try cell(item) }
    if item.member == "features" { return readFeature(object) }
    if let member = item.member {
      if let known = rowMember, known != member {
        throw InputError(
          "\(item.place): rows in '\(known)' and in '\(member)'; name one with --rows \(known)")
      }
      rowMember = member
    }
    try checkKeys(object, item.place)
    // The viewer's interface wraps each row.
    if case .object(let row) = object["row"] { return try take(record(row, item.place)) }
    try take(record(object, item.place))
  }

  /// A value of a column, where the file is an object of columns.
  private mutating func cell(_ item: JSONScanner.Item) throws(InputError) {
    guard let member = item.member else {
      throw InputError("\(item.place): expected an object, found \(item.value.kind)")
    }
    if columns.last?.name != member { columns.append((member, [])) }
    columns[columns.count - 1].cells.append(item.value)
    columnBytes += item.value.compact.utf8.count + 16
    guard columnBytes <= Self.largestColumns, columns.count <= Self.mostColumns else {
      throw InputError(
        "\(file): columns of more than \(Self.largestColumns >> 20) MB; export the data row by row, as "
          + "JSON lines")
    }
  }

  private mutating func endColumns(_ take: Take) throws(InputError) {
    guard rowMember == nil, let longest = columns.map(\.cells.count).max(), longest > 0 else {
      return
    }
    // Lists beside the columns, such as the names of the authors, are shorter.
    let whole = columns.filter { $0.cells.count == longest }
    guard whole.count > 1 else { return }
    for index in 0..<longest {
      var object = JSONObject()
      for column in whole { object[column.name] = column.cells[index] }
      try take(record(object, "\(file): row \(index)"))
    }
    columns = []
  }

  /// The names of a label's values, as the hub's viewer gives them.
  private mutating func readFeature(_ object: JSONObject) {
    guard case .string(let name) = object["name"], case .object(let type) = object["type"],
      case .array(let items) = type["names"]
    else { return }
    let names = items.compactMap(Record.text)
    if names.count == items.count { labelNames[Record.fieldName(name)] = names }
  }
}

/// How often something happened, and where it did first.
struct Tally {
  private(set) var count = 0
  private(set) var places: [String] = []

  mutating func add(_ place: String) {
    count += 1
    if places.count < 5 { places.append(place) }
  }

  /// As in `3 rows (data.csv:2, data.csv:7, data.csv:9)`.
  func text(_ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s") (\(places.joined(separator: ", "))"
      + "\(count > places.count ? ", …" : ""))"
  }
}
