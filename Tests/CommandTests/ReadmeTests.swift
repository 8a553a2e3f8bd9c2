import Foundation
import Testing

/// Every command and every output that the README shows.
///
/// A fence `json NAME`, `csv NAME` or `python NAME` is a file; in a `console` fence, `$ formatspread …` is a
/// command and the lines below it are what it prints, where a line `…` stands for any lines and a line that ends
/// with ` …` for any end. All run in order in one folder. Commands in `sh` fences belong to `.ci/run`.
@Suite(.serialized) struct ReadmeTests {
  struct Fence {
    let info: [String]
    let lines: [String]
  }

  private func fences() throws -> [Fence] {
    let readme = Invocation.package.appendingPathComponent("README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    var fences: [Fence] = []
    var open: (info: [String], lines: [String])?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        if let done = open {
          fences.append(Fence(info: done.info, lines: done.lines))
          open = nil
        } else {
          open = (line.dropFirst(3).split(separator: " ").map(String.init), [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    return fences
  }

  /// Splits at blanks; single quotes keep a word together.
  private func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in line {
      switch character {
      case "'":
        isQuoted.toggle()
        word = word ?? ""
      case " " where !isQuoted:
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }

  private func matches(_ output: [String], _ expected: [String]) -> Bool {
    guard let first = expected.first else { return output.isEmpty }
    guard first == "…" else {
      guard let line = output.first else { return false }
      let isSame = first.hasSuffix(" …") ? line.hasPrefix(first.dropLast(2)) : line == first
      return isSame && matches(Array(output.dropFirst()), Array(expected.dropFirst()))
    }
    let rest = Array(expected.dropFirst())
    return (0...output.count).contains { matches(Array(output[$0...]), rest) }
  }

  @Test func `every command prints what the README shows`() throws {
    let folder = try TemporaryFolder.make()
    var commands = 0
    for fence in try fences() {
      switch fence.info.first {
      case "json" where fence.info.count > 1, "python" where fence.info.count > 1,
        "csv" where fence.info.count > 1:
        try Data((fence.lines.joined(separator: "\n") + "\n").utf8)
          .write(to: folder.appendingPathComponent(fence.info[1]))
      case "console":
        var blocks: [(command: String, lines: [String])] = []
        for line in fence.lines {
          if line.hasPrefix("$ ") {
            blocks.append((String(line.dropFirst(2)), []))
          } else if !blocks.isEmpty {
            blocks[blocks.count - 1].lines.append(line)
          }
        }
        for (command, expected) in blocks {
          let parts = words(command)
          try #require(parts.first == "formatspread", "\(command)")
          let result = try Invocation(Array(parts.dropFirst()), directory: folder)
          #expect(result.status == 0, "\(command): \(result.errors)")
          var output = result.output.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
          while output.last == "" { output.removeLast() }
          var shown = expected
          while shown.last == "" { shown.removeLast() }
          #expect(
            matches(output, shown), "\(command) printed:\n\(result.output)")
          commands += 1
        }
      default: break
      }
    }
    #expect(commands > 5)
  }
}
