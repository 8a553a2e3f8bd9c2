import Basics
import Testing

@testable import Formats

/// Every reason word for word.
struct PlausibilityTests {
  private func refusal(
    _ values: String, of tree: String = mixed
  ) throws -> String? {
    let structure = try Samples.tree(tree)
    let reader = JSONReader(try JSON.parse(values), file: "v.json")
    return structure.refusal(try structure.format(reader))?.description
  }

  static let mixed = """
    {"tree": {"node": "group", "id": "g", "space": "\\n", "children": [
       {"node": "field", "id": "h", "descriptor": "Read", "has_text": false, "separator": ":"},
       {"node": "group", "id": "b", "space": "\\n", "whitespace_space_only": true, "children": [
          {"node": "field", "id": "t", "descriptor": "Options", "has_text": false, "separator": ":"},
          {"node": "enumeration", "id": "e", "descriptor": "Option", "indices": [0, 1],
           "space": "\\n", "text_option_separator": " "}]},
       {"node": "field", "id": "a", "descriptor": "Answer", "output": true, "separator": ": "}]}}
    """

  @Test(
    arguments: [
      ("{}", nil),
      ("{\"a.separator\": \"\"}", "field 'Answer': the separator is empty"),
      ("{\"h.separator\": \"\"}", "heading 'Read': the separator is empty"),
      ("{\"b.space\": \" -- \"}", "group b: the space ' -- ' is not whitespace"),
      ("{\"b.space\": \"\"}", "group b: the space '' is not whitespace"),
      (
        "{\"e.separator\": \"\\n \", \"e.space\": \", \"}",
        "enumeration e: a newline in the separator, but none in the space between its items"
      ),
      (
        "{\"e.text_option_separator\": \"\\n\", \"e.space\": \", \"}",
        "enumeration e: a newline in the gap, but none in the space between its items"
      ),
      ("{\"g.space\": \"\"}", "group g: nothing between group b and what follows it"),
      (
        "{\"g.space\": \" \", \"a.separator\": \"\\n\\t\"}",
        "field 'Answer': a newline in the separator, but none in the space of group g"
      ),
      // A heading may break the line where fields may not.
      ("{\"g.space\": \" \", \"h.separator\": \"\\n\\t\"}", nil),
      (
        "{\"g.space\": \" \", \"e.separator\": \"\\n\\t\"}",
        "enumeration e: a newline in the separator, but none in the space of group g"
      ),
      // An item's gap only asks for newlines between the items.
      ("{\"g.space\": \" \", \"b.space\": \" \", \"e.gap\": \"\\n\"}", nil),
      // An empty separator of items is allowed.
      ("{\"e.separator\": \"\"}", nil),
    ] as [(String, String?)])
  func `a refusal names the component and the rule`(values: String, reason: String?) throws {
    #expect(try refusal(values) == reason)
  }

  @Test func `children that only head may run into what follows`() throws {
    let tree = """
      {"tree": {"node": "group", "id": "g", "space": "\\n", "children": [
         {"node": "field", "id": "h", "descriptor": "Read", "has_text": false, "separator": ":"},
         {"node": "field", "id": "a", "descriptor": "Answer", "output": true, "separator": ": "}]}}
      """
    #expect(try refusal("{\"g.space\": \"\"}", of: tree) == nil)
    let swapped = """
      {"tree": {"node": "group", "id": "g", "space": "\\n", "children": [
         {"node": "field", "id": "a", "descriptor": "Answer", "output": true, "separator": ": "},
         {"node": "field", "id": "h", "descriptor": "Read", "has_text": false, "separator": ":"}]}}
      """
    #expect(
      try refusal("{\"g.space\": \"\"}", of: swapped)
        == "group g: nothing between field 'Answer' and what follows it")
  }
}

struct AtomTests {
  @Test(arguments: [("(x)", "(", ")"), ("x", "", ""), ("x )", "", " )"), ("<ax>", "<a", ">")])
  func `a wrapper has one x where the label goes`(name: String, prefix: String, suffix: String) {
    #expect(Wrapper(name)?.prefix == prefix)
    #expect(Wrapper(name)?.suffix == suffix)
  }

  @Test func `a wrapper is read by code point`() {
    #expect(Wrapper("x\u{301}").map { Array($0.suffix.unicodeScalars) } == ["\u{301}"])
    #expect(Wrapper("xx") == nil)
    #expect(Wrapper("()") == nil)
    #expect(Wrapper("") == nil)
  }

  @Test func `the paper's numberings label their items and end`() {
    // Labels as in the released code.
    #expect(Numbering.arabic.label(99) == "100")
    #expect(Numbering.upperAlpha.label(25) == "Z")
    #expect(Numbering.lowerAlpha.label(0) == "a")
    #expect(Numbering.unicodeRoman.label(11) == "Ⅻ")
    #expect(Numbering.romanLower.label(13) == "xiv")
    #expect(Numbering.romanUpper.label(14) == "XV")
    for (numbering, count) in [
      (Numbering.upperAlpha, 26), (.lowerAlpha, 26), (.unicodeRoman, 12), (.romanLower, 15),
      (.romanUpper, 15),
    ] {
      #expect(numbering.label(count - 1) != nil)
      #expect(numbering.label(count) == nil)
    }
  }
}
