import Basics
import Estimation
import Foundation
import Models
import Testing

@testable import Runs

/// Kills a process in the middle of a run, as the system does, and goes on with what it left.
struct CrashTests {
  private static func plan() throws -> Plan {
    try Plan.sample(.sample([.fixed, .labels], search: .thompson, budget: 90))
  }

  @Test(arguments: [1, 2, 7, 43, 90, 131])
  func `a process that is killed loses no answer whose line was written`(_ moment: Int) async throws
  {
    let plan = try Self.plan()
    let whole = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel()).records.timeless
    }
    try await withFolder { folder in
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [folder = folder as String, moment = moment as Int] in
        var script = ScriptedModel.Script()
        script.isDisorderly = true
        script.afterAnswer = { if $0 == moment { kill(getpid(), SIGKILL) } }
        _ = try await conduct(try Self.plan(), in: folder, model: ScriptedModel(script))
      }
      let path = RunDirectory(folder + "/run").journal
      let kept = try Journal.read(path, digest: plan.study.digest)
      // Four requests are under way at once; the one that kills is answered, but not written.
      #expect((max(0, moment - 4)..<moment).contains(kept.records.count))
      let model = ScriptedModel()
      let second = try await conduct(plan, in: folder, model: model)
      #expect(second.summary.reused == kept.records.count)
      #expect(second.summary.evaluated == whole.count - kept.records.count)
      #expect(second.records.timeless == whole)
      #expect(second.records.count == whole.count)
    }
  }
}
