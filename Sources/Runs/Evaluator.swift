import Basics
import Estimation
import Models
import Prompts
import Synchronization
import Tasks

/// Turns the cells of one task into questions, and their answers into records.
struct Evaluator: Sendable {
  let task: PlannedTask
  private let scoring: Scoring
  private let seed: UInt64
  let sendsTurns: Bool
  private let method: String?
  private let match: AnswerMatch
  let questions: Questions
  private let earlier: EarlierAnswers?
  private let manner: String
  let writers = RecentWriters()

  var dispatcher: Dispatcher { questions.dispatcher }

  /// - Parameters:
  ///   - task: Whose cells are evaluated.
  ///   - study: What to do.
  ///   - questions: Puts the questions to the model.
  ///   - method: How the model scores options.
  ///   - earlier: Answers of other runs, which are taken instead of asking again.
  /// - Throws: `InputError` for a pattern that is no regular expression.
  init(
    _ task: PlannedTask, study: Study, questions: Questions, method: ScoringMethod?,
    earlier: EarlierAnswers? = nil
  ) throws(InputError) {
    self.task = task
    self.earlier = earlier
    manner = RequestDigest.manner(study)
    self.questions = questions
    scoring = study.scoring
    seed = study.seed
    sendsTurns = study.server.chat == .turns
    switch study.scoring {
    case .rank:
      match = .prefix
      self.method = method?.rawValue
    case .generate(let matching, _):
      match = try matching.match()
      self.method = "generate"
    }
  }

  /// Whether several cells may be asked in one request.
  var takesLists: Bool {
    if case .generate = scoring { return !sendsTurns }
    return false
  }

  /// The outcome of one cell; a failed one names its cause.
  ///
  /// - Parameters:
  ///   - cell: A cell of the task.
  ///   - seat: The endpoint where the caller has a seat, and afterwards the one where it has one.
  ///   - sharing: Whether the answer to an equal prompt will do.
  ///   - attempts: Tries that were made in vain before.
  /// - Returns: The record, and whether a failure is final.
  /// - Throws: `ModelError` when the model is gone for all requests, `CancellationError` when the run
  ///   was stopped.
  func evaluate(
    _ cell: Cell, from seat: inout Int?, sharing: Bool = true, after attempts: Int = 0
  ) async throws -> CellOutcome {
    guard let asked = ask(cell) else { return unasked(cell) }
    var reply: Reply
    if sharing, let answer = earlier?.answer(to: asked.question, digest: asked.digest) {
      reply = Reply(result: .success(answer))
    } else if sharing {
      reply = try await questions.ask(asked.question, from: &seat)
    } else {
      reply = try await questions.askModel(asked.question, from: &seat)
    }
    reply.attempt += attempts
    return outcome(of: asked, reply)
  }

  /// The outcomes of several cells of one format that are asked in one request.
  ///
  /// - Parameters:
  ///   - cells: Cells of the task.
  ///   - seat: The endpoint where the caller has a seat, and afterwards the one where it has one.
  /// - Returns: The outcome of each cell, or that it has to be asked alone, and a list that the
  ///   endpoint refused.
  /// - Throws: As ``evaluate(_:from:sharing:after:)``.
  func evaluate(
    _ cells: [Cell], from seat: inout Int?
  ) async throws -> (outcomes: [ListedOutcome], refused: Questions.RefusedList?) {
    var outcomes: [ListedOutcome] = []
    var open: [(index: Int, asked: Asked)] = []
    for (index, cell) in cells.enumerated() {
      guard let asked = ask(cell) else {
        outcomes.append(.outcome(unasked(cell)))
        continue
      }
      if let answer = earlier?.answer(to: asked.question, digest: asked.digest) {
        outcomes.append(.outcome(outcome(of: asked, Reply(result: .success(answer)))))
      } else {
        open.append((index, asked))
        outcomes.append(.alone(attempts: 0))
      }
    }
    let (replies, refused) = try await questions.askTogether(
      open.map(\.asked.question), from: &seat)
    for ((index, asked), reply) in zip(open, replies) {
      switch reply {
      case .reply(let reply): outcomes[index] = .outcome(outcome(of: asked, reply))
      case .alone(let attempts): outcomes[index] = .alone(attempts: attempts)
      }
    }
    return (outcomes, refused)
  }

  /// What became of a cell that was asked together with others.
  enum ListedOutcome {
    case outcome(CellOutcome)
    /// It has to be asked alone, after so many tries in vain.
    case alone(attempts: Int)
  }

  /// A cell's question, and what its record begins with.
  private struct Asked {
    let record: EvaluationRecord
    let prompt: Prompt
    let question: Question
    let digest: String
  }

  private func newRecord(_ cell: Cell) -> EvaluationRecord {
    EvaluationRecord(
      task: task.name, format: cell.arm, example: task.split.evaluated[cell.example])
  }

  /// Nil when the format cannot be written.
  private func ask(_ cell: Cell) -> Asked? {
    guard let writer = writers.writer(cell.arm, of: task) else { return nil }
    var record = newRecord(cell)
    let prompt = writer.prompt(record.example)
    let question = question(prompt, turns: sendsTurns ? turns(writer, record.example) : [])
    let digest = RequestDigest.text(question, manner: manner)
    record.request = digest
    return Asked(record: record, prompt: prompt, question: question, digest: digest)
  }

  private func unasked(_ cell: Cell) -> CellOutcome {
    var record = newRecord(cell)
    record.error = "the format's numbering has too few labels"
    return CellOutcome(record: record, isFinal: true)
  }

  private func outcome(of asked: Asked, _ reply: Reply) -> CellOutcome {
    var record = asked.record
    record.attempt = reply.attempt
    record.endpoint = reply.endpoint
    record.milliseconds = reply.milliseconds
    record.prompts = reply.prompts
    do throws(ModelError) {
      switch try reply.result.get() {
      case .scores(let scores): try rank(scores, asked.prompt, &record)
      case .text(let generation): judge(generation, asked.prompt, &record)
      case .embedding: break
      }
      record.method = method
      return CellOutcome(record: record, isShared: reply.isShared)
    } catch {
      record.error = error.message
      return CellOutcome(record: record, isFinal: error.retry == .no)
    }
  }

  private func question(_ prompt: Prompt, turns: [ChatTurn]) -> Question {
    switch scoring {
    case .rank:
      .score(ScoreRequest(prompt: prompt.text, continuations: prompt.options, turns: turns))
    case .generate(_, let maxTokens):
      .generate(
        GenerateRequest(
          prompt: prompt.text, maxTokens: maxTokens, stop: ["\n\n"], seed: seed, turns: turns))
    }
  }

  func turns(_ writer: PromptWriter, _ example: Int) -> [ChatTurn] {
    var turns: [ChatTurn] = []
    if let instruction = writer.instruction { turns.append(ChatTurn(.system, instruction)) }
    for shown in writer.exchanges {
      turns.append(ChatTurn(.user, shown.question))
      turns.append(ChatTurn(.assistant, shown.answer))
    }
    turns.append(ChatTurn(.user, writer.query(example)))
    return turns
  }

  private func rank(
    _ scores: [OptionScore], _ prompt: Prompt, _ record: inout EvaluationRecord
  ) throws(ModelError) {
    let options = zip(scores, prompt.options).map { score, option in
      Ranking.Option(
        logProbability: score.logprob, tokens: score.tokens, bytes: option.utf8.count)
    }
    let normalization = task.normalization(record.format)
    let ranking = Ranking(options, by: normalization)
    let censored = scores.indices.filter { scores[$0].censored }
    // A censored score is an upper bound: the choice stands only if it is above all of them.
    let best = options[ranking.choice].value(normalization)
    if let open = censored.first(where: { options[$0].value(normalization) >= best }) {
      throw ModelError(
        "the option \(quoted(prompt.options[open])) is not among the model's alternatives, and "
          + "could be the answer", retry: .no)
    }
    record.scores = options
    record.censored = censored
    record.choice = ranking.choice
    record.isTied = ranking.isTied
    record.prediction = prompt.options[ranking.choice]
    if prompt.answer != .unknown { record.isCorrect = prompt.answer == .option(ranking.choice) }
  }

  private func judge(
    _ generation: Generation, _ prompt: Prompt, _ record: inout EvaluationRecord
  ) {
    record.prediction = generation.text
    if prompt.answer != .unknown {
      let verdict = match.verdict(
        generation.text, answer: prompt.answerText, options: prompt.options)
      record.verdict = verdict.name
      record.isCorrect = match.isCorrect(verdict)
    }
    record.choice = prompt.options.indices.first { index in
      match.verdict(generation.text, answer: prompt.options[index], options: []).right
    }
    record.tokens = generation.tokens
    record.finish = generation.finish
  }
}

/// The prompt writers of the formats that are being asked.
final class RecentWriters: Sendable {
  private let known = Mutex<[Int: PromptWriter]>([:])

  func writer(_ format: Int, of task: PlannedTask) -> PromptWriter? {
    if let writer = known.withLock({ $0[format] }) { return writer }
    guard let writer = task.writer(format) else { return nil }
    known.withLock { known in
      // Cells of one format follow each other, so a few formats are enough to keep.
      if known.count > 64 { known.removeAll(keepingCapacity: true) }
      known[format] = writer
    }
    return writer
  }
}
