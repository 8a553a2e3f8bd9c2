// How many cells of a terminal a text takes: none for combining marks and format characters, two for
// East Asian wide ones and emoji (Unicode Standard Annex 11), one for the rest.

extension Unicode.Scalar {
  /// The cells of this code point by itself.
  var cells: Int {
    switch value {
    case 0x20..<0x7F: return 1
    case 0xAD: return 1
    case 0x1160...0x11FF: return 0
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    return isWide || properties.isEmojiPresentation && !isRegionalIndicator ? 2 : 1
  }

  private var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  /// Wide or full-width, by blocks that are wide as a whole.
  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
      0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF,
      0x1F200...0x1F265, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

extension Character {
  /// The cells that a terminal gives this character.
  var cells: Int {
    var sum = 0
    var isJoined = false
    for scalar in unicodeScalars {
      // A joiner or a skin tone melts emoji into one; the emoji selector widens its sign.
      if scalar.value == 0x200D || scalar.properties.isEmojiModifier && sum > 0 { isJoined = true }
      if scalar.value == 0xFE0F { sum = 2 }
      sum += scalar.cells
    }
    return isJoined ? min(sum, 2) : sum
  }
}

extension String {
  /// The cells that a terminal gives this text, which has no control characters.
  var cells: Int { reduce(0) { $0 + $1.cells } }

  /// The text cut to `width` cells, with an ellipsis where something is missing.
  func cut(to width: Int) -> String {
    guard cells > width else { return self }
    guard width > 0 else { return "" }
    var kept = ""
    var used = 0
    for character in self {
      guard used + character.cells < width else { break }
      kept.append(character)
      used += character.cells
    }
    return kept + "…"
  }

  /// The text followed, or preceded, by as many spaces as fill `width` cells.
  func padded(to width: Int, isRight: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - cells))
    return isRight ? spaces + self : self + spaces
  }
}
