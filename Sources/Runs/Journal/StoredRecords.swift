package import Basics
import Foundation

/// The sound records of a journal, read again from the file whenever they are walked through, so that
/// their number does not matter.
package struct StoredRecords: Sequence, Sendable {
  private enum Source: Sendable {
    case memory([EvaluationRecord])
    /// The first so many bytes of a journal.
    case file(String, Int)
  }

  private let source: Source

  package init(_ records: [EvaluationRecord]) {
    source = .memory(records)
  }

  /// Walks through a journal once; later walks see the same records, even while others are added.
  ///
  /// - Parameters:
  ///   - path: The file; a missing one is an empty journal.
  ///   - digest: The study that the journal must belong to; nil accepts any.
  ///   - visit: Gets every record now.
  /// - Returns: The records, and everything but them.
  /// - Throws: As `Journal.forEachRecord`.
  package static func reading(
    _ path: String, digest: String?, _ visit: (EvaluationRecord) throws(InputError) -> Void
  ) throws(InputError) -> (records: StoredRecords, contents: Journal.Contents) {
    var method: String?
    var end = 0
    var contents = try Journal.walk(path, digest: digest) { line throws(InputError) in
      let record = try line.record()
      if method == nil, record.isAnswered { method = record.method }
      end = line.start + line.bytes.count + 1
      try visit(record)
    }
    contents.method = method
    return (StoredRecords(source: .file(path, end)), contents)
  }

  private init(source: Source) {
    self.source = source
  }

  package func makeIterator() -> Iterator {
    switch source {
    case .memory(let records): Iterator(records)
    case .file(let path, let end): Iterator(path, end)
    }
  }

  /// Visits the records of some formats, in order, without reading more of the others than whose they
  /// are.
  ///
  /// - Parameters:
  ///   - formats: Numbers of formats by the name of their task.
  ///   - visit: Gets their records.
  package func forEach(of formats: [String: Set<Int>], _ visit: (EvaluationRecord) -> Void) {
    var iterator = makeIterator()
    iterator.wanted = formats
    while let record = iterator.next() {
      if formats[record.task]?.contains(record.format) == true { visit(record) }
    }
  }

  package struct Iterator: IteratorProtocol {
    private var records: ArraySlice<EvaluationRecord>
    private let lines: LineReader?
    /// Formats by the name of their task; nil for all.
    fileprivate var wanted: [String: Set<Int>]?
    /// The task of the line before, as tasks come in long stretches.
    private var task: (name: [UInt8], formats: Set<Int>) = ([], [])

    fileprivate init(_ records: [EvaluationRecord]) {
      self.records = records[...]
      lines = nil
    }

    fileprivate init(_ path: String, _ end: Int) {
      records = []
      lines = LineReader(path, end)
    }

    package mutating func next() -> EvaluationRecord? {
      guard let lines else { return records.popFirst() }
      while true {
        // What is no record is left out: the first walk has said so.
        switch lines.next({ line in
          mayBeWanted(line) && JournalSeal.isSound(line)
            ? try? Journal.Line(bytes: line, place: "", start: 0).record() : nil
        }) {
        case .end: return nil
        case .line(let record?): return record
        case .line(nil): continue
        }
      }
    }

    /// False only for a line of another format, whatever the rest of it may be.
    private mutating func mayBeWanted(_ line: UnsafeRawBufferPointer) -> Bool {
      guard let wanted, let cell = RecordScanner(cellOf: line), !cell.task.hasEscape else {
        return true
      }
      let name = cell.bytes(of: cell.task)
      if !name.elementsEqual(task.name) || task.name.isEmpty {
        task = (Array(name), wanted[cell.string(cell.task)] ?? [])
      }
      return task.formats.contains(cell.format)
    }
  }
}

/// Reads the lines at the beginning of a file, block by block.
private final class LineReader {
  enum Step<Value> {
    case line(Value)
    case end
  }

  private let file: Int32
  /// Where the next block begins and the last line ends.
  private var rest: Range<Int>
  private var buffer: [UInt8] = []
  private var at = 0

  init(_ path: String, _ end: Int) {
    file = open(path, O_RDONLY | O_CLOEXEC)
    rest = 0..<(file >= 0 ? end : 0)
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
    guard !rest.isEmpty else { return false }
    let kept = buffer.count
    let wanted = Swift.min(1 << 20, rest.count)
    buffer.append(contentsOf: repeatElement(0, count: wanted))
    let count = buffer.withUnsafeMutableBytes {
      pread(file, $0.baseAddress?.advanced(by: kept), wanted, off_t(rest.lowerBound))
    }
    buffer.removeLast(wanted - Swift.max(0, count))
    guard count > 0 else {
      if count < 0, errno == EINTR { return true }
      rest = 0..<0
      return false
    }
    rest = (rest.lowerBound + count)..<rest.upperBound
    return true
  }
}
