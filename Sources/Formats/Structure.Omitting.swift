extension Structure {
  /// The same structure without the enumeration of a list and the headings just before it.
  ///
  /// Attributes keep their places, so that formats of the whole structure fit. Nil when nothing
  /// would be left.
  package func omitting(list: String) -> Structure? {
    root.omitting(list: list).map { Structure(name: name, root: $0, attributes: attributes) }
  }
}

extension Component {
  fileprivate func omitting(list: String) -> Component? {
    switch self {
    case .field: return self
    case .enumeration(let enumeration): return enumeration.list == list ? nil : self
    case .group(let group):
      var children: [Component] = []
      for child in group.children {
        if let kept = child.omitting(list: list) {
          children.append(kept)
          continue
        }
        // A heading such as "Options:" announces what is gone.
        while case .field(let field)? = children.last, field.slot == nil { children.removeLast() }
      }
      // A group of headings only announces nothing either.
      let shows = children.contains { child in
        if case .field(let field) = child { field.slot != nil } else { true }
      }
      guard shows else { return nil }
      return .group(
        Group(
          id: group.id, space: group.space, whitespaceOnly: group.whitespaceOnly,
          children: children))
    }
  }
}
