import Foundation

/// A file that is written from beginning to end.
final class OutputFile {
  private let path: String
  private let file: Int32
  private var buffer: [UInt8] = []

  init(_ path: String, _ flags: Int32) throws(StorageError) {
    self.path = path
    file = open(path, flags | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system(path, "cannot be opened for writing", errno) }
  }

  deinit { close(file) }

  /// - Returns: What went wrong, if anything.
  func write(_ bytes: some Sequence<UInt8>) -> StorageError? {
    buffer.append(contentsOf: bytes)
    return buffer.count < 1 << 20 ? nil : drain()
  }

  /// As above, into a failure that is kept until all is written.
  func write(_ bytes: some Sequence<UInt8>, _ failure: inout StorageError?) {
    if failure == nil { failure = write(bytes) }
  }

  /// Brings everything to the disk.
  func finish() -> StorageError? {
    if let failure = drain() { return failure }
    return fsync(file) == 0 ? nil : .system(path, "cannot be brought to the disk", errno)
  }

  private func drain() -> StorageError? {
    defer { buffer.removeAll(keepingCapacity: true) }
    return buffer.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        switch FileCalls.system.write(file, UnsafeRawBufferPointer(rebasing: rest)) {
        case .wrote(let count): rest = rest.dropFirst(count)
        case .failed(EINTR): continue
        case .failed(let number): return .system(path, "cannot be written", number)
        }
      }
      return nil
    }
  }
}
