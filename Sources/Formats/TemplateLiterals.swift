import Basics

/// The literal text between two slots, taken apart.
struct BetweenSlots {
  /// What closes the component before, such as "?" or "</question>".
  var suffix = ""
  /// What joins the two components.
  var space = ""
  /// The descriptor and separator of the component behind.
  var rest = ""
}

/// Takes the text between two slots apart, given how the template's first descriptor opens.
///
/// There is no one right way; the rules below keep what a reader would call one thing together:
/// 1. A space of the grammar, where a word or the usual opening follows it, is the space.
/// 2. What touches the slot before, up to a blank or as one closing tag, belongs to that component.
/// 3. Blanks are the space. Punctuation behind them on the same new line ("### ") belongs to the next
///    descriptor; a divider (" / ", a line of dashes) belongs to the space.
struct LiteralSplitter {
  /// Punctuation before the first descriptor's first word, such as "### ", probably before others too.
  private let opening: String
  private let spaces: [String]

  init(first: String, grammar: Grammar) {
    opening = String(
      first.unicodeScalars.drop(while: \.properties.isWhitespace).prefix { !$0.isWordScalar })
    spaces = grammar.atoms(.space).map(\.text).filter { !$0.isEmpty }
  }

  func split(_ literal: String) -> BetweenSlots {
    if let space = knownSpace(literal) {
      return BetweenSlots(space: space, rest: literal.dropUTF8Prefix(space))
    }
    var result = BetweenSlots()
    result.suffix = Self.suffix(of: literal)
    let remaining = literal.dropUTF8Prefix(result.suffix)
    result.space = knownSpace(remaining) ?? space(of: remaining)
    result.rest = remaining.dropUTF8Prefix(result.space)
    if result.rest.isEmpty, result.space.isEmpty {
      // "{a}/{b}": the mark joins rather than closes.
      return BetweenSlots(space: literal)
    }
    return result
  }

  /// The longest space of the grammar that `text` begins with, if a descriptor or nothing follows.
  private func knownSpace(_ text: String) -> String? {
    spaces.filter { space in
      guard text.hasUTF8Prefix(space) else { return false }
      let rest = text.dropUTF8Prefix(space)
      return rest.unicodeScalars.first.map(\.isWordScalar) ?? true
        || !opening.isEmpty && rest.hasUTF8Prefix(opening)
    }.max { $0.utf8.count < $1.utf8.count }
  }

  private static func suffix(of text: String) -> String {
    if text.hasUTF8Prefix("</"), let end = text.unicodeScalars.firstIndex(of: ">") {
      return String(text.unicodeScalars[...end])
    }
    return String(text.unicodeScalars.prefix { !$0.properties.isWhitespace })
  }

  /// The space at the beginning of a text that starts with a blank or with a descriptor.
  private func space(of text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let blanks = String(scalars.prefix { $0.properties.isWhitespace })
    let lead = Array(scalars.prefix { !$0.isWordScalar })
    if !opening.isEmpty, String(lead).hasUTF8Suffix(opening) {
      return String(lead).dropUTF8Suffix(opening)
    }
    guard lead.count < scalars.count else { return blanks }
    let marks = lead.dropFirst(blanks.unicodeScalars.count)
    if blanks.hasNewline, !marks.contains("\n") { return blanks }
    let end = lead.lastIndex { $0.properties.isWhitespace }
    return String(lead[..<(end.map { $0 + 1 } ?? 0)])
  }
}

extension Unicode.Scalar {
  /// A letter or a number, as opposed to a blank or punctuation.
  var isWordScalar: Bool { properties.isAlphabetic || properties.numericType != nil }
}

extension String {
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }

  // By bytes: `hasPrefix` compares up to canonical equivalence and by whole graphemes.
  func hasUTF8Prefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  func hasUTF8Suffix(_ suffix: String) -> Bool {
    utf8.count >= suffix.utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  func dropUTF8Prefix(_ prefix: String) -> String {
    String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  func dropUTF8Suffix(_ suffix: String) -> String {
    String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self)
  }
}
