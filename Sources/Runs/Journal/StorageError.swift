/// The system refuses to keep a run's answers: disk full, read-only, directory gone.
///
/// The command line ends with status 3; the journal still opens, and the run can be continued.
package struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One line that names the file and the cause.
  package let message: String

  package init(_ message: String) {
    self.message = message
  }

  package var description: String { message }

  static func system(_ path: String, _ what: String, _ number: Int32) -> StorageError {
    StorageError("\(path): \(what) (\(systemReason(number)))")
  }
}
