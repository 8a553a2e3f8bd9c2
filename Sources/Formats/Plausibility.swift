import Basics

/// Why a format is not plausible.
package struct Refusal: Sendable, Hashable, CustomStringConvertible {
  /// A sentence that names the component and the rule.
  package let description: String
}

extension Structure {
  /// The first rule that `format` breaks, or nil when it is plausible.
  ///
  /// A pure function of the chosen values, in the form that agrees with the released code of Sclar et
  /// al. (arXiv 2310.11324) on all of its recorded assignments:
  /// - a field's separator is not empty;
  /// - an enumeration with a newline in its separator or gap has one in its space;
  /// - a group restricted to whitespace is joined by whitespace;
  /// - in a group joined by nothing, only the last child may show a text;
  /// - below a group whose space has no newline, no field with text and no enumeration has a newline in
  ///   its separator.
  ///
  /// Beyond the released code, a numbering with too few labels is refused.
  package func refusal(_ format: Format) -> Refusal? {
    refusal(root, format, unbroken: nil)
  }

  /// Looks at a component and what is below it.
  ///
  /// `unbroken` is the nearest group above whose space has no newline.
  private func refusal(
    _ component: Component, _ format: Format, unbroken: String?
  ) -> Refusal? {
    func text(_ attribute: Int) -> String { format.atoms[attribute].text }
    func breaksLine(_ separator: Int) -> Refusal? {
      guard let unbroken, text(separator).hasNewline else { return nil }
      return Refusal(
        description:
          "\(component.title): a newline in the separator, but none in the space of group \(unbroken)"
      )
    }
    switch component {
    case .field(let field):
      guard let separator = field.separator else { return nil }
      if text(separator).isEmpty {
        return Refusal(description: "\(component.title): the separator is empty")
      }
      return field.slot == nil ? nil : breaksLine(separator)
    case .enumeration(let list):
      if let short = shortAlphabet(list, format) { return short }
      for (attribute, name) in [(list.separator, "separator"), (list.gap, "gap")]
      where text(attribute).hasNewline && !text(list.space).hasNewline {
        return Refusal(
          description:
            "\(component.title): a newline in the \(name), but none in the space between its items")
      }
      return breaksLine(list.separator)
    case .group(let group):
      let space = text(group.space)
      if group.whitespaceOnly, !space.isNonEmptyWhitespace {
        return Refusal(
          description: "\(component.title): the space \(quoted(space)) is not whitespace")
      }
      if space.isEmpty, let child = group.firstThatNeedsSpace {
        return Refusal(
          description: "\(component.title): nothing between \(child.title) and what follows it")
      }
      let below = space.hasNewline ? unbroken : (unbroken ?? group.id)
      for child in group.children {
        if let refusal = refusal(child, format, unbroken: below) { return refusal }
      }
      return nil
    }
  }

  private func shortAlphabet(_ list: Component.Enumeration, _ format: Format) -> Refusal? {
    guard case .number(let numbering) = format.atoms[list.number],
      let missing = list.indices.first(where: { numbering.label($0) == nil })
    else { return nil }
    return Refusal(
      description: "enumeration \(list.id): the numbering '\(numbering.name)' has "
        + "\(numbering.labels?.count ?? 0) labels, item \(missing + 1) has none")
  }
}

extension Component.Group {
  /// The first child before the last that is more than a heading: it may not run into what follows.
  var firstThatNeedsSpace: Component? {
    children.dropLast().first { child in
      if case .field(let field) = child { field.slot != nil } else { true }
    }
  }
}

extension String {
  var hasNewline: Bool { utf8.contains(0x0A) }

  /// Python's `str.isspace` for what a space may be.
  var isNonEmptyWhitespace: Bool {
    !isEmpty && unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }
}
