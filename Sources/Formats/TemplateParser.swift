package import Basics

extension Structure {
  /// Takes a template text apart into a structure whose original format renders that text again.
  ///
  /// Example: `Question: {question}\nAnswer: {answer}` becomes a group joined by a newline of two
  /// fields that share the separator ": " and their casing; `A. {choices.1}\nB. {choices.2}` becomes an
  /// enumeration. Where the text leaves a choice, the longest separator of `grammar` wins.
  /// - Throws: `InputError` for a brace out of place, no output field, or items whose labels follow no
  ///   known numbering.
  package init(
    template text: String, name: String, grammar: Grammar = .paper
  ) throws(InputError) {
    var parser = TemplateParser(try TemplateText(text), grammar: grammar)
    let root = try parser.root()
    self.name = name
    self.root = root
    attributes = parser.attributes
    // Byte for byte, or not at all: a template that reads differently would be another prompt.
    let rendered = Layout(self).template(original)?.literals.map { Array($0.utf8) }
    guard rendered == parser.text.literals.map({ Array($0.utf8) }) else {
      throw InputError("template: cannot be taken apart; put a descriptor before each field")
    }
  }
}

/// Builds the tree of a template's parts.
private struct TemplateParser {
  let text: TemplateText
  let grammar: Grammar
  var attributes: [Attribute] = []
  private let splitter: LiteralSplitter

  /// A component with the literal text that stands between it and the one before.
  private struct Part {
    var space: String
    let name: String
    var component: Component
  }

  init(_ text: TemplateText, grammar: Grammar) {
    self.text = text
    self.grammar = grammar
    splitter = LiteralSplitter(first: text.literals[0], grammar: grammar)
  }

  mutating func root() throws(InputError) -> Component {
    try checkItemsStandTogether()
    var parts: [Part] = []
    var at = 0
    while at < text.slots.count {
      let slot = text.slots[at]
      let items = slot.list.map { itemRun($0, from: at) }
      let pattern: ItemPattern? =
        if let list = slot.list, let items {
          try itemPattern(list, items)
        } else { nil }
      // What stands before a component closes the one before, joins the two and opens this one.
      var between = BetweenSlots(rest: pattern?.lead ?? text.literals[at])
      if !parts.isEmpty {
        between = splitter.split(between.rest)
        parts[parts.count - 1].component.close(with: between.suffix)
      }
      if let items, let pattern, let list = slot.list {
        parts.append(enumeration(list, items, pattern, between))
        at = items.upperBound
      } else {
        let next = at + 1 < text.slots.count ? splitter.split(text.literals[at + 1]).suffix : nil
        parts.append(field(slot, between, suffix: next ?? text.literals[at + 1]))
        at += 1
      }
    }
    if let tail = text.literals.last { parts[parts.count - 1].component.close(with: tail) }
    return join(parts[...], id: "fields")
  }

  private func checkItemsStandTogether() throws(InputError) {
    var closed = Set<String>()
    for (slot, next) in zip(text.slots, text.slots.dropFirst()) {
      if let list = slot.list, next.list != list { closed.insert(list) }
      if let list = next.list, closed.contains(list) {
        throw InputError(
          "template: the items of {\(list)} must stand together; {\(slot.name)} is between them")
      }
    }
  }

  // MARK: Attributes

  /// The attribute of `owner` with this value; one with another value is named after `other`.
  private mutating func attribute(
    _ owner: String, _ kind: AttributeKind, _ atom: Atom, or other: String = "other",
    isFree: Bool = true
  ) -> Int {
    let suffix = ".\(kind.rawValue)"
    for (index, attribute) in attributes.enumerated()
    where attribute.kind == kind && attribute.original == atom && attribute.isFree == isFree {
      if [owner, other].contains(where: { $0 + suffix == attribute.id }) { return index }
    }
    var id = owner + suffix
    var copy = 1
    while attributes.contains(where: { $0.id == id }) {
      id = (copy == 1 ? other : "\(other)_\(copy)") + suffix
      copy += 1
    }
    attributes.append(Attribute(id: id, kind: kind, original: atom, isFree: isFree))
    return attributes.count - 1
  }

  private var casing: Int {
    mutating get { attribute("fields", .casing, .casing(.identity)) }
  }

  private var fixedCasing: Int {
    mutating get { attribute("literal", .casing, .casing(.identity), isFree: false) }
  }

  // MARK: Fields

  private mutating func field(_ slot: Slot, _ between: BetweenSlots, suffix: String) -> Part {
    let name = slot.name
    // A tag that closes again is no word that could be written differently on one side.
    let isTag = suffix.unicodeScalars.contains(where: \.isWordScalar)
    guard !isTag, between.rest.unicodeScalars.contains(where: { !$0.properties.isWhitespace })
    else {
      let bare = Component.Field(
        id: name, descriptor: between.rest, separator: nil, casing: fixedCasing, slot: slot)
      return Part(space: between.space, name: name, component: .field(bare))
    }
    let (descriptor, separator) = splitSeparator(between.rest)
    let index =
      separator.isEmpty
      ? nil : attribute("fields", .separator, .text(separator), or: name)
    let field = Component.Field(
      id: name, descriptor: descriptor, separator: index, casing: casing, slot: slot)
    return Part(space: between.space, name: name, component: .field(field))
  }

  /// Where a descriptor ends: before a mark between blanks, else before the longest known separator,
  /// else behind the last word.
  private func splitSeparator(_ text: String) -> (descriptor: String, separator: String) {
    let scalars = Array(text.unicodeScalars)
    let words = (scalars.lastIndex(where: \.isWordScalar)).map { $0 + 1 } ?? 0
    let tail = String(scalars[words...])
    if words > 0, tail.unicodeScalars.first?.properties.isWhitespace == true {
      return (text.dropUTF8Suffix(tail), tail)
    }
    let known = grammar.atoms(.separator).map(\.text).filter { separator in
      guard !separator.isEmpty, text.hasUTF8Suffix(separator) else { return false }
      // " : " is one separator, but "Q :" followed by a newline is none: blanks must not be cut.
      let last = text.dropUTF8Suffix(separator).unicodeScalars.last
      return last.map { !$0.properties.isWhitespace } ?? false
    }
    if let best = known.max(by: { $0.utf8.count < $1.utf8.count }) {
      return (text.dropUTF8Suffix(best), best)
    }
    return words > 0 ? (text.dropUTF8Suffix(tail), tail) : (text, "")
  }

  // MARK: Enumerations

  private func itemRun(_ list: String, from start: Int) -> Range<Int> {
    var end = start
    while end < text.slots.count, text.slots[end].list == list { end += 1 }
    return start..<end
  }

  private func itemIndices(_ run: Range<Int>) -> [Int] {
    text.slots[run].compactMap { if case .item(_, let index) = $0 { index } else { nil } }
  }

  private func itemPattern(_ list: String, _ run: Range<Int>) throws(InputError) -> ItemPattern {
    let indices = itemIndices(run)
    guard zip(indices, indices.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw InputError("template: the items of {\(list)} must rise, as {\(list).1} {\(list).2}")
    }
    let known = Numbering.paper + grammar.numberings.filter { !Numbering.paper.contains($0) }
    for numbering in known {
      let pattern = ItemPattern(
        Array(text.literals[run]), indices: indices, numbering: numbering, grammar: grammar)
      if let pattern { return pattern }
    }
    throw InputError(
      "template: the labels of {\(list).…} follow no known numbering; write for example "
        + "'A. {\(list).1}\\nB. {\(list).2}'")
  }

  private mutating func enumeration(
    _ list: String, _ run: Range<Int>, _ items: ItemPattern, _ between: BetweenSlots
  ) -> Part {
    let indices = itemIndices(run)
    let hasDescriptor = !items.descriptor.isEmpty
    let enumeration = Component.enumeration(
      .init(
        id: list, list: list, descriptor: items.descriptor, indices: indices,
        space: attribute(list, .space, .text(items.space), isFree: indices.count > 1),
        separator: attribute(list, .separator, .text(items.separator)),
        casing: hasDescriptor ? casing : fixedCasing,
        gap: attribute(list, .gap, .text(items.gap), isFree: hasDescriptor),
        wrapper: attribute(list, .wrapper, .wrapper(items.wrapper)),
        number: attribute(list, .number, .number(items.numbering))))
    guard !between.rest.isEmpty else {
      return Part(space: between.space, name: list, component: enumeration)
    }
    let heading = splitHeading(between.rest)
    // A separator of its own could not be told from the space behind it, so it stays as written.
    let separator: Int? =
      heading.separator.isEmpty
      ? nil
      : heading.isShared
        ? attribute("fields", .separator, .text(heading.separator))
        : attribute("\(list)_heading", .separator, .text(heading.separator), isFree: false)
    let title = Component.field(
      .init(
        id: "\(list)_heading", descriptor: heading.descriptor, separator: separator,
        casing: casing, slot: nil))
    let block = "\(list)_block"
    let group = Component.group(
      .init(
        id: block, space: attribute(block, .space, .text(heading.space)),
        whitespaceOnly: heading.space.isNonEmptyWhitespace, children: [title, enumeration]))
    return Part(space: between.space, name: list, component: group)
  }

  /// "Options:\n" is the descriptor "Options", the separator ":" and the newline before the items.
  private func splitHeading(
    _ text: String
  ) -> (descriptor: String, separator: String, space: String, isShared: Bool) {
    let scalars = Array(text.unicodeScalars)
    let words = (scalars.lastIndex(where: \.isWordScalar)).map { $0 + 1 } ?? 0
    let tail = String(scalars[words...])
    let shared = attributes.filter { $0.id == "fields.separator" }.map(\.original.text)
    for separator in shared where tail.hasUTF8Prefix(separator) {
      let space = tail.dropUTF8Prefix(separator)
      if space.isNonEmptyWhitespace { return (String(scalars[..<words]), separator, space, true) }
    }
    let marks = scalars[words...].lastIndex { !$0.properties.isWhitespace }.map { $0 + 1 } ?? words
    return (
      String(scalars[..<words]), String(scalars[words..<marks]), String(scalars[marks...]), false
    )
  }

  // MARK: Groups

  /// Joins parts that stand at different distances into nested groups, the strongest space outermost.
  private mutating func join(_ parts: ArraySlice<Part>, id: String) -> Component {
    let spaces = parts.dropFirst().map(\.space)
    guard let strongest = spaces.max(by: { Self.strength($0) < Self.strength($1) }) else {
      // A template with one component still is a group, so that every structure has a root space.
      let space = attribute(id, .space, .text("\n"), isFree: false)
      return .group(
        .init(id: id, space: space, whitespaceOnly: false, children: parts.map(\.component)))
    }
    var runs: [[Part]] = []
    for part in parts {
      if runs.isEmpty || part.space == strongest { runs.append([]) }
      runs[runs.count - 1].append(part)
    }
    let space = attribute(id, .space, .text(strongest))
    var children: [Component] = []
    for run in runs {
      children.append(
        run.count == 1 ? run[0].component : join(run[...], id: "\(run[0].name)_group"))
    }
    return .group(.init(id: id, space: space, whitespaceOnly: false, children: children))
  }

  private static func strength(_ space: String) -> (Int, Int, String) {
    (space.utf8.count { $0 == 0x0A }, space.utf8.count, space)
  }
}
