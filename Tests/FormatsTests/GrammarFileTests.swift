import Basics
import Foundation
import Testing

@testable import Formats

struct GrammarFileTests {
  @Test func `the paper's file is the built-in grammar`() throws {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = package.appendingPathComponent("formats/paper.json").path
    #expect(try Grammar(TextFile.json(path)) == Grammar.paper)
  }

  @Test func `a grammar is read again from its own file`() throws {
    let own = try Samples.grammar(
      """
      {"schema": "formatspread.grammar/1", "name": "mine", "description": "d",
       "separator": [": ", " = "], "space": ["\\n"], "casing": ["lower"], "wrapper": ["x:"],
       "number": ["arabic", {"name": "stars", "labels": ["*", "**", "\\u2605"]}]}
      """)
    for grammar in [own, .paper] {
      #expect(try Grammar(JSONReader(try JSON.parse(grammar.json.pretty()), file: "g")) == grammar)
    }
  }

  @Test func `a kind that is left out keeps the paper's values, and repetitions count once`() throws
  {
    let grammar = try Samples.grammar(
      """
      {"schema": "formatspread.grammar/1", "name": "g", "separator": [":", ":", "\\u003a", ": "]}
      """)
    #expect(grammar.atoms(.separator).map(\.name) == [":", ": "])
    #expect(grammar.atoms(.space) == Grammar.paper.atoms(.space))
    #expect(grammar.atoms(.space).count == 15)
  }

  @Test func `texts that only look alike are two values`() throws {
    let grammar = try Samples.grammar(
      "{\"schema\": \"formatspread.grammar/1\", \"name\": \"g\", \"space\": [\"\u{E9}\", \"e\u{301}\"]}"
    )
    #expect(grammar.atoms(.space).count == 2)
  }

  struct Complaint: Sendable, CustomTestStringConvertible {
    let members: String
    let message: String
    var testDescription: String { message }

    init(_ members: String, _ message: String) {
      self.members = members
      self.message = message
    }
  }

  static let complaints = [
    Complaint(
      "\"separator\": []", "$.separator: a grammar needs at least one separator; the list is empty"),
    Complaint("\"gap\": {}", "$.gap: expected a list, found an object"),
    Complaint("\"space\": [\" \", 3]", "$.space[1]: expected a text, found the number 3"),
    Complaint(
      "\"wrapper\": [\"()\"]",
      "$.wrapper[0]: the wrapper '()' needs exactly one 'x' where the label goes, as in '(x)'"),
    Complaint(
      "\"wrapper\": [\"x.\", \"<x>x\"]",
      "$.wrapper[1]: the wrapper '<x>x' needs exactly one 'x' where the label goes, as in '(x)'"),
    Complaint(
      "\"casing\": [\"uper\"]",
      "$.casing[0]: unknown casing 'uper' (did you mean 'upper'?); known: identity, title, upper, lower"
    ),
    Complaint(
      "\"number\": [\"upperalpha\"]",
      "$.number[0]: unknown numbering 'upperalpha' (did you mean 'upper_alpha'?); known: arabic, "
        + "upper_alpha, lower_alpha, unicode_roman, roman_lower, roman_upper, "
        + "or an object with name and labels"),
    Complaint(
      "\"number\": [{\"name\": \"n\", \"labels\": [\"a\", \"b\", \"a\"]}]",
      "$.number[0].labels[2]: the label 'a' occurs twice"),
    Complaint(
      "\"number\": [{\"name\": \"n\", \"labels\": []}]",
      "$.number[0].labels: an alphabet needs at least one label"),
    Complaint(
      "\"number\": [{\"name\": \"n\", \"labels\": [\"\"]}]",
      "$.number[0].labels[0]: expected a text that is not empty, found an empty text"),
    Complaint("\"number\": [{\"name\": \"n\"}]", "$.number[0]: the key 'labels' is missing"),
    Complaint("\"number\": [{\"labels\": [\"a\"]}]", "$.number[0]: the key 'name' is missing"),
    Complaint(
      "\"number\": [{\"name\": \"arabic\", \"labels\": [\"a\"]}]",
      "$.number[0].name: the name 'arabic' belongs to a built-in numbering; choose another"),
    Complaint(
      "\"number\": [{\"name\": \"n\", \"labels\": [\"a\"]}, {\"name\": \"n\", \"labels\": [\"b\"]}]",
      "$.number[1].name: the numbering 'n' occurs twice"),
    Complaint(
      "\"seperator\": [\":\"]",
      "$: unknown key 'seperator' (did you mean 'separator'?); known: schema, name, description, "
        + "separator, space, gap, casing, wrapper, number"),
    Complaint(
      "\"description\": \"\"",
      "$: a grammar without atoms; give at least one of separator, space, gap, casing, wrapper, number"
    ),
  ]

  @Test(arguments: complaints) func `a faulty grammar file is refused in one line`(
    _ complaint: Complaint
  ) {
    let text = "{\"schema\": \"formatspread.grammar/1\", \"name\": \"g\", \(complaint.members)}"
    #expect(throws: InputError("g.json: " + complaint.message)) { try Samples.grammar(text) }
  }

  @Test(arguments: [
    ("[]", "$: expected an object, found a list"),
    ("{}", "$: the key 'schema' is missing"),
    (
      "{\"schema\": \"formatspread.grammar/2\"}",
      "$.schema: expected the schema 'formatspread.grammar/1'"
    ),
    ("{\"schema\": \"formatspread.grammar/1\"}", "$: the key 'name' is missing"),
    (
      "{\"schema\": \"formatspread.grammar/1\", \"name\": \"\"}",
      "$.name: expected a text that is not empty, found an empty text"
    ),
  ])
  func `a file that is no grammar says what one is`(text: String, message: String) {
    #expect(throws: InputError("g.json: " + message)) { try Samples.grammar(text) }
  }
}
