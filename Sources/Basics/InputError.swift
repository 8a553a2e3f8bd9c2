/// A mistake in what the user supplied: one line that names the value, the place and what would be accepted.
///
/// The command line prints `message` on standard error and exits with status 2.
package struct InputError: Error, Hashable, CustomStringConvertible {
  /// The whole line, without a trailing newline.
  package let message: String

  package init(_ message: String) {
    self.message = message
  }

  package var description: String { message }
}

/// Shows a user's text inside a message: quoted, control characters escaped, cut after `limit` characters.
package func quoted(_ text: String, limit: Int = 60) -> String {
  var shown = ""
  for (index, scalar) in text.unicodeScalars.enumerated() {
    if index == limit {
      shown += "…"
      break
    }
    switch scalar {
    case "\n": shown += "\\n"
    case "\t": shown += "\\t"
    case "\r": shown += "\\r"
    case "\u{0}"..<" ", "\u{7F}": shown += "\\u{" + String(scalar.value, radix: 16) + "}"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return "'" + shown + "'"
}
