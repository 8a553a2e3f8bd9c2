import Basics
import Estimation
package import Models
import Prompts
import Synchronization

/// Carries a plan out: the search proposes cells, the model answers them, the journal keeps the answers.
///
/// A search observes a whole batch at once, and batches do not depend on how many requests are under
/// way; so the same study asks the same cells at any concurrency.
package struct Conductor: Sendable {
  /// What does not change a run's results.
  package struct Settings: Sendable {
    /// Requests under way at each endpoint at most; nil finds out how many the model takes.
    package var concurrency: Int?
    /// Prompts in one request at most, where lists of them are taken; nil for the model's choice.
    package var mostPrompts: Int?
    /// Failed cells that are borne; nil for twenty in a row.
    package var maxFailures: Int?
    /// The share of the answered cells that is asked again at the end, from 0 to 1.
    package var repeatedShare = 0.0
    /// What POSIX is measured on at the end; nil for nothing.
    package var posix: SampleSize?
    /// Whose prompts' representations are asked for at the end; nil for none.
    package var embeddings: SampleSize?
    /// What is asked for representations instead of the run's own model.
    package var embedder: (any Model)?
    /// Earlier runs whose answers are taken where the request is the same.
    package var reused: [RunDirectory] = []
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    var calls = FileCalls.system

    package init(concurrency: Int? = nil) {
      self.concurrency = concurrency
    }
  }

  let plan: Plan
  let directory: RunDirectory
  let settings: Settings
  let stop: StopRequest
  let observe: @Sendable (RunEvent) -> Void
  let model: any Model

  /// - Parameters:
  ///   - plan: What to do.
  ///   - directory: Where it is kept; already opened for this plan.
  ///   - model: What answers.
  ///   - concurrency: Requests under way at most; nil finds out how many the model takes.
  ///   - stop: Ends the run early.
  ///   - observe: Called for every event, from several threads.
  package init(
    _ plan: Plan, directory: RunDirectory, model: any Model, concurrency: Int?,
    stop: StopRequest, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.init(
      plan, directory: directory, model: model, settings: Settings(concurrency: concurrency),
      stop: stop, observe: observe)
  }

  package init(
    _ plan: Plan, directory: RunDirectory, model: any Model, settings: Settings,
    stop: StopRequest, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.plan = plan
    self.directory = directory
    self.model = model
    self.settings = settings
    self.stop = stop
    self.observe = observe
  }

  /// Runs the plan to its end, or until it is stopped.
  ///
  /// - Throws: `InputError` for a journal of another study or model and for a run that another process
  ///   writes, `ModelError` when the model does not start, `StorageError` when answers cannot be kept.
  @concurrent package func run() async throws -> RunSummary {
    let lock = try RunLock(directory)
    defer { withExtendedLifetime(lock) {} }
    if !lock.isEffective {
      observe(.notice("the file system has no locks; let only one process write this run"))
    }
    let (known, contents) = try Journal.answers(directory.journal, of: plan)
    try Journal.repair(directory.journal, contents)
    for notice in Self.notices(contents) { observe(.notice(notice)) }
    let capabilities = try await model.hello()
    try check(capabilities, against: contents)
    let earlier = try earlierAnswers(capabilities)
    let journal = try Journal(
      path: directory.journal, digest: plan.study.digest, model: capabilities.name,
      calls: settings.calls)
    observe(.opened(model: capabilities.name, reused: known.count))
    let dispatcher = try await Dispatcher(
      model, concurrency: settings.concurrency, mostPrompts: settings.mostPrompts,
      sleep: settings.sleep
    ) { observe(.notice($0)) }
    defer { dispatcher.finish(CancellationError()) }
    observe(.asking { dispatcher.underWay })
    let questions = Questions(dispatcher, seed: plan.study.seed)
    let failures = FailureWatch(limit: settings.maxFailures, hasAnswered: known.count > 0)
    var summary = RunSummary()
    for (index, task) in plan.tasks.enumerated() where !summary.isOver && !task.part.isEmpty {
      if stop.isAsked {
        summary.wasStopped = true
        break
      }
      observe(.taskStarted(task))
      dispatcher.forgetHomes()
      let evaluator = try Evaluator(
        task, study: plan.study, questions: questions, method: capabilities.scoring,
        earlier: earlier)
      var search = task.search.start()
      var proposed = 0
      while !summary.isOver, !task.part.isOver(after: proposed) {
        let batch = search.nextBatch()
        if batch.isEmpty { break }
        let session = BatchSession(
          evaluator: evaluator, journal: journal, failures: failures, stop: stop, observe: observe)
        search.observe(
          try await answer(
            batch, after: proposed, ofTask: index, known: known, session, summary: &summary))
        proposed += batch.count
      }
    }
    summary.earlier = earlier?.taken ?? 0
    if settings.repeatedShare > 0, summary.evaluated > 0, !summary.isOver {
      try await askAgain(questions, capabilities, &summary)
    }
    try await measureExtras(questions, capabilities, &summary)
    return summary
  }

  private func earlierAnswers(_ capabilities: Capabilities) throws(InputError) -> EarlierAnswers? {
    guard !settings.reused.isEmpty else { return nil }
    let method: String
    switch plan.study.scoring {
    case .rank: method = capabilities.scoring?.rawValue ?? ""
    case .generate: method = "generate"
    }
    let earlier = try EarlierAnswers(settings.reused, model: capabilities.name, method: method)
    observe(.notice("earlier runs have the answers to \(earlier.count) different requests"))
    return earlier
  }

  private static func notices(_ contents: Journal.Contents) -> [String] {
    var notices: [String] = []
    if contents.wasTorn { notices.append("the journal's unfinished last line was cut off") }
    if let first = contents.damaged.first {
      let count = contents.damaged.count
      notices.append(
        count == 1
          ? "line \(first) of the journal was damaged and is set aside in journal.damaged"
          : "\(count) lines of the journal, the first at \(first), were damaged and are set aside in "
            + "journal.damaged")
    }
    return notices
  }

  private func check(
    _ capabilities: Capabilities, against contents: Journal.Contents
  ) throws(InputError) {
    if let earlier = contents.model, earlier != capabilities.name {
      throw InputError(
        "\(directory.path): was answered by the model '\(earlier)', the backend now has "
          + "'\(capabilities.name)'")
    }
    switch plan.study.scoring {
    case .rank:
      guard let method = capabilities.scoring else {
        throw InputError(
          capabilities.scoringDisagreement
            ?? "the model '\(capabilities.name)' gives no log-probabilities"
            + (capabilities.probe?.failures.map { " that can be used (\($0))" } ?? "")
            + "; use --scoring generate")
      }
      if let earlier = contents.method, earlier != method.rawValue {
        throw InputError(
          "\(directory.path): was scored by the method '\(earlier)', the backend now has "
            + "'\(method.rawValue)'; methods are not mixed in one run")
      }
    case .generate:
      guard capabilities.generates else {
        throw InputError(
          capabilities.generationDisagreement
            ?? "the model '\(capabilities.name)' does not generate; use --scoring rank")
      }
    }
  }

  /// The outcomes of a batch in its order, from the journal or from the model.
  ///
  /// Cells of another shard that the journal does not know have none.
  private func answer(
    _ batch: [Cell], after proposed: Int, ofTask index: Int, known: AnsweredCells,
    _ session: BatchSession, summary: inout RunSummary
  ) async throws -> [UInt8?] {
    let task = plan.tasks[index]
    var outcomes = [UInt8?](repeating: nil, count: batch.count)
    var open: [Int] = []
    for (place, cell) in batch.enumerated() {
      guard let outcome = known[index, cell] else {
        if task.part.contains(proposed + place) { open.append(place) }
        continue
      }
      outcomes[place] = outcome.isCorrect.map { $0 ? 1 : 0 }
      summary.reused += 1
      var record = EvaluationRecord(
        task: task.name, format: cell.arm, example: task.split.evaluated[cell.example])
      record.isCorrect = outcome.isCorrect
      observe(.evaluated(record, isReused: true))
    }
    guard !open.isEmpty else { return outcomes }
    let results = try await session.run(batch, open, &summary)
    for (place, isCorrect) in results { outcomes[place] = isCorrect.map { $0 ? 1 : 0 } }
    return outcomes
  }
}
