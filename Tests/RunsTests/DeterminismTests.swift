import Estimation
import Models
import Prompts
import Testing

@testable import Runs

struct DeterminismTests {
  /// The searches of the command line with a budget that leaves most cells out.
  static let searches: [(SearchKind, Int?)] = [
    (.full, nil), (.uniform, 70), (.adaptive, 90), (.thompson, 90), (.ucb, 90), (.ucbRepaired, 90),
  ]

  @Test(arguments: searches)
  func `a study gives the same records at any concurrency`(
    _ search: SearchKind, _ budget: Int?
  ) async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels], search: search, budget: budget))
    var results: [Set<EvaluationRecord>] = []
    for concurrency in [1, 2, 16] {
      var script = ScriptedModel.Script()
      script.isDisorderly = concurrency > 1
      let model = ScriptedModel(script)
      let session = try await withFolder {
        try await conduct(plan, in: $0, model: model, concurrency: concurrency)
      }
      #expect(model.mostInFlight <= concurrency)
      #expect(session.records.count == session.summary.evaluated)
      results.append(session.records.timeless)
    }
    #expect(results[0].count > 60)
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func `no more is asked at once than the model takes`() async throws {
    var script = ScriptedModel.Script()
    script.maxInFlight = 3
    script.isDisorderly = true
    let model = ScriptedModel(script)
    let plan = try Plan.sample(.sample())
    _ = try await withFolder { try await conduct(plan, in: $0, model: model, concurrency: nil) }
    #expect(model.mostInFlight <= 3)
  }

  @Test func `every cell of a full search is asked once and told once`() async throws {
    let model = ScriptedModel()
    let plan = try Plan.sample(.sample([.fixed, .texts]))
    let session = try await withFolder { try await conduct(plan, in: $0, model: model) }
    #expect(session.summary == RunSummary(evaluated: 2 * 8 * 20))
    #expect(model.attempts.values.allSatisfy { $0 == 1 })
    #expect(session.events.cells(reused: false).timeless == session.records.timeless)
    #expect(Set(session.records.map(\.format)) == Set(0..<8))
    #expect(Set(session.records.map(\.example)) == Set(plan.tasks[0].split.evaluated))
  }
}
