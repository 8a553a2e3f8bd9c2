import Basics
import Foundation
import Testing

@testable import Formats

/// The examples of `formats/README.md`, so that they stay true.
struct GuideTests {
  private let guide: String
  /// The blocks that are marked as JSON.
  private let examples: [JSONReader]

  init() throws {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = package.appendingPathComponent("formats/README.md")
    guide = try String(contentsOf: file, encoding: .utf8)
    examples = try guide.components(separatedBy: "```json\n").dropFirst().map { part in
      let text = part.components(separatedBy: "```")[0]
      return JSONReader(try JSON.parse(Array(text.utf8), file: "README.md"), file: "README.md")
    }
  }

  @Test func `the small grammar leaves as many formats as the guide says`() throws {
    let grammar = try Grammar(try #require(examples.first))
    let structure = try Structure(
      template: "Review: {text}\nSentiment: {answer}", name: "sentiment", grammar: grammar)
    let small = try FormatSpace(structure, grammar: grammar).count
    let paper = try FormatSpace(structure, grammar: .paper).count
    #expect(guide.contains("leaves \(small): three separators, two spaces, and three casings"))
    #expect(guide.contains("sentiment: \(small) distinct plausible formats"))
    #expect(guide.contains("sentiment: \(paper) distinct plausible formats"))
  }

  @Test func `the structures are counted and checked as the guide says`() throws {
    let file = try StructureFile(try #require(examples.last))
    let structure = try #require(file.structures.first)
    let count = try FormatSpace(structure, grammar: file.grammar).count
    #expect(guide.contains("\"plausible_distinct\":\(count)}"))
    let values = "{\"all.space\": \" \", \"fields.separator\": \"\\n\\t\"}"
    #expect(guide.contains(values))
    let format = try structure.format(JSONReader(try JSON.parse(values), file: "values"))
    let reason = try #require(structure.refusal(format)?.description)
    #expect(guide.contains("\"reason\":\"\(reason)\""))
  }

  @Test func `every key, casing and numbering is in the guide`() {
    let words =
      AttributeKind.allCases.map(\.rawValue) + Casing.allCases.map(\.rawValue)
      + Numbering.paper.map(\.name)
    for word in words { #expect(guide.contains("`\(word)`"), "\(word)") }
  }
}
