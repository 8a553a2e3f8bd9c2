import Basics
import Foundation
import Models
import Synchronization

/// What is asked of a model.
enum Question: Sendable, Hashable {
  case score(ScoreRequest)
  case generate(GenerateRequest)
  case embed(String)

  var prompt: String {
    switch self {
    case .score(let request): request.prompt
    case .generate(let request): request.prompt
    case .embed(let text): text
    }
  }
}

/// What a model answered.
enum Answer: Sendable, Hashable {
  case scores([OptionScore])
  case text(Generation)
  case embedding([Float])
}

/// The end of a question.
struct Reply: Sendable {
  var result: Result<Answer, ModelError>
  /// From 1.
  var attempt = 1
  /// From the last try to its answer.
  var milliseconds: Double?
  /// The endpoint of the last try, where it has a name.
  var endpoint: String?
  /// Whether another cell's question had this answer already.
  var isShared = false
}

/// Puts questions to a model: no more at once than it takes, again after faults, equal ones once.
///
/// Each call is made from a seat at an endpoint (``Dispatcher``) and leaves another one behind when it
/// had to move; nil when it failed without a seat.
final class Questions: Sendable {
  let dispatcher: Dispatcher
  private let retries: RetryPolicy
  private let sleep: @Sendable (Duration) async throws -> Void
  private let recent = Mutex(RecentAnswers())

  init(_ dispatcher: Dispatcher, seed: UInt64) {
    self.dispatcher = dispatcher
    retries = RetryPolicy(seed: seed)
    sleep = dispatcher.sleep
  }

  /// Answers a question, from a recent equal one where there is one.
  ///
  /// - Parameters:
  ///   - question: What to ask.
  ///   - seat: The endpoint where the caller has a seat, and afterwards the one where it has one.
  /// - Returns: The answer, or the failure of this question alone.
  /// - Throws: `ModelError` when the model is gone for all questions, `CancellationError`.
  func ask(_ question: Question, from seat: inout Int?) async throws -> Reply {
    let key = QuestionKey(question)
    while true {
      switch recent.withLock({ $0.look(key) }) {
      case .answered(let answer): return Reply(result: .success(answer), isShared: true)
      case .isNew:
        do {
          let reply = try await askModel(question, from: &seat)
          settle(key, try? reply.result.get())
          return reply
        } catch {
          settle(key, nil)
          throw error
        }
      case .isUnderWay:
        // Asked again when the first one got no answer.
        try await withoutSeat(&seat) {
          await withCheckedContinuation { continuation in
            let isOver = recent.withLock { !$0.wait(for: key, continuation) }
            if isOver { continuation.resume() }
          }
        }
      }
    }
  }

  /// Gives the caller's seat to another one for the time of a wait.
  ///
  /// A pause asks nothing of the model, and who waits for an answer must not keep its request out.
  private func withoutSeat(
    _ seat: inout Int?, _ wait: () async throws -> Void
  ) async throws {
    guard let lane = seat else { return try await wait() }
    dispatcher.release(lane)
    seat = nil
    try await wait()
    seat = try await dispatcher.seat(preferring: lane)
  }

  private func settle(_ question: QuestionKey, _ answer: Answer?) {
    let waiting = recent.withLock { $0.settle(question, answer) }
    for continuation in waiting { continuation.resume() }
  }

  /// The model's own answer to a question, whether or not an equal one was answered.
  func askModel(_ question: Question, from seat: inout Int?) async throws -> Reply {
    var tally = RetryPolicy.Tally()
    var attempt = 1
    let clock = ContinuousClock()
    while true {
      guard let lane = seat else { throw CancellationError() }
      let endpoint = dispatcher.endpoints[lane]
      let start = clock.now
      let cuts = dispatcher.cuts(lane)
      do {
        let answer = try await put(question, to: endpoint.model)
        let milliseconds = (clock.now - start) / .milliseconds(1)
        dispatcher.succeed(lane)
        retries.succeed()
        return Reply(
          result: .success(answer), attempt: attempt, milliseconds: milliseconds,
          endpoint: endpoint.label)
      } catch let error as ModelError {
        let pause: Duration?
        if error.scope == .model {
          dispatcher.lose(lane, error)
          tally.moves += 1
          pause = tally.moves < RetryPolicy.moves ? .zero : nil
        } else {
          switch error.retry {
          case .rateLimit: dispatcher.backOff(lane, sentAfter: cuts)
          case .transient: dispatcher.fail(lane, error)
          case .no: break
          }
          pause = retries.pause(after: error.retry, &tally)
        }
        guard let pause else {
          return Reply(result: .failure(error), attempt: attempt, endpoint: endpoint.label)
        }
        try await withoutSeat(&seat) { if pause > .zero { try await sleep(pause) } }
        attempt += 1
      }
    }
  }

  private func put(_ question: Question, to model: any Model) async throws -> Answer {
    switch question {
    case .score(let request):
      let scores = try await model.score(request)
      try Self.check(scores, request.continuations)
      return .scores(scores)
    case .generate(let request): return .text(try await model.generate(request))
    case .embed(let text): return .embedding(try await model.embed(text))
    }
  }

  /// Refuses what no model can have meant: servers write -9999 or the smallest `Float` for "unknown".
  private static func check(_ scores: [OptionScore], _ options: [String]) throws(ModelError) {
    guard scores.count == options.count else {
      throw ModelError(
        "the model gave \(scores.count) scores for \(options.count) options", retry: .transient)
    }
    for (score, option) in zip(scores, options) {
      let mean = score.logprob / Double(max(score.tokens, 1))
      guard mean.isFinite, mean > -1000, score.logprob < 0.01, score.tokens >= 0 else {
        throw ModelError(
          "the log-probability \(score.logprob) of \(quoted(option)) over \(score.tokens) tokens "
            + "cannot be right", retry: .transient)
      }
    }
  }
}

/// A question whose hash is computed once; prompts are long.
///
/// Texts are compared by their bytes, because that is what a model sees: "é" in one code point and in
/// two are equal strings, but not the same prompt.
struct QuestionKey: Hashable {
  private let question: Question
  private let hash: Int

  init(_ question: Question) {
    self.question = question
    var hasher = Hasher()
    var prompt = question.prompt
    prompt.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hash = hasher.finalize()
  }

  static func == (a: Self, b: Self) -> Bool {
    guard a.hash == b.hash, same(a.question.prompt, b.question.prompt) else { return false }
    switch (a.question, b.question) {
    case (.score(let one), .score(let other)):
      return same(one.continuations, other.continuations) && same(one.turns, other.turns)
    case (.generate(let one), .generate(let other)):
      return one.maxTokens == other.maxTokens && one.seed == other.seed
        && same(one.stop, other.stop) && same(one.turns, other.turns)
    case (.embed, .embed): return true
    default: return false
    }
  }

  private static func same(_ a: [String], _ b: [String]) -> Bool {
    a.elementsEqual(b, by: same)
  }

  private static func same(_ a: String, _ b: String) -> Bool {
    let equal = a.utf8.withContiguousStorageIfAvailable { one in
      b.utf8.withContiguousStorageIfAvailable { other in
        guard let start = one.baseAddress, let place = other.baseAddress else {
          return one.count == other.count
        }
        return one.count == other.count && memcmp(start, place, one.count) == 0
      }
    }
    return (equal ?? nil) ?? a.utf8.elementsEqual(b.utf8)
  }

  private static func same(_ a: [ChatTurn], _ b: [ChatTurn]) -> Bool {
    a.elementsEqual(b) { $0.role == $1.role && same($0.text, $1.text) }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

/// The last answered questions and those under way.
private struct RecentAnswers {
  enum Standing {
    /// The caller asks the model now, and settles the question afterwards.
    case isNew
    case isUnderWay
    case answered(Answer)
  }

  /// Equal prompts stand in one format, whose cells follow each other; so a few thousand are enough.
  private static let kept = 2048

  private var answers: [QuestionKey: Answer] = [:]
  private var waiting: [QuestionKey: [CheckedContinuation<Void, Never>]] = [:]
  /// The answered questions in a ring, the oldest at `oldest` once it is full.
  private var order: [QuestionKey] = []
  private var oldest = 0

  mutating func look(_ question: QuestionKey) -> Standing {
    if let answer = answers[question] { return .answered(answer) }
    if waiting[question] != nil { return .isUnderWay }
    waiting[question] = []
    return .isNew
  }

  /// - Returns: False when the question is no longer under way.
  mutating func wait(
    for question: QuestionKey, _ continuation: CheckedContinuation<Void, Never>
  ) -> Bool {
    guard waiting[question] != nil else { return false }
    waiting[question]?.append(continuation)
    return true
  }

  mutating func settle(
    _ question: QuestionKey, _ answer: Answer?
  ) -> [CheckedContinuation<Void, Never>] {
    if let answer {
      answers[question] = answer
      if order.count < Self.kept {
        order.append(question)
      } else {
        answers[order[oldest]] = nil
        order[oldest] = question
        oldest = (oldest + 1) % Self.kept
      }
    }
    return waiting.removeValue(forKey: question) ?? []
  }
}
