import Basics
import Models
import Prompts

/// Measurements that ask more of the model than the study does; their cost is told before they start.
extension Conductor {
  /// Requests whose answers are kept together.
  private static let portion = 256

  /// Measures what the settings ask for; a model that cannot do it fails the measurement, not the run.
  func measureExtras(
    _ questions: Questions, _ capabilities: Capabilities, _ summary: inout RunSummary
  ) async throws {
    do {
      if let size = settings.posix, !summary.isOver {
        try await measureLikelihoods(size, questions, capabilities, &summary)
      }
      if let size = settings.embeddings, !summary.isOver {
        let embedder = settings.embedder ?? model
        let found = try await embedder.hello()
        let dispatcher = try await Dispatcher(
          embedder,
          concurrency: found.maxEmbeddings < found.maxInFlight
            ? found.maxEmbeddings : settings.concurrency, mostPrompts: 1, sleep: settings.sleep
        ) { observe(.notice($0)) }
        defer { dispatcher.finish(CancellationError()) }
        try await measureEmbeddings(
          size, Questions(dispatcher, seed: plan.study.seed), capabilities, by: found.name,
          &summary)
      }
    } catch let error as ModelError {
      summary.extraFailure = error.message
      observe(.notice("the extra measurement was given up: \(error.message)"))
    }
  }

  // MARK: POSIX

  /// One prompt and the responses whose likelihood after it is wanted.
  fileprivate struct CrossCell {
    let format: Int
    let example: Int
    let wanted: [String]
    var known: [String: CrossScore.Response] = [:]

    var missing: [String] { wanted.filter { known[$0] == nil } }
  }

  private func measureLikelihoods(
    _ size: SampleSize, _ questions: Questions, _ capabilities: Capabilities,
    _ summary: inout RunSummary
  ) async throws {
    guard let method = capabilities.scoring, method != .firstToken else {
      throw ModelError(
        "POSIX needs the log-probability of whole responses, which '\(capabilities.name)' does not "
          + "give", retry: .no)
    }
    let file = CrossScore.file(directory, digest: plan.study.digest)
    var stored: [CellKey: CrossScore] = [:]
    for score in try CrossScore.read(directory, digest: plan.study.digest) {
      stored[CellKey(score.task, score.format, score.example)] = score
    }
    let writer = try file.appending(model: capabilities.name)
    for sample in try ExtraSample.all(plan, directory, size) {
      let task = plan.tasks[sample.task]
      let evaluator = try Evaluator(
        task, study: plan.study, questions: questions, method: method)
      var cells: [CrossCell] = []
      for (example, records) in sample.examples {
        cells += Self.cells(example, records, evaluator, stored)
      }
      let known = cells.reduce(0) { $0 + $1.known.count }
      let open = cells.filter { !$0.missing.isEmpty }
      let responses = open.reduce(0) { $0 + $1.missing.count }
      observe(
        .notice(
          "POSIX of \(task.name): \(sample.examples.count) examples, \(cells.count) prompts; "
            + (open.isEmpty
              ? "nothing is asked, the run has all \(known) log-probabilities"
              : "\(open.count) requests with \(responses) responses to score"
                + (known > 0 ? "; the run has the other \(known)" : ""))))
      for cell in cells where cell.missing.isEmpty {
        if stored[CellKey(task.name, cell.format, cell.example)] == nil {
          try writer.add(cell.line(task.name, [:]).json)
        }
      }
      try await put(open, questions, &summary) { cell in
        evaluator.question(cell.format, cell.example, continuations: cell.missing)
      } keep: { cell, answer in
        guard case .scores(let scores) = answer else { return }
        var found: [String: CrossScore.Response] = [:]
        for (text, score) in zip(cell.missing, scores) where !score.censored {
          found[text] = CrossScore.Response(
            text: text, logProbability: score.logprob, tokens: score.tokens)
        }
        try writer.add(cell.line(task.name, found).json)
      } flush: {
        try writer.flush()
      }
      try writer.flush()
    }
  }

  private struct CellKey: Hashable {
    let task: String
    let format: Int
    let example: Int

    init(_ task: String, _ format: Int, _ example: Int) {
      self.task = task
      self.format = format
      self.example = example
    }
  }

  /// The prompts of one example with what is known of the responses after them.
  private static func cells(
    _ example: Int, _ records: [EvaluationRecord], _ evaluator: Evaluator,
    _ stored: [CellKey: CrossScore]
  ) -> [CrossCell] {
    var wanted: [String] = []
    for text in records.compactMap(\.prediction) where !text.isEmpty && !wanted.contains(text) {
      wanted.append(text)
    }
    return records.map { record in
      var cell = CrossCell(format: record.format, example: example, wanted: wanted)
      let earlier = stored[CellKey(record.task, record.format, example)]?.responses ?? []
      for response in earlier where wanted.contains(response.text) {
        cell.known[response.text] = response
      }
      guard !record.scores.isEmpty,
        let prompt = evaluator.writers.writer(record.format, of: evaluator.task)?.prompt(example),
        prompt.options.count == record.scores.count
      else { return cell }
      for (place, option) in prompt.options.enumerated()
      where wanted.contains(option) && !record.censored.contains(place) {
        let score = record.scores[place]
        cell.known[option] = CrossScore.Response(
          text: option, logProbability: score.logProbability, tokens: score.tokens)
      }
      return cell
    }
  }

  // MARK: Embeddings

  private func measureEmbeddings(
    _ size: SampleSize, _ questions: Questions, _ capabilities: Capabilities, by model: String,
    _ summary: inout RunSummary
  ) async throws {
    let file = PromptEmbedding.file(directory, digest: plan.study.digest)
    var stored: Set<CellKey> = []
    for one in try PromptEmbedding.read(directory, digest: plan.study.digest) {
      stored.insert(CellKey(one.task, one.format, one.example))
    }
    if let earlier = try file.model(), earlier != model {
      throw InputError(
        "\(file.path): has the representations of '\(earlier)', and '\(model)' is asked now; "
          + "remove the file to measure anew")
    }
    let writer = try file.appending(model: model)
    for sample in try ExtraSample.all(plan, directory, size) {
      let task = plan.tasks[sample.task]
      let evaluator = try Evaluator(
        task, study: plan.study, questions: questions, method: capabilities.scoring)
      let cells = sample.examples.flatMap { example, records in
        records.map { (format: $0.format, example: example) }
      }.filter { !stored.contains(CellKey(task.name, $0.format, $0.example)) }
      observe(
        .notice(
          "embeddings of \(task.name): \(sample.examples.count) examples; \(cells.count) prompts "
            + "are asked for"
            + (model == capabilities.name ? "" : ", and '\(model)' represents them")))
      try await put(cells, questions, &summary) { cell in
        evaluator.writers.writer(cell.format, of: task).map {
          .embed($0.prompt(cell.example).text)
        }
      } keep: { cell, answer in
        guard case .embedding(let vector) = answer else { return }
        try writer.add(
          PromptEmbedding(
            task: task.name, format: cell.format, example: cell.example, vector: vector
          ).json)
      } flush: {
        try writer.flush()
      }
    }
  }

  // MARK: Asking

  /// Puts one question for each cell to the model, as many at once as it takes.
  private func put<Cell: Sendable>(
    _ cells: [Cell], _ questions: Questions, _ summary: inout RunSummary,
    question: (Cell) -> Question?, keep: (Cell, Answer) throws -> Void, flush: () throws -> Void
  ) async throws {
    let dispatcher = questions.dispatcher
    var start = 0
    while start < cells.count {
      if stop.isAsked {
        summary.wasStopped = true
        return
      }
      let portion = cells[start..<min(start + Self.portion, cells.count)]
      start += portion.count
      let asked = portion.compactMap { cell in question(cell).map { (cell, $0) } }
      let answers = try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
        for (place, (_, question)) in asked.enumerated() {
          let lane = try await dispatcher.seat(preferring: place % dispatcher.endpoints.count)
          group.addTask {
            var seat: Int? = lane
            defer { if let seat { dispatcher.release(seat) } }
            return (place, try await questions.askModel(question, from: &seat).result.get())
          }
        }
        var answers: [(Int, Answer)] = []
        for try await answer in group { answers.append(answer) }
        return answers
      }
      for (place, answer) in answers.sorted(by: { $0.0 < $1.0 }) {
        try keep(asked[place].0, answer)
      }
      try flush()
    }
  }
}

extension Conductor.CrossCell {
  fileprivate func line(_ task: String, _ found: [String: CrossScore.Response]) -> CrossScore {
    CrossScore(
      task: task, format: format, example: example,
      responses: wanted.compactMap { known[$0] ?? found[$0] })
  }
}

extension Evaluator {
  /// The question how likely some texts are after the prompt of a cell; nil where a format has no prompt.
  fileprivate func question(
    _ format: Int, _ example: Int, continuations: [String]
  ) -> Question? {
    guard let writer = writers.writer(format, of: task) else { return nil }
    return .score(
      ScoreRequest(
        prompt: writer.prompt(example).text, continuations: continuations,
        turns: sendsTurns ? turns(writer, example) : []))
  }
}
