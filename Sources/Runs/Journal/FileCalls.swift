import Foundation

/// The system calls by which a journal is written; tests put faults in their place.
struct FileCalls: Sendable {
  enum Outcome: Sendable, Hashable {
    /// So many bytes were written, perhaps fewer than asked.
    case wrote(Int)
    /// The system's error number.
    case failed(Int32)
  }

  var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Outcome
  /// Waits until a file's content is on the disk; returns 0 or the error number.
  var sync: @Sendable (Int32) -> Int32

  static let system = FileCalls(
    write: { file, bytes in
      let written = Foundation.write(file, bytes.baseAddress, bytes.count)
      return written < 0 ? .failed(errno) : .wrote(written)
    },
    sync: { file in fdatasync(file) == 0 ? 0 : errno })
}

func systemReason(_ number: Int32) -> String { String(cString: strerror(number)) }
