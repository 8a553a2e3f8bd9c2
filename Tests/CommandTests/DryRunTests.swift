import Foundation
import Testing

@Suite struct DryRunTests {
  @Test func `a dry run prints the plan and its cost and stores nothing`() throws {
    let folder = try TemporaryFolder.make()
    let dry = try Invocation(
      ["run", "topic", "--formats", "320", "--budget", "12k", "--dry-run"], directory: folder)
    #expect(dry.status == 0, "\(dry.errors)")
    let lines = dry.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "Task         topic: 320 formats, 315 examples, search 'adaptive'")
    #expect(lines[1] == "Evaluations  12,000 at most of 100,800 cells")
    #expect(lines[2].hasPrefix("Prompts      "))
    #expect(lines[3].hasPrefix("Tokens       about "))
    #expect(lines[4].hasPrefix("Options      5; where each is sent as a prompt of its own"))
    #expect(lines[5].contains("if reference goes on as it answered 32 of these prompts"))
    #expect(lines[6].hasPrefix("Kept in      runs/topic-"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `a backend that does not start is one line`() throws {
    let dry = try Invocation(
      ["run", "topic", "--dry-run", "--backend", "process:/nowhere/model"])
    #expect(dry.status != 0)
    #expect(dry.errors.split(separator: "\n").count == 1, "\(dry.errors)")
  }
}
