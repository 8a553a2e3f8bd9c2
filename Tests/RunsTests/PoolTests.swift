import Basics
import Estimation
import Models
import Synchronization
import Testing

@testable import Runs

/// Runs on several endpoints of one model.
struct PoolTests {
  private func pool(_ members: [PooledModel]) -> ModelPool {
    ModelPool(members[0], Array(members.dropFirst()))
  }

  @Test(arguments: [1, 2, 3], [1, 16])
  func `outcomes do not depend on how many endpoints answer`(
    _ endpoints: Int, _ concurrency: Int
  ) async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels], search: .thompson, budget: 100))
    let alone = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel()).records.outcomes
    }
    let members = (0..<endpoints).map { PooledModel("e\($0)", isDisorderly: true) }
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: pool(members), concurrency: concurrency)
    }
    #expect(session.records.outcomes == alone)
    #expect(session.records.allSatisfy { $0.endpoint?.hasPrefix("e") == true })
    #expect(members.map(\.answered).reduce(0, +) == alone.count)
  }

  @Test func `a format stays with one endpoint`() async throws {
    let plan = try Plan.sample(.sample(formats: 12, examples: 20))
    let members = [PooledModel("a", isDisorderly: true), PooledModel("b", isDisorderly: true)]
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: pool(members), concurrency: 2)
    }
    let homes = Dictionary(grouping: session.records, by: \.format)
      .mapValues { Set($0.map(\.endpoint)) }
    // Only the last formats may be shared, when one endpoint has nothing else left.
    #expect(homes.values.count { $0.count > 1 } <= 2)
    #expect(homes.count == 12)
  }

  @Test func `a dead endpoint's work moves on, and it is asked again when it is back`() async throws
  {
    let plan = try Plan.sample(.sample(formats: 20, examples: 20))
    let whole = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel()).records.outcomes
    }
    let members = [PooledModel("a"), PooledModel("b")]
    members[1].die(after: 30, trials: 3)
    members[0].hold(after: 100) { members[1].isDead }
    let pauses = Mutex<[Duration]>([])
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: pool(members), concurrency: 4) { settings in
        settings.sleep = { pause in
          pauses.withLock { $0.append(pause) }
          await Task.yield()
        }
      }
    }
    #expect(session.summary == RunSummary(evaluated: 400))
    #expect(session.records.outcomes == whole)
    #expect(members[1].answered > 30, "it was asked again")
    #expect(members[1].renewals == 4)
    #expect(pauses.withLock { $0 } == [0.5, 1, 2, 4].map { .seconds($0) })
    #expect(
      session.events.notices == [
        "b fails; the other endpoints take its work: b is not there", "b answers again",
      ])
    #expect(session.records.contains { $0.attempt == 2 && $0.endpoint == "a" })
  }

  @Test func `an endpoint that only fails is left alone, and its requests succeed elsewhere`()
    async throws
  {
    let plan = try Plan.sample(.sample(formats: 20, examples: 20))
    let members = [PooledModel("a"), PooledModel("b")]
    members[1].fail(from: 10)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: pool(members), concurrency: 8) { settings in
        settings.sleep = { _ in for _ in 0..<5 { await Task.yield() } }
      }
    }
    #expect(session.summary == RunSummary(evaluated: 400))
    #expect(session.records.allSatisfy { $0.isCorrect != nil })
    #expect(
      session.events.notices.contains(
        "b fails; the other endpoints take its work: b is in trouble"))
  }

  @Test func `an endpoint that comes back as another model is not asked`() async throws {
    let plan = try Plan.sample(.sample(formats: 20, examples: 20))
    let members = [PooledModel("a"), PooledModel("b")]
    members[1].die(after: 30, trials: 0, returningAs: "other")
    members[0].hold(after: 100) { members[1].renewals == 0 }
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: pool(members), concurrency: 4) { settings in
        settings.sleep = { _ in for _ in 0..<20 { await Task.yield() } }
      }
    }
    #expect(session.summary == RunSummary(evaluated: 400))
    #expect(members[1].answered == 30)
    #expect(members[1].renewals > 0)
  }

  @Test func `a run is given up when every endpoint stays dead`() async throws {
    let plan = try Plan.sample(.sample())
    let members = [PooledModel("a"), PooledModel("b")]
    for member in members { member.die(after: 10, trials: Int.max) }
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: pool(members), concurrency: 4)
    }
    let failure = try #require(session.summary.modelFailure)
    #expect(failure.hasPrefix("no endpoint is left, the last: "))
    #expect(session.records.count == 20)
    #expect(session.summary.failed == 0)
  }

  @Test func `a single endpoint is waited for and given up after six trials`() async throws {
    let plan = try Plan.sample(.sample())
    let model = PooledModel("a")
    model.die(after: 10, trials: Int.max)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 4)
    }
    #expect(session.summary.modelFailure == "a is not there")
    #expect(model.renewals == CircuitBreaker.patience)
    #expect(session.events.notices == ["a fails; waiting for it: a is not there"])
    let back = PooledModel("a")
    back.die(after: 10, trials: 5)
    let other = try await withFolder {
      try await conduct(plan, in: $0, model: back, concurrency: 4)
    }
    #expect(other.summary == RunSummary(evaluated: 160))
  }

  @Test func `an endpoint that refuses us is not asked again`() async throws {
    let plan = try Plan.sample(.sample(formats: 20, examples: 20))
    let members = [PooledModel("a"), PooledModel("b")]
    members[1].refuse(from: 10)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: pool(members), concurrency: 4)
    }
    #expect(session.summary == RunSummary(evaluated: 400))
    #expect(members[1].renewals == 0)
    #expect(
      session.events.notices == ["b fails; the other endpoints take its work: b wants a key"])
  }

  @Test func `members that differ are refused by name`() async throws {
    let first = PooledModel("a:1")
    for (other, message) in [
      (
        PooledModel("b:2", name: "other"),
        "the endpoints of one run must have one model: a:1 has 'scripted', b:2 has 'other'"
      )
    ] {
      await #expect(throws: ModelError(message, retry: .no, scope: .model)) {
        _ = try await pool([first, other]).hello()
      }
    }
  }

  @Test(arguments: [ScoringMethod.echo, nil])
  func `members with different scoring methods generate together and do not rank`(
    _ method: ScoringMethod?
  ) async throws {
    let members = [PooledModel("a:1"), PooledModel("b:2", scoring: method)]
    let generating = try Plan.sample(.sample(scoring: .generate(.prefix, maxTokens: 5)))
    let session = try await withFolder {
      try await conduct(generating, in: $0, model: pool(members))
    }
    #expect(session.summary == RunSummary(evaluated: 160))
    #expect(members.allSatisfy { $0.answered > 0 })
    let ranking = try Plan.sample(.sample())
    await #expect(
      throws: InputError(
        "to rank options, the endpoints must confirm one scoring method: a:1 confirms 'process', "
          + "b:2 \(method.map { "'\($0.rawValue)'" } ?? "none"); name one for all with --method, or "
          + "use --scoring generate")
    ) {
      try await withFolder { _ = try await conduct(ranking, in: $0, model: pool(members)) }
    }
  }

  @Test func `members of which one does not generate rank together and do not generate`()
    async throws
  {
    let members = [PooledModel("a:1"), PooledModel("b:2", generates: false)]
    let ranking = try Plan.sample(.sample())
    let session = try await withFolder {
      try await conduct(ranking, in: $0, model: pool(members))
    }
    #expect(session.summary == RunSummary(evaluated: 160))
    let generating = try Plan.sample(.sample(scoring: .generate(.prefix, maxTokens: 5)))
    await #expect(throws: InputError("b:2 does not generate; use --scoring rank")) {
      try await withFolder { _ = try await conduct(generating, in: $0, model: pool(members)) }
    }
  }

  @Test func `cells asked again use every endpoint`() async throws {
    let plan = try Plan.sample(.sample())
    let members = [PooledModel("a"), PooledModel("b")]
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: pool(members), concurrency: 4) {
        $0.repeatedShare = 0.5
      }
    }
    #expect(session.summary.repeated == 80)
    #expect(session.summary.disagreements == 0)
    #expect(members.map(\.answered).reduce(0, +) == 240)
  }
}

/// A member of a pool that dies, fails or refuses when a test says so.
private final class PooledModel: Model {
  private struct State {
    var answered = 0
    var renewals = 0
    var isDead = false
    var diesAfter = Int.max
    /// Trials that find it dead.
    var trials = 0
    var name: String
    var nextName: String?
    var failsFrom = Int.max
    var refusesFrom = Int.max
    var holdsAfter = Int.max
    var condition: @Sendable () -> Bool = { false }
  }

  let endpoint: String?
  private let model: ScriptedModel
  private let scoring: ScoringMethod?
  private let generates: Bool
  private let state: Mutex<State>

  init(
    _ endpoint: String, name: String = "scripted", scoring: ScoringMethod? = .process,
    generates: Bool = true, isDisorderly: Bool = false
  ) {
    self.endpoint = endpoint
    self.scoring = scoring
    self.generates = generates
    var script = ScriptedModel.Script()
    script.isDisorderly = isDisorderly
    model = ScriptedModel(script)
    state = Mutex(State(name: name))
  }

  var answered: Int { state.withLock { $0.answered } }
  var renewals: Int { state.withLock { $0.renewals } }

  func die(after answers: Int, trials: Int, returningAs name: String? = nil) {
    state.withLock { state in
      state.diesAfter = answers
      state.trials = trials
      state.nextName = name
    }
  }

  var isDead: Bool { state.withLock { $0.isDead } }

  /// Answers only so many requests while a condition holds.
  func hold(after answers: Int, _ condition: @escaping @Sendable () -> Bool) {
    state.withLock { state in
      state.holdsAfter = answers
      state.condition = condition
    }
  }

  func fail(from answers: Int) { state.withLock { $0.failsFrom = answers } }

  func refuse(from answers: Int) { state.withLock { $0.refusesFrom = answers } }

  private var capabilities: Capabilities {
    Capabilities(
      name: state.withLock { $0.name }, scoring: scoring, generates: generates, maxInFlight: 64)
  }

  func hello() async throws -> Capabilities { capabilities }

  func renew() async throws -> Capabilities {
    try state.withLock { state in
      state.renewals += 1
      guard state.renewals > state.trials else { throw absent }
      state.isDead = false
      state.diesAfter = Int.max
      state.name = state.nextName ?? state.name
    }
    return capabilities
  }

  private var absent: ModelError {
    ModelError("\(endpoint ?? "it") is not there", retry: .transient, scope: .model)
  }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    let (isHeld, condition) = state.withLock { ($0.answered >= $0.holdsAfter, $0.condition) }
    while isHeld, condition() { await Task.yield() }
    try state.withLock { state in
      if state.answered >= state.diesAfter { state.isDead = true }
      if state.isDead { throw absent }
      if state.answered >= state.failsFrom {
        throw ModelError("\(endpoint ?? "it") is in trouble", retry: .transient)
      }
      if state.answered >= state.refusesFrom {
        throw ModelError("\(endpoint ?? "it") wants a key", retry: .no, scope: .model)
      }
      state.answered += 1
    }
    return try await model.score(request)
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    state.withLock { $0.answered += 1 }
    return try await model.generate(request)
  }

  func close() async {}
}
