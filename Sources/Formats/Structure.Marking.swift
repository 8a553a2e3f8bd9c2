extension Structure {
  /// The same structure with every field changed in its fixed texts.
  package func marking(_ mark: (Component.Field) -> Component.Field) -> Structure {
    Structure(name: name, root: root.marking(mark), attributes: attributes)
  }
}

extension Component {
  fileprivate func marking(_ mark: (Field) -> Field) -> Component {
    switch self {
    case .field(let field): .field(mark(field))
    case .enumeration: self
    case .group(let group):
      .group(
        Group(
          id: group.id, space: group.space, whitespaceOnly: group.whitespaceOnly,
          children: group.children.map { $0.marking(mark) }))
    }
  }
}

extension Component.Field {
  /// The same field under another descriptor.
  package func renamed(_ descriptor: String) -> Self {
    Self(
      id: id, descriptor: descriptor, separator: separator, casing: casing, slot: slot,
      suffix: suffix)
  }
}

extension Casing {
  /// A text in this casing.
  package func written(_ text: String) -> String { self(text) }
}

extension Template {
  /// A template made of literals around slots.
  package static func joined(_ literals: [String], _ slots: [Slot]) -> Template {
    Template(literals: literals, slots: slots)
  }
}
