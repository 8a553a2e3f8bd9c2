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
    let aside = try OutputFile(damagedFile(path), O_WRONLY | O_CREAT | O_APPEND)
    let sound = try OutputFile(path + ".new", O_WRONLY | O_CREAT | O_TRUNC)
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
}
