import Models
import Synchronization

/// A model in this process whose answers are a pure function of the prompt, with faults on request.
final class ScriptedModel: Model {
  struct Script: Sendable {
    var name = "scripted"
    var scoring: ScoringMethod? = .process
    var generates = true
    var maxInFlight = 64
    /// Prompts that one request may hold; 1 for a model without lists.
    var mostPrompts = 1
    var isPaced = false
    /// How a list of prompts fails, when it does; the number counts lists from 1.
    var listFault: @Sendable (_ prompts: [String], _ number: Int) -> ModelError? = { _, _ in nil }
    /// Leaves the last text of a list out.
    var losesTexts = false
    /// How often a prompt fails before it is answered, and how.
    var fault: @Sendable (_ prompt: String, _ attempt: Int) -> ModelError? = { _, _ in nil }
    /// After so many answers the model is gone; nil for never.
    var goneAfter: Int?
    /// Called after each answer with their number so far.
    var afterAnswer: @Sendable (Int) -> Void = { _ in }
    /// Answers come in another order than they were asked.
    var isDisorderly = false
    /// Replaces the scores that follow from the prompt.
    var scores: @Sendable (ScoreRequest) -> [OptionScore] = { ScriptedModel.scores($0) }
    /// Replaces the text that follows from the prompt and how often it was asked.
    var text: @Sendable (_ prompt: String, _ time: Int) -> String = { prompt, _ in
      ScriptedModel.text(prompt)
    }
  }

  private struct State {
    var attempts: [String: Int] = [:]
    var lists: [[String]] = []
    var answers: [String: Int] = [:]
    var answered = 0
    var inFlight = 0
    var mostInFlight = 0
    var isClosed = false
  }

  private let script: Script
  private let state = Mutex(State())

  init(_ script: Script = Script()) {
    self.script = script
  }

  /// How often each prompt was asked, failures included.
  var attempts: [String: Int] { state.withLock { $0.attempts } }

  /// How often each prompt was answered.
  var answers: [String: Int] { state.withLock { $0.answers } }

  /// The prompts of each list that was asked, failures included.
  var lists: [[String]] { state.withLock { $0.lists } }

  var mostInFlight: Int { state.withLock { $0.mostInFlight } }

  func hello() async throws -> Capabilities {
    var capabilities = Capabilities(
      name: script.name, scoring: script.scoring, generates: script.generates,
      maxInFlight: script.maxInFlight)
    capabilities.mostPrompts = script.mostPrompts
    capabilities.isPaced = script.isPaced
    return capabilities
  }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    _ = try await answer(request.prompt)
    return script.scores(request)
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    let time = try await answer(request.prompt)
    return Generation(text: script.text(request.prompt, time), finish: "stop", tokens: 3)
  }

  /// A list fails as a whole where one of its prompts does.
  func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation] {
    let prompts = requests.map(\.prompt)
    let number = state.withLock { state in
      state.lists.append(prompts)
      return state.lists.count
    }
    if let error = script.listFault(prompts, number) { throw error }
    for prompt in prompts { if let error = script.fault(prompt, 0) { throw error } }
    var texts: [Generation] = []
    for request in requests { texts.append(try await generate(request)) }
    return script.losesTexts ? texts.dropLast() : texts
  }

  func close() async { state.withLock { $0.isClosed = true } }

  /// - Returns: How often the prompt was answered, from 1.
  private func answer(_ prompt: String) async throws -> Int {
    let attempt = try state.withLock { state in
      if state.isClosed { throw ModelError.closed }
      state.attempts[prompt, default: 0] += 1
      state.inFlight += 1
      state.mostInFlight = max(state.mostInFlight, state.inFlight)
      return state.attempts[prompt] ?? 1
    }
    defer { state.withLock { $0.inFlight -= 1 } }
    if script.isDisorderly {
      for _ in 0..<(fingerprint(prompt) % 7) { await Task.yield() }
      if fingerprint(prompt) % 5 == 0 { try await Task.sleep(for: .microseconds(200)) }
    }
    if let error = script.fault(prompt, attempt) { throw error }
    let (time, answered) = try state.withLock { state in
      if let limit = script.goneAfter, state.answered >= limit {
        throw ModelError("the model went away", retry: .no, scope: .model)
      }
      state.answered += 1
      state.answers[prompt, default: 0] += 1
      return (state.answers[prompt] ?? 1, state.answered)
    }
    script.afterAnswer(answered)
    return time
  }

  static func scores(_ request: ScoreRequest) -> [OptionScore] {
    request.continuations.map { option in
      OptionScore(
        logprob: -1 - Double(fingerprint(request.prompt + "\u{0}" + option) % 1000) / 100,
        tokens: max(1, option.utf8.count))
    }
  }

  static func text(_ prompt: String) -> String {
    ["yes", "no", "maybe", "yes or no", "north", "A", "1"][Int(fingerprint(prompt) % 7)]
  }
}

/// FNV-1a of a text, the same in every process.
func fingerprint(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash ^ (hash >> 29)
}
