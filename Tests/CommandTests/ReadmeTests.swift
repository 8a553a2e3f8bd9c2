import Foundation
import TestSupport
import Testing

/// Every command and every output that the README shows.
///
/// A fence `json NAME`, `csv NAME` or `python NAME` is a file; in a `console` fence, `$ formatspread …` is a
/// command and the lines below it are what it prints, where a line `…` stands for any lines and a line that ends
/// with ` …` for any end. In an `sh` fence, commands only have to succeed. Fences that say `server` meet servers of
/// the tests at the addresses that they name. All run in order in one folder.
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
  fileprivate static func words(_ line: String) -> [String] {
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

  /// A folder in which the README's files are written and its commands run.
  private struct Desk {
    let folder: URL
    /// Base addresses of servers, for those that the README names.
    var servers: [String] = []

    func write(_ fence: Fence) throws {
      try Data((fence.lines.joined(separator: "\n") + "\n").utf8)
        .write(to: folder.appendingPathComponent(fence.info[1]))
    }

    /// What stands for something of the reader's is replaced by something that is here.
    func words(_ command: String) throws -> [String] {
      let runs = folder.appendingPathComponent("runs").path
      let run = (try? FileManager.default.contentsOfDirectory(atPath: runs))?.sorted()
        .first { $0.hasPrefix("sentiment-") }
      var servers = servers
      return try ReadmeTests.words(command).compactMap { word in
        switch word {
        case "DIR": return try "runs/" + #require(run)
        case "study.json": return try "runs/\(#require(run))/study.json"
        case "--open", "--go": return nil
        case _ where word.hasPrefix("formats/"):
          return Invocation.package.appendingPathComponent(word).path
        default:
          guard word.hasPrefix("http://"), !servers.isEmpty else { return word }
          return servers.removeFirst()
        }
      }
    }

    func run(_ command: String) throws -> Invocation {
      let parts = try words(command)
      try #require(parts.first == "formatspread", "\(command)")
      let result = try Invocation(Array(parts.dropFirst()), directory: folder)
      #expect(result.status == 0, "\(command): \(result.errors)")
      return result
    }
  }

  /// Runs a fence's commands and compares what they print.
  private func follow(_ fence: Fence, at desk: Desk) throws -> Int {
    var blocks: [(command: String, lines: [String])] = []
    for line in fence.lines {
      if line.hasPrefix("$ ") {
        blocks.append((String(line.dropFirst(2)), []))
      } else if !blocks.isEmpty {
        blocks[blocks.count - 1].lines.append(line)
      }
    }
    for (command, expected) in blocks {
      let result = try desk.run(command)
      var text = result.output
      for (server, shown) in zip(desk.servers, ["http://localhost:8000/v1"]) {
        text = text.replacingOccurrences(of: server, with: shown)
      }
      var output = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      while output.last == "" { output.removeLast() }
      var shown = expected
      while shown.last == "" { shown.removeLast() }
      #expect(matches(output, shown), "\(command) printed:\n\(text)")
    }
    return blocks.count
  }

  @Test func `every command prints what the README shows`() throws {
    let desk = Desk(folder: try TemporaryFolder.make())
    var commands = 0
    for fence in try fences() where !fence.info.contains("server") {
      switch fence.info.first {
      case "json" where fence.info.count > 1, "python" where fence.info.count > 1,
        "csv" where fence.info.count > 1:
        try desk.write(fence)
      case "console": commands += try follow(fence, at: desk)
      case "sh": commands += try obey(fence, at: desk)
      default: break
      }
    }
    #expect(commands > 15)
  }

  @Test func `what the README says about servers works with two of them`() async throws {
    try await ToyServer(.vllm).run { first in
      try await ToyServer(.vllm).run { second in
        let desk = Desk(
          folder: try TemporaryFolder.make(),
          servers: [first, second].map { "http://127.0.0.1:\($0.port)/v1" })
        var commands = 0
        for fence in try fences() where fence.info.contains("server") {
          commands += try fence.info.first == "sh" ? obey(fence, at: desk) : follow(fence, at: desk)
        }
        #expect(commands > 2)
      }
    }
  }

  /// Runs a fence's commands of ours, whatever they print; those of the toolchain belong to `.ci/run`.
  private func obey(_ fence: Fence, at desk: Desk) throws -> Int {
    let commands = fence.lines.filter { $0.hasPrefix("formatspread ") }
    for command in commands {
      _ = try desk.run(command.components(separatedBy: "  #")[0])
    }
    return commands.count
  }
}
