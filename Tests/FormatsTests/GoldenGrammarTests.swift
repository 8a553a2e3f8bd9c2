import Basics
import Foundation
import Testing

@testable import Formats

/// The released code's verdicts, templates and counts.
@Suite(.enabled(if: SharedFiles.arePresent)) struct GoldenGrammarTests {
  let structures: [String: (structure: Structure, count: UInt128)]

  init() throws {
    let file = try TextFile.json(SharedFiles.path("golden/grammar/structures.json"))
    let members = try file.members(known: ["value_lists", "structures"])
    var structures: [String: (Structure, UInt128)] = [:]
    for item in try members.required("structures", in: file).items() {
      let structure = try Structure(item)
      guard case .object(let object) = item.value,
        case .integer(let count) = object["plausible_distinct"]
      else { continue }
      structures[structure.name] = (structure, UInt128(count))
    }
    self.structures = structures
  }

  @Test func `every recorded assignment has the released code's verdict and template`() throws {
    let text = try String(
      contentsOfFile: SharedFiles.path("golden/grammar/rows.jsonl"), encoding: .utf8)
    var rows = 0
    for (number, line) in text.split(separator: "\n").enumerated() {
      let place = "rows.jsonl:\(number + 1)"
      let reader = JSONReader(try JSON.parse(Array(line.utf8), file: place), file: place)
      let row = try reader.members(known: ["plausible", "structure", "template", "values"])
      let name = try row.required("structure", in: reader).string()
      let structure = try #require(structures[name]?.structure)
      let format = try structure.format(try row.required("values", in: reader))
      let plausible = try row.required("plausible", in: reader).bool()
      #expect((structure.refusal(format) == nil) == plausible, "\(place)")
      let template = try row.required("template", in: reader).string()
      #expect(Layout(structure).template(format)?.text == template, "\(place)")
      rows += 1
    }
    #expect(rows > 6_000)
  }

  @Test func `every structure has the released code's number of plausible templates`() throws {
    for (structure, count) in structures.values {
      let space = try FormatSpace(structure, grammar: .paper)
      #expect(space.count == count, "\(structure.name)")
      #expect(space.entangled.isEmpty)
    }
    #expect(structures.count == 9)
  }
}
