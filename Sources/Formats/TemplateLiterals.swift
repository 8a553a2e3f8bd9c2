import Basics

/// How the literal text before a field divides into a space and a descriptor.
struct LiteralMarks {
  /// Punctuation that opens the first descriptor, such as "### ", and so probably the others too.
  private let opening: String

  init(_ first: String) {
    opening = String(first.unicodeScalars.prefix { !Self.isWord($0) })
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// - Returns: What joins this component to the one before (empty for the first), and the rest.
  func split(
    _ literal: String, isFirst: Bool, spaces: [Atom]
  ) -> (space: String, rest: String) {
    if isFirst { return ("", literal) }
    let scalars = Array(literal.unicodeScalars)
    let firstWord = scalars.firstIndex(where: Self.isWord)
    // A known space, where what follows it looks like a descriptor.
    let known = spaces.map(\.text).filter { space in
      guard !space.isEmpty, literal.hasUTF8Prefix(space) else { return false }
      let rest = literal.dropUTF8Prefix(space).unicodeScalars
      return rest.isEmpty || rest.first.map { !$0.properties.isWhitespace } ?? false
    }
    if let best = known.max(by: { $0.utf8.count < $1.utf8.count }) {
      let rest = literal.dropUTF8Prefix(best)
      if rest.isEmpty || rest.unicodeScalars.first.map(Self.isWord) ?? false
        || !opening.isEmpty && rest.hasUTF8Prefix(opening)
      {
        return (best, rest)
      }
    }
    guard let firstWord else {
      // No word at all: whitespace joins, punctuation such as "->" describes.
      let end = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.count
      return (String(scalars[..<end]), String(scalars[end...]))
    }
    let lead = String(scalars[..<firstWord])
    let rest = String(scalars[firstWord...])
    if !opening.isEmpty, lead.hasUTF8Suffix(opening) {
      return (lead.dropUTF8Suffix(opening), opening + rest)
    }
    return (lead, rest)
  }
}

/// The common shape of an enumeration's items: lead, then `descriptor gap wrapper(label) separator` joined by `space`.
struct ItemPattern {
  let numbering: Numbering
  /// The text before the first item: what joins the enumeration, and its heading.
  let lead: String
  let descriptor: String
  let gap: String
  let wrapper: Wrapper
  let separator: String
  let space: String

  /// Matches the literals before each item against one numbering; nil when the labels are not its.
  init?(_ literals: [String], indices: [Int], numbering: Numbering, grammar: Grammar) {
    var labels: [String] = []
    for index in indices {
      guard let label = numbering.label(index) else { return nil }
      labels.append(label)
    }
    // Where the label is in the first literal: the last place that also fits all the others.
    let first = Array(literals[0].unicodeScalars)
    let label = Array(labels[0].unicodeScalars)
    guard first.count >= label.count else { return nil }
    var found: (head: String, shared: String, tail: String)?
    for start in stride(from: first.count - label.count, through: 0, by: -1)
    where Array(first[start..<(start + label.count)]) == label {
      let head = String(first[..<start])
      let tail = String(first[(start + label.count)...])
      guard let shared = Self.common(literals.dropFirst(), labels.dropFirst(), tail) else {
        continue
      }
      found = (head, shared, tail)
      break
    }
    guard let found else { return nil }
    self.numbering = numbering
    let tag: String
    if literals.count > 1 {
      guard let (space, rest) = Self.splitTag(found.shared, head: found.head, grammar: grammar)
      else { return nil }
      self.space = space
      tag = rest
    } else {
      space = "\n"
      tag =
        found.head.unicodeScalars.last.map { "([<".unicodeScalars.contains($0) } ?? false
        ? String(found.head.suffix(1)) : ""
    }
    lead = found.head.dropUTF8Suffix(tag)
    let wrappers = grammar.atoms(.wrapper).compactMap {
      if case .wrapper(let wrapper) = $0 { wrapper } else { nil }
    }
    let fitting = wrappers.filter {
      tag.hasUTF8Suffix($0.prefix) && found.tail.hasUTF8Prefix($0.suffix)
    }.max { $0.name.utf8.count < $1.name.utf8.count }
    guard let wrapper = fitting ?? Wrapper("x") else { return nil }
    self.wrapper = wrapper
    separator = found.tail.dropUTF8Prefix(wrapper.suffix)
    let title = Array(tag.dropUTF8Suffix(wrapper.prefix).unicodeScalars)
    let end = (title.lastIndex { !$0.properties.isWhitespace }).map { $0 + 1 } ?? 0
    descriptor = String(title[..<end])
    gap = String(title[end...])
  }

  /// What stands before the label in all further literals, if each is that + label + tail.
  private static func common(
    _ literals: ArraySlice<String>, _ labels: ArraySlice<String>, _ tail: String
  ) -> String? {
    var shared: String?
    for (literal, label) in zip(literals, labels) {
      let ending = label + tail
      guard literal.hasUTF8Suffix(ending) else { return nil }
      let head = literal.dropUTF8Suffix(ending)
      if let shared, shared != head { return nil }
      shared = head
    }
    return shared ?? ""
  }

  /// Divides what stands before a later label into the space between items and what belongs to the item.
  private static func splitTag(
    _ shared: String, head: String, grammar: Grammar
  ) -> (space: String, tag: String)? {
    let known = grammar.atoms(.space).map(\.text).filter { space in
      shared.hasUTF8Prefix(space) && head.hasUTF8Suffix(shared.dropUTF8Prefix(space))
    }
    let clean = known.filter { space in
      let rest = shared.dropUTF8Prefix(space).unicodeScalars
      return rest.first.map { !$0.properties.isWhitespace } ?? true
    }
    if let best = clean.max(by: { $0.utf8.count < $1.utf8.count }) {
      return (best, shared.dropUTF8Prefix(best))
    }
    let scalars = Array(shared.unicodeScalars)
    for start in 0...scalars.count {
      let tag = String(scalars[start...])
      guard tag.unicodeScalars.first.map({ !$0.properties.isWhitespace }) ?? true else { continue }
      if head.hasUTF8Suffix(tag) { return (String(scalars[..<start]), tag) }
    }
    return nil
  }
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
