package import Basics
import Foundation

/// A secret for a model server: used in a header, never shown, compared, encoded or stored.
package struct APIKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  private let secret: String

  package init(_ secret: String) throws(InputError) {
    let trimmed = secret.stripped(of: [" ", "\n", "\r", "\t"])
    guard !trimmed.isEmpty, trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw InputError(
        "API key: empty, or with characters that a header cannot carry; expected one line of "
          + "visible ASCII")
    }
    self.secret = trimmed
  }

  /// Reads the key from a file that only its owner may read, or from a pipe.
  ///
  /// - Throws: `InputError` for a file that others may read or write, and as the other initialiser.
  package init(file path: String) throws(InputError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
      throw InputError(
        "\(path): others than its owner may read this key (mode "
          + "\(String(status.st_mode & 0o777, radix: 8))); chmod 600 \(path)")
    }
    try self.init(String(decoding: try TextFile.bytes(path), as: UTF8.self))
  }

  /// The header field that carries the key.
  var field: HTTPField { HTTPField("Authorization", "Bearer \(secret)") }

  /// The text without the key, should a server repeat it.
  func redacted(_ text: String) -> String {
    text.contains(secret) ? text.split(separator: secret).joined(separator: "[key]") : text
  }

  /// A server's answer without the key, should it repeat it in a text or in its name.
  ///
  /// A key of a few characters, such as those that local servers take, may be a word of an answer and
  /// stays.
  func redacted(_ bytes: [UInt8]) -> [UInt8] {
    let key = Array(secret.utf8)
    guard key.count >= 16, bytes.count >= key.count, let first = key.first else { return bytes }
    var start = 0
    while let at = bytes[start...].firstIndex(of: first) {
      if bytes[at...].starts(with: key) {
        return redacted(Array(bytes[..<at]) + Array("[key]".utf8) + bytes[(at + key.count)...])
      }
      start = at + 1
    }
    return bytes
  }

  package var description: String { "[key]" }

  package var debugDescription: String { description }
}
