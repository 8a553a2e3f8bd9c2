import Basics
import Formats
import Foundation
import Tasks
import Testing

@testable import Prompts

/// What `tasks/README.md` says, tried out.
@Suite struct `The guide to tasks` {
  private static let text: String = {
    let path = URL(fileURLWithPath: BundledTasks.path("x")).deletingLastPathComponent()
      .appendingPathComponent("README.md").path
    return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }()

  @Test func `shows tasks that can be used`() throws {
    let blocks = Self.text.components(separatedBy: "```json\n").dropFirst().map { part in
      part.components(separatedBy: "```")[0]
    }
    #expect(blocks.count == 2)
    for block in blocks {
      let review = TaskReview.review(
        document: try Fixture.reader(block, file: "README.md"), grammar: .paper
      ) { name throws(InputError) in throw InputError(name) }
      // Two examples are few, and the guide says so.
      #expect(
        review.findings.filter { $0.severity != .note }.allSatisfy {
          $0.path == "$.examples" && $0.text.hasPrefix("2 examples, ") || $0.path == "$.options"
        }, "\(review.lines)")
      #expect(review.isUsable)
    }
  }

  @Test func `lists the bundled tasks with their options and number of examples`() throws {
    var rows: [[String]] = []
    for line in Self.text.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if cells.count == 5 { rows.append(cells) }
    }
    #expect(rows.map { $0[0] } == BundledTasks.names.map { "`\($0)`" })
    for (row, name) in zip(rows, BundledTasks.names) {
      let task = try EvaluationTask(try TextFile.json(BundledTasks.path(name)))
      let options: String
      switch task.options {
      case .fixed(let texts): options = texts.joined(separator: ", ")
      case .list(let list):
        let count = try #require(task.examples.first?.items(list)?.count)
        options = "\(count) in `\(list)`"
      case .free: options = "free"
      }
      #expect(row[2] == options)
      #expect(row[3] == String(task.examples.count))
    }
  }

  @Test func `takes labels in many shapes for a numbering`() throws {
    for (first, second) in [
      ("A. ", "B. "), ("Option (i) ", "Option (ii) "), ("Option (i): ", "Option (ii): "),
      ("[1] ", "[2] "), ("Choice a: ", "Choice b: "),
    ] {
      let task = try Fixture.task(
        """
        "structure":{"template":"Q: {q}\\n\(first){c.1}\\n\(second){c.2}\\nAnswer: {answer}"},
        "options":"c","examples":[{"q":"a","c":["x","y"],"answer":2}]
        """)
      let writer = try #require(
        PromptWriter(task, format: task.structure.original, demonstrations: []))
      #expect(writer.prompt(0).text == "Q: a\n\(first)x\n\(second)y\nAnswer: ")
      #expect(task.answers == .labels("c"))
    }
  }
}
