import Basics
import Formats
import Foundation
import Tasks
import Testing

@testable import Prompts

/// Whole prompts of the released code, byte for byte.
@Suite(.enabled(if: SharedFiles.arePresent)) struct GoldenPromptTests {
  /// Every list `enum1` of the golden structures is named by its `object_name`.
  private func structures() throws -> [String: JSONReader] {
    let file = try TextFile.json(SharedFiles.path("golden/grammar/structures.json"))
    let members = try file.members(known: ["value_lists", "structures"])
    var result: [String: JSONReader] = [:]
    for item in try members.required("structures", in: file).items() {
      guard case .object(let object) = item.value, case .string(let name) = object["structure"]
      else { continue }
      result[name] = item
    }
    return result
  }

  /// A task of one golden row: queries and demonstrations as examples, answers as options.
  private func task(_ row: [String: JSONReader], structure: Structure, tree: JSONReader) throws
    -> EvaluationTask
  {
    let parent = JSONReader(.null, file: "row")
    var instruction = try row.required("instruction", in: parent).string()
    for (label, _) in try row.required("item_labels", in: parent).members() {
      let parts = label.split(separator: "_")
      instruction = instruction.replacing("{\(label)}", with: "{\(parts[0]).\(parts[1])}")
    }
    // The released code replaces the labels inside the answers; a task names them in its options.
    var options: [String: String] = [:]
    for (index, pair) in try row.required("answer_labels", in: parent).members().enumerated() {
      let prefix = pair.key.split(separator: " ").count > 1 ? "Option " : ""
      options[pair.key] = "\(prefix){enum1.\(index + 1)}"
    }
    let demonstrations = try row.required("demonstrations", in: parent).items()
    var answers: [String] = []
    var examples: [(fields: [String], answer: String)] = []
    for item in demonstrations {
      let members = try item.members(known: ["fields", "answer"])
      let answer = try members.required("answer", in: item).string()
      examples.append((try members.required("fields", in: item).strings(), answer))
      if !answers.contains(answer) { answers.append(answer) }
    }
    for query in try row.required("queries", in: parent).items() {
      examples.append((try query.strings(), answers[0]))
    }
    var texts: [JSON] = answers.map { .string(options[$0] ?? $0) }
    if texts.count == 1 { texts.append(.string("another option")) }
    let documents: [JSON] = examples.map { example in
      var object = JSONObject()
      var lists: [String: [JSON]] = [:]
      for (slot, text) in zip(structure.inputs, example.fields) {
        switch slot {
        case .field(let name): object[name] = .string(text)
        case .item(let list, let index):
          while lists[list, default: []].count < index { lists[list, default: []].append("unused") }
          lists[list, default: []].append(.string(text))
        case .output: break
        }
      }
      for list in lists.keys.sorted() { object[list] = .array(lists[list] ?? []) }
      object["answer"] = .integer((answers.firstIndex(of: example.answer) ?? 0) + 1)
      return .object(object)
    }
    let document = JSON.members([
      "schema": "formatspread.task/1", "name": "golden", "instruction": .string(instruction),
      "structure": tree.value, "options": .array(texts), "examples": .array(documents),
    ])
    return try EvaluationTask(JSONReader(document, file: "golden"))
  }

  @Test func `every recorded prompt is reproduced byte for byte`() throws {
    let structures = try structures()
    let text = try String(contentsOfFile: SharedFiles.path("golden/prompts.jsonl"), encoding: .utf8)
    var compared = 0
    for (number, line) in text.split(separator: "\n").enumerated() {
      let place = "prompts.jsonl:\(number + 1)"
      let reader = JSONReader(try JSON.parse(Array(line.utf8), file: place), file: place)
      let row = try reader.members(known: [
        "structure", "values", "shots", "instruction", "item_labels", "answer_labels",
        "demonstrations", "queries", "prompts",
      ])
      let tree = try #require(structures[try row.required("structure", in: reader).string()])
      let structure = try Structure(tree)
      let prepared = try PreparedTask(
        try task(row, structure: structure, tree: tree), grammar: .paper
      ) { name throws(InputError) in throw InputError("unexpected file \(name)") }
      let format = try structure.format(try row.required("values", in: reader))
      let shots = try row.required("shots", in: reader).int()
      let writer = try #require(
        PromptWriter(prepared, format: format, demonstrations: Array(0..<shots)))
      let expected = try row.required("prompts", in: reader).strings()
      for (index, prompt) in expected.enumerated() {
        let written = writer.prompt(shots + index).text
        #expect(Array(written.utf8) == Array(prompt.utf8), "\(place)")
        compared += 1
      }
    }
    #expect(compared > 150)
  }
}

extension JSON: ExpressibleByStringLiteral {
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
}
