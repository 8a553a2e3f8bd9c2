import Basics

extension FormatSpace {
  /// One or more attributes with the distinguishable choices of their values.
  struct Variable: Sendable {
    let attributes: [Int]
    /// The values of each attribute.
    let values: [[Atom]]
    let classes: [Class]
    /// Classes that plausibility cannot tell apart.
    let kinds: [Kind]

    /// Choices of values that render alike everywhere.
    struct Class: Sendable {
      /// The text of each run, in the layout's order.
      let texts: [[UInt8]]
      /// A position among its attribute's values for each attribute; only choices that plausibility
      /// tells apart are kept.
      fileprivate(set) var choices: [[Int]]
    }

    struct Kind: Sendable {
      /// For each choice of the kind's classes, for each attribute: whether it has a newline.
      let newlines: [[Bool]]
      let classes: [Int]
    }

    /// Where the attributes stand in a template.
    private let runs: [[Segments.Part]]

    /// The attributes in which choices differ that render alike; none or at least two.
    let entangled: [Int]

    /// - Parameters:
    ///   - attributes: The attributes to be seen as one.
    ///   - values: Their values, none of which renders like another of the same attribute.
    ///   - runs: Where they stand.
    init(attributes: [Int], values: [[Atom]], runs: [[Segments.Part]]) {
      self.attributes = attributes
      self.values = values
      self.runs = runs
      let breaks = values.map { $0.map(\.text.hasNewline) }
      func newlines(_ choice: [Int]) -> [Bool] { zip(breaks, choice).map { $0[$1] } }
      var classes: [Class] = []
      var numbers: [[[UInt8]]: Int] = [:]
      var entangled = attributes.map { _ in false }
      Self.forEachChoice(values.map(\.count)) { choice in
        let texts = runs.map { run in
          run.reduce(into: [UInt8]()) { text, part in
            switch part {
            case .text(let fixed): text += fixed
            case .piece(_, let position, let rendered): text += rendered[choice[position]]
            }
          }
        }
        guard let known = numbers[texts] else {
          numbers[texts] = classes.count
          classes.append(Class(texts: texts, choices: [choice]))
          return
        }
        for (place, pair) in zip(choice, classes[known].choices[0]).enumerated()
        where pair.0 != pair.1 && attributes.count > 1 {
          entangled[place] = true
        }
        let own = newlines(choice)
        if !classes[known].choices.contains(where: { newlines($0) == own }) {
          classes[known].choices.append(choice)
        }
      }
      self.classes = classes
      self.entangled = zip(attributes, entangled).compactMap { $1 ? $0 : nil }
      var order: [[[Bool]]] = []
      var members: [[[Bool]]: [Int]] = [:]
      for (index, item) in classes.enumerated() {
        let key = item.choices.map(newlines)
        if members[key] == nil { order.append(key) }
        members[key, default: []].append(index)
      }
      kinds = order.map { Kind(newlines: $0, classes: members[$0] ?? []) }
    }

    /// Gives the attributes the values of one choice of a class.
    func assign(class number: Int, choice: Int, to format: inout Format) {
      let chosen = classes[number].choices[choice]
      for position in attributes.indices {
        format.atoms[attributes[position]] = values[position][chosen[position]]
      }
    }

    /// The text of each run for any choice of values, also from outside the grammar.
    func texts(of format: Format) -> [[UInt8]] {
      runs.map { run in
        run.reduce(into: [UInt8]()) { text, part in
          switch part {
          case .text(let fixed): text += fixed
          case .piece(let piece, let position, _):
            text += Array((piece.text(format.atoms[attributes[position]]) ?? "").utf8)
          }
        }
      }
    }

    private static func forEachChoice(_ sizes: [Int], _ visit: ([Int]) -> Void) {
      guard sizes.allSatisfy({ $0 > 0 }) else { return }
      var choice = sizes.map { _ in 0 }
      while true {
        visit(choice)
        guard let place = choice.indices.last(where: { choice[$0] + 1 < sizes[$0] }) else { return }
        choice[place] += 1
        for later in (place + 1)..<sizes.count { choice[later] = 0 }
      }
    }

    /// Whether the texts of the marked runs tell every class from every other.
    func isDetermined(by runs: [Bool]) -> Bool {
      var seen = Set<[[UInt8]]>()
      return classes.allSatisfy { item in
        seen.insert(zip(item.texts, runs).compactMap { $1 ? $0 : nil }).inserted
      }
    }
  }
}

extension FormatSpace.Variable {
  /// The most choices of a variable that are listed; a few hundred megabytes.
  private static let mostChoices = 500_000

  /// The variables of a structure, merged until a template determines every variable's class.
  static func all(
    of structure: Structure, grammar: Grammar, layout: Layout
  ) throws(InputError) -> [FormatSpace.Variable] {
    let values = structure.attributes.indices.map { attribute in
      distinctValues(of: attribute, structure, grammar, layout)
    }
    var groups = structure.free.map { [$0] }
    while true {
      for group in groups where group.count > 1 {
        let size = group.reduce(1) { $0 * max(1, values[$1].count) }
        guard size <= mostChoices else {
          throw InputError(
            "structure \(structure.name): the attributes "
              + group.map { structure.attributes[$0].id }.joined(separator: ", ")
              + " may stand in for each other in \(size) ways, too many to count its formats; "
              + "fix or share some of them")
        }
      }
      let segments = FormatSpace.Segments(layout, groups: groups, values: values)
      let variables = zip(groups, segments.runs).map { group, runs in
        FormatSpace.Variable(
          attributes: group, values: group.map { values[$0] }, runs: runs)
      }
      guard let (first, second) = segments.ambiguity(variables) else { return variables }
      groups[first] = (groups[first] + groups[second]).sorted()
      groups.remove(at: second)
    }
  }

  /// The values of an attribute that are admissible by themselves and render differently somewhere.
  ///
  /// Of values that render alike, one with and one without a newline are kept: a space that joins
  /// nothing is not seen, but plausibility asks whether it has a newline.
  private static func distinctValues(
    of attribute: Int, _ structure: Structure, _ grammar: Grammar, _ layout: Layout
  ) -> [Atom] {
    let given = structure.attributes[attribute]
    let pieces = layout.pieces.filter { $0.attribute == attribute }
    let candidates = given.isFree ? grammar.atoms(given.kind) : [given.original]
    var seen = Set<[[UInt8]]>()
    return candidates.filter { atom in
      guard structure.admits(atom, at: attribute), layout.canRender(attribute, atom) else {
        return false
      }
      let look = pieces.map { Array(($0.text(atom) ?? "").utf8) }
      return seen.insert(look + [[atom.text.hasNewline ? 1 : 0]]).inserted
    }
  }
}

extension Layout {
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
