import Foundation
import Testing

@testable import Reports
@testable import Runs

struct TerminalPlotTests {
  private func plot(_ rows: [String], width: Int, isColored: Bool = false) throws -> [String] {
    TerminalPlot(task: try SampleRun(rows).task(), width: width, isColored: isColored).lines
  }

  @Test func `a small plot, word for word`() throws {
    let lines = try plot(["11110", "11000", "10000", "11111"], width: 60)
    #expect(
      lines == [
        "Formats    █          █                     █          █",
        "Range      ▼─────────────────────┃──────────◆──────────▲",
        "Noise only           ░░░░░░░░░░░░░░░░░░░░░░░░░",
        "           ┴──────────┴──────────┴──────────┴──────────┴",
        "           20         40         60         80        100 %",
        "           ▼ lowest  ┃ median  ◆ original  ▲ highest",
      ])
  }

  @Test(arguments: [60, 72, 80, 100, 200]) func `it fits its width and uses it`(_ width: Int) throws
  {
    let rows = (0..<30).map { format in
      String((0..<40).map { (format * 7 + $0 * 11) % 40 < format + 8 ? "1" : "0" })
    }
    let lines = try plot(rows, width: width)
    #expect(lines.allSatisfy { $0.cells <= width })
    #expect((lines.map(\.cells).max() ?? 0) >= width - 6)
  }

  @Test func `formats that are all alike still have a plot`() throws {
    let lines = try plot(["1100", "1010", "0110"], width: 80)
    #expect(lines.count == 6)
    #expect(lines[1].contains("▲"))
  }

  @Test func `two formats are told by the table alone`() throws {
    #expect(try plot(["1100", "1110"], width: 80) == [])
  }

  @Test func `colours only where they are asked for, each one ended`() throws {
    let rows = ["11110", "11000", "10000", "11111"]
    let plain = try plot(rows, width: 80)
    #expect(!plain.joined().contains("\u{1B}"))
    let colored = try plot(rows, width: 80, isColored: true)
    let text = colored.joined(separator: "\n")
    #expect(
      text.components(separatedBy: "\u{1B}[0m").count
        == text.components(separatedBy: "\u{1B}[").count / 2 + 1)
    var bare = text
    for code in ["[0m", "[2m", "[38;5;208m", "[38;5;75m", "[38;5;36m"] {
      bare = bare.replacing("\u{1B}" + code, with: "")
    }
    #expect(bare == plain.joined(separator: "\n"))
  }

  @Test func `the table leaves the plot out where it is not wanted`() throws {
    let report = try SampleRun(["11110", "11000", "10000", "11111"]).report()
    #expect(report.table(width: 80).contains("◆"))
    let plain = report.table(
      width: 80, style: TableStyle(showsPlot: false, isColored: false))
    #expect(!plain.contains("◆"))
  }
}
