import Basics
import Testing

@testable import Formats

/// Counting and numbering against the plainest oracle there is: all assignments, one by one.
struct FormatSpaceOracleTests {
  /// Every plausible assignment's template, with the texts of its pieces; nil when there are too many.
  static func enumerate(
    _ structure: Structure, _ grammar: Grammar, limit: Int
  ) -> (templates: Set<[[UInt8]]>, isAmbiguous: Bool)? {
    let free = structure.free
    let sizes = free.map { grammar.atoms(structure.attributes[$0].kind).count }
    let total = sizes.reduce(1) { min($0 * $1, limit + 1) }
    guard total <= limit else { return nil }
    let layout = Layout(structure)
    var looks: [[[UInt8]]: [[UInt8]]] = [:]
    var isAmbiguous = false
    for number in 0..<total {
      var format = structure.original
      var rest = number
      for (attribute, size) in zip(free, sizes) {
        format.atoms[attribute] = grammar.atoms(structure.attributes[attribute].kind)[rest % size]
        rest /= size
      }
      guard structure.refusal(format) == nil, let template = layout.template(format) else {
        continue
      }
      let look = layout.pieces.map { piece in
        piece.attribute.map { Array((piece.text(format.atoms[$0]) ?? "").utf8) } ?? []
      }
      if let known = looks[template.identity], known != look { isAmbiguous = true }
      looks[template.identity] = look
    }
    return (Set(looks.keys), isAmbiguous)
  }

  @Test(arguments: 0..<24)
  func `counts and numbers are those of full enumeration`(batch: Int) throws {
    var random = RandomStructures(seed: UInt64(batch), isNarrow: batch % 2 == 0)
    var checked = 0
    for _ in 0..<40 {
      let grammar = random.grammar()
      let structure = random.structure()
      guard let expected = Self.enumerate(structure, grammar, limit: 4_000) else { continue }
      checked += 1
      let space = try FormatSpace(structure, grammar: grammar)
      #expect(space.count == UInt128(expected.templates.count), "\(structure) \(grammar)")
      #expect(!expected.isAmbiguous || !space.entangled.isEmpty, "\(structure) \(grammar)")
      var found = Set<[[UInt8]]>()
      for number in 0..<space.count {
        let format = space.format(at: number)
        #expect(structure.refusal(format) == nil)
        #expect(space.number(of: format) == number)
        found.insert(try #require(space.template(format)).identity)
      }
      #expect(found == expected.templates)
    }
    #expect(checked > 5)
  }
}
