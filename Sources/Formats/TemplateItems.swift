import Basics

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
