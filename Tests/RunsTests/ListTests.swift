import Estimation
import Models
import Testing

@testable import Runs

/// Several prompts in one request.
struct ListTests {
  private static let scoring = Scoring.generate(.prefix, maxTokens: 5)

  private func lists(
    _ most: Int, change: (inout ScriptedModel.Script) -> Void = { _ in }
  ) -> ScriptedModel {
    var script = ScriptedModel.Script()
    script.isDisorderly = true
    script.mostPrompts = most
    change(&script)
    return ScriptedModel(script)
  }

  @Test(arguments: [1, 3, 16], [2, 8])
  func `outcomes do not depend on lists, and every prompt is asked once`(
    _ concurrency: Int, _ most: Int
  ) async throws {
    let plan = try Plan.sample(
      .sample([.fixed, .labels], scoring: Self.scoring, formats: 20, examples: 20))
    let alone = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel())
    }
    let model = lists(most)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: concurrency)
    }
    #expect(session.summary == RunSummary(evaluated: 800))
    // Only how many prompts a request had differs.
    let records = session.records.timeless.map { record in
      var record = record
      record.prompts = 1
      return record
    }
    #expect(Set(records) == alone.records.timeless)
    #expect(model.answers.values.allSatisfy { $0 == 1 })
    #expect(model.lists.contains { $0.count == most })
    #expect(model.lists.allSatisfy { (2...most).contains($0.count) })
    #expect(
      session.records.count { $0.prompts > 1 } == model.lists.map(\.count).reduce(0, +))
  }

  @Test func `searches observe the same with lists`() async throws {
    let study = Study.sample(
      [.fixed], search: .thompson, budget: 100, scoring: Self.scoring)
    let plan = try Plan.sample(study)
    let alone = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel()).records.outcomes
    }
    let together = try await withFolder {
      try await conduct(plan, in: $0, model: lists(8), concurrency: 1).records.outcomes
    }
    #expect(together == alone)
  }

  @Test func `options are ranked one request each`() async throws {
    let plan = try Plan.sample(.sample())
    let model = lists(8)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 1)
    }
    #expect(session.summary == RunSummary(evaluated: 160))
    #expect(model.lists.isEmpty)
  }

  @Test func `lists never take the place of requests that could be under way together`()
    async throws
  {
    let plan = try Plan.sample(.sample(scoring: Self.scoring, formats: 2, examples: 20))
    let model = lists(8)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 32)
    }
    #expect(session.summary == RunSummary(evaluated: 40))
    #expect(model.lists.isEmpty)
  }

  @Test func `where requests are counted by the minute, lists are as long as they can be`()
    async throws
  {
    let plan = try Plan.sample(.sample(scoring: Self.scoring, formats: 3, examples: 20))
    let model = lists(8) { $0.isPaced = true }
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 32)
    }
    #expect(session.summary == RunSummary(evaluated: 60))
    // Each format's twenty cells in three requests, although there were places for all.
    #expect(model.lists.map(\.count).sorted() == [4, 4, 4, 8, 8, 8, 8, 8, 8])
  }

  @Test(arguments: [RetryDecision.no, .transient])
  func `of a list that fails, only what is wrong fails`(_ decision: RetryDecision) async throws {
    let plan = try Plan.sample(
      .sample(scoring: Self.scoring, formats: 20, examples: 20))
    let fault: @Sendable (String, Int) -> ModelError? = { prompt, _ in
      fingerprint(prompt) % 50 == 0 ? ModelError("too long", retry: decision) : nil
    }
    var script = ScriptedModel.Script()
    script.fault = fault
    let alone = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel(script)) { $0.maxFailures = 100 }
    }
    try #require(alone.summary.failed > 3)
    let model = lists(8) { $0.fault = fault }
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 2) { $0.maxFailures = 100 }
    }
    #expect(session.records.outcomes == alone.records.outcomes)
    #expect(session.summary.failed == alone.summary.failed)
    #expect(model.lists.contains { $0.contains { fault($0, 0) != nil } })
    // The try together counts, and nothing is recorded twice.
    #expect(session.records.contains { $0.isAnswered && $0.attempt == 2 && $0.prompts == 1 })
    #expect(session.records.count == 400)
  }

  @Test func `a list with a text missing counts for nothing`() async throws {
    let plan = try Plan.sample(.sample(scoring: Self.scoring, formats: 8, examples: 20))
    let alone = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel()).records.outcomes
    }
    let model = lists(8) { $0.losesTexts = true }
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 2)
    }
    #expect(session.records.outcomes == alone)
    #expect(!model.lists.isEmpty)
    #expect(session.records.allSatisfy { $0.prompts == 1 })
  }

  @Test func `a rate limit has the list wait`() async throws {
    let plan = try Plan.sample(.sample(scoring: Self.scoring, formats: 8, examples: 20))
    let model = lists(4) { script in
      script.listFault = { _, number in
        number % 3 == 0 ? ModelError("busy", retry: .rateLimit(after: .seconds(1))) : nil
      }
    }
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 2)
    }
    #expect(session.summary == RunSummary(evaluated: 160))
    #expect(model.answers.values.allSatisfy { $0 == 1 })
    let again = session.records.filter { $0.attempt > 1 }
    #expect(!again.isEmpty && again.allSatisfy { $0.prompts > 1 })
  }

  @Test func `a server that takes only short lists is sent shorter ones`() async throws {
    let plan = try Plan.sample(.sample(scoring: Self.scoring, formats: 20, examples: 20))
    let model = lists(8) { script in
      script.listFault = { prompts, _ in
        prompts.count > 3 ? ModelError("3 prompts at most", retry: .no) : nil
      }
    }
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 2)
    }
    #expect(session.summary == RunSummary(evaluated: 400))
    #expect(model.answers.values.allSatisfy { $0 == 1 })
    let refused = model.lists.indices.filter { model.lists[$0].count > 3 }
    #expect(!refused.isEmpty && refused.count < 4)
    #expect(model.lists.suffix(20).allSatisfy { $0.count <= 3 })
  }

  @Test func `equal prompts in one list are asked once`() async throws {
    let plan = try Plan.sample(
      .sample(scoring: Self.scoring, formats: 4, examples: 36, twins: 24), twins: 24)
    let model = lists(8)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 1)
    }
    #expect(session.summary.evaluated == 144)
    #expect(session.summary.shared > 0)
    #expect(model.answers.values.allSatisfy { $0 == 1 })
    #expect(model.answers.count + session.summary.shared == 144)
  }

  @Test func `a model that goes away in a list leaves nothing behind and is asked for the rest`()
    async throws
  {
    let plan = try Plan.sample(.sample(scoring: Self.scoring, formats: 8, examples: 20))
    try await withFolder { folder in
      let first = try await conduct(plan, in: folder, model: lists(8) { $0.goneAfter = 53 })
      #expect(first.summary.modelFailure == "the model went away")
      #expect(first.summary.failed == 0)
      let rest = lists(8)
      let second = try await conduct(plan, in: folder, model: rest)
      #expect(second.summary.evaluated == 160 - first.records.count)
      #expect(second.records.count == 160)
      #expect(Set(second.records.outcomes).count == 160)
    }
  }

  // MARK: The limit

  @Test func `lists double until one fails and then grow by one`() {
    var limit = ListLimit(to: 8)
    var seen: [Int] = []
    func succeed(_ seconds: Int = 0) {
      limit.succeed(limit.now, in: .seconds(seconds))
      seen.append(limit.now)
    }
    for _ in 0..<4 { succeed() }
    limit.fail(8)
    for _ in 0..<2 { succeed() }
    // Busy servers are not given more.
    succeed(11)
    // Shorter lists tell nothing.
    limit.succeed(1, in: .zero)
    limit.fail(8)
    seen.append(limit.now)
    #expect(seen == [2, 4, 8, 8, 5, 6, 3, 3])
    limit.refuse(5)
    #expect(limit.now == 2)
    for _ in 0..<3 { succeed() }
    #expect(limit.now == 2)
  }

  @Test func `an endpoint without lists stays at one`() {
    var limit = ListLimit(to: 1)
    for _ in 0..<4 { limit.succeed(1, in: .zero) }
    #expect(limit.now == 1)
  }

  @Test func `an endpoint takes neighbouring cells of one format at once`() {
    var queue = CellQueue(endpoints: 1)
    queue.fill(Array(10..<22)) { $0 < 17 ? 0 : 1 }
    var taken: [[Int]] = []
    while let places = queue.next(for: 0, most: 4, round: { _ in 1 }) {
      taken.append(Array(places))
    }
    #expect(taken == [[10, 11, 12, 13], [14, 15, 16], [17, 18, 19, 20], [21]])
    #expect(queue.isEmpty)
  }
}
