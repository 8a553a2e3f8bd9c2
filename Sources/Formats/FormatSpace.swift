package import Basics

/// All distinct plausible formats of a structure under a grammar, counted and numbered without listing them.
///
/// Two choices of values that render one template are one format. The distinct templates are numbered
/// from 0 to `count − 1`; `format(at:)` is that numbering's inverse, so that sampling without
/// replacement is a draw of distinct numbers.
///
/// How: the free attributes become *variables* whose values are classes of choices that render alike
/// (`FormatSpace.Variable`; attributes that can stand in for each other share one variable). What
/// plausibility asks of a class is whether it has a newline, so classes fall into a few *kinds*; the
/// plausible combinations of kinds are listed with the number of templates in each.
package struct FormatSpace: Sendable {
  package let structure: Structure
  package let grammar: Grammar
  /// How many distinct plausible templates there are.
  package let count: UInt128
  /// Names of attributes whose different values render one template somewhere, together.
  package let entangled: [[String]]

  let layout: Layout
  private let variables: [Variable]
  private let blocks: [Block]

  /// The templates of one combination of kinds, numbered `start..<start + size`.
  private struct Block: Sendable {
    let start: UInt128
    let kinds: [Int]
  }

  /// Counts the formats of `structure`.
  ///
  /// - Throws: `InputError` when the structure has so many independent attributes that the count
  ///   would need more than a million cases or more than 128 bits.
  package init(_ structure: Structure, grammar: Grammar) throws(InputError) {
    self.structure = structure
    self.grammar = grammar
    layout = Layout(structure)
    let variables = try Variable.all(of: structure, grammar: grammar, layout: layout)
    self.variables = variables
    entangled = variables.map(\.entangled).filter { !$0.isEmpty }.map { attributes in
      attributes.map { structure.attributes[$0].id }
    }
    var blocks: [Block] = []
    var total: UInt128 = 0
    let constraints = Constraints(structure, variables: variables)
    try constraints.forEachPlausible { kinds throws(InputError) in
      guard blocks.count < 1_000_000 else {
        throw InputError(
          "structure \(structure.name): too many independent attributes to count its formats; "
            + "let fields share their separator and casing")
      }
      var size: UInt128 = 1
      for (variable, kind) in zip(variables, kinds) {
        let step = size.multipliedReportingOverflow(by: UInt128(variable.kinds[kind].classes.count))
        size = step.partialValue
        if step.overflow { throw Self.tooMany(structure) }
      }
      blocks.append(Block(start: total, kinds: kinds))
      let sum = total.addingReportingOverflow(size)
      total = sum.partialValue
      if sum.overflow { throw Self.tooMany(structure) }
    }
    self.blocks = blocks
    count = total
  }

  private static func tooMany(_ structure: Structure) -> InputError {
    InputError("structure \(structure.name): has more than 2^128 formats")
  }

  /// The template numbered `index`, as a plausible choice of values that renders it.
  ///
  /// - Precondition: `index < count`.
  package func format(at index: UInt128) -> Format {
    precondition(index < count, "a format's number is below the count")
    var low = 0
    var high = blocks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if blocks[middle].start <= index { low = middle } else { high = middle }
    }
    var rest = index - blocks[low].start
    var classes: [Int] = []
    classes.reserveCapacity(variables.count)
    for (position, kind) in blocks[low].kinds.enumerated() {
      let size = variables[position].kinds[kind].classes.count
      let remainder: Int
      // Division of 128 bits is slow, and few numbers need it for long.
      if let narrow = UInt64(exactly: rest) {
        remainder = Int(narrow % UInt64(size))
        rest = UInt128(narrow / UInt64(size))
      } else {
        remainder = Int(rest % UInt128(size))
        rest /= UInt128(size)
      }
      classes.append(variables[position].kinds[kind].classes[remainder])
    }
    return choose(classes)
  }

  /// The first plausible choice of values within the given classes.
  private func choose(_ classes: [Int]) -> Format {
    var format = structure.original
    var isCertain = true
    for position in variables.indices {
      variables[position].assign(class: classes[position], choice: 0, to: &format)
      if variables[position].classes[classes[position]].choices.count > 1 { isCertain = false }
    }
    // A single choice per class needs no check: its block would not have been listed.
    if isCertain || structure.refusal(format) == nil { return format }
    let found = search(classes, from: 0, &format)
    precondition(found, "a counted template has a plausible choice of values")
    return format
  }

  private func search(_ classes: [Int], from position: Int, _ format: inout Format) -> Bool {
    guard position < variables.count else { return structure.refusal(format) == nil }
    for choice in variables[position].classes[classes[position]].choices.indices {
      variables[position].assign(class: classes[position], choice: choice, to: &format)
      if search(classes, from: position + 1, &format) { return true }
    }
    return false
  }

  /// The number of the template that `format` renders, if its values are the grammar's and some
  /// plausible choice renders it too.
  ///
  /// - Complexity: O(classes + blocks).
  /// - Parameter format: Any choice of values.
  /// - Returns: The inverse of `format(at:)`; nil for a format outside the grammar.
  package func number(of format: Format) -> UInt128? {
    var kinds: [Int] = []
    var places: [Int] = []
    for variable in variables {
      let texts = variable.texts(of: format)
      guard let number = variable.classes.firstIndex(where: { $0.texts == texts }),
        let kind = variable.kinds.firstIndex(where: { $0.classes.contains(number) }),
        let place = variable.kinds[kind].classes.firstIndex(of: number)
      else { return nil }
      kinds.append(kind)
      places.append(place)
    }
    guard let block = blocks.first(where: { $0.kinds == kinds }) else { return nil }
    var number: UInt128 = 0
    for ((variable, kind), place) in zip(zip(variables, kinds), places).reversed() {
      number = number * UInt128(variable.kinds[kind].classes.count) + UInt128(place)
    }
    return block.start + number
  }

  package func template(_ format: Format) -> Template? { layout.template(format) }
}
