import Basics
import Testing

@Suite struct CSVTests {
  private func cells(_ text: String) throws -> [[String]] {
    try CSV(Array(text.utf8), file: "t.csv").rows.map(\.cells)
  }

  @Test func `quoted cells keep commas, quotes and line breaks`() throws {
    #expect(
      try cells("a,\"b,c\",\"d\"\"e\"\r\n1,\"two\nlines\",\n") == [
        ["a", "b,c", "d\"e"], ["1", "two\nlines", ""],
      ])
  }

  @Test func `blank lines and a byte-order mark are passed over`() throws {
    #expect(try cells("\u{FEFF}a,b\n\n1,2") == [["a", "b"], ["1", "2"]])
  }

  @Test func `rows know their lines`() throws {
    let table = try CSV(Array("a\n\"b\nc\"\nd\n".utf8), file: "t.csv")
    #expect(table.rows.map(\.line) == [1, 2, 4])
  }

  @Test(arguments: [
    ("a,\"b\n", "t.csv:1: a quote that is never closed"),
    ("a\n\"b\"c\n", "t.csv:2: text after a closing quote"),
  ]) func `damage is named by line`(_ text: String, _ message: String) {
    #expect(throws: InputError(message)) { try CSV(Array(text.utf8), file: "t.csv") }
  }
}
