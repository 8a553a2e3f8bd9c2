import Basics

@testable import Formats

/// Small structures and grammars drawn at random, rich in the odd cases that make counting hard.
struct RandomStructures {
  private var generator: SeededGenerator
  private var attributes: [Attribute] = []
  private var fields = 0

  /// Values that add up to each other in many ways, where `isNarrow`.
  private let texts: [String]

  init(seed: UInt64, isNarrow: Bool) {
    generator = SeededGenerator(seed: seed)
    texts = isNarrow ? ["", " ", "  ", "   ", "\n", " \n", "\n "] : Self.wide
  }

  private static let wide: [String] = ["", " ", "  ", "\n", " \n", ":", ": ", "::", "a"]
  private static let wrappers = ["x", "(x)", "x)", "x:", "x ", " x", "ax", "x\n"]
  private static let numberings: [Numbering] = [
    .arabic, .upperAlpha, .lowerAlpha, .romanUpper,
    Numbering(name: "short", labels: ["1", "2"]),
    Numbering(name: "nested", labels: ["a", "aa", "aaa"]),
    Numbering(name: "marks", labels: ["", " ", ":", "::"]),
  ]
  private static let descriptors = ["", "Q", "a", "a b", ":", " ", "1", "ß", "Aa"]

  private mutating func some<Item>(_ items: [Item], _ most: Int) -> [Item] {
    let order = generator.permutation(items.count)
    return order.prefix(1 + generator.below(most)).map { items[$0] }
  }

  private mutating func one<Item>(_ items: [Item]) -> Item { items[generator.below(items.count)] }

  private mutating func chance(_ percent: Int) -> Bool { generator.below(100) < percent }

  /// A grammar with one to four values of each kind.
  mutating func grammar() -> Grammar {
    Grammar(
      name: "random", description: "", separators: some(texts, 5), spaces: some(texts, 5),
      gaps: some(texts, 3), casings: some(Casing.allCases, 3),
      wrappers: some(Self.wrappers, 3).compactMap(Wrapper.init),
      numberings: some(Self.numberings, 3))
  }

  private mutating func attribute(_ kind: AttributeKind) -> Int {
    let same = attributes.indices.filter { attributes[$0].kind == kind }
    if !same.isEmpty, chance(35) { return one(same) }
    // Mostly spaces, separators and gaps vary: they are what can run into each other.
    let isTextual = [.separator, .space, .gap].contains(kind)
    // Originals come from beyond the grammar as well.
    let original: Atom =
      switch kind {
      case .separator, .space, .gap: .text(one(texts))
      case .casing: .casing(one(Casing.allCases))
      case .wrapper: .wrapper(one(Self.wrappers.compactMap(Wrapper.init)))
      case .number: .number(one(Self.numberings))
      }
    attributes.append(
      Attribute(
        id: "a\(attributes.count).\(kind.rawValue)", kind: kind, original: original,
        isFree: chance(isTextual ? 95 : 30)))
    return attributes.count - 1
  }

  private mutating func field(isOutput: Bool = false) -> Component {
    fields += 1
    let isHeading = !isOutput && chance(45)
    let slot: Slot? = isOutput ? .output : isHeading ? nil : .field("f\(fields)")
    return .field(
      .init(
        id: "f\(fields)", descriptor: one(Self.descriptors),
        separator: chance(85) ? attribute(.separator) : nil, casing: attribute(.casing), slot: slot)
    )
  }

  private mutating func enumeration() -> Component {
    fields += 1
    let first = generator.below(2)
    return .enumeration(
      .init(
        id: "e\(fields)", list: "e\(fields)", descriptor: one(Self.descriptors),
        indices: Array(first...(first + generator.below(3))), space: attribute(.space),
        separator: attribute(.separator), casing: attribute(.casing), gap: attribute(.gap),
        wrapper: attribute(.wrapper), number: attribute(.number)))
  }

  private mutating func group(depth: Int, withOutput: Bool) -> Component {
    fields += 1
    let id = "g\(fields)"
    let space = attribute(.space)
    var children: [Component] = []
    for _ in 0...generator.below(3) {
      switch generator.below(depth > 0 ? 5 : 4) {
      case 0, 1: children.append(field())
      case 2: children.append(depth > 1 ? field() : enumeration())
      case 3: children.append(field())
      default: children.append(group(depth: depth - 1, withOutput: false))
      }
    }
    if withOutput { children.append(field(isOutput: true)) }
    return .group(.init(id: id, space: space, whitespaceOnly: chance(20), children: children))
  }

  mutating func structure() -> Structure {
    attributes = []
    fields = 0
    let root = group(depth: 2, withOutput: true)
    return Structure(name: "random", root: root, attributes: attributes)
  }
}
