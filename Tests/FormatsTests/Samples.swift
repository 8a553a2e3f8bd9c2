import Basics

@testable import Formats

/// Structures that several tests look at.
enum Samples {
  /// The paper's simplest shape: two fields that share separator and casing; 480 formats.
  static func simple() throws -> Structure {
    try tree(
      """
      {"shared": [{"id": "s", "fields": {"separator": ": ", "casing": "identity"}}],
       "tree": {"node": "group", "id": "g", "space": "\\n", "children": [
         {"node": "field", "id": "q", "descriptor": "Question",
          "separator": {"shared": "s"}, "casing": {"shared": "s"}},
         {"node": "field", "id": "a", "descriptor": "Answer", "output": true,
          "separator": {"shared": "s"}, "casing": {"shared": "s"}}]}}
      """)
  }

  /// A question, labelled choices and an answer.
  static func choices(_ items: Int, gapIsFree: Bool = false) throws -> Structure {
    let free = [
      "g.space", "s.separator", "s.casing", "e.space", "e.separator", "e.wrapper", "e.number",
    ]
    let ids = (free + (gapIsFree ? ["e.gap"] : [])).map { "{\"id\": \"\($0)\"}" }
    return try tree(
      """
      {"shared": [{"id": "s", "fields": {"separator": ": ", "casing": "identity"}}],
       "attributes": [\(ids.joined(separator: ", "))],
       "tree": {"node": "group", "id": "g", "space": "\\n", "children": [
         {"node": "field", "id": "q", "descriptor": "Question",
          "separator": {"shared": "s"}, "casing": {"shared": "s"}},
         {"node": "enumeration", "id": "e", "descriptor": "", "list": "choices",
          "indices": [\((0..<items).map(String.init).joined(separator: ", "))], "space": "\\n"},
         {"node": "field", "id": "a", "descriptor": "Answer", "output": true,
          "separator": {"shared": "s"}, "casing": {"shared": "s"}}]}}
      """)
  }

  static func tree(_ text: String, grammar: Grammar = .paper) throws -> Structure {
    try Structure(JSONReader(try JSON.parse(text), file: "tree.json"), grammar: grammar)
  }

  static func grammar(_ text: String) throws -> Grammar {
    try Grammar(JSONReader(try JSON.parse(text), file: "g.json"))
  }
}
