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
  /// How many prompts the request had that was answered.
  var prompts = 1
}

/// What became of a question that was put together with others.
enum ListedReply: Sendable {
  case reply(Reply)
  /// It has to be asked alone: its list failed at the last of so many tries, or an equal question is
  /// under way.
  case alone(attempts: Int)
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

  /// Answers questions for text that differ in nothing but their prompts, in one request.
  ///
  /// A list that fails for its contents is given up at once, so that each of its questions is asked
  /// alone and only what is wrong fails.
  ///
  /// - Parameters:
  ///   - questions: What to ask.
  ///   - seat: The endpoint where the caller has a seat, and afterwards the one where it has one.
  /// - Returns: What became of each question, and the list that the endpoint refused for good.
  /// - Throws: `ModelError` when the model is gone for all questions, `CancellationError`.
  func askTogether(
    _ questions: [Question], from seat: inout Int?
  ) async throws -> (replies: [ListedReply], refused: RefusedList?) {
    let keys = questions.map { QuestionKey($0) }
    var replies: [ListedReply] = []
    var open: [Int] = []
    for (index, key) in keys.enumerated() {
      switch recent.withLock({ $0.look(key) }) {
      case .answered(let answer):
        replies.append(.reply(Reply(result: .success(answer), isShared: true)))
      case .isNew:
        open.append(index)
        replies.append(.alone(attempts: 0))
      case .isUnderWay: replies.append(.alone(attempts: 0))
      }
    }
    if open.isEmpty { return (replies, nil) }
    let tried: Tried
    do {
      tried = try await put(open.map { questions[$0] }, from: &seat)
    } catch {
      for index in open { settle(keys[index], nil) }
      throw error
    }
    switch tried.result {
    case .success(let answers):
      for (index, answer) in zip(open, answers) {
        settle(keys[index], answer)
        replies[index] = .reply(tried.reply(.success(answer), prompts: open.count))
      }
    case .failure(let error):
      for index in open {
        settle(keys[index], nil)
        replies[index] =
          open.count > 1 ? .alone(attempts: tried.attempt) : .reply(tried.reply(.failure(error)))
      }
      guard open.count > 1, let lane = seat else { break }
      dispatcher.failList(lane, prompts: open.count, isRefused: false)
      if error.retry == .no {
        return (replies, RefusedList(lane: lane, prompts: open.count))
      }
    }
    return (replies, nil)
  }

  /// A list that an endpoint refused, and may take with fewer prompts.
  struct RefusedList {
    let lane: Int
    let prompts: Int
  }

  /// The model's own answer to a question, whether or not an equal one was answered.
  func askModel(_ question: Question, from seat: inout Int?) async throws -> Reply {
    let tried = try await put([question], from: &seat)
    return tried.reply(
      tried.result.flatMap { answers in
        answers.first.map { .success($0) }
          ?? .failure(ModelError("the model gave no answer", retry: .transient))
      })
  }

  /// The end of a request.
  private struct Tried {
    var result: Result<[Answer], ModelError>
    var attempt: Int
    var milliseconds: Double?
    var endpoint: String?

    func reply(_ result: Result<Answer, ModelError>, prompts: Int = 1) -> Reply {
      Reply(
        result: result, attempt: attempt, milliseconds: milliseconds, endpoint: endpoint,
        prompts: prompts)
    }
  }

  private func put(_ questions: [Question], from seat: inout Int?) async throws -> Tried {
    var tally = RetryPolicy.Tally()
    var attempt = 1
    let clock = ContinuousClock()
    while true {
      guard let lane = seat else { throw CancellationError() }
      let endpoint = dispatcher.endpoints[lane]
      let start = clock.now
      let cuts = dispatcher.cuts(lane)
      do {
        let answers = try await put(questions, to: endpoint.model)
        let time = clock.now - start
        dispatcher.succeed(lane, prompts: questions.count, in: time)
        retries.succeed()
        return Tried(
          result: .success(answers), attempt: attempt, milliseconds: time / .milliseconds(1),
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
          pause = isForEach(error, of: questions) ? nil : retries.pause(after: error.retry, &tally)
        }
        guard let pause else {
          return Tried(result: .failure(error), attempt: attempt, endpoint: endpoint.label)
        }
        try await withoutSeat(&seat) { if pause > .zero { try await sleep(pause) } }
        attempt += 1
      }
    }
  }

  /// Whether a failure may come from one of several questions, so that each has to be asked alone.
  private func isForEach(_ error: ModelError, of questions: [Question]) -> Bool {
    if case .rateLimit = error.retry { return false }
    return questions.count > 1
  }

  private func put(_ questions: [Question], to model: any Model) async throws -> [Answer] {
    guard questions.count == 1, let question = questions.first else {
      return try await putTogether(questions, to: model)
    }
    switch question {
    case .score(let request):
      let scores = try await model.score(request)
      try Self.check(scores, request.continuations)
      return [.scores(scores)]
    case .generate(let request): return [.text(try await model.generate(request))]
    case .embed(let text): return [.embedding(try await model.embed(text))]
    }
  }

  private func putTogether(
    _ questions: [Question], to model: any Model
  ) async throws -> [Answer] {
    let requests = questions.compactMap { question -> GenerateRequest? in
      if case .generate(let request) = question { request } else { nil }
    }
    let texts = try await model.generateAll(requests)
    guard texts.count == questions.count else {
      throw ModelError(
        "the model gave \(texts.count) texts for \(questions.count) prompts", retry: .transient)
    }
    return texts.map { .text($0) }
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
