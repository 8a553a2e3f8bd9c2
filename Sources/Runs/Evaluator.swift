import Basics
import Estimation
import Foundation
import Models
import Prompts
import Synchronization
import Tasks

/// Asks a model for the cells of one task: prompt, request, retries, verdict.
struct Evaluator: Sendable {
  let task: PlannedTask
  let model: any Model
  let capabilities: Capabilities
  let scoring: Scoring
  let seed: UInt64
  private let match: AnswerMatch
  private let writers = RecentWriters()

  /// How often a request is tried before its cell counts as failed.
  static let attempts = 5

  init(
    _ task: PlannedTask, model: any Model, capabilities: Capabilities, scoring: Scoring,
    seed: UInt64
  ) throws(InputError) {
    self.task = task
    self.model = model
    self.capabilities = capabilities
    self.scoring = scoring
    self.seed = seed
    if case .generate(let matching, _) = scoring {
      match = try matching.match()
    } else {
      match = .prefix
    }
  }

  /// The record of one cell; a failed one names its cause.
  ///
  /// - Throws: `ModelError` when the model is gone for all requests, `CancellationError` when the run
  ///   was stopped.
  func evaluate(_ cell: Cell) async throws -> EvaluationRecord {
    let example = task.split.evaluated[cell.example]
    var record = EvaluationRecord(task: task.name, format: cell.arm, example: example)
    guard let writer = writers.writer(cell.arm, of: task) else {
      record.error = "the format's numbering has too few labels"
      return record
    }
    let prompt = writer.prompt(example)
    var pause = 0.25
    let clock = ContinuousClock()
    while true {
      let start = clock.now
      do {
        try await ask(prompt, into: &record)
        record.milliseconds = (clock.now - start) / .milliseconds(1)
        return record
      } catch let error as ModelError {
        guard error.scope == .request else { throw error }
        var wait = Duration.seconds(pause)
        switch error.retry {
        case .no: record.error = error.message
        case .transient: break
        case .rateLimit(let after): wait = after ?? wait
        }
        if record.attempt >= Self.attempts { record.error = error.message }
        if record.error != nil {
          record.scores = []
          record.censored = []
          return record
        }
        try await Task.sleep(for: wait)
        record.attempt += 1
        pause *= 2
      }
    }
  }

  private func ask(_ prompt: Prompt, into record: inout EvaluationRecord) async throws {
    switch scoring {
    case .rank:
      let scores = try await model.score(
        ScoreRequest(prompt: prompt.text, continuations: prompt.options))
      try Self.check(scores, prompt.options)
      record.scores = zip(scores, prompt.options).map { score, option in
        Ranking.Option(
          logProbability: score.logprob, tokens: score.tokens, bytes: option.utf8.count)
      }
      record.censored = scores.indices.filter { scores[$0].censored }
      let ranking = Ranking(record.scores, by: task.normalization)
      try Self.check(ranking, record, task.normalization, prompt.options)
      record.choice = ranking.choice
      record.isTied = ranking.isTied
      record.prediction = prompt.options[ranking.choice]
      record.isCorrect = prompt.answer == .option(ranking.choice)
      record.method = capabilities.scoring?.rawValue
    case .generate(_, let maxTokens):
      let generation = try await model.generate(
        GenerateRequest(
          prompt: prompt.text, maxTokens: maxTokens, stop: ["\n\n"], seed: seed))
      let verdict = match.verdict(
        generation.text, answer: prompt.answerText, options: prompt.options)
      record.prediction = generation.text
      record.verdict = verdict.name
      record.isCorrect = match.isCorrect(verdict)
      record.choice = prompt.options.indices.first { index in
        match.verdict(generation.text, answer: prompt.options[index], options: []).right
      }
      record.tokens = generation.tokens
      record.method = "generate"
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

  /// A censored score is an upper bound: the choice stands only if it is known and above all bounds.
  private static func check(
    _ ranking: Ranking, _ record: EvaluationRecord, _ normalization: Normalization,
    _ options: [String]
  ) throws(ModelError) {
    let best = record.scores[ranking.choice].value(normalization)
    let open = record.censored.first { record.scores[$0].value(normalization) >= best }
    guard let open else { return }
    throw ModelError(
      "the option \(quoted(options[open])) is not among the model's alternatives, and could be the "
        + "answer", retry: .no)
  }
}

/// The prompt writers of the formats that are being asked.
private final class RecentWriters: Sendable {
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
