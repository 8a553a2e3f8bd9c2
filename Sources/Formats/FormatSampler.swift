import Basics

/// Draws distinct formats uniformly, without replacement, in an order that a seed fixes.
///
/// A virtual Fisher–Yates shuffle of the numbers of all templates: the first `n` draws do not depend
/// on how many follow, and the sampler ends when every format has been drawn.
package struct FormatSampler: IteratorProtocol, Sequence, Sendable {
  package let space: FormatSpace
  private var generator: SeededGenerator
  private var drawn: UInt128 = 0
  /// Where a number that was swapped away from its place went; absent places hold their own number.
  private var swapped: [UInt128: UInt128] = [:]

  package init(_ space: FormatSpace, seed: UInt64) {
    self.space = space
    generator = SeededGenerator(seed: seed, stream: "formats")
  }

  /// The next format, or nil when all have been drawn.
  package mutating func next() -> Format? { nextNumber().map { space.format(at: $0) } }

  /// The number of the next format, or nil when all have been drawn.
  mutating func nextNumber() -> UInt128? {
    guard drawn < space.count else { return nil }
    let place = drawn + generator.below(space.count - drawn)
    let number = swapped[place] ?? place
    swapped[place] = swapped[drawn] ?? drawn
    swapped[drawn] = nil
    drawn += 1
    return number
  }
}

extension FormatSpace {
  /// The formats of a study: the task's own first, then others drawn uniformly, all with different templates.
  ///
  /// - Parameters:
  ///   - count: How many formats are wanted, the original included; at least 1.
  ///   - seed: Fixes which are drawn, and in which order.
  /// - Returns: `count` formats, or all that exist when there are fewer.
  package func sample(_ count: Int, seed: UInt64) -> [Format] {
    var formats = [structure.original]
    let known = number(of: structure.original)
    let identity = template(structure.original)?.identity
    var sampler = FormatSampler(self, seed: seed)
    while formats.count < count, let number = sampler.nextNumber() {
      if number == known { continue }
      let format = format(at: number)
      // Values from outside the grammar may still add up to a template inside it.
      if known == nil, template(format)?.identity == identity { continue }
      formats.append(format)
    }
    return formats
  }

  /// The plausible formats that differ from `format` in the value of exactly one attribute.
  ///
  /// - Returns: One format per distinct template, with the attribute's index, in the order of
  ///   attributes and of the grammar's values; `format` itself may lie outside the grammar.
  package func neighbours(of format: Format) -> [(attribute: Int, format: Format)] {
    var seen: Set<[[UInt8]]> = []
    if let own = template(format)?.identity { seen.insert(own) }
    var result: [(attribute: Int, format: Format)] = []
    for attribute in structure.free {
      for atom in grammar.atoms(structure.attributes[attribute].kind) {
        var changed = format
        changed.atoms[attribute] = atom
        guard structure.refusal(changed) == nil, let identity = template(changed)?.identity,
          seen.insert(identity).inserted
        else { continue }
        result.append((attribute, changed))
      }
    }
    return result
  }
}
