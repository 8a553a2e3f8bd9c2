import Basics
import Foundation
import Synchronization

/// The append-only file of a run's answers: one line and one `write(2)` for each.
///
/// The first line names the schema, the study's digest and the model; every line ends with a checksum
/// (``JournalSeal``). What was written reaches the disk at the end of every batch (`flush`) and at most
/// a second after it was written. After a failed write nothing more is written, so that only the last
/// line can be unfinished.
package final class Journal: Sendable {
  package static let schema = "formatspread.journal/1"

  /// Seconds between two visits to the disk; with the visit's own time it stays below one second.
  private static let interval = 0.5

  package let path: String
  private let calls: FileCalls
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "journal")

  private struct State {
    var file: Int32
    /// Bytes up to the end of the last whole line.
    var length: Int64
    var isOnDisk = true
    var failure: StorageError?
  }

  /// Opens a journal for appending, creating it with its header when it does not exist.
  ///
  /// - Parameters:
  ///   - path: The file; a torn last line has been cut off before.
  ///   - digest: The study's.
  ///   - model: The model that answers, by its own name.
  /// - Throws: `StorageError` naming the file when it cannot be opened or written.
  package convenience init(path: String, digest: String, model: String) throws(StorageError) {
    try self.init(path: path, digest: digest, model: model, calls: .system)
  }

  init(path: String, digest: String, model: String, calls: FileCalls) throws(StorageError) {
    self.path = path
    self.calls = calls
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system(path, "cannot be opened for writing", errno) }
    let length = Int64(lseek(file, 0, SEEK_END))
    state = Mutex(State(file: file, length: length))
    if length == 0 {
      try write(Self.headerJSON(digest: digest, model: model))
      try flush()
    }
    visitDiskLater()
  }

  deinit {
    state.withLock { _ = close($0.file) }
  }

  /// Writes one line.
  ///
  /// - Throws: `StorageError`, now and at every later call, when the system refuses.
  package func append(_ record: EvaluationRecord) throws(StorageError) {
    try write(record.json)
  }

  private static func headerJSON(digest: String, model: String) -> JSON {
    .members([
      "schema": .string(Self.schema), "study": .string(digest), "model": .string(model),
    ])
  }

  /// The first line of a journal, with its newline.
  static func header(digest: String, model: String) -> [UInt8] {
    sealed(headerJSON(digest: digest, model: model))
  }

  private static func sealed(_ json: JSON) -> [UInt8] {
    var line: [UInt8] = []
    json.write(to: &line)
    JournalSeal.close(&line)
    line.append(0x0A)
    return line
  }

  private func write(_ json: JSON) throws(StorageError) {
    let line = Self.sealed(json)
    let failure: StorageError? = state.withLock { state in
      if let failure = state.failure { return failure }
      if let number = writeAll(line, to: state.file) {
        // A line that stays unfinished, because this fails too, is cut off at the next opening.
        _ = ftruncate(state.file, off_t(state.length))
        state.failure = .system(path, "cannot be written", number)
        return state.failure
      }
      state.length += Int64(line.count)
      state.isOnDisk = false
      return nil
    }
    if let failure { throw failure }
  }

  /// - Returns: The error number when not all could be written.
  private func writeAll(_ line: [UInt8], to file: Int32) -> Int32? {
    line.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        switch calls.write(file, UnsafeRawBufferPointer(rebasing: rest)) {
        case .wrote(let count): rest = rest.dropFirst(count)
        case .failed(EINTR): continue
        case .failed(let number): return number
        }
      }
      return nil
    }
  }

  /// Waits until everything written is on the disk.
  ///
  /// - Throws: `StorageError` when the disk fails, when the file was deleted, or when an earlier call
  ///   failed.
  package func flush() throws(StorageError) {
    let (file, isOnDisk, failure) = state.withLock { state in
      let before = state.isOnDisk
      state.isOnDisk = true
      return (state.file, before, state.failure)
    }
    if let failure { throw failure }
    if isOnDisk { return }
    // Outside the lock, because answers go on arriving while a slow disk works.
    guard let failure = visitDisk(file) else { return }
    state.withLock { $0.failure = $0.failure ?? failure }
    throw failure
  }

  private func visitDisk(_ file: Int32) -> StorageError? {
    var number = calls.sync(file)
    while number == EINTR { number = calls.sync(file) }
    // Files that cannot be synchronised, such as pipes, have nothing to wait for.
    guard number == 0 || number == EINVAL || number == EROFS else {
      return .system(path, "cannot be brought to the disk", number)
    }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_nlink == 0 else { return nil }
    return StorageError("\(path): was deleted during the run")
  }

  private func visitDiskLater() {
    queue.asyncAfter(deadline: .now() + Self.interval) { [weak self] in
      guard let self else { return }
      // A failure is thrown by the next call that can throw.
      try? flush()
      visitDiskLater()
    }
  }
}
