import Testing

@testable import Reports

/// Tables of metrics on terminals that are too narrow for them.
struct FittedTableTests {
  private let table = FittedTable(
    [
      ["run", "lowest", "mean", "ranks"],
      ["a very long name, demonstrations 1", "51.0 %", "76.7 %", "1 to 2"],
      ["a very long name, demonstrations 2", "49.7 %", "74.7 %", "1 to 2"],
    ], expendable: [3, 1])

  @Test(arguments: [200, 70, 60, 50, 40, 30, 24])
  func `no line is wider than the terminal`(_ width: Int) {
    for line in table.lines(width: width) where !line.contains("wider terminal") {
      #expect(line.cells <= width, "\(line)")
    }
  }

  @Test func `what fits, and what goes to a file, stays whole`() {
    #expect(table.lines(width: 200) == table.lines(width: nil))
    #expect(table.lines(width: nil).count == 3)
    #expect(table.lines(width: nil)[1].contains("a very long name, demonstrations 1"))
  }

  @Test func `names lose their middles before a column goes`() {
    #expect(
      table.lines(width: 44) == [
        "  run                 lowest    mean   ranks",
        "  a very lo…ations 1  51.0 %  76.7 %  1 to 2",
        "  a very lo…ations 2  49.7 %  74.7 %  1 to 2",
      ])
  }

  @Test func `the least telling columns go first, and are named`() {
    let lines = table.lines(width: 36)
    #expect(lines.last == "  (a wider terminal has ranks)")
    #expect(lines[0].contains("lowest") && !lines[0].contains("ranks"))
    let fewer = table.lines(width: 28)
    #expect(fewer.last == "  (a wider terminal has lowest, ranks)")
    #expect(fewer[1].contains("76.7 %"))
  }

  @Test(arguments: [
    ("demonstrations", 9, "demo…ions"), ("demonstrations", 8, "demo…ons"),
    ("short", 9, "short"), ("日本語日本語", 7, "日本…語"), ("abcdef", 2, "a…"),
  ])
  func `a name keeps its beginning and its end`(_ name: String, _ width: Int, _ shown: String) {
    #expect(name.shortened(to: width) == shown)
    #expect(name.shortened(to: width).cells <= width)
  }
}
