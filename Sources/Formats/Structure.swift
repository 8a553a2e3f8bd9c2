import Basics

/// A task's tree of components, with every attribute's original value.
///
/// The tree says what a prompt shows and in which order; attributes say how. Several components may
/// refer to one attribute (a separator or casing that they share).
package struct Structure: Sendable, Hashable {
  package let name: String
  package let root: Component
  package let attributes: [Attribute]

  /// The attributes that a format may change, as indices.
  package var free: [Int] { attributes.indices.filter { attributes[$0].isFree } }

  /// The task's own format: every attribute with its original value.
  package var original: Format { Format(atoms: attributes.map(\.original)) }

  /// Whether exactly one field holds the answer.
  package var hasOutput: Bool { root.slots.count { $0 == .output } == 1 }

  /// The names of the example fields and lists that the prompt shows, in order, without the output.
  package var inputs: [Slot] { root.slots.filter { $0 != .output } }
}

/// One changeable part of a structure.
package struct Attribute: Sendable, Hashable {
  /// The component (or the shared name) and the kind, as in `n0.space`.
  package let id: String
  package let kind: AttributeKind
  package let original: Atom
  package let isFree: Bool
}

/// A choice of one value for every attribute of a structure, by index.
package struct Format: Sendable, Hashable {
  package var atoms: [Atom]

  package init(atoms: [Atom]) {
    self.atoms = atoms
  }
}

/// Where a text of the example goes.
package enum Slot: Sendable, Hashable {
  /// An input field of the example.
  case field(String)
  /// An item of a list field; the position counts from 0.
  case item(list: String, index: Int)
  /// The answer.
  case output
}

/// A node of a structure; attributes are indices into the structure's list.
package indirect enum Component: Sendable, Hashable {
  case group(Group)
  case field(Field)
  case enumeration(Enumeration)

  /// Children joined by a space.
  package struct Group: Sendable, Hashable {
    package let id: String
    package let space: Int
    /// Only non-empty whitespace may join the children.
    package let whitespaceOnly: Bool
    package let children: [Component]
  }

  /// A descriptor, a separator and a text.
  package struct Field: Sendable, Hashable {
    package let id: String
    package let descriptor: String
    /// Nil for a bare text that has neither descriptor nor separator.
    package let separator: Int?
    package let casing: Int
    /// Nil for a heading.
    package let slot: Slot?
    /// Text after the field that no format changes, such as "?" or a closing tag.
    package var suffix = ""
  }

  /// Labelled items joined by a space.
  package struct Enumeration: Sendable, Hashable {
    package let id: String
    package let list: String
    package let descriptor: String
    /// The positions (from 0) of the items shown; an item's label is that of its position.
    package let indices: [Int]
    package let space: Int
    package let separator: Int
    package let casing: Int
    package let gap: Int
    package let wrapper: Int
    package let number: Int
    /// Text after the last item that no format changes.
    package var suffix = ""
  }

  var slots: [Slot] {
    switch self {
    case .group(let group): group.children.flatMap(\.slots)
    case .field(let field): field.slot.map { [$0] } ?? []
    case .enumeration(let list): list.indices.map { .item(list: list.list, index: $0) }
    }
  }

  package var enumerations: [Enumeration] {
    switch self {
    case .group(let group): group.children.flatMap(\.enumerations)
    case .field: []
    case .enumeration(let enumeration): [enumeration]
    }
  }

  /// How a message names the component.
  var title: String {
    switch self {
    case .group(let group): "group \(group.id)"
    case .field(let field):
      field.slot == nil
        ? "heading \(quoted(field.descriptor))" : "field \(quoted(field.descriptor))"
    case .enumeration(let list): "enumeration \(list.id)"
    }
  }
}

extension Component {
  /// Adds fixed text behind the component.
  mutating func close(with text: String) {
    switch self {
    case .field(var field):
      field.suffix += text
      self = .field(field)
    case .enumeration(var list):
      list.suffix += text
      self = .enumeration(list)
    case .group(let group):
      var children = group.children
      children[children.count - 1].close(with: text)
      self = .group(
        .init(
          id: group.id, space: group.space, whitespaceOnly: group.whitespaceOnly,
          children: children))
    }
  }
}
