import Basics
import Testing

@testable import Formats

struct FormatSpaceTests {
  @Test func `two fields have the paper's 480 formats, of 960 choices`() throws {
    let structure = try Samples.simple()
    let space = try FormatSpace(structure, grammar: .paper)
    #expect(space.count == 480)
    #expect(space.entangled.isEmpty)
    // 16 spaces (one of them twice), 15 separators and 4 casings: 960; the issue's 680 counts the
    // repeated space and the casings that coincide.
    let expected = FormatSpaceOracleTests.enumerate(structure, .paper, limit: 960)
    #expect(expected?.templates.count == 480)
  }

  @Test func `a separator of its own before a space counts templates and says so`() throws {
    let structure = try Samples.tree(
      """
      {"tree": {"node": "group", "id": "g", "space": " ", "children": [
         {"node": "field", "id": "h", "descriptor": "Read", "has_text": false,
          "separator": ":", "casing": "identity"},
         {"node": "field", "id": "a", "descriptor": "Answer", "output": true, "separator": ": "}]},
       "attributes": [{"id": "g.space"}, {"id": "h.separator"}]}
      """)
    let space = try FormatSpace(structure, grammar: .paper)
    let expected = try #require(FormatSpaceOracleTests.enumerate(structure, .paper, limit: 1_000))
    #expect(expected.isAmbiguous)
    #expect(space.count == UInt128(expected.templates.count))
    #expect(space.count < 14 * 15)
    #expect(space.entangled == [["g.space", "h.separator"]])
  }

  @Test func `items without a descriptor do not confuse gap and space while the answer tells`()
    throws
  {
    let grammar = try Samples.grammar(
      """
      {"schema": "formatspread.grammar/1", "name": "g", "separator": [": "], "casing": ["identity"],
       "wrapper": ["x.", "(x)"], "number": ["arabic", "upper_alpha"]}
      """)
    let structure = try Samples.choices(3, gapIsFree: true)
    let space = try FormatSpace(structure, grammar: grammar)
    let expected = try #require(FormatSpaceOracleTests.enumerate(structure, grammar, limit: 4_096))
    #expect(space.count == UInt128(expected.templates.count))
    // The group's space is seen once more before "Answer", so the gap follows from it.
    #expect(!expected.isAmbiguous)
    #expect(space.entangled.isEmpty)
  }

  @Test func `a structure with nothing free has one format, or none`() throws {
    func fixed(_ separator: String) throws -> FormatSpace {
      let structure = try Samples.tree(
        """
        {"tree": {"node": "group", "id": "g", "space": " ", "children": [
           {"node": "field", "id": "q", "descriptor": "Q", "separator": "\(separator)"},
           {"node": "field", "id": "a", "descriptor": "A", "output": true, "separator": ": "}]},
         "attributes": []}
        """)
      return try FormatSpace(structure, grammar: .paper)
    }
    #expect(try fixed(": ").count == 1)
    #expect(try fixed(" = ").count == 1)
    #expect(try fixed("").count == 0)
    #expect(try fixed("\\n").count == 0)
    #expect(try fixed(": ").format(at: 0) == fixed(": ").structure.original)
    #expect(try fixed("\\n").sample(5, seed: 1).count == 1)
  }

  // Of the paper's six numberings, Ⅰ ends at 12, the other Roman ones at 15, the letters at 26.
  @Test(arguments: [(1, 6), (12, 6), (13, 5), (15, 5), (16, 3), (26, 3), (27, 1), (40, 1)])
  func `a list longer than an alphabet loses that numbering`(items: Int, numberings: Int) throws {
    let six = try FormatSpace(try Samples.choices(4), grammar: .paper).count / 6
    let space = try FormatSpace(try Samples.choices(items), grammar: .paper)
    // A single item is joined by nothing: its space only says whether there is a newline.
    if items > 1 { #expect(space.count == six * UInt128(numberings)) }
    let structure = space.structure
    let number = try #require(structure.attributes.firstIndex { $0.kind == .number })
    var plausible = 0
    for atom in Grammar.paper.atoms(.number) {
      var format = structure.original
      format.atoms[number] = atom
      if structure.refusal(format) == nil {
        plausible += 1
        #expect(space.template(format) != nil)
      } else {
        #expect(space.template(format) == nil)
      }
    }
    #expect(plausible == numberings)
  }

  @Test(arguments: [
    (13, Numbering.unicodeRoman, 12), (16, .romanLower, 15), (16, .romanUpper, 15),
    (27, .lowerAlpha, 26),
  ])
  func `labels that run out are refused with the reason`(
    items: Int, numbering: Numbering, labels: Int
  ) throws {
    let structure = try Samples.choices(items)
    var format = structure.original
    let number = try #require(structure.attributes.firstIndex { $0.kind == .number })
    format.atoms[number] = .number(numbering)
    #expect(
      structure.refusal(format)?.description
        == "enumeration e: the numbering '\(numbering.name)' has \(labels) labels, "
        + "item \(labels + 1) has none")
  }

  @Test func `numbers and formats are each other's inverse in a large space`() throws {
    let space = try FormatSpace(try Samples.choices(4), grammar: .paper)
    #expect(space.count > 1_000_000)
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<200 {
      let number = generator.below(space.count)
      #expect(space.number(of: space.format(at: number)) == number)
    }
    #expect(space.number(of: space.structure.original) != nil)
  }

  @Test func `a format from outside the grammar has no number`() throws {
    let space = try FormatSpace(try Samples.simple(), grammar: .paper)
    var format = space.structure.original
    format.atoms[0] = .text(" = ")
    #expect(space.number(of: format) == nil)
  }

  @Test func `a number beyond the count is a programming error`() async {
    await #expect(processExitsWith: .failure) {
      let space = try FormatSpace(try Samples.simple(), grammar: .paper)
      _ = space.format(at: 480)
    }
  }

  @Test func `attributes that stand in for each other in too many ways are an input error`() throws
  {
    let names = (1...7).map { "h\($0)" }
    let headings = names.map {
      """
      {"node": "field", "id": "\($0)", "descriptor": "-", "has_text": false, "separator": ": ",
       "casing": "identity"}
      """
    }
    let structure = try Samples.tree(
      """
      {"tree": {"node": "group", "id": "g", "space": " ", "children": [
         \(headings.joined(separator: ",")),
         {"node": "field", "id": "a", "descriptor": "", "output": true}]}}
      """)
    let error = #expect(throws: InputError.self) { try FormatSpace(structure, grammar: .paper) }
    #expect(error?.message.hasPrefix("structure structure: the attributes g.space, h1.sep") == true)
    #expect(
      error?.message.hasSuffix("too many to count its formats; fix or share some of them") == true)
  }
}
