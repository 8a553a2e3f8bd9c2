import Estimation
import Models
import Testing

@testable import Runs

struct ContinuationTests {
  static let searches: [(SearchKind, Int?)] = [
    (.full, nil), (.uniform, 70), (.thompson, 90), (.adaptive, 90),
  ]

  /// The records and the number of answers of a run that nothing interrupts.
  private func uninterrupted(_ plan: Plan) async throws -> Set<EvaluationRecord> {
    try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel()).records.timeless
    }
  }

  @Test(arguments: searches)
  func `a model that dies anywhere costs no answer`(
    _ search: SearchKind, _ budget: Int?
  ) async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels], search: search, budget: budget))
    let whole = try await uninterrupted(plan)
    for limit in stride(from: 0, through: whole.count, by: 17) {
      try await withFolder { folder in
        var script = ScriptedModel.Script()
        script.goneAfter = limit
        script.isDisorderly = true
        let dying = ScriptedModel(script)
        let first = try await conduct(plan, in: folder, model: dying)
        #expect(first.records.count == limit)
        #expect(
          first.summary.modelFailure == (limit < whole.count ? "the model went away" : nil))
        let model = ScriptedModel()
        let second = try await conduct(plan, in: folder, model: model)
        #expect(second.events.opened == [limit])
        #expect(second.summary.reused == limit)
        #expect(second.summary.evaluated == whole.count - limit)
        #expect(Set(model.answers.keys).isDisjoint(with: dying.answers.keys))
        #expect(second.records.count == whole.count)
        #expect(second.records.timeless == whole)
        #expect(
          (first.events.cells(reused: false) + second.events.cells(reused: false)).timeless
            == whole)
      }
    }
  }

  @Test(arguments: searches)
  func `a run that is stopped goes on where it was`(
    _ search: SearchKind, _ budget: Int?
  ) async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels], search: search, budget: budget))
    let whole = try await uninterrupted(plan)
    try await withFolder { folder in
      var sessions = 0
      var evaluated = 0
      while true {
        let stop = StopRequest()
        var script = ScriptedModel.Script()
        script.afterAnswer = { if $0 == 11 { stop.ask() } }
        let session = try await conduct(
          plan, in: folder, model: ScriptedModel(script), concurrency: 3, stop: stop)
        sessions += 1
        evaluated += session.summary.evaluated
        #expect(session.summary.reused + session.summary.evaluated == session.records.count)
        guard session.summary.wasStopped else {
          #expect(session.records.timeless == whole)
          break
        }
        #expect((11...13).contains(session.summary.evaluated))
      }
      #expect(evaluated == whole.count)
      #expect(sessions > whole.count / 14)
    }
  }

  @Test func `a stopped run starts no further task`() async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels]))
    let stop = StopRequest()
    stop.ask()
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel(), stop: stop)
    }
    #expect(session.summary == RunSummary(wasStopped: true))
    #expect(session.events.startedTasks.isEmpty)
  }

  @Test func `a cancelled run counts as stopped and keeps its answers`() async throws {
    let plan = try Plan.sample(.sample())
    let whole = try await uninterrupted(plan)
    try await withFolder { folder in
      var script = ScriptedModel.Script()
      script.fault = { _, attempt in
        attempt == 1 ? ModelError("busy", retry: .rateLimit(after: .seconds(3600))) : nil
      }
      let waiting = ScriptedModel(script)
      let work = Task {
        try await conduct(plan, in: folder, model: waiting) {
          $0.sleep = { try await Task.sleep(for: $0) }
        }
      }
      while waiting.attempts.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
      work.cancel()
      let first = try await work.value
      #expect(first.summary.wasStopped)
      #expect(first.summary.modelFailure == nil)
      let second = try await conduct(plan, in: folder, model: ScriptedModel())
      #expect(second.records.timeless == whole)
    }
  }

  @Test func `a finished run asks nothing`() async throws {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      let first = try await conduct(plan, in: folder, model: ScriptedModel())
      let model = ScriptedModel()
      let second = try await conduct(plan, in: folder, model: model)
      #expect(model.attempts.isEmpty)
      #expect(second.summary == RunSummary(reused: 160))
      #expect(second.records == first.records)
      #expect(second.events.cells(reused: true).outcomes == first.records.outcomes)
    }
  }

  @Test func `failed cells are asked again, answered ones are not`() async throws {
    let plan = try Plan.sample(.sample())
    let whole = try await uninterrupted(plan)
    try await withFolder { folder in
      var script = ScriptedModel.Script()
      script.fault = { prompt, _ in
        fingerprint(prompt) % 4 == 0 ? ModelError("too long", retry: .no) : nil
      }
      let first = try await conduct(plan, in: folder, model: ScriptedModel(script))
      let failed = first.records.filter { $0.isCorrect == nil }
      #expect(failed.count > 10)
      #expect(first.summary.failed == failed.count)
      #expect(failed.allSatisfy { $0.error == "too long" && $0.prediction == nil })
      #expect(first.records.count == whole.count)
      let model = ScriptedModel()
      let second = try await conduct(plan, in: folder, model: model)
      #expect(model.attempts.count == failed.count)
      #expect(second.summary.evaluated == failed.count)
      #expect(second.summary.failed == 0)
      #expect(second.records.filter { $0.isCorrect != nil }.timeless == whole)
    }
  }
}
