import Basics
import Formats
import Foundation
import Tasks
import Testing

@testable import Importing

@Suite(.enabled(if: Imported.structures != nil)) struct `The tasks of the paper` {
  private func imported(_ task: String, _ instances: [(String, String)]) throws -> ImportedTask {
    let file = JSON.members([
      "Definition": .strings(["Do it."]),
      "Instances": .array(
        instances.map { .members(["input": .string($0.0), "output": .strings([$0.1])]) }),
    ])
    return try Imported.task(.naturalInstructions, file.compact, file: "\(task)_x.json") {
      $0.structures = Imported.structures
    }
  }

  /// The inputs and outputs of six instances in the original format of a structure.
  private func instances(_ item: JSONReader) throws -> [(String, String)] {
    let structure = try Structure(item, isRecorded: true)
    let template = try #require(Layout(structure).template(structure.original))
    let answers = try item.anyMembers()["answers"]?.string()
    var labels: [String] = []
    if let options = structure.root.enumerations.first(where: { $0.list == "options" }),
      case .number(let numbering) = structure.original.atoms[options.number]
    {
      labels = options.indices.compactMap { numbering.label($0) }
    }
    return (0..<6).map { row in
      var input = ""
      for (index, slot) in template.slots.enumerated() where slot != .output {
        input += template.literals[index] + "w\(index) of \(row)"
      }
      guard let answers, !labels.isEmpty else { return (input, ["yes", "no"][row % 2]) }
      return (input, answers.replacing("{}", with: labels[row % labels.count]))
    }
  }

  @Test func `are all taken apart from their original format, with nothing left out`() throws {
    let reader = try #require(Imported.structures)
    let members = try reader.anyMembers()
    let paper = try #require(try members["paper_tasks"]?.strings())
    var read: [String] = []
    for item in try #require(members["structures"]).items() {
      let instances = try instances(item)
      for task in try #require(item.anyMembers()["tasks"]).strings() where paper.contains(task) {
        let imported = try imported(task, instances)
        #expect(imported.examples.count == instances.count, "\(task): \(imported.notes)")
        #expect(try imported.task().examples.count == instances.count)
        read.append(task)
      }
    }
    #expect(read.sorted() == paper.sorted() && read.count == 53)
  }

  /// Inputs as the files of the data set have them, white space and all, in words of our own.
  @Test(
    arguments: [
      (
        "task050", "Sentence: They sat down. \nQuestion: Who sat?", "No.",
        #"{"sentence":"They sat down.","question":"Who sat?","answer":"No."}"#
      ),
      (
        "task069",
        "Beginning: It rained. Middle 1: She ran. Middle 2: She swam. Ending: She was dry.", "2",
        #"{"beginning":"It rained.","options":["She ran.","She swam."],"ending":"She was dry.","answer":"She swam."}"#
      ),
      (
        "task190", "Sentence 1: A dog runs. Sentence 2: It sleeps.", "C",
        #"{"sentences":["A dog runs.","It sleeps."],"answer":"C"}"#
      ),
      (
        "task213",
        "Title: Rain. Sentence 1: A. Sentence 2: B. Sentence 3: C. Sentence 4: D. q. Choices: a. E. b. F.",
        "b",
        #"{"title":"Rain.","sentences":["A.","B.","C.","D. q."],"options":["E.","F."],"answer":"F."}"#
      ),
      (
        "task220",
        "Sentence 1: A. Sentence 2: B. Sentence 3: C. Sentence 4: D. Sentence 5: E. Choices: a. Fog. b. Sun.",
        "a", #"{"sentences":["A.","B.","C.","D.","E."],"options":["Fog.","Sun."],"answer":"Fog."}"#
      ),
      (
        "task296",
        "Sentence1: A. Sentence2: B. Sentence3: C. Sentence4: D. \n (A) She won. (B) She lost.",
        "B",
        #"{"sentences":["A.","B.","C.","D."],"options":["She won.","She lost."],"answer":"She lost."}"#
      ),
      (
        "task319", "Target: baker \nThe baker sleeps late.", "unrelated",
        #"{"target":"baker","text":"The baker sleeps late.","answer":"unrelated"}"#
      ),
      (
        "task385",
        "Context: Ann fell. \n Question: What now? \n Options: (A) get up (B) sing (C) eat", "C",
        #"{"context":"Ann fell.","question":"What now?","options":["get up","sing","eat"],"answer":"eat"}"#
      ),
      (
        "task1297",
        "Fact1: ice is cold., Fact2: cold hurts., Question: What hurts? (A) a (B) ice (C) c (D) d (E) e (F) f "
          + "(G) g (H) h", "B",
        #"{"facts":["ice is cold.","cold hurts."],"question":"What hurts?","options":["a","ice","c","d","e","f","g","h"],"answer":"ice"}"#
      ),
      (
        "task1387", "Premise: Ann climbs. <sep> Hypothesis: Ann is up.", "Neutral",
        #"{"premise":"Ann climbs.","hypothesis":"Ann is up.","answer":"Neutral"}"#
      ),
      (
        "task1420", "Problem: 1 + 1 ? \nOptions: a ) 1 , b ) 2 , c ) 3 , d ) - 4 , e ) 5", "b",
        #"{"problem":"1 + 1 ?","options":["1","2","3","- 4","5"],"answer":"2"}"#
      ),
      (
        "task1612", "sentence_A: A man sings. sentence_B: Nobody sings", "2",
        #"{"sentences":["A man sings.","Nobody sings"],"answer":"2"}"#
      ),
      (
        "task1678", "Problem: 2 + 2 ?\nOptions: a. 7, b. 4, c. 9, d. 10, e. - 2", "e",
        #"{"problem":"2 + 2 ?","options":["7","4","9","10","- 2"],"answer":"- 2"}"#
      ),
      (
        "task905", "Tweet: good morning\nLabel: Neither", "true",
        #"{"tweet":"good morning","label":"Neither","answer":"true"}"#
      ),
      (
        "task1186", "System Reference: it has food.\nOriginal Reference: food is there.", "6",
        #"{"system_reference":"it has food.","original_reference":"food is there.","answer":"6"}"#
      ),
      (
        "task161", "Sentence: 'a red kite'. How many words contain the letter 'e' in the sentence.",
        "2",
        #"{"sentence":"'a red kite'. How many words contain the letter 'e' in the sentence.","answer":"2"}"#
      ),
      (
        "task1502", "good morning all", "Normal", #"{"input":"good morning all","answer":"Normal"}"#
      ),
    ])
  func `are read as the data set writes them`(
    task: String, input: String, output: String, example: String
  ) throws {
    // A second instance with another answer; where options are listed, the first one.
    let other = ["A", "B", "C"].contains(output) ? "A" : output == "2" ? "1" : "a"
    let task = try imported(task, [(input, output), (input, other), (input, output)])
    #expect(task.examples.first == example)
    #expect(!task.notes.contains { $0.contains("left out") })
  }

  @Test func `leave out what has another form, and say where`() throws {
    // A part of the instances of task1678 lists its options as Python does.
    let good = "Problem: 2 + 2 ?\nOptions: a. 7, b. 4, c. 9, d. 10, e. - 2"
    let odd = "Problem: 3 ?\nOptions: ['a. 7', 'b. 4', 'c. 9', 'd. 10', 'e. 2']"
    let task = try imported("task1678", [(good, "b"), (odd, "b"), (good, "e"), (good, "a")])
    #expect(task.examples.count == 3)
    #expect(
      task.notes.contains(
        "left out 1 instance (task1678_x.json: $.Instances[1]) whose input does not have the template's form"
      ), "\(task.notes)")
  }
}
