import Basics
import Testing

@testable import Importing

@Suite struct `Tables in pieces` {
  private func rows(_ bytes: [UInt8], size: Int, separator: UInt8 = 0x2C) throws -> [String] {
    var scanner = CSVScanner(file: "t.csv", separator: separator)
    var rows: [String] = []
    func take(_ line: Int, _ cells: [String]) { rows.append("\(line):\(cells)") }
    var rest = bytes[...]
    while !rest.isEmpty {
      try scanner.feed(rest.prefix(size), row: take)
      rest = rest.dropFirst(size)
    }
    try scanner.finish(take)
    return rows
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `cells may hold separators, quotes and line breaks, wherever the pieces end`(
    size: Int
  ) throws {
    let text = "a,b\r\n1,\"x, \"\"y\"\"\r\nz\"\r\n\r\n,\n\"\"\nlast,é"
    #expect(
      try rows(Array(text.utf8), size: size) == [
        #"1:["a", "b"]"#, #"2:["1", "x, \"y\"\r\nz"]"#, #"5:["", ""]"#, #"6:[""]"#,
        #"7:["last", "é"]"#,
      ])
  }

  @Test func `the tables of Basics and these are the same`() throws {
    var generator = SeededGenerator(seed: 1)
    let letters = Array("a,\"\n\r xé".utf8)
    for _ in 0..<3_000 {
      let bytes = (0..<generator.below(20)).map { _ in letters[generator.below(letters.count)] }
      // Basics takes a carriage return for text unless a newline follows.
      if zip(bytes, bytes.dropFirst() + [0]).contains(where: { $0 == 0x0D && $1 != 0x0A }) {
        continue
      }
      // It also allows a quote to open only in an empty cell and text behind a closing quote is wrong in both.
      let mine = try? rows(bytes, size: 1)
      let theirs = (try? CSV(bytes, file: "t.csv"))?.rows.map { "\($0.line):\($0.cells)" }
      if let theirs, let mine {
        #expect(
          mine.filter { !$0.hasSuffix(":[\"\"]") } == theirs.filter { !$0.hasSuffix(":[\"\"]") })
      } else {
        #expect((mine == nil) == (theirs == nil), "\(bytes)")
      }
    }
  }

  @Test(arguments: [
    ("a,b\n\"x", "t.csv:2: a quote that is never closed"),
    (
      "a,b\n\"x\"y,1\n",
      "t.csv:2: text after the closing quote of a cell; write a quote inside a cell twice"
    ),
  ])
  func `a wrong quote is told with its line`(text: String, expected: String) {
    #expect(message { _ = try rows(Array(text.utf8), size: 2) } == expected)
  }

  @Test func `text that is not UTF-8 is told with its line and byte`() {
    #expect(
      message { _ = try rows(Array("a,b\nc,d".utf8) + [0xE9, 0x0A], size: 3) }
        == "t.csv:2: not valid UTF-8 (byte 0xE9); save the file as UTF-8, for example with: "
        + "iconv -f WINDOWS-1252 -t UTF-8")
  }
}
