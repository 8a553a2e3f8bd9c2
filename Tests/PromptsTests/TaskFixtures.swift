import Basics
import Formats
import Tasks

@testable import Prompts

/// Tasks written in a test.
enum Fixture {
  static func reader(_ text: String, file: String = "t.json") throws -> JSONReader {
    JSONReader(try JSON.parse(Array(text.utf8), file: file), file: file)
  }

  /// A prepared task from the text of its members, without schema and name.
  static func task(
    _ members: String, grammar: Grammar = .paper, files: [String: String] = [:]
  ) throws -> PreparedTask {
    let document = try reader(#"{"schema":"formatspread.task/1","name":"t",\#(members)}"#)
    let readers = try files.map { ($0.key, try reader($0.value, file: $0.key)) }
    return try PreparedTask(try EvaluationTask(document), grammar: grammar) {
      name throws(InputError) in
      guard let found = readers.first(where: { $0.0 == name }) else {
        throw InputError("\(name): no such file")
      }
      return found.1
    }
  }

  static func grammar(_ members: String) throws -> Grammar {
    try Grammar(try reader(#"{"schema":"formatspread.grammar/1","name":"g",\#(members)}"#))
  }
}
