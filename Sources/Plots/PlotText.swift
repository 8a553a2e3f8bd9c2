/// Text and numbers as they stand in drawn files: always the same bytes for the same input.
package enum PlotText {
  /// Text safe inside XML elements and quoted attributes.
  ///
  /// `& < > " '` become entities; characters that XML 1.0 cannot hold (most control characters and
  /// U+FFFE, U+FFFF) become U+FFFD. A Swift string holds no lone surrogate.
  package static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": shown.append(contentsOf: "&amp;".unicodeScalars)
      case "<": shown.append(contentsOf: "&lt;".unicodeScalars)
      case ">": shown.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": shown.append(contentsOf: "&quot;".unicodeScalars)
      case "'": shown.append(contentsOf: "&#39;".unicodeScalars)
      case "\t", "\n": shown.append(scalar)
      case "\r": shown.append(contentsOf: "&#13;".unicodeScalars)
      case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}":
        shown.append("\u{FFFD}")
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && ![0x22, 0x26, 0x27, 0x3C, 0x3E].contains(byte)
  }

  /// A coordinate with at most two decimals and no superfluous zeros: `12`, `0.5`, `-3.25`.
  ///
  /// Not a number and beyond ten million either way, where no drawing reaches, become the nearest end
  /// or 0.
  package static func number(_ value: Double) -> String {
    guard !value.isNaN else { return "0" }
    let hundredths = Int((min(max(value, -1e7), 1e7) * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let size = abs(hundredths)
    let rest = size % 100
    if rest == 0 { return "\(sign)\(size / 100)" }
    let decimals = rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)")
    return "\(sign)\(size / 100).\(decimals)"
  }

  /// A number with a fixed count of decimals, from 0 to 6: `0.50`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "–" }
    var scale = 1
    for _ in 0..<min(max(decimals, 0), 6) { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    let sign = scaled < 0 ? "-" : ""
    guard scale > 1 else { return "\(sign)\(abs(scaled))" }
    let rest = String(abs(scaled) % scale + scale).dropFirst()
    return "\(sign)\(abs(scaled) / scale).\(rest)"
  }

  /// About how wide a text is, in the unit of `size`: no font is at hand, so it errs on the wide side.
  package static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { sum, scalar in
      let isNarrow: Bool =
        switch scalar {
        case "i", "l", "j", "t", "f", ".", ",", ":", ";", "'", "|", "!", "(", ")", " ", "1": true
        default: false
        }
      return sum + size * (scalar.value >= 0x1100 ? 1.05 : isNarrow ? 0.42 : 0.62)
    }
  }

  /// The text cut so that it is about `width` wide, with an ellipsis where something is missing.
  package static func cut(_ text: String, to width: Double, size: Double) -> String {
    guard Self.width(text, size: size) > width else { return text }
    var kept = ""
    for character in text {
      guard Self.width(kept + String(character) + "…", size: size) <= width else { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
