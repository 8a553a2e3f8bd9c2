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

  /// A component with the literal text that stands between it and the one before.
  private struct Part {
    var space: String
    let component: Component
  }

  init(_ text: TemplateText, grammar: Grammar) {
    self.text = text
    self.grammar = grammar
  }

  private mutating func attribute(
    _ owner: String, _ kind: AttributeKind, _ atom: Atom, isFree: Bool = true
  ) -> Int {
    let id = "\(owner).\(kind.rawValue)"
    let shared = attributes.firstIndex { $0.id == id && $0.original == atom }
    if let shared { return shared }
    var unique = id
    var copy = 2
    while attributes.contains(where: { $0.id == unique }) {
      unique = "\(owner)\(copy).\(kind.rawValue)"
      copy += 1
    }
    attributes.append(Attribute(id: unique, kind: kind, original: atom, isFree: isFree))
    return attributes.count - 1
  }

  private var casing: Int {
    mutating get { attribute("fields", .casing, .casing(.identity)) }
  }

  mutating func root() throws(InputError) -> Component {
    let marks = LiteralMarks(text.literals[0])
    var parts: [Part] = []
    var at = 0
    while at < text.slots.count {
      switch text.slots[at] {
      case .item(let list, _):
        let run = itemRun(list, from: at)
        parts.append(try enumeration(list, run, marks, isFirst: parts.isEmpty))
        at = run.upperBound
      case .field, .output:
        parts.append(field(text.literals[at], text.slots[at], marks, isFirst: parts.isEmpty))
        at += 1
      }
    }
    if let tail = text.literals.last, !tail.isEmpty {
      // Text after the last field is a heading that nothing follows.
      let component = Component.field(
        .init(id: "tail", descriptor: tail, separator: nil, casing: fixedCasing(), slot: nil))
      parts.append(Part(space: "", component: component))
    }
    return join(parts[...], id: "fields")
  }

  private mutating func fixedCasing() -> Int {
    attribute("literal", .casing, .casing(.identity), isFree: false)
  }

  private func itemRun(_ list: String, from start: Int) -> Range<Int> {
    var end = start
    while end < text.slots.count, case .item(list, _) = text.slots[end] { end += 1 }
    return start..<end
  }

  // MARK: Fields

  private mutating func field(
    _ literal: String, _ slot: Slot, _ marks: LiteralMarks, isFirst: Bool
  ) -> Part {
    let name =
      switch slot {
      case .field(let name): name
      case .item(let list, _): list
      case .output: TemplateText.output
      }
    let (space, rest) = marks.split(literal, isFirst: isFirst, spaces: grammar.atoms(.space))
    guard !rest.isEmpty else {
      return Part(
        space: space,
        component: .field(
          .init(id: name, descriptor: "", separator: nil, casing: fixedCasing(), slot: slot)))
    }
    let (descriptor, separator) = splitSeparator(rest)
    return Part(
      space: space,
      component: .field(
        .init(
          id: name, descriptor: descriptor,
          separator: attribute("fields", .separator, .text(separator)), casing: casing, slot: slot))
    )
  }

  /// The descriptor and the longest known separator that ends `text`, or its trailing punctuation.
  private func splitSeparator(_ text: String) -> (descriptor: String, separator: String) {
    let known = grammar.atoms(.separator).map(\.text).filter { separator in
      !separator.isEmpty && text.hasUTF8Suffix(separator)
        && text.utf8.count > separator.utf8.count
    }
    // " : " is one separator, but "Q :" followed by a newline is none: whitespace must not be cut.
    let best = known.filter { separator in
      !(text.dropUTF8Suffix(separator).unicodeScalars.last?.properties.isWhitespace ?? true)
    }.max { $0.utf8.count < $1.utf8.count }
    if let best { return (text.dropUTF8Suffix(best), best) }
    let scalars = Array(text.unicodeScalars)
    let end =
      (scalars.lastIndex { $0.properties.isAlphabetic || $0.properties.numericType != nil })
      .map { $0 + 1 } ?? scalars.count
    return (String(scalars[..<end]), String(scalars[end...]))
  }

  // MARK: Enumerations

  private mutating func enumeration(
    _ list: String, _ run: Range<Int>, _ marks: LiteralMarks, isFirst: Bool
  ) throws(InputError) -> Part {
    var indices: [Int] = []
    for slot in text.slots[run] {
      guard case .item(_, let index) = slot else { continue }
      guard indices.last.map({ $0 < index }) ?? true else {
        throw InputError("template: the items of {\(list)} must rise, as {\(list).1} {\(list).2}")
      }
      indices.append(index)
    }
    let known = Numbering.paper + grammar.numberings.filter { !Numbering.paper.contains($0) }
    let literals = Array(text.literals[run])
    let patterns = known.compactMap { numbering in
      ItemPattern(literals, indices: indices, numbering: numbering, grammar: grammar)
    }
    guard let items = patterns.first else {
      throw InputError(
        "template: the labels of {\(list).…} follow no known numbering; write for example "
          + "'A. {\(list).1}\\nB. {\(list).2}'")
    }
    let hasDescriptor = !items.descriptor.isEmpty
    let enumeration = Component.enumeration(
      .init(
        id: list, list: list, descriptor: items.descriptor, indices: indices,
        space: attribute(list, .space, .text(items.space), isFree: indices.count > 1),
        separator: attribute(list, .separator, .text(items.separator)),
        casing: hasDescriptor ? casing : fixedCasing(),
        gap: attribute(list, .gap, .text(items.gap), isFree: hasDescriptor),
        wrapper: attribute(list, .wrapper, .wrapper(items.wrapper)),
        number: attribute(list, .number, .number(items.numbering))))
    let (space, heading) = marks.split(
      items.lead, isFirst: isFirst, spaces: grammar.atoms(.space))
    guard !heading.isEmpty else { return Part(space: space, component: enumeration) }
    let (descriptor, separator, inner) = splitHeading(heading)
    let title = Component.field(
      .init(
        id: "\(list)_heading", descriptor: descriptor,
        separator: attribute("fields", .separator, .text(separator)), casing: casing, slot: nil))
    let group = Component.group(
      .init(
        id: "\(list)_block", space: attribute("\(list)_block", .space, .text(inner)),
        whitespaceOnly: true, children: [title, enumeration]))
    return Part(space: space, component: group)
  }

  /// "Options:\n" is the descriptor "Options", the separator ":" and the newline that joins the items.
  private func splitHeading(
    _ text: String
  ) -> (descriptor: String, separator: String, space: String) {
    let scalars = Array(text.unicodeScalars)
    let end =
      (scalars.lastIndex { $0.properties.isAlphabetic || $0.properties.numericType != nil })
      .map { $0 + 1 } ?? scalars.count
    let descriptor = String(scalars[..<end])
    let rest = String(scalars[end...])
    let shared = attributes.filter { $0.kind == .separator }.map(\.original.text)
    let known = grammar.atoms(.separator).map(\.text).filter {
      !$0.isEmpty && rest.hasUTF8Prefix($0)
    }
    let separator =
      shared.filter { !$0.isEmpty && rest.hasUTF8Prefix($0) }.first
      ?? known.max { $0.utf8.count < $1.utf8.count } ?? rest
    return (descriptor, separator, rest.dropUTF8Prefix(separator))
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
    // Leading text belongs to the first descriptor, so the first part never carries a space.
    let space = attribute(id, .space, .text(strongest))
    var children: [Component] = []
    for (index, run) in runs.enumerated() {
      children.append(
        run.count == 1 ? run[0].component : join(run[...], id: "\(id)_\(index + 1)"))
    }
    return .group(.init(id: id, space: space, whitespaceOnly: false, children: children))
  }

  private static func strength(_ space: String) -> (Int, Int, String) {
    (space.utf8.count { $0 == 0x0A }, space.utf8.count, space)
  }
}
