import Testing

@testable import Basics

/// Messages are the interface of a file format, so they are held word for word.
struct JSONReaderTests {
  private let reader: JSONReader

  init() throws {
    let text = """
      {"name": "x", "empty": "", "count": 3, "share": 0.5, "on": true, "none": null,
       "big": 123456789012345678901234567890, "list": ["a", 1, {"k": []}],
       "odd key.é": {"": 1}}
      """
    reader = JSONReader(try JSON.parse(text), file: "tasks/x.json")
  }

  private func at(_ key: String) throws -> JSONReader {
    try #require(try reader.members().first { $0.key == key }?.reader)
  }

  @Test func `values of the right kind are handed out`() throws {
    #expect(try at("name").string() == "x")
    #expect(try at("empty").string().isEmpty)
    #expect(try at("name").nonEmptyString() == "x")
    #expect(try at("count").int() == 3)
    #expect(try at("count").double() == 3)
    #expect(try at("share").double() == 0.5)
    #expect(try at("on").bool())
    #expect(try at("list").items()[2].members(known: ["k"])["k"]?.items().isEmpty == true)
    #expect(try JSONReader(.strings(["a", "b"]), file: "f").strings() == ["a", "b"])
  }

  struct Complaint: Sendable, CustomTestStringConvertible {
    let message: String
    let ask: @Sendable (JSONReaderTests) throws -> Void
    var testDescription: String { message }

    init(_ message: String, _ ask: @escaping @Sendable (JSONReaderTests) throws -> Void) {
      self.message = message
      self.ask = ask
    }
  }

  static let complaints = [
    Complaint("$.name: expected a list, found the text 'x'") { _ = try $0.at("name").items() },
    Complaint("$.name: expected a whole number, found the text 'x'") {
      _ = try $0.at("name").int()
    },
    Complaint("$.empty: expected a text that is not empty, found an empty text") {
      _ = try $0.at("empty").nonEmptyString()
    },
    Complaint("$.count: expected a text, found the number 3") { _ = try $0.at("count").string() },
    Complaint("$.count: expected a whole number from 4 to 9, found the number 3") {
      _ = try $0.at("count").int(in: 4...9)
    },
    Complaint("$.count: expected a whole number of at least 4, found the number 3") {
      _ = try $0.at("count").int(in: 4...Int.max)
    },
    Complaint("$.share: expected a whole number, found the number 0.5") {
      _ = try $0.at("share").int()
    },
    Complaint(
      "$.big: expected a whole number, found the number 123456789012345678901234567890"
    ) { _ = try $0.at("big").int() },
    Complaint("$.on: expected a number, found true") { _ = try $0.at("on").double() },
    Complaint("$.none: expected true or false, found null") { _ = try $0.at("none").bool() },
    Complaint("$.list: expected an object, found a list") { _ = try $0.at("list").members() },
    Complaint("$.list[1]: expected a text, found the number 1") {
      _ = try $0.at("list").strings()
    },
    Complaint("$.list[2].k: expected a text, found a list") {
      _ = try $0.at("list").items()[2].members(known: ["k"])["k"]?.string()
    },
    Complaint("$.list[2]: unknown key 'k' (did you mean 'ks'?); known: ks, value") {
      _ = try $0.at("list").items()[2].members(known: ["ks", "value"])
    },
    Complaint("$.list[2]: unknown key 'k'; known: answer") {
      _ = try $0.at("list").items()[2].members(known: ["answer"])
    },
    Complaint("$.list[2]: the key 'answer' is missing") {
      let item = try $0.at("list").items()[2]
      _ = try item.members(known: ["k"]).required("answer", in: item)
    },
    Complaint("$[\"odd key.é\"][\"\"]: expected a text, found the number 1") {
      _ = try $0.at("odd key.é").members()[0].reader.string()
    },
    Complaint("$.name: too short") { throw try $0.at("name").failure("too short") },
  ]

  @Test(arguments: complaints) func `a complaint names file, path and what was wanted`(
    _ complaint: Complaint
  ) {
    #expect(throws: InputError("tasks/x.json: " + complaint.message)) { try complaint.ask(self) }
  }

  @Test func `long texts are cut in a complaint`() {
    let reader = JSONReader(.string(String(repeating: "a\n", count: 40)), file: "f.json")
    #expect(
      throws: InputError(
        "f.json: $: expected a list, found the text '"
          + String(repeating: "a\\n", count: 15) + "…'")
    ) { try reader.items() }
  }
}
