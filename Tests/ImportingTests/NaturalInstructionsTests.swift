import Basics
import Formats
import Foundation
import Tasks
import Testing

@testable import Importing

@Suite struct `Super-NaturalInstructions` {
  private func file(_ definition: String, _ instances: [(String, [String])]) -> String {
    JSON.members([
      "Contributors": .strings(["us"]), "Source": .strings(["made"]),
      "Definition": .strings([definition, "Another wording."]),
      "Positive Examples": .array([.members(["input": .string("x"), "output": .string("y")])]),
      "Instances": .array(
        instances.map { .members(["input": .string($0.0), "output": .strings($0.1)]) }),
    ]).compact
  }

  private func task(
    _ name: String, _ definition: String, _ instances: [(String, [String])]
  ) throws -> ImportedTask {
    try Imported.task(.naturalInstructions, file(definition, instances), file: "\(name).json") {
      $0.structures = Imported.structures
    }
  }

  @Test(.enabled(if: Imported.structures != nil))
  func `every task of the paper has a structure that can be read`() throws {
    let reader = try #require(Imported.structures)
    let file = try StructureFile(reader)
    let outputs = file.structures.count { $0.hasOutput }
    #expect(outputs == file.structures.count)
    let members = try reader.anyMembers()
    let list = try #require(members["paper_tasks"])
    let paper = try list.strings()
    #expect(paper.count == 53)
    var known: [String] = []
    let structures = try #require(members["structures"])
    for item in try structures.items() {
      let tasks = try item.anyMembers()["tasks"]
      known += try tasks?.strings() ?? []
    }
    #expect(Set(known).count == known.count)
    #expect(Set(paper).isSubset(of: known))
  }

  /// The counts of distinct plausible templates that the released code's recorded structures have.
  @Test(
    .enabled(if: Imported.structures != nil),
    arguments: [
      ("task280", 480), ("task1661", 480), ("task133", 480), ("task501", 480),
      ("task309", 17_712_000), ("task220", 1_108_857_600), ("task065", 301_459_968_000),
      ("task069", 12_009_600), ("task190", 12_009_600),
    ])
  func `structures have as many plausible formats as the released code's`(
    task: String, count: Int
  ) throws {
    let reader = try #require(Imported.structures)
    let structures = try #require(try reader.anyMembers()["structures"])
    for item in try structures.items() {
      let tasks = try item.anyMembers()["tasks"]
      guard try tasks?.strings().contains(task) == true else { continue }
      let structure = try Structure(item, isRecorded: true)
      #expect(try FormatSpace(structure, grammar: .paper).count == UInt128(count))
      return
    }
    Issue.record("no structure for \(task)")
  }

  @Test(.enabled(if: Imported.structures != nil))
  func `labels in answers and in the instruction follow the numbering`() throws {
    let instances = (0..<6).map { index in
      (
        "Sentence 1: A\(index). \n Sentence 3: B. \n Sentence 4:  C. \n Sentence 5: D. \n "
          + "Option 1: E\(index) \n Option 2: F\(index)", ["Option \(1 + index % 2)"]
      )
    }
    let task = try task("task065_x", "Say 'Option 1' or 'Option 2'.", instances)
    #expect(task.parts["instruction"] == #""Say 'Option {options.1}' or 'Option {options.2}'.""#)
    #expect(task.parts["options"] == #"["Option {options.1}","Option {options.2}"]"#)
    #expect(
      task.examples[1]
        == #"{"sentences":["A1.","–","B."," C.","D."],"options":["E1","F1"],"answer":"Option {options.2}"}"#
    )
    #expect(try task.task().examples[1].answer == .option(1))
  }

  @Test(.enabled(if: Imported.structures != nil))
  func `inputs that do not match are counted and listed, and the first output counts`() throws {
    var instances = (0..<6).map { index in
      (
        "Problem: how many, \(index) ? \nOptions: a ) 1 , b ) 2 , c ) \(index) , d ) x , e ) y",
        ["abcde".map { String($0) }[index % 5]]
      )
    }
    instances.append(("Problem without options", ["a"]))
    instances.append((instances[0].0, ["f"]))
    instances[1].1.append("c")
    let task = try task("task1420_x", "Answer with 'a', 'b', 'c', 'd', and 'e'.", instances)
    #expect(
      task.notes == [
        "the structure is 'problem-options', as the paper takes task1420 apart",
        "labels in the instruction follow the numbering: 5",
        "left out 1 instance (task1420_x.json: $.Instances[6]) whose input does not have the template's form",
        "1 instance (task1420_x.json: $.Instances[1]) with several outputs: the first one counts, as in the "
          + "paper",
        "left out 1 row (task1420_x.json: $.Instances[7]) whose answer names no option, or two",
      ])
    // The right option's text occurs twice here, so its position says which it is.
    #expect(
      task.examples[2] == #"{"problem":"how many, 2 ?","options":["1","2","2","x","y"],"answer":3}"#
        || task.examples.count == 5)
  }

  @Test func `tasks that are not known are taken apart by what their inputs share`() throws {
    let task = try task(
      "task9999_x", "Who?",
      (0..<10).map { ("Context: It rains: \($0). Question: Who runs?", [["Ann", "Bob"][$0 % 2]]) })
    #expect(task.template == "Context: {context} Question: {question} Answer: {answer}")
    #expect(
      task.examples[0] == #"{"context":"It rains: 0.","question":"Who runs?","answer":"Ann"}"#)
    let plain = try self.task(
      "task9998_x", "Who?", (0..<10).map { ("it rains \($0)", ["x\($0 % 2)"]) })
    #expect(plain.template == "Input: {input}\nOutput: {answer}")
    #expect(plain.examples[0] == #"{"input":"it rains 0","answer":"x0"}"#)
  }

  @Test func `a template of the user's goes before a known structure`() throws {
    let task = try Imported.task(
      .naturalInstructions, file("Say {it}.", (0..<4).map { ("Passage: p\($0)", ["x\($0 % 2)"]) }),
      file: "task280_x.json"
    ) {
      $0.structures = Imported.structures
      $0.template = "Passage: {text}"
    }
    #expect(task.template == "Passage: {text}\nAnswer: {answer}")
    #expect(task.parts["instruction"] == #""Say {{it}}.""#)
  }

  @Test func `texts are as long as the released code's greedy expressions make them`() throws {
    // Oracle: re.search("^Sentence: (.+) Question: (.+)$", …, re.S).groups() of Python 3.
    let template = try TemplateFields("Sentence: {a} Question: {b} X: {answer}", place: "t")
    let pattern = try #require(InputPattern(template))
    #expect(
      pattern.texts("Sentence: one Question: two Question: three")
        == ["one Question: two", "three"])
    #expect(pattern.texts("Sentence: one Question: two Question: ") == ["one", "two Question: "])
    #expect(pattern.texts("Sentence:  Question: x") == nil)
    #expect(pattern.texts("Sentence: \n\n Question: é\n") == ["\n\n", "é\n"])
    #expect(pattern.texts("Sentence: x") == nil)
  }

  @Test func `labels are found in quotes, brackets and series, and not in words`() {
    let (text, count) = LabelMentions.replaced(
      "Pick a title from options a and b: say 'a', (b) or \"b\" {now}, as a rule.",
      labels: ["a", "b"], list: "o", descriptor: "")
    #expect(
      text
        == "Pick a title from options {o.1} and {o.2}: say '{o.1}', ({o.2}) or \"{o.2}\" {{now}}, as a "
        + "rule.")
    #expect(count == 5)
  }
}
