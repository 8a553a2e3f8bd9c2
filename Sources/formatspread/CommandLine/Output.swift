import Foundation

/// Standard output is for data, standard error for everything else.
enum Output {
  /// - Returns: Whether all of it could be written; false when the reader went away.
  @discardableResult
  static func data(_ text: String) -> Bool { write(text, STDOUT_FILENO) }

  static func line(_ text: String) { _ = write(text + "\n", STDERR_FILENO) }

  static func raw(_ text: String) { _ = write(text, STDERR_FILENO) }

  private static func write(_ text: String, _ descriptor: Int32) -> Bool {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if written < 0 {
        guard errno == EINTR || errno == EAGAIN else { return false }
        continue
      }
      done += written
    }
    return true
  }
}
