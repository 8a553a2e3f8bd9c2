import Basics
import Foundation

/// Keeps a second writer away from a run directory.
///
/// Advisory (`flock(2)` on the file `lock`), so it works between processes of one machine, and ends
/// with the process however that ends.
package final class RunLock: Sendable {
  let file: Int32
  /// False where the file system has no locks; then nothing keeps two writers apart.
  package let isEffective: Bool

  /// - Throws: `InputError` naming the process that writes the run now, `StorageError` when the lock's
  ///   file cannot be made.
  package init(_ directory: RunDirectory) throws {
    let path = directory.file("lock")
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw StorageError.system(path, "cannot be opened for writing", errno) }
    var result = flock(file, LOCK_EX | LOCK_NB)
    while result != 0, errno == EINTR { result = flock(file, LOCK_EX | LOCK_NB) }
    let reason = errno
    guard result == 0 || reason != EWOULDBLOCK else {
      let owner = Self.owner(file)
      close(file)
      throw InputError(
        "\(directory.path): is being written by another process"
          + (owner.map { " (\($0))" } ?? "") + "; wait until it ends, or give another --out")
    }
    self.file = file
    isEffective = result == 0
    // Only for the message above; a lock without its owner's number is as good.
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(file, 0)
    _ = pwrite(file, text, text.count, 0)
  }

  deinit {
    // A child process that was forked just now and has not become its program yet holds the file too;
    // closing it here alone would leave the lock with that child for a moment.
    _ = flock(file, LOCK_UN)
    close(file)
  }

  private static func owner(_ file: Int32) -> Int? {
    var buffer = [UInt8](repeating: 0, count: 32)
    let count = pread(file, &buffer, buffer.count, 0)
    let digits = buffer.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
