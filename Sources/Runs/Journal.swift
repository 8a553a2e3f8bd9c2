package import Basics
import Foundation
import Synchronization

/// The append-only file of a run's answers: one line and one `write(2)` for each.
///
/// The first line names the schema, the study's digest and the model. Lines reach the disk at the end
/// of every batch (`flush`).
package final class Journal: Sendable {
  package static let schema = "formatspread.journal/1"

  package let path: String
  private let descriptor: Mutex<Int32>

  /// What a journal held when it was opened.
  package struct Contents: Sendable {
    /// The model that answered, by its own name; nil before the first answer.
    package var model: String?
    package var records: [EvaluationRecord] = []
    /// Whether an unfinished last line had to be cut off.
    package var wasTorn = false
  }

  /// Opens a journal for appending, creating it with its header when it does not exist.
  ///
  /// - Throws: `InputError` naming the file when it cannot be opened or written.
  package init(path: String, digest: String, model: String) throws(InputError) {
    self.path = path
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Self.failure(path, "cannot be opened for writing") }
    descriptor = Mutex(file)
    if lseek(file, 0, SEEK_END) == 0 {
      try write(
        .members([
          "schema": .string(Self.schema), "study": .string(digest), "model": .string(model),
        ]))
      try flush()
    }
  }

  deinit {
    descriptor.withLock { file in
      if file >= 0 { close(file) }
    }
  }

  package func append(_ record: EvaluationRecord) throws(InputError) {
    try write(record.json)
  }

  private func write(_ json: JSON) throws(InputError) {
    var line: [UInt8] = []
    json.write(to: &line)
    line.append(0x0A)
    let failure: Int32? = descriptor.withLock { file in
      var done = 0
      while done < line.count {
        let written = line.withUnsafeBytes { bytes in
          Foundation.write(file, bytes.baseAddress?.advanced(by: done), line.count - done)
        }
        if written >= 0 {
          done += written
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
    if let failure {
      errno = failure
      throw Self.failure(path, "cannot be written")
    }
  }

  /// Waits until everything written is on the disk.
  package func flush() throws(InputError) {
    let result = descriptor.withLock { fdatasync($0) }
    guard result == 0 || errno == EINVAL || errno == EROFS else {
      throw Self.failure(path, "cannot be flushed to the disk")
    }
  }

  private static func failure(_ path: String, _ what: String) -> InputError {
    InputError("\(path): \(what) (\(String(cString: strerror(errno))))")
  }

  // MARK: Reading

  /// Reads a journal and cuts off a last line that was never finished.
  ///
  /// - Parameters:
  ///   - path: The file; a missing one is an empty journal.
  ///   - digest: The study that the journal must belong to; nil accepts any.
  ///   - repairs: Whether a torn last line is cut off the file too.
  /// - Throws: `InputError` naming file and line for a foreign header or a damaged line.
  package static func read(
    _ path: String, digest: String?, repairs: Bool
  ) throws(InputError) -> Contents {
    var contents = Contents()
    guard FileManager.default.fileExists(atPath: path) else { return contents }
    let bytes = try TextFile.bytes(path)
    let end = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
    if end < bytes.count {
      contents.wasTorn = true
      if repairs, truncate(path, off_t(end)) != 0 {
        throw failure(path, "its unfinished last line cannot be cut off")
      }
    }
    var number = 0
    for line in bytes[..<end].split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      number += 1
      let place = "\(path):\(number)"
      let reader = JSONReader(try json(Array(line), place), file: place)
      if number == 1 {
        let header = try reader.members(known: ["schema", "study", "model"])
        let schema = try header.required("schema", in: reader)
        guard try schema.string() == Self.schema else {
          throw schema.failure(
            "unknown schema \(quoted(try schema.string())); this version reads '\(Self.schema)'")
        }
        let study = try header.required("study", in: reader)
        if let digest, try study.string() != digest {
          throw InputError("\(path): belongs to another study")
        }
        contents.model = try header.required("model", in: reader).string()
      } else {
        contents.records.append(try EvaluationRecord(reader))
      }
    }
    return contents
  }

  private static func json(_ line: [UInt8], _ place: String) throws(InputError) -> JSON {
    do {
      return try JSON.parse(line)
    } catch {
      throw InputError("\(place):\(error.column): damaged line: \(error.reason)")
    }
  }
}
