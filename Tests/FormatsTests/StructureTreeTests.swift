import Basics
import Testing

@testable import Formats

struct StructureTreeTests {
  private static let answer =
    #"{"node": "field", "id": "a", "descriptor": "Answer", "output": true, "separator": ": "}"#

  /// A tree whose root group holds the given children and an answer.
  private static func group(_ children: String, rest: String = "") -> String {
    let comma = children.isEmpty ? "" : ","
    return #"{"tree": {"node": "group", "id": "g", "space": "\n", "children": ["#
      + "\(children)\(comma)\(answer)]}\(rest)}"
  }

  struct Complaint: Sendable, CustomTestStringConvertible {
    let tree: String
    let message: String
    var testDescription: String { message }

    init(_ tree: String, _ message: String) {
      self.tree = tree
      self.message = message
    }
  }

  static let complaints = [
    Complaint("{}", "$: the key 'tree' is missing"),
    Complaint(
      #"{"tre": {}}"#,
      "$: unknown key 'tre' (did you mean 'tree'?); known: structure, name, tree, shared, attributes, "
        + "plausible_distinct"),
    Complaint(
      #"{"tree": {}}"#, "$.tree: expected a node with 'node': 'group', 'field' or 'enumeration'"),
    Complaint(
      #"{"tree": {"node": "list"}}"#,
      "$.tree: unknown node 'list'; known: group, field, enumeration"),
    Complaint(
      #"{"tree": {"node": "group", "space": " ", "children": []}}"#,
      "$.tree.children: a group needs at least one child"),
    Complaint(
      #"{"tree": {"node": "group", "children": []}}"#, "$.tree: the key 'space' is missing"),
    Complaint(
      #"{"tree": {"node": "field", "descriptor": "Q"}}"#,
      "$.tree: expected exactly one output field with text, to hold the answer"),
    Complaint(
      group(answer.replacing(#""id": "a""#, with: #""id": "b""#)),
      "$.tree: expected exactly one output field with text, to hold the answer"),
    Complaint(group(answer), "$.tree.children[1]: the id 'a' occurs twice"),
    Complaint(
      group(#"{"node": "field", "separator": {"shared": "s"}}"#),
      "$.tree.children[0].separator.shared: there is no shared separator named 's'"),
    Complaint(
      group(#"{"node": "field", "casing": "Upper"}"#),
      "$.tree.children[0].casing: unknown casing 'Upper' (did you mean 'upper'?); "
        + "known: identity, title, upper, lower"),
    Complaint(
      group(#"{"node": "field", "text": true}"#),
      "$.tree.children[0]: unknown key 'text'; known: node, id, descriptor, separator, casing, "
        + "has_text, output, field"),
    Complaint(
      group(#"{"node": "enumeration", "indices": [], "space": " "}"#),
      "$.tree.children[0].indices: an enumeration needs at least one item"),
    Complaint(
      group(#"{"node": "enumeration", "indices": [1, 0], "space": " "}"#),
      "$.tree.children[0].indices[1]: the positions of items must rise"),
    Complaint(
      group(#"{"node": "enumeration", "indices": [-1], "space": " "}"#),
      "$.tree.children[0].indices[0]: expected a whole number from 0 to 9999, found the number -1"),
    Complaint(
      group(#"{"node": "enumeration", "indices": [0], "space": " ", "wrapper": "()"}"#),
      "$.tree.children[0].wrapper: the wrapper '()' needs exactly one 'x' where the label goes, "
        + "as in '(x)'"),
    Complaint(
      group("", rest: #", "attributes": [{"id": "g.spcae"}]"#),
      "$.attributes[0].id: unknown attribute 'g.spcae' (did you mean 'g.space'?)"),
    Complaint(
      group("", rest: #", "shared": [{"id": "s", "fields": {"colour": "red"}}]"#),
      "$.shared[0].fields: unknown kind of attribute 'colour'"),
    Complaint(
      group("", rest: #", "shared": [{"fields": {}}]"#), "$.shared[0]: the key 'id' is missing"),
    Complaint(
      group("", rest: #", "shared": [{"id": "s", "fields": {}}, {"id": "s", "fields": {}}]"#),
      "$.shared[1]: the shared name 's' occurs twice"),
  ]

  @Test(arguments: complaints) func `a faulty tree is refused in one line`(
    _ complaint: Complaint
  ) {
    #expect(throws: InputError("tree.json: " + complaint.message)) {
      try Samples.tree(complaint.tree)
    }
  }

  @Test(arguments: [
    (
      #"{"s.casin": "upper"}"#,
      "$: unknown attribute 's.casin' (did you mean 's.casing'?); known: s.separator, s.casing, "
        + "g.space"
    ),
    (
      #"{"s.casing": "big"}"#,
      "$[\"s.casing\"]: unknown casing 'big'; known: identity, title, upper, lower"
    ),
    (#"{"g.space": 1}"#, "$[\"g.space\"]: expected a text, found the number 1"),
  ])
  func `faulty values are refused in one line`(values: String, message: String) throws {
    let structure = try Samples.simple()
    let reader = JSONReader(try JSON.parse(values), file: "v.json")
    #expect(throws: InputError("v.json: " + message)) { try structure.format(reader) }
  }

  @Test func `what a tree leaves out is filled in`() throws {
    let structure = try Samples.tree(
      Self.group(
        #"{"node": "field", "descriptor": "The Passage"}, {"node": "enumeration", "#
          + #""descriptor": "Option", "indices": [0, 2], "space": ", "}"#))
    let template = try #require(Layout(structure).template(structure.original))
    #expect(template.text == "The Passage{}\nOptionA. {}, OptionC. {}\nAnswer: {}")
    #expect(
      structure.inputs
        == [
          .field("the_passage"), .item(list: "option", index: 0), .item(list: "option", index: 2),
        ])
    #expect(structure.name == "structure")
  }

  @Test func `without a list of attributes, all are free that are seen`() throws {
    let structure = try Samples.tree(
      """
      {"shared": [{"id": "s", "not_free": true, "fields": {"separator": ": "}},
                  {"id": "c", "fields": {"casing": "identity"}}],
       "tree": {"node": "group", "id": "g", "space": " ", "children": [
         {"node": "field", "id": "q", "separator": {"shared": "s"}},
         {"node": "enumeration", "id": "e", "indices": [0], "space": " "},
         {"node": "field", "id": "a", "descriptor": "A", "output": true,
          "separator": {"shared": "s"}, "casing": {"shared": "c"}}]}}
      """)
    let free = structure.attributes.filter(\.isFree).map(\.id)
    #expect(
      free == ["c.casing", "g.space", "e.space", "e.separator", "e.wrapper", "e.number"])
  }

  @Test func `the released code's name of the gap is understood`() throws {
    let structure = try Samples.tree(
      Self.group(
        #"{"node": "enumeration", "id": "e", "descriptor": "Option", "indices": [0], "space": " ", "#
          + #""text_option_separator": "\t"}"#))
    let reader = JSONReader(
      try JSON.parse(#"{"e.text_option_separator": "  "}"#), file: "v.json")
    let format = try structure.format(reader)
    #expect(Layout(structure).template(structure.original)?.literals[0] == "Option\tA. ")
    #expect(Layout(structure).template(format)?.literals[0] == "Option  A. ")
  }

  @Test func `a template is filled with texts, up to the answer or to the end`() throws {
    let template = try #require(
      Layout(try Samples.choices(2)).template(try Samples.choices(2).original))
    func text(_ slot: Slot) -> String {
      switch slot {
      case .field(let name): "<\(name)>"
      case .item(let list, let index): "<\(list) \(index)>"
      case .output: "<answer>"
      }
    }
    #expect(
      template.filled(stopsAtOutput: true, text)
        == "Question: <question>\nA. <choices 0>\nB. <choices 1>\nAnswer: ")
    #expect(template.filled(stopsAtOutput: false, text).hasSuffix("Answer: <answer>"))
  }
}

struct StructureFileTests {
  private static func file(_ text: String) throws -> StructureFile {
    try StructureFile(JSONReader(try JSON.parse(text), file: "s.json"))
  }

  private static let tree =
    #""tree": {"node": "group", "id": "g", "space": " ", "children": ["#
    + #"{"node": "field", "id": "a", "descriptor": "Answer", "separator": ": "}]}"#

  @Test func `the file's own atoms apply to its structures`() throws {
    let file = try Self.file(
      #"{"value_lists": {"separator": [":", ""], "casing": ["upper", "title", "lower"]}, "#
        + #""structures": [{"structure": "one", \#(Self.tree)}]}"#)
    let space = try FormatSpace(file.structures[0], grammar: file.grammar)
    #expect(space.count == 3)
    let place = JSONReader(.string("one"), file: "rows", path: "$.structure")
    #expect(try file.structure("one", for: place) == file.structures[0])
    #expect(
      throws: InputError("rows: $.structure: no structure 'on' (did you mean 'one'?); known: one")
    ) { try file.structure("on", for: place) }
  }

  @Test(arguments: [
    ("{}", "$: the key 'structures' is missing"),
    (
      #"{"value_lists": {"casing": []}, "structures": []}"#,
      "$.value_lists.casing: a grammar needs at least one casing; the list is empty"
    ),
    (
      #"{"structures": [{"structure": "a", \#(tree)}, {"structure": "a", \#(tree)}]}"#,
      "$.structures[1]: the structure 'a' occurs twice"
    ),
  ])
  func `a faulty file is refused in one line`(text: String, message: String) {
    #expect(throws: InputError("s.json: " + message)) { try Self.file(text) }
  }
}
