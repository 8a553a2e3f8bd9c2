/// Text of templates, models and tasks made fit to be shown: white space visible, nothing that could
/// steer a terminal or turn the direction of writing.
enum VisibleText {
  /// A template on one line: `⏎` for a newline, `⇥` for a tab, `·` for a space that would not be seen.
  ///
  /// A space is not seen at the beginning and the end, beside a newline or a tab, and beside another
  /// space. Other characters without a shape are written `\u{…}`.
  static func template(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    func isSpace(_ place: Int) -> Bool {
      guard scalars.indices.contains(place) else { return true }
      return [" ", "\n", "\t", "\r"].contains(scalars[place])
    }
    var shown = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      switch scalar {
      case "\n": shown.append("⏎")
      case "\t": shown.append("⇥")
      case " " where isSpace(place - 1) || isSpace(place + 1): shown.append("·")
      default: append(scalar, to: &shown)
      }
    }
    return String(shown)
  }

  /// A name on one line: characters without a shape are written `\u{…}`, and it is cut after `limit`.
  static func name(_ text: String, limit: Int = 200) -> String {
    var shown = String.UnicodeScalarView()
    for (place, scalar) in text.unicodeScalars.enumerated() {
      if place == limit {
        shown.append("…")
        break
      }
      append(scalar, to: &shown)
    }
    return String(shown)
  }

  /// Explains the signs that occur in `texts`; nil when none does.
  static func legend(_ texts: [String]) -> String? {
    let signs = [("⏎", "newline"), ("⇥", "tab"), ("·", "space"), ("{}", "text")].filter { sign in
      texts.contains { $0.contains(sign.0) }
    }
    return signs.isEmpty
      ? nil : "(" + signs.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + ")"
  }

  private static func append(_ scalar: Unicode.Scalar, to shown: inout String.UnicodeScalarView) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      shown.append(
        contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
    case .spaceSeparator where scalar != " ":
      shown.append(
        contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
    default: shown.append(scalar)
    }
  }
}
