import Basics
import Models
import Prompts
import Testing

@testable import Runs

struct FailureTests {
  @Test func `a transient fault is tried again and counted`() async throws {
    let plan = try Plan.sample(.sample(formats: 2, examples: 6))
    var script = ScriptedModel.Script()
    script.fault = { prompt, attempt in
      fingerprint(prompt) % 3 == 0 && attempt == 1
        ? ModelError("hiccup", retry: .transient) : nil
    }
    let model = ScriptedModel(script)
    let session = try await withFolder { try await conduct(plan, in: $0, model: model) }
    #expect(session.summary == RunSummary(evaluated: 12))
    let again = session.records.filter { $0.attempt == 2 }
    #expect(again.count == model.attempts.keys.count { fingerprint($0) % 3 == 0 })
    #expect(!again.isEmpty && again.count < 12)
    #expect(session.records.allSatisfy { $0.isCorrect != nil && $0.error == nil })
  }

  @Test func `permanent faults are recorded with their cause and do not stop a run`() async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels]))
    var script = ScriptedModel.Script()
    script.fault = { prompt, _ in
      fingerprint(prompt) % 10 == 0 ? ModelError("status 400: no", retry: .no) : nil
    }
    let model = ScriptedModel(script)
    let session = try await withFolder { try await conduct(plan, in: $0, model: model) }
    let failed = session.records.filter { $0.isCorrect == nil }
    #expect(failed.count == model.attempts.keys.count { fingerprint($0) % 10 == 0 })
    #expect(failed.count > 5)
    #expect(failed.allSatisfy { $0.error == "status 400: no" && $0.attempt == 1 })
    #expect(session.summary == RunSummary(evaluated: 320, failed: failed.count))
    #expect(model.attempts.values.allSatisfy { $0 == 1 })
  }

  @Test func `a format whose every prompt is refused does not end the run`() async throws {
    let plan = try Plan.sample(.sample(examples: 20))
    let refused = try #require(plan.tasks[0].writer(3))
    let prompts = Set(plan.tasks[0].split.evaluated.map { refused.prompt($0).text })
    var script = ScriptedModel.Script()
    script.fault = { prompt, _ in
      prompts.contains(prompt) ? ModelError("too long", retry: .no) : nil
    }
    let model = ScriptedModel(script)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 1)
    }
    #expect(session.summary == RunSummary(evaluated: 160, failed: 20))
  }

  @Test func `a model that refuses everything is given up after twenty cells`() async throws {
    let plan = try Plan.sample(.sample())
    var script = ScriptedModel.Script()
    script.fault = { _, _ in ModelError("status 401: who are you?", retry: .no) }
    let model = ScriptedModel(script)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 1)
    }
    #expect(
      session.summary.modelFailure == "20 failures in a row, the last: status 401: who are you?")
    #expect(session.summary.failed == 20)
    #expect(session.records.count == 20)
    #expect(!session.summary.wasStopped)
  }

  @Test func `a model that is not there ends the run with its own words`() async throws {
    let plan = try Plan.sample(.sample())
    var script = ScriptedModel.Script()
    script.goneAfter = 7
    let model = ScriptedModel(script)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 1)
    }
    #expect(session.summary.modelFailure == "the model went away")
    #expect(session.summary.evaluated == 7)
    #expect(session.summary.failed == 0)
  }

  @Test(arguments: [
    (Scoring.rank(nil), "the model 'm' gives no log-probabilities; use --scoring generate"),
    (
      Scoring.generate(.prefix, maxTokens: 5), "the model 'm' does not generate; use --scoring rank"
    ),
  ])
  func `a model that cannot score as asked is refused`(
    _ scoring: Scoring, _ message: String
  ) async throws {
    let plan = try Plan.sample(.sample(scoring: scoring))
    let script = ScriptedModel.Script(name: "m", scoring: nil, generates: false)
    await #expect(throws: InputError(message)) {
      try await withFolder { try await conduct(plan, in: $0, model: ScriptedModel(script)) }
    }
  }

  @Test func `an answer with too few scores is no answer`() async throws {
    try await expectFailed("the model gave 1 scores for 2 options") { _ in
      [OptionScore(logprob: -1, tokens: 1)]
    }
  }

  @Test(arguments: [-3.4e38, -9999, -.infinity, .nan, 0.5])
  func `an impossible log-probability is no answer`(_ value: Double) async throws {
    try await expectFailed("the log-probability \(value) of 'no' over 2 tokens cannot be right") {
      _ in
      [OptionScore(logprob: -1, tokens: 1), OptionScore(logprob: value, tokens: 2)]
    }
  }

  /// Every cell of a study fails for good with `message` when the model answers with `scores`.
  private func expectFailed(
    _ message: String, _ scores: @escaping @Sendable (ScoreRequest) -> [OptionScore]
  ) async throws {
    let plan = try Plan.sample(.sample(formats: 1, examples: 1))
    var script = ScriptedModel.Script()
    script.scores = scores
    let model = ScriptedModel(script)
    let session = try await withFolder { try await conduct(plan, in: $0, model: model) }
    #expect(session.summary.failed == 1)
    #expect(session.records.map(\.error) == [message])
    #expect(session.records.allSatisfy { $0.isCorrect == nil && $0.scores.isEmpty })
  }
}
