import Basics
import Estimation
import Models
import Prompts
import Testing

@testable import Runs

struct ReuseTests {
  private func conductReusing(
    _ plan: Plan, in folder: String, model: ScriptedModel, _ earlier: [String]
  ) async throws -> Session {
    try await conduct(plan, in: folder, model: model) {
      $0.reused = earlier.map { RunDirectory($0 + "/run") }
    }
  }

  @Test func `a larger study asks only what is new`() async throws {
    let small = try Plan.sample(.sample([.fixed, .labels], formats: 8, examples: 12))
    let large = try Plan.sample(.sample([.fixed, .labels], formats: 10, examples: 20))
    try await withFolder { folder in
      let first = try await conduct(small, in: folder + "/a", model: ScriptedModel())
      let whole = try await conduct(large, in: folder + "/whole", model: ScriptedModel())
      let model = ScriptedModel()
      let second = try await conductReusing(
        large, in: folder + "/b", model: model, [folder + "/a"])
      #expect(second.summary.earlier == first.records.count)
      #expect(model.attempts.count == whole.records.count - first.records.count)
      #expect(second.records.timeless == whole.records.timeless)
      #expect(
        second.events.notices
          == ["earlier runs have the answers to \(first.records.count) different requests"])
      // The answers are now the run's own.
      let third = ScriptedModel()
      _ = try await conduct(large, in: folder + "/b", model: third)
      #expect(third.attempts.isEmpty)
    }
  }

  @Test func `answers are judged as the new study judges`() async throws {
    let rank = Study.sample([.texts], scoring: .rank(.sum))
    let other = Study.sample([.texts], scoring: .rank(.byte))
    try await withFolder { folder in
      _ = try await conduct(try Plan.sample(rank), in: folder + "/a", model: ScriptedModel())
      let whole = try await conduct(
        try Plan.sample(other), in: folder + "/whole", model: ScriptedModel())
      let model = ScriptedModel()
      let second = try await conductReusing(
        try Plan.sample(other), in: folder + "/b", model: model, [folder + "/a"])
      #expect(model.attempts.isEmpty)
      #expect(second.records.timeless == whole.records.timeless)
    }
  }

  @Test func `another wording, seed of a generation or way to ask is another request`() {
    let score = ScoreRequest(prompt: "p", continuations: [" a", " b"])
    let generate = GenerateRequest(prompt: "p", maxTokens: 3, stop: ["\n"], seed: 1)
    var questions: [(Question, String)] = [
      (.score(score), ""), (.score(score), "chat"),
      (.score(ScoreRequest(prompt: "p ", continuations: [" a", " b"])), ""),
      (.score(ScoreRequest(prompt: "p", continuations: [" b", " a"])), ""),
      (.score(ScoreRequest(prompt: "p", continuations: [" a b"])), ""),
      (
        .score(ScoreRequest(prompt: "p", continuations: [" a", " b"], turns: [.init(.user, "p")])),
        ""
      ),
      (.generate(generate), ""),
    ]
    for change: (inout GenerateRequest) -> Void in [
      { $0.maxTokens = 4 }, { $0.seed = 2 }, { $0.stop = [] }, { $0.stop = ["\n", "\n"] },
      { $0.turns = [.init(.system, "p"), .init(.user, "q")] },
      { $0.turns = [.init(.user, "p"), .init(.system, "q")] },
    ] {
      var other = generate
      change(&other)
      questions.append((.generate(other), ""))
    }
    let digests = questions.map { RequestDigest.text($0.0, manner: $0.1) }
    #expect(Set(digests).count == questions.count)
    #expect(digests.allSatisfy { $0.count == RequestDigest.length })
    // The value is stored in journals, so it never changes: hashlib.sha256(b"0:5:score1:p2: a2: b") of Python.
    #expect(digests[0] == "2d2629bcc2ce6f2e35bad79a")
  }

  @Test func `a run of another model or method is refused`() async throws {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      _ = try await conduct(plan, in: folder + "/a", model: ScriptedModel())
      await #expect(
        throws: InputError(
          "--reuse \(folder)/a/run: was answered by the model 'scripted', the backend now has 'other'"
        )
      ) {
        try await conductReusing(
          plan, in: folder + "/b", model: ScriptedModel(.init(name: "other")), [folder + "/a"])
      }
      await #expect(
        throws: InputError(
          "--reuse \(folder)/a/run: its answers were obtained by the method 'process', the backend "
            + "now has 'echo'")
      ) {
        try await conductReusing(
          plan, in: folder + "/b", model: ScriptedModel(.init(scoring: .echo)), [folder + "/a"])
      }
    }
  }

  @Test func `failures and damaged lines are asked again`() async throws {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      var script = ScriptedModel.Script()
      script.fault = { prompt, _ in
        fingerprint(prompt) % 4 == 0 ? ModelError("too long", retry: .no) : nil
      }
      let first = try await conduct(plan, in: folder + "/a", model: ScriptedModel(script))
      let failed = first.records.count { $0.isCorrect == nil }
      let model = ScriptedModel()
      let second = try await conductReusing(plan, in: folder + "/b", model: model, [folder + "/a"])
      #expect(model.attempts.count == failed)
      #expect(second.summary.failed == 0)
    }
  }
}
