import Basics

extension FormatSpace {
  /// One or more attributes with the distinguishable choices of their values.
  struct Variable: Sendable {
    let attributes: [Int]
    var classes: [Class]
    /// Classes that plausibility cannot tell apart.
    let kinds: [Kind]

    /// Choices of values that render alike everywhere.
    struct Class: Sendable {
      /// The text of each of the layout's pieces that these attributes decide, in order.
      let rendering: [String]
      /// One atom per attribute; only choices that plausibility tells apart are kept.
      let choices: [[Atom]]
    }

    struct Kind: Sendable {
      /// For each choice of the kind's classes, for each attribute: whether it has a newline.
      let newlines: [[Bool]]
      let classes: [Int]
    }

    /// - Parameter choices: Values in the grammar's order, already admissible by themselves.
    init(attributes: [Int], choices: [[Atom]], structure: Structure, layout: Layout) {
      self.attributes = attributes
      var order: [[String]] = []
      var members: [[[UInt8]]: [[Atom]]] = [:]
      for choice in choices {
        let rendering = layout.rendering(attributes, choice)
        let key = rendering.map { Array($0.utf8) }
        if members[key] == nil { order.append(rendering) }
        let newlines = choice.map(\.text.hasNewline)
        if !(members[key] ?? []).contains(where: { $0.map(\.text.hasNewline) == newlines }) {
          members[key, default: []].append(choice)
        }
      }
      classes = order.map { rendering in
        Class(rendering: rendering, choices: members[rendering.map { Array($0.utf8) }] ?? [])
      }
      var kindOrder: [[[Bool]]] = []
      var kindMembers: [[[Bool]]: [Int]] = [:]
      for (index, item) in classes.enumerated() {
        let newlines = item.choices.map { $0.map(\.text.hasNewline) }
        if kindMembers[newlines] == nil { kindOrder.append(newlines) }
        kindMembers[newlines, default: []].append(index)
      }
      kinds = kindOrder.map { Kind(newlines: $0, classes: kindMembers[$0] ?? []) }
    }

    /// The variables of a structure, merged until a template determines every variable's class.
    static func all(
      of structure: Structure, grammar: Grammar, layout: Layout
    ) throws(InputError) -> [Variable] {
      var groups = structure.free.map { [$0] }
      while true {
        let variables = groups.map { group in
          Variable(
            attributes: group,
            choices: choices(of: group, structure: structure, grammar: grammar, layout: layout),
            structure: structure, layout: layout)
        }
        let fixed = structure.attributes.indices.filter { !structure.attributes[$0].isFree }
        var search = CollisionSearch(
          layout: layout, variables: variables,
          fixed: Dictionary(
            uniqueKeysWithValues: fixed.map { ($0, structure.attributes[$0].original) }))
        guard let collision = try search.run(structure.name) else { return variables }
        // One collision is enough to see that these attributes cannot be told apart one by one.
        let merged = collision.flatMap { groups[$0] }.sorted()
        let size = merged.reduce(1) { $0 * grammar.atoms(structure.attributes[$1].kind).count }
        guard size <= 100_000 else {
          throw InputError(
            "structure \(structure.name): the attributes "
              + merged.map { structure.attributes[$0].id }.joined(separator: ", ")
              + " can stand in for each other in too many ways to count its formats")
        }
        let first = collision[0]
        groups = groups.enumerated().compactMap { index, group in
          index == first ? merged : collision.contains(index) ? nil : group
        }
      }
    }

    private static func choices(
      of group: [Int], structure: Structure, grammar: Grammar, layout: Layout
    ) -> [[Atom]] {
      group.reduce([[]]) { partial, attribute in
        let values = grammar.atoms(structure.attributes[attribute].kind).filter {
          structure.admits($0, at: attribute) && layout.canRender(attribute, $0)
        }
        return partial.flatMap { choice in values.map { choice + [$0] } }
      }
    }
  }
}

extension Layout {
  /// The texts of the pieces that `attributes` decide, in the layout's order.
  func rendering(_ attributes: [Int], _ choice: [Atom]) -> [String] {
    pieces.compactMap { piece in
      guard let attribute = piece.attribute, let position = attributes.firstIndex(of: attribute)
      else { return nil }
      return piece.text(choice[position])
    }
  }

  /// Whether every piece of the attribute has a text for this value: false for too few labels.
  func canRender(_ attribute: Int, _ atom: Atom) -> Bool {
    pieces.allSatisfy { $0.attribute != attribute || $0.text(atom) != nil }
  }
}

extension Structure {
  /// Whether the rules that look at one value alone allow it here.
  func admits(_ atom: Atom, at attribute: Int) -> Bool {
    admits(atom, at: attribute, below: root)
  }

  private func admits(_ atom: Atom, at attribute: Int, below component: Component) -> Bool {
    switch component {
    case .field(let field): return field.separator != attribute || !atom.text.isEmpty
    case .enumeration: return true
    case .group(let group):
      if group.space == attribute {
        if group.whitespaceOnly, !atom.text.isNonEmptyWhitespace { return false }
        if atom.text.isEmpty, group.firstThatNeedsSpace != nil { return false }
      }
      return group.children.allSatisfy { admits(atom, at: attribute, below: $0) }
    }
  }
}
