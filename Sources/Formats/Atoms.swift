import Basics

/// What a changeable part of a format is.
package enum AttributeKind: String, Sendable, Hashable, CaseIterable {
  /// Between a descriptor (or an item's label) and its text.
  case separator
  /// Between the components of a group or the items of an enumeration.
  case space
  /// Between an item's descriptor and its label.
  case gap
  /// The letter case of descriptors.
  case casing
  /// The brackets or punctuation around an item's label.
  case wrapper
  /// The sequence of item labels.
  case number

  /// The kind for a name in a file; the released code calls the gap `text_option_separator`.
  init?(named name: String) {
    switch name {
    case "text_option_separator": self = .gap
    default: self.init(rawValue: name)
    }
  }
}

/// The value of one attribute.
package enum Atom: Sendable, Hashable {
  /// A separator, a space or a gap.
  case text(String)
  case casing(Casing)
  case wrapper(Wrapper)
  case number(Numbering)

  /// The value as files and reports name it.
  package var name: String {
    switch self {
    case .text(let text): text
    case .casing(let casing): casing.rawValue
    case .wrapper(let wrapper): wrapper.name
    case .number(let numbering): numbering.name
    }
  }

  var text: String {
    if case .text(let text) = self { text } else { "" }
  }
}

/// How a descriptor's letters are written, by code point and as Python's string methods do it.
package enum Casing: String, Sendable, Hashable, CaseIterable {
  /// As written.
  case identity
  case title
  case upper
  case lower

  func callAsFunction(_ text: String) -> String {
    switch self {
    case .identity: text
    case .title: text.codePointTitled
    case .upper: text.codePointUppercased
    case .lower: text.codePointLowercased
    }
  }
}

/// What stands around an item's label: a text in which one `x` marks the label.
package struct Wrapper: Sendable, Hashable {
  package let name: String
  let prefix: String
  let suffix: String

  /// - Parameter name: For example `(x)`; nil unless it has exactly one `x`.
  package init?(_ name: String) {
    // By code point: "x" and a combining accent are one character, and still an x.
    let parts = name.unicodeScalars.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    self.name = name
    prefix = String(parts[0])
    suffix = String(parts[1])
  }
}

/// A sequence of item labels such as `A, B, C` or `i, ii, iii`.
package struct Numbering: Sendable, Hashable {
  package let name: String
  /// The labels in order; nil for 1, 2, 3 …, which never ends.
  package let labels: [String]?

  /// The label of the item at `index` (from 0), or nil when the sequence is too short.
  package func label(_ index: Int) -> String? {
    guard let labels else { return String(index + 1) }
    return index < labels.count ? labels[index] : nil
  }

  package static let arabic = Numbering(name: "arabic", labels: nil)
  package static let upperAlpha = Numbering(name: "upper_alpha", labels: letters(from: "A"))
  package static let lowerAlpha = Numbering(name: "lower_alpha", labels: letters(from: "a"))
  /// The precomposed Roman numerals of Unicode, of which there are twelve.
  package static let unicodeRoman = Numbering(
    name: "unicode_roman", labels: ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ", "Ⅺ", "Ⅻ"])
  package static let romanLower = Numbering(
    name: "roman_lower",
    labels: [
      "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
    ])
  package static let romanUpper = Numbering(
    name: "roman_upper", labels: romanLower.labels?.map(\.codePointUppercased))

  /// The six numberings of the paper, in its order.
  package static let paper: [Numbering] = [
    arabic, upperAlpha, lowerAlpha, unicodeRoman, romanLower, romanUpper,
  ]

  private static func letters(from first: Unicode.Scalar) -> [String] {
    (0..<26).compactMap { Unicode.Scalar(first.value + $0).map { String($0) } }
  }
}
