import Basics
import Testing

@testable import Importing

@Suite struct `JSON in pieces` {
  private func items(_ text: String, size: Int) throws -> [String] {
    var scanner = JSONScanner(file: "t.json")
    var items: [String] = []
    func take(_ item: JSONScanner.Item) {
      items.append("\(item.place) = \(item.value.compact)")
    }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try scanner.feed(rest.prefix(size), item: take)
      rest = rest.dropFirst(size)
    }
    try scanner.finish()
    return items
  }

  @Test(arguments: [1, 2, 5, 1000])
  func `rows are the items of a list at the top or of the top's members`(size: Int) throws {
    #expect(
      try items(#" [ {"a":[1,{"b":"]"}]} , 2,"x\"y" ] "#, size: size) == [
        #"t.json: $[0] = {"a":[1,{"b":"]"}]}"#, "t.json: $[1] = 2", #"t.json: $[2] = "x\"y""#,
      ])
    #expect(
      try items(
        #"{"n": 3, "rows" : [ {"a":1} , {"a":2} ], "by": {"k,1": {"a":3}, "k2":null}, "e":[], "f":{}}"#,
        size: size) == [
          "t.json: $.n = 3", #"t.json: $.rows[0] = {"a":1}"#, #"t.json: $.rows[1] = {"a":2}"#,
          #"t.json: $.by["k,1"] = {"a":3}"#, #"t.json: $.by["k2"] = null"#,
        ])
  }

  @Test func `what it accepts is what the whole parser accepts`() throws {
    var generator = SeededGenerator(seed: 2)
    let tokens = ["[", "]", "{", "}", ",", ":", "\"a\"", "\"b\"", "1", " ", "null", "\\", "\""]
    let models: [[String]] = [
      ["[", "1", ",", "{", "\"a\"", ":", "1", "}", "]"],
      [
        "{", "\"a\"", ":", "[", "1", ",", "null", "]", ",", "\"b\"", ":", "{", "\"a\"", ":", "1",
        "}", "}",
      ],
      ["[", "[", "]", ",", "{", "}", "]"],
    ]
    var accepted = 0
    for _ in 0..<20_000 {
      var parts = models[generator.below(models.count)]
      for _ in 0..<generator.below(3) {
        let at = generator.below(parts.count)
        let token = tokens[generator.below(tokens.count)]
        if generator.below(2) == 0 { parts[at] = token } else { parts.insert(token, at: at) }
      }
      let text = parts.joined()
      let mine = (try? items(text, size: 3)) != nil
      let theirs =
        switch try? JSON.parse(text) {
        case .array?, .object?: true
        default: false
        }
      // Twin members of the top are passed over, where only rows count.
      let keys = parts.filter { $0.hasPrefix("\"") }
      let isTwin = mine && !theirs && parts[0] == "{" && Set(keys).count < keys.count
      if mine { accepted += 1 }
      #expect(mine == theirs || isTwin, "\(text)")
    }
    #expect(accepted > 500)
  }

  @Test(arguments: [
    ("", "t.json: the file is empty"),
    ("[1", "t.json:1:2: not valid JSON: the file ends too early"),
    ("[\n{\"a\" 1}]", "t.json:2:6: not valid JSON: '1' where ':' should follow the key 'a'"),
    ("[1,]", "t.json:1:4: not valid JSON: the value ends where more should follow"),
    ("[1}", "t.json:1:3: not valid JSON: '}' closes another bracket"),
    ("7", "t.json:1: expected a list of objects, or an object that holds one, found '7'"),
    ("[{\"a\":1,\"a\":2}]", "t.json:1:9: not valid JSON: the key 'a' occurs twice in one object"),
    ("[\"\\ud800\"]", "t.json:1:3: not valid JSON: half of a surrogate pair"),
  ])
  func `a mistake is told with line and column`(text: String, expected: String) {
    #expect(message { _ = try items(text, size: 1) } == expected)
  }

  @Test func `deep nesting ends with a message, not with the stack`() {
    let deep =
      "[" + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "]"
    #expect(
      message { _ = try items(deep, size: 1000) }
        == "t.json:1:202: not valid JSON: nested deeper than 200 levels")
  }
}
