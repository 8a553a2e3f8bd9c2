package import Basics
import Foundation

/// The sound records of a journal, read again from the file whenever they are walked through, so that
/// their number does not matter.
package struct StoredRecords: Sequence, Sendable {
  private enum Source: Sendable {
    case memory([EvaluationRecord])
    /// Stretches of whole lines.
    case file(String, [Range<Int>])
  }

  private let source: Source

  package init(_ records: [EvaluationRecord]) {
    source = .memory(records)
  }

  private init(_ path: String, _ stretches: [Range<Int>]) {
    source = .file(path, stretches)
  }

  /// A journal's records by their tasks.
  package struct Index: Sendable {
    /// All records, in the order in which they were written.
    package let all: StoredRecords
    private let tasks: [String: StoredRecords]
    /// Everything but the records.
    package let contents: Journal.Contents

    /// The records of one task, in the order in which they were written.
    package func of(_ task: String) -> StoredRecords { tasks[task] ?? StoredRecords([]) }

    fileprivate init(
      _ path: String, _ stretches: [String: [Range<Int>]], end: Int, _ contents: Journal.Contents
    ) {
      all = StoredRecords(path, [0..<end])
      tasks = stretches.mapValues { StoredRecords(path, $0) }
      self.contents = contents
    }
  }

  /// Walks through a journal once and notes where the records of each task stand.
  ///
  /// - Parameters:
  ///   - path: The file; a missing one is an empty journal.
  ///   - digest: The study that the journal must belong to; nil accepts any.
  ///   - visit: Gets every record.
  /// - Returns: The records by their tasks.
  /// - Throws: As `Journal.forEachRecord`.
  package static func index(
    _ path: String, digest: String?, _ visit: (EvaluationRecord) throws(InputError) -> Void
  ) throws(InputError) -> Index {
    var stretches: [String: [Range<Int>]] = [:]
    var task = ""
    var open = 0..<0
    var method: String?
    var contents = try Journal.walk(path, digest: digest) { line throws(InputError) in
      let record = try line.record()
      if method == nil, record.isCorrect != nil { method = record.method }
      let end = line.start + line.bytes.count + 1
      if record.task == task, open.upperBound == line.start {
        open = open.lowerBound..<end
      } else {
        if !open.isEmpty { stretches[task, default: []].append(open) }
        task = record.task
        open = line.start..<end
      }
      try visit(record)
    }
    if !open.isEmpty { stretches[task, default: []].append(open) }
    contents.method = method
    let end = stretches.values.joined().map(\.upperBound).max() ?? 0
    return Index(path, stretches, end: end, contents)
  }

  package func makeIterator() -> Iterator {
    switch source {
    case .memory(let records): Iterator(records)
    case .file(let path, let stretches): Iterator(path, stretches)
    }
  }

  package struct Iterator: IteratorProtocol {
    private var records: ArraySlice<EvaluationRecord>
    private let lines: StretchReader?

    fileprivate init(_ records: [EvaluationRecord]) {
      self.records = records[...]
      lines = nil
    }

    fileprivate init(_ path: String, _ stretches: [Range<Int>]) {
      records = []
      lines = StretchReader(path, stretches)
    }

    package mutating func next() -> EvaluationRecord? {
      guard let lines else { return records.popFirst() }
      while true {
        // What is no record is left out: the first walk has said so.
        switch lines.next({ line in
          JournalSeal.isSound(line)
            ? try? Journal.Line(bytes: line, place: "", start: 0).record() : nil
        }) {
        case .end: return nil
        case .line(let record?): return record
        case .line(nil): continue
        }
      }
    }
  }
}

/// Reads the lines of stretches of a file, block by block.
private final class StretchReader {
  enum Step<Value> {
    case line(Value)
    case end
  }

  private let file: Int32
  private var stretches: ArraySlice<Range<Int>>
  /// Where the next block begins and the stretch ends.
  private var rest = 0..<0
  private var buffer: [UInt8] = []
  private var at = 0

  init(_ path: String, _ stretches: [Range<Int>]) {
    file = open(path, O_RDONLY | O_CLOEXEC)
    self.stretches = file >= 0 ? stretches[...] : []
  }

  deinit { if file >= 0 { close(file) } }

  func next<Value>(_ read: (UnsafeRawBufferPointer) -> Value) -> Step<Value> {
    while true {
      let end = buffer.withUnsafeBytes { bytes -> Int? in
        guard let base = bytes.baseAddress, at < bytes.count,
          let found = memchr(base + at, 0x0A, bytes.count - at)
        else { return nil }
        return UnsafeRawPointer(found) - base
      }
      if let end {
        let value = buffer.withUnsafeBytes { read(UnsafeRawBufferPointer(rebasing: $0[at..<end])) }
        at = end + 1
        return .line(value)
      }
      guard fill() else { return .end }
    }
  }

  /// Reads the next block below what is left of the last one.
  private func fill() -> Bool {
    buffer.removeSubrange(..<at)
    at = 0
    while rest.isEmpty {
      guard let next = stretches.popFirst() else { return false }
      rest = next
    }
    let kept = buffer.count
    let wanted = Swift.min(1 << 20, rest.count)
    buffer.append(contentsOf: repeatElement(0, count: wanted))
    let count = buffer.withUnsafeMutableBytes {
      pread(file, $0.baseAddress?.advanced(by: kept), wanted, off_t(rest.lowerBound))
    }
    buffer.removeLast(wanted - Swift.max(0, count))
    guard count > 0 else {
      stretches = []
      rest = 0..<0
      return count < 0 && errno == EINTR
    }
    rest = (rest.lowerBound + count)..<rest.upperBound
    return true
  }
}
