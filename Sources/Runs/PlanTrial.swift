import Basics
package import Models
import Prompts

/// A few of a run's own prompts, asked to see how fast the model answers; nothing of it is kept.
package struct PlanTrial: Sendable {
  /// How many prompts were answered.
  package let answered: Int
  /// From the first request to the last answer, in seconds.
  package let seconds: Double
  /// Requests under way at most.
  package let concurrency: Int

  /// Answers a second.
  package var rate: Double { Double(answered) / max(seconds, 1e-9) }

  /// Asks the model prompts of a task that are spread over formats and examples.
  ///
  /// - Parameters:
  ///   - task: Whose prompts.
  ///   - study: How they are scored.
  ///   - model: What answers; already greeted.
  ///   - count: How many prompts.
  ///   - concurrency: Requests under way at most.
  /// - Throws: `ModelError` of the first prompt that is not answered.
  package init(
    _ task: PlannedTask, study: Study, model: any Model, count: Int, concurrency: Int
  ) async throws {
    let prompts = PlanEstimate.cells(of: task, atMost: count).compactMap { cell in
      task.writer(cell.format)?.prompt(cell.example)
    }
    self.concurrency = max(1, min(concurrency, prompts.count))
    let clock = ContinuousClock()
    let started = clock.now
    try await withThrowingTaskGroup(of: Void.self) { [concurrency = self.concurrency] group in
      for (index, prompt) in prompts.enumerated() {
        if index >= concurrency { try await group.next() }
        group.addTask { try await Self.ask(prompt, study, model) }
      }
      try await group.waitForAll()
    }
    answered = prompts.count
    seconds = (clock.now - started) / .seconds(1)
  }

  private static func ask(
    _ prompt: Prompt, _ study: Study, _ model: any Model
  ) async throws {
    switch study.scoring {
    case .rank:
      _ = try await model.score(
        ScoreRequest(prompt: prompt.text, continuations: prompt.options))
    case .generate(_, let maxTokens):
      _ = try await model.generate(
        GenerateRequest(
          prompt: prompt.text, maxTokens: maxTokens, stop: ["\n\n"], seed: study.seed))
    }
  }
}
