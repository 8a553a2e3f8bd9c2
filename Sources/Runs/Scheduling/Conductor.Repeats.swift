import Basics
import Estimation
import Models
import Prompts
import Synchronization

extension Conductor {
  /// Asks a seeded sample of the answered cells a second time and counts the other answers.
  ///
  /// Nothing of it is kept in the journal: a study's results are its first answers.
  func askAgain(
    _ questions: Questions, _ capabilities: Capabilities, _ summary: inout RunSummary
  ) async throws {
    let chosen = try repeatedRecords()
    let counter = Counter()
    for (index, task) in plan.tasks.enumerated() where !summary.isOver {
      let evaluator = try Evaluator(
        task, study: plan.study, questions: questions, method: capabilities.scoring)
      var position: [Int: Int] = [:]
      for (place, example) in task.split.evaluated.enumerated() { position[example] = place }
      let work: [(cell: Cell, prediction: String?)] = (chosen[index] ?? []).compactMap { record in
        position[record.example].map {
          (Cell(arm: record.format, example: $0), record.prediction)
        }
      }
      try await withThrowingTaskGroup { group in
        let dispatcher = questions.dispatcher
        for (place, (cell, prediction)) in work.enumerated() {
          let lane = try await dispatcher.seat(preferring: place % dispatcher.endpoints.count)
          if stop.isAsked {
            dispatcher.release(lane)
            break
          }
          group.addTask {
            var seat: Int? = lane
            defer { if let seat { dispatcher.release(seat) } }
            let again = try await evaluator.evaluate(cell, from: &seat, sharing: false).record
            guard again.isAnswered else { return }
            counter.count(isEqual: again.prediction == prediction)
          }
        }
        try await group.waitForAll()
      }
    }
    summary.repeated = counter.asked
    summary.disagreements = counter.differing
    guard let rate = summary.disagreementRate else { return }
    observe(
      .notice(
        "asked \(summary.repeated) cells again: \(summary.disagreements) answered otherwise "
          + "(\((rate * 1000).rounded() / 10) %)"))
  }

  /// The first answers of the cells that are asked again, by the task's place in the plan.
  ///
  /// Cells are chosen in the order of the plan, each with the probability that the rest still needs
  /// (Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2 S).
  private func repeatedRecords() throws -> [Int: [EvaluationRecord]] {
    let (answers, _) = try Journal.answers(directory.journal, of: plan)
    var generator = SeededGenerator(seed: plan.study.seed, stream: "repeat")
    var left = answers.count
    var wanted = min(left, max(1, Int((Double(left) * settings.repeatedShare).rounded())))
    var chosen = Set<String>()
    for (index, task) in plan.tasks.enumerated() {
      for format in task.formats.indices {
        for position in task.split.evaluated.indices
        where answers[index, Cell(arm: format, example: position)] != nil {
          if generator.unit() * Double(left) < Double(wanted) {
            chosen.insert("\(task.name)\n\(format)\n\(task.split.evaluated[position])")
            wanted -= 1
          }
          left -= 1
        }
      }
    }
    var records: [Int: [EvaluationRecord]] = [:]
    var indices: [String: Int] = [:]
    for (index, task) in plan.tasks.enumerated() { indices[task.name] = index }
    _ = try Journal.walk(directory.journal, digest: plan.study.digest) { line throws(InputError) in
      let record = try line.record()
      guard record.isAnswered, let index = indices[record.task],
        chosen.remove("\(record.task)\n\(record.format)\n\(record.example)") != nil
      else { return }
      records[index, default: []].append(record)
    }
    return records
  }
}

/// Counts answers from several workers.
private final class Counter: Sendable {
  private let state = Mutex<(asked: Int, differing: Int)>((0, 0))

  func count(isEqual: Bool) {
    state.withLock { state in
      state.asked += 1
      if !isEqual { state.differing += 1 }
    }
  }

  var asked: Int { state.withLock { $0.asked } }
  var differing: Int { state.withLock { $0.differing } }
}
