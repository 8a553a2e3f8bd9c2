import Foundation

extension Journal {
  /// Cuts an unfinished last line off and sets damaged lines aside.
  ///
  /// Damaged lines go to the end of `journal.damaged` beside the journal, each after its number; the
  /// journal is replaced as a whole by one without them, so that a fault in between loses nothing.
  /// - Throws: `StorageError` when the system refuses.
  static func repair(_ path: String, _ contents: Contents) throws {
    if !contents.damaged.isEmpty { try setAside(contents.damaged, of: path) }
    guard contents.wasTorn else { return }
    let extent = try LineBlocks.walk(path) { _, _ in }
    guard truncate(path, off_t(extent.lines)) == 0 else {
      throw StorageError.system(path, "its unfinished last line cannot be cut off", errno)
    }
  }

  /// The file for damaged lines of a journal.
  static func damagedFile(_ path: String) -> String {
    (path.hasSuffix(".jsonl") ? String(path.dropLast(6)) : path) + ".damaged"
  }

  private static func setAside(_ numbers: [Int], of path: String) throws {
    let damaged = Set(numbers)
    let aside = try Output(damagedFile(path), O_WRONLY | O_CREAT | O_APPEND)
    let sound = try Output(path + ".new", O_WRONLY | O_CREAT | O_TRUNC)
    var failure: StorageError?
    _ = try LineBlocks.walk(path) { number, line in
      guard failure == nil else { return }
      failure =
        damaged.contains(number)
        ? aside.write(Array("\(number): ".utf8) + line + [0x0A]) : sound.write(line + [0x0A])
    }
    failure = failure ?? aside.finish() ?? sound.finish()
    if let failure { throw failure }
    guard rename(path + ".new", path) == 0 else {
      throw StorageError.system(path, "cannot be replaced", errno)
    }
  }

  /// A file that is written from beginning to end.
  private final class Output {
    private let path: String
    private let file: Int32
    private var buffer: [UInt8] = []

    init(_ path: String, _ flags: Int32) throws(StorageError) {
      self.path = path
      file = open(path, flags | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw .system(path, "cannot be opened for writing", errno) }
    }

    deinit { close(file) }

    func write(_ bytes: some Sequence<UInt8>) -> StorageError? {
      buffer.append(contentsOf: bytes)
      return buffer.count < 1 << 20 ? nil : drain()
    }

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
}
