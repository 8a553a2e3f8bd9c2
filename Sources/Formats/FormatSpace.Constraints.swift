import Basics

extension FormatSpace {
  /// The rules that relate several attributes, all of one shape: a newline here asks for a newline there.
  struct Constraints {
    /// `from` has a newline only if `to` has one; attributes by index.
    private struct Implication {
      let from: Int
      let to: Int
    }

    private let implications: [Implication]
    private let variables: [Variable]
    /// What an attribute that is not free has.
    private let fixed: [Int: Bool]
    private let isPossible: Bool

    init(_ structure: Structure, variables: [Variable]) {
      self.variables = variables
      var implications: [Implication] = []
      Self.collect(structure.root, groups: [], into: &implications)
      self.implications = implications
      var fixed: [Int: Bool] = [:]
      for (index, attribute) in structure.attributes.enumerated() where !attribute.isFree {
        fixed[index] = attribute.original.text.hasNewline
      }
      self.fixed = fixed
      let layout = Layout(structure)
      isPossible = structure.attributes.indices.allSatisfy { index in
        let attribute = structure.attributes[index]
        return attribute.isFree
          || structure.admits(attribute.original, at: index)
            && layout.canRender(index, attribute.original)
      }
    }

    private static func collect(
      _ component: Component, groups: [Int], into implications: inout [Implication]
    ) {
      switch component {
      case .group(let group):
        for child in group.children {
          collect(child, groups: groups + [group.space], into: &implications)
        }
      case .field(let field):
        guard field.slot != nil, let separator = field.separator else { return }
        implications += groups.map { Implication(from: separator, to: $0) }
      case .enumeration(let list):
        implications += (groups + [list.space]).map { Implication(from: list.separator, to: $0) }
        implications.append(Implication(from: list.gap, to: list.space))
      }
    }

    /// Visits every combination of one kind per variable that has a plausible choice of values.
    func forEachPlausible(
      _ visit: ([Int]) throws(InputError) -> Void
    ) throws(InputError) {
      guard isPossible, holds(fixed), variables.allSatisfy({ !$0.classes.isEmpty }) else { return }
      var kinds: [Int] = []
      // Every joint choice of newlines that the kinds so far still allow.
      try extend(&kinds, states: [fixed], visit)
    }

    private func extend(
      _ kinds: inout [Int], states: [[Int: Bool]], _ visit: ([Int]) throws(InputError) -> Void
    ) throws(InputError) {
      guard kinds.count < variables.count else { return try visit(kinds) }
      let variable = variables[kinds.count]
      for (index, kind) in variable.kinds.enumerated() {
        var next: [[Int: Bool]] = []
        for state in states {
          for newlines in kind.newlines {
            var extended = state
            for (attribute, newline) in zip(variable.attributes, newlines) {
              extended[attribute] = newline
            }
            if holds(extended) { next.append(extended) }
          }
        }
        guard !next.isEmpty else { continue }
        kinds.append(index)
        try extend(&kinds, states: next, visit)
        kinds.removeLast()
      }
    }

    /// Whether no rule is broken by the attributes known so far.
    private func holds(_ state: [Int: Bool]) -> Bool {
      implications.allSatisfy { rule in
        !(state[rule.from] == true && state[rule.to] == false)
      }
    }
  }
}
