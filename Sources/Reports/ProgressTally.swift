package import Runs

/// Counts the outcomes of a task as they come, for its progress line.
package struct ProgressTally: Sendable, Hashable {
  private var line = ProgressLine(
    task: "", done: 0, total: 0, reused: 0, failed: 0, elapsed: 0, range: nil)
  private var right: [Int] = []
  private var asked: [Int] = []
  /// Answers below which a format's accuracy says too little to be shown.
  private let enough: Int

  package init(enough: Int = 20) {
    self.enough = enough
  }

  /// Begins a task.
  ///
  /// - Parameters:
  ///   - task: Its name.
  ///   - formats: How many it has.
  ///   - total: Cells that its search asks for at most.
  package mutating func start(task: String, formats: Int, total: Int) {
    line = ProgressLine(
      task: task, done: 0, total: total, reused: 0, failed: 0, elapsed: 0, range: nil)
    right = Array(repeating: 0, count: formats)
    asked = right
  }

  /// Counts one outcome of the current task.
  package mutating func add(_ record: EvaluationRecord, isReused: Bool) {
    line.done += 1
    if isReused { line.reused += 1 }
    guard let isCorrect = record.isCorrect else {
      line.failed += 1
      return
    }
    guard asked.indices.contains(record.format) else { return }
    asked[record.format] += 1
    if isCorrect { right[record.format] += 1 }
  }

  /// Cells with an outcome so far.
  package var done: Int { line.done }

  /// The progress after `elapsed` seconds.
  ///
  /// - Complexity: O(formats); meant for a few times a second, not for every outcome.
  package func line(elapsed: Double) -> ProgressLine {
    var line = line
    line.elapsed = elapsed
    let accuracies = asked.indices.filter { asked[$0] >= enough }.map {
      Double(right[$0]) / Double(asked[$0])
    }
    if let lowest = accuracies.min(), let highest = accuracies.max() {
      line.range = lowest...highest
    }
    return line
  }
}
