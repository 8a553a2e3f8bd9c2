/// A structure flattened into the pieces that a template is made of, left to right.
package struct Layout: Sendable, Hashable {
  /// A piece whose text depends on at most one attribute.
  enum Piece: Sendable, Hashable {
    /// A separator, a space or a gap as it is.
    case text(attribute: Int)
    case descriptor(CasedText, casing: Int)
    case wrapperPrefix(attribute: Int)
    case wrapperSuffix(attribute: Int)
    case label(attribute: Int, index: Int)
    /// Text that no attribute decides.
    case fixed(String)
    case slot(Slot)

    /// The attribute that decides the text; nil for a slot and for fixed text.
    var attribute: Int? {
      switch self {
      case .text(let attribute), .wrapperPrefix(let attribute), .wrapperSuffix(let attribute):
        attribute
      case .descriptor(_, let casing): casing
      case .label(let attribute, _): attribute
      case .fixed, .slot: nil
      }
    }

    /// The piece's text for a value of its attribute; nil when a numbering has too few labels.
    func text(_ atom: Atom) -> String? {
      switch (self, atom) {
      case (.text, .text(let text)): text
      case (.descriptor(let descriptor, _), .casing(let casing)): descriptor[casing]
      case (.wrapperPrefix, .wrapper(let wrapper)): wrapper.prefix
      case (.wrapperSuffix, .wrapper(let wrapper)): wrapper.suffix
      case (.label(_, let index), .number(let numbering)): numbering.label(index)
      default: nil
      }
    }
  }

  /// A text in each casing, made once: a study renders it a hundred thousand times.
  struct CasedText: Sendable, Hashable {
    private let identity: String
    private let title: String
    private let upper: String
    private let lower: String

    init(_ text: String) {
      identity = Casing.identity(text)
      title = Casing.title(text)
      upper = Casing.upper(text)
      lower = Casing.lower(text)
    }

    subscript(casing: Casing) -> String {
      switch casing {
      case .identity: identity
      case .title: title
      case .upper: upper
      case .lower: lower
      }
    }
  }

  let pieces: [Piece]

  package init(_ structure: Structure) {
    var pieces: [Piece] = []
    Self.append(structure.root, to: &pieces)
    self.pieces = pieces
  }

  private static func append(_ component: Component, to pieces: inout [Piece]) {
    func appendDescriptor(_ text: String, _ casing: Int) {
      // An empty descriptor has no casing to speak of.
      if !text.isEmpty { pieces.append(.descriptor(CasedText(text), casing: casing)) }
    }
    switch component {
    case .group(let group):
      for (index, child) in group.children.enumerated() {
        if index > 0 { pieces.append(.text(attribute: group.space)) }
        append(child, to: &pieces)
      }
    case .field(let field):
      appendDescriptor(field.descriptor, field.casing)
      if let separator = field.separator { pieces.append(.text(attribute: separator)) }
      if let slot = field.slot { pieces.append(.slot(slot)) }
      if !field.suffix.isEmpty { pieces.append(.fixed(field.suffix)) }
    case .enumeration(let list):
      for (position, index) in list.indices.enumerated() {
        if position > 0 { pieces.append(.text(attribute: list.space)) }
        appendDescriptor(list.descriptor, list.casing)
        pieces += [
          .text(attribute: list.gap), .wrapperPrefix(attribute: list.wrapper),
          .label(attribute: list.number, index: index),
          .wrapperSuffix(attribute: list.wrapper), .text(attribute: list.separator),
          .slot(.item(list: list.list, index: index)),
        ]
      }
      if !list.suffix.isEmpty { pieces.append(.fixed(list.suffix)) }
    }
  }

  /// The template of a format, or nil when a numbering has too few labels for the items.
  package func template(_ format: Format) -> Template? {
    var literals: [String] = []
    var slots: [Slot] = []
    var current = ""
    for piece in pieces {
      if let attribute = piece.attribute {
        guard let text = piece.text(format.atoms[attribute]) else { return nil }
        current += text
      } else if case .slot(let slot) = piece {
        literals.append(current)
        slots.append(slot)
        current = ""
      } else if case .fixed(let text) = piece {
        current += text
      }
    }
    literals.append(current)
    return Template(literals: literals, slots: slots)
  }
}

/// A rendered format: literal text around the slots of an example.
///
/// Two formats with one template are one.
package struct Template: Sendable, Hashable {
  /// One more than there are slots.
  package let literals: [String]
  package let slots: [Slot]

  /// The template with `{}` for each text, as the released code writes it.
  package var text: String { literals.joined(separator: "{}") }

  /// The UTF-8 bytes of the literals, by which templates are told apart.
  var identity: [[UInt8]] { literals.map { Array($0.utf8) } }

  /// The literals and texts in order.
  ///
  /// - Parameters:
  ///   - stopsAtOutput: Ends before the output's text, as a query does.
  ///   - text: The text of each slot.
  /// - Returns: The template filled with texts.
  package func filled(stopsAtOutput: Bool, _ text: (Slot) -> String) -> String {
    var result = literals[0]
    for (slot, literal) in zip(slots, literals.dropFirst()) {
      if stopsAtOutput, slot == .output { break }
      result += text(slot)
      result += literal
    }
    return result
  }
}
