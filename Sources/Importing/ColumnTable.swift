import Basics

/// What is known of the columns over all records, and a sample of the records.
struct ColumnTable {
  private(set) var columns: [Column] = []
  private var positions: [String: Int] = [:]
  private(set) var sample: RecordSample
  private(set) var rows = 0

  struct Column {
    let name: String
    var texts = 0
    var lists = 0
    /// How often each short text occurs, while there are at most `mostDistinct`.
    var counts: [String: Int] = [:]
    /// Whether there were more distinct texts, or long ones.
    var isOpen = false

    /// The distinct texts: numbers by value, then texts by code point.
    var distinct: [String] {
      counts.keys.sorted { a, b in
        switch (Double(a), Double(b)) {
        case (let x?, let y?): x != y ? x < y : a < b
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
        }
      }
    }
  }

  static let mostDistinct = 1_000
  private static let mostColumns = 1_000

  init(limit: Int, seed: UInt64) {
    sample = RecordSample(limit: limit, seed: seed)
  }

  mutating func add(_ record: Record) throws(InputError) {
    rows += 1
    for (name, value) in record.fields {
      let index = positions[name] ?? columns.count
      if index == columns.count {
        guard columns.count < Self.mostColumns else {
          throw InputError(
            "\(record.place): more than \(Self.mostColumns) different keys; keep those that the "
              + "template shows")
        }
        positions[name] = index
        columns.append(Column(name: name))
      }
      columns[index].count(value)
    }
    sample.add(record)
  }

  subscript(name: String) -> Column? {
    positions[name].map { columns[$0] }
  }

  var names: [String] { columns.map(\.name) }
}

extension ColumnTable.Column {
  mutating func count(_ value: Record.Value) {
    guard case .text(let text) = value else {
      lists += 1
      return
    }
    texts += 1
    guard !isOpen else { return }
    let label = text.trimmed
    // Longer texts are no labels.
    guard label.utf8.count <= 256 else {
      isOpen = true
      return
    }
    counts[label, default: 0] += 1
    if counts.count > ColumnTable.mostDistinct { isOpen = true }
  }
}
