import Basics
import Estimation
package import Models
import Prompts
import Synchronization

/// What happens during a run, in order of happening; answers of one batch come in any order.
package enum RunEvent: Sendable {
  /// The model answers; `reused` answers were in the journal already.
  case opened(model: String, reused: Int)
  case taskStarted(PlannedTask)
  /// A cell was answered by the model now, or taken from the journal.
  case evaluated(EvaluationRecord, isReused: Bool)
  /// Something that the user should know, in one line.
  case notice(String)
}

/// Asks to stop a run cleanly: cells under way are finished or given up, nothing new is asked.
package final class StopRequest: Sendable {
  private let asked = Mutex(false)

  package init() {}

  package var isAsked: Bool { asked.withLock { $0 } }

  package func ask() { asked.withLock { $0 = true } }
}

/// How a run ended.
package struct RunSummary: Sendable, Hashable {
  /// Answered by the model in this session.
  package var evaluated = 0
  /// Taken from the journal.
  package var reused = 0
  /// Cells without an answer.
  package var failed = 0
  package var wasStopped = false
  /// Why the model was given up, if it was.
  package var modelFailure: String?

  var isOver: Bool { wasStopped || modelFailure != nil }
}

/// Carries a plan out: the search proposes cells, the model answers them, the journal keeps the answers.
///
/// A search observes a whole batch at once, and batches do not depend on how many requests are under
/// way; so the same study asks the same cells at any concurrency.
package struct Conductor: Sendable {
  private let plan: Plan
  private let directory: RunDirectory
  private let model: any Model
  private let concurrency: Int?
  private let stop: StopRequest
  private let observe: @Sendable (RunEvent) -> Void

  /// After so many failures in a row the model is given up.
  static let patience = 20

  /// - Parameters:
  ///   - plan: What to do.
  ///   - directory: Where it is kept; already opened for this plan.
  ///   - model: What answers.
  ///   - concurrency: Requests under way at most; nil for as many as the model takes, up to 64.
  ///   - stop: Ends the run early.
  ///   - observe: Called for every event, from several threads.
  package init(
    _ plan: Plan, directory: RunDirectory, model: any Model, concurrency: Int?,
    stop: StopRequest, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.plan = plan
    self.directory = directory
    self.model = model
    self.concurrency = concurrency
    self.stop = stop
    self.observe = observe
  }

  /// Runs the plan to its end, or until it is stopped.
  ///
  /// - Throws: `InputError` for a journal of another study or model, `ModelError` when the model does
  ///   not start or cannot score as asked.
  @concurrent package func run() async throws -> RunSummary {
    let contents = try Journal.read(
      directory.journal, digest: plan.study.digest, repairs: true)
    if contents.wasTorn { observe(.notice("the journal's unfinished last line was cut off")) }
    let capabilities = try await model.hello()
    try check(capabilities, against: contents.model)
    let journal = try Journal(
      path: directory.journal, digest: plan.study.digest, model: capabilities.name)
    var known: [CellKey: EvaluationRecord] = [:]
    for record in contents.records where record.isCorrect != nil {
      known[CellKey(record)] = record
    }
    observe(.opened(model: capabilities.name, reused: known.count))
    let width = max(1, min(concurrency ?? 64, capabilities.maxInFlight))
    var summary = RunSummary()
    for task in plan.tasks where !summary.isOver {
      if stop.isAsked {
        summary.wasStopped = true
        break
      }
      observe(.taskStarted(task))
      let evaluator = try Evaluator(
        task, model: model, capabilities: capabilities, scoring: plan.study.scoring,
        seed: plan.study.seed)
      var search = task.search.start()
      while !summary.isOver {
        let batch = search.nextBatch()
        if batch.isEmpty { break }
        let outcomes = try await answer(
          batch, by: evaluator, known: known, journal: journal, width: width, summary: &summary)
        search.observe(outcomes)
      }
    }
    return summary
  }

  private func check(_ capabilities: Capabilities, against earlier: String?) throws {
    if let earlier, earlier != capabilities.name {
      throw InputError(
        "\(directory.path): was answered by the model '\(earlier)', the backend now has "
          + "'\(capabilities.name)'")
    }
    switch plan.study.scoring {
    case .rank where capabilities.scoring == nil:
      throw InputError(
        "the model '\(capabilities.name)' gives no log-probabilities; use --scoring generate")
    case .generate where !capabilities.generates:
      throw InputError("the model '\(capabilities.name)' does not generate; use --scoring rank")
    default: break
    }
  }

  /// The outcomes of a batch in its order, from the journal or from the model.
  private func answer(
    _ batch: [Cell], by evaluator: Evaluator, known: [CellKey: EvaluationRecord],
    journal: Journal, width: Int, summary: inout RunSummary
  ) async throws -> [UInt8?] {
    var outcomes = [UInt8?](repeating: nil, count: batch.count)
    var open: [Int] = []
    for (index, cell) in batch.enumerated() {
      let key = CellKey(
        task: evaluator.task.name, format: cell.arm,
        example: evaluator.task.split.evaluated[cell.example])
      guard let record = known[key], let isCorrect = record.isCorrect else {
        open.append(index)
        continue
      }
      outcomes[index] = isCorrect ? 1 : 0
      summary.reused += 1
      observe(.evaluated(record, isReused: true))
    }
    guard !open.isEmpty else { return outcomes }
    let work = BatchWork(cells: open)
    let failure = await withTaskGroup { group in
      for _ in 0..<min(width, open.count) {
        group.addTask { await self.drain(work, batch, evaluator, journal) }
      }
      var first: (any Error)?
      for await error in group { first = first ?? error }
      return first
    }
    try journal.flush()
    let done = work.results
    for (index, isCorrect) in done {
      outcomes[index] = isCorrect.map { $0 ? 1 : 0 }
      summary.evaluated += 1
      if isCorrect == nil { summary.failed += 1 }
    }
    switch failure {
    case nil: break
    case let error as ModelError: summary.modelFailure = error.message
    case is CancellationError?: summary.wasStopped = true
    case let error?: throw error
    }
    if done.count < open.count, summary.modelFailure == nil { summary.wasStopped = true }
    return outcomes
  }

  /// One worker: takes cells until none is left; returns what ended it early.
  private func drain(
    _ work: BatchWork, _ batch: [Cell], _ evaluator: Evaluator, _ journal: Journal
  ) async -> (any Error)? {
    while !stop.isAsked, let index = work.next() {
      do {
        let record = try await evaluator.evaluate(batch[index])
        try journal.append(record)
        observe(.evaluated(record, isReused: false))
        if work.finish(index, record.isCorrect) >= Self.patience {
          work.abandon()
          return ModelError(
            "\(Self.patience) failures in a row, the last: \(record.error ?? "unknown")",
            retry: .no, scope: .model)
        }
      } catch {
        work.abandon()
        return error
      }
    }
    return nil
  }
}

/// A cell by what the journal calls it.
private struct CellKey: Hashable {
  let task: String
  let format: Int
  let example: Int

  init(task: String, format: Int, example: Int) {
    self.task = task
    self.format = format
    self.example = example
  }

  init(_ record: EvaluationRecord) {
    self.init(task: record.task, format: record.format, example: record.example)
  }
}

/// The open cells of a batch, shared by its workers.
private final class BatchWork: Sendable {
  private struct State {
    var open: ArraySlice<Int>
    var results: [(index: Int, isCorrect: Bool?)] = []
    var failuresInARow = 0
  }

  private let state: Mutex<State>

  init(cells: [Int]) {
    state = Mutex(State(open: cells[...]))
  }

  func next() -> Int? { state.withLock { $0.open.popFirst() } }

  func abandon() { state.withLock { $0.open = [] } }

  /// - Returns: How many cells failed in a row.
  func finish(_ index: Int, _ isCorrect: Bool?) -> Int {
    state.withLock { state in
      state.results.append((index, isCorrect))
      state.failuresInARow = isCorrect == nil ? state.failuresInARow + 1 : 0
      return state.failuresInARow
    }
  }

  var results: [(index: Int, isCorrect: Bool?)] { state.withLock { $0.results } }
}
