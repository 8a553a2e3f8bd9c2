package import Basics

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

  /// The header field that carries the key.
  var field: HTTPField { HTTPField("Authorization", "Bearer \(secret)") }

  /// The text without the key, should a server repeat it.
  func redacted(_ text: String) -> String {
    text.contains(secret) ? text.split(separator: secret).joined(separator: "[key]") : text
  }

  package var description: String { "[key]" }

  package var debugDescription: String { description }
}
