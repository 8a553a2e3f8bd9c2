import Basics

/// A random sample of records of fixed size, drawn while they pass by.
///
/// Every record gets a random key and those with the smallest keys are kept: a uniform sample without
/// replacement, the same for the same seed (bottom-k sampling; Cohen and Kaplan, 2007). When the texts kept
/// would take more than `bytes`, the sample is made half as large.
struct RecordSample {
  private(set) var limit: Int
  /// Bytes of text held at most, about.
  let bytes: Int
  private(set) var seen = 0
  private var generator: SeededGenerator
  private var kept: [(key: UInt64, index: Int, record: Record)] = []
  private var held = 0
  private var threshold = UInt64.max
  private(set) var wasShrunk = false

  init(limit: Int, bytes: Int = 64 << 20, seed: UInt64) {
    self.limit = limit
    self.bytes = bytes
    generator = SeededGenerator(seed: seed, stream: "import")
  }

  mutating func add(_ record: Record) {
    let key = generator.next()
    let index = seen
    seen += 1
    guard key <= threshold else { return }
    kept.append((key, index, record))
    held += record.size
    while held > bytes, kept.count > 1 {
      limit = max(1, min(limit, kept.count) / 2)
      wasShrunk = true
      cut()
    }
    if kept.count >= 2 * limit { cut() }
  }

  /// Keeps the `limit` records with the smallest keys.
  private mutating func cut() {
    guard kept.count > limit else { return }
    kept.sort { ($0.key, $0.index) < ($1.key, $1.index) }
    for entry in kept[limit...] { held -= entry.record.size }
    kept.removeSubrange(limit...)
    threshold = kept.last?.key ?? UInt64.max
  }

  /// The sample in the order of the file.
  var records: [Record] {
    var all = self
    all.cut()
    return all.kept.sorted { $0.index < $1.index }.map(\.record)
  }
}
