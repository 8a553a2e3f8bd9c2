import Basics
import Estimation
import Foundation
import Models
import Testing

@testable import Runs

struct MergeTests {
  /// The shards of a plan, answered, each in a directory of its own.
  private func shards(_ plan: Plan, _ count: Int, in folder: String) async throws -> [RunDirectory]
  {
    var directories: [RunDirectory] = []
    for index in 1...count {
      let part = plan.part(try Shard("\(index)/\(count)", environment: [:]))
      _ = try await conduct(part, in: "\(folder)/\(index)", model: ScriptedModel())
      directories.append(RunDirectory("\(folder)/\(index)/run"))
    }
    return directories
  }

  private func records(_ directory: RunDirectory) throws -> [EvaluationRecord] {
    let contents = try Journal.read(directory.journal, digest: try directory.study().digest)
    #expect(contents.damaged.isEmpty && !contents.wasTorn)
    return contents.records
  }

  @Test(
    arguments: [(SearchKind.full, nil), (.uniform, 70), (.adaptive, 90)] as [(SearchKind, Int?)])
  func `shards in any order are the whole`(_ search: (SearchKind, Int?)) async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels], search: search.0, budget: search.1))
    try await withFolder { folder in
      let whole = try await conduct(plan, in: folder, model: ScriptedModel())
      let parts = try await shards(plan, 3, in: folder)
      let target = RunDirectory(folder + "/merged")
      let outcome = try Merge([parts[2], parts[0], parts[1]], into: target).run()
      #expect(outcome == .init(lines: whole.records.count, answered: whole.records.count))
      #expect(try records(target).timeless == whole.records.timeless)
      #expect(try target.study() == plan.study)
      #expect(try target.formats()["labels"] == plan.tasks[1].formatLines)
      // A united run is a run: it can be continued, and has nothing left to ask.
      let model = ScriptedModel()
      #expect(try target.open(plan))
      let again = try await Conductor(
        plan, directory: target, model: model, concurrency: 2, stop: StopRequest()
      ) { _ in }.run()
      #expect(again.reused == whole.records.count)
      #expect(model.attempts.isEmpty)
    }
  }

  @Test func `some shards can be merged now and the others later`() async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels]))
    try await withFolder { folder in
      let parts = try await shards(plan, 4, in: folder)
      let target = RunDirectory(folder + "/merged")
      #expect(try Merge([parts[1], parts[3]], into: target).run().answered == 160)
      let second = try Merge([parts[0], parts[1], parts[2]], into: target).run()
      #expect(second.answered == 320)
      #expect(second.overlaps == 80)
      #expect(try records(target).count == 320)
    }
  }

  @Test func `overlaps that disagree are listed and nothing is written`() async throws {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      _ = try await conduct(plan, in: folder + "/a", model: ScriptedModel())
      var script = ScriptedModel.Script()
      // Another model under the same name: it prefers the other option wherever a text says so.
      script.scores = { request in
        let scores = ScriptedModel.scores(request)
        return fingerprint(request.prompt) % 40 == 0 ? scores.reversed() : scores
      }
      let other = try await conduct(plan, in: folder + "/b", model: ScriptedModel(script))
      let first = try records(RunDirectory(folder + "/a/run"))
      let differing = Set(other.records.outcomes).subtracting(first.outcomes)
      try #require(!differing.isEmpty)
      let target = RunDirectory(folder + "/merged")
      let outcome = try Merge(
        [RunDirectory(folder + "/a/run"), RunDirectory(folder + "/b/run")], into: target
      ).run()
      #expect(outcome.overlaps == 160)
      #expect(outcome.disagreeing == differing.count)
      #expect(outcome.disagreements.count == differing.count)
      let text = try #require(outcome.disagreements.first)
      #expect(text.contains("fixed, format "))
      #expect(text.contains("\(folder)/a/run") && text.contains("\(folder)/b/run"))
      #expect(!target.hasStudy)
      #expect(!FileManager.default.fileExists(atPath: target.journal))
    }
  }

  @Test func `an answer stands beside a failure of the same cell, and damage is left out`()
    async throws
  {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      var script = ScriptedModel.Script()
      script.fault = { prompt, _ in
        fingerprint(prompt) % 4 == 0 ? ModelError("too long", retry: .no) : nil
      }
      let failing = try await conduct(plan, in: folder + "/a", model: ScriptedModel(script))
      let whole = try await conduct(plan, in: folder + "/b", model: ScriptedModel())
      let failed = failing.records.count { $0.isCorrect == nil }
      let path = RunDirectory(folder + "/b/run").journal
      var bytes = try TextFile.bytes(path)
      let lines = bytes.split(separator: 0x0A)
      bytes[lines[..<40].reduce(0) { $0 + $1.count + 1 } + 30] ^= 1
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let target = RunDirectory(folder + "/merged")
      let outcome = try Merge(
        [RunDirectory(folder + "/a/run"), RunDirectory(folder + "/b/run")], into: target
      ).run()
      #expect(outcome.damaged == 1)
      #expect(outcome.answered >= 159)
      #expect(outcome.lines == outcome.answered + failed)
      let answered = try records(target).filter { $0.isCorrect != nil }
      #expect(answered.timeless.isSubset(of: whole.records.timeless))
    }
  }

  @Test func `runs of other studies or models are refused`() async throws {
    try await withFolder { folder in
      _ = try await conduct(try Plan.sample(.sample()), in: folder + "/a", model: ScriptedModel())
      _ = try await conduct(
        try Plan.sample(.sample(seed: 6)), in: folder + "/b", model: ScriptedModel())
      _ = try await conduct(
        try Plan.sample(.sample()), in: folder + "/c", model: ScriptedModel(.init(name: "other")))
      let runs = ["a", "b", "c"].map { RunDirectory("\(folder)/\($0)/run") }
      #expect(
        throws: InputError(
          "\(folder)/b/run: is not of the study of \(folder)/a/run: seed 6 (here 5)")
      ) { try Merge([runs[0], runs[1]], into: RunDirectory(folder + "/m")).run() }
      #expect(
        throws: InputError(
          "\(folder)/c/run: was answered by the model 'other', \(folder)/a/run by 'scripted'")
      ) { try Merge([runs[0], runs[2]], into: RunDirectory(folder + "/m")).run() }
      #expect(throws: InputError("\(folder)/none: holds no run (no study.json)")) {
        try Merge([runs[0], RunDirectory(folder + "/none")], into: RunDirectory(folder + "/m"))
          .run()
      }
      #expect(
        throws: InputError("\(folder): is not empty and holds no run; give another --out")
      ) { try Merge([runs[0]], into: RunDirectory(folder)).run() }
    }
  }
}
