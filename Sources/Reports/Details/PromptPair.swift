import Plots
import Runs

/// One example as the model saw it under the worst and under the best format.
package struct PromptPair: Sendable, Hashable {
  package struct Side: Sendable, Hashable {
    /// The whole prompt.
    package let prompt: String
    /// What the model answered; nil where the cell has no answer.
    package let answer: String?
    package let isCorrect: Bool?
  }

  /// Position in the task's file.
  package let example: Int
  /// The right answer's text.
  package let target: String
  package let worst: Side
  package let best: Side
}

/// The answers under the worst and the best format of a task, by example.
struct EndAnswers: Sendable {
  struct Answer: Sendable {
    let text: String?
    let isCorrect: Bool
  }

  let formats: [Int]
  private var answers: [[Int: Answer]]

  init(_ task: TaskReport) {
    formats = [task.lowest, task.highest].compactMap { $0?.result.index }
    answers = formats.map { _ in [:] }
  }

  mutating func add(_ record: EvaluationRecord) {
    guard let isCorrect = record.isCorrect else { return }
    for (place, format) in formats.enumerated() where format == record.format {
      answers[place][record.example] = Answer(text: record.prediction, isCorrect: isCorrect)
    }
  }

  subscript(format: Int, example: Int) -> Answer? {
    formats.firstIndex(of: format).flatMap { answers[$0][example] }
  }
}

extension RunDossier {
  /// The same with an example of each task under its worst and best format.
  ///
  /// - Parameter text: What the task's file tells of a cell, if it is at hand.
  /// - Returns: A dossier whose page shows them.
  package func showing(
    _ text: (_ task: String, _ format: Int, _ example: Int) -> SampleText?
  ) -> RunDossier {
    var dossier = self
    dossier.pairs = zip(report.tasks, details).map { task, details in
      guard let (worst, best, example) = Self.telling(task, details),
        let low = text(task.name, worst, example), let high = text(task.name, best, example)
      else { return nil }
      func side(_ format: Int, _ sample: SampleText) -> PromptPair.Side {
        let answer = details.ends[format, example]
        return PromptPair.Side(
          prompt: sample.prompt, answer: answer?.text, isCorrect: answer?.isCorrect)
      }
      return PromptPair(
        example: example, target: high.target, worst: side(worst, low), best: side(best, high))
    }
    return dossier
  }

  /// The first example that the worst format gets wrong and the best right, in search order; where
  /// there is none, the first that both answered.
  private static func telling(
    _ task: TaskReport, _ details: TaskDetails
  ) -> (worst: Int, best: Int, example: Int)? {
    guard let worst = task.lowest?.result.index, let best = task.highest?.result.index,
      worst != best
    else { return nil }
    let width = details.examples.count
    func cell(_ format: Int, _ position: Int) -> HeatMap.Cell {
      details.cells[format * width + position]
    }
    let position =
      (0..<width).first { cell(worst, $0) == .wrong && cell(best, $0) == .right }
      ?? (0..<width).first { position in
        [worst, best].allSatisfy { [.right, .wrong].contains(cell($0, position)) }
      }
    return position.map { (worst, best, details.examples[$0]) }
  }
}
