import Basics
import Foundation
import Reports
import Runs
import Synchronization

/// Shows a run's progress on standard error: a line that is rewritten on a terminal, plain lines otherwise.
final class ProgressDisplay: Sendable {
  /// Answers that a format needs before it counts for the current range.
  private static let enough = 20

  private struct State {
    var task = ""
    var total = 0
    var done = 0
    var reused = 0
    var failed = 0
    /// Done at the last plain line.
    var reported = 0
    var started = ContinuousClock.now
    var drawn = ContinuousClock.now
    var isLineOpen = false
    var right: [Int] = []
    var asked: [Int] = []
    var underWay: @Sendable () -> Int = { 0 }

    /// Lowest and highest accuracy among formats with enough answers.
    var range: ClosedRange<Double>? {
      let means = right.indices.filter { asked[$0] >= ProgressDisplay.enough }
        .map { Double(right[$0]) / Double(asked[$0]) }
      guard let low = means.min(), let high = means.max() else { return nil }
      return low...high
    }

    var line: ProgressLine {
      ProgressLine(
        task: task, done: done, total: total, reused: reused, failed: failed,
        elapsed: (ContinuousClock.now - started) / .seconds(1), range: range, underWay: underWay())
    }
  }

  private let state = Mutex(State())
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
  }

  func observe(_ event: RunEvent) {
    switch event {
    case .notice(let text): notice(text)
    case .opened(let model, let reused):
      if !isQuiet {
        notice("model: \(model)" + (reused > 0 ? ", \(reused) answers from before" : ""))
      }
    case .asking(let underWay): state.withLock { $0.underWay = underWay }
    case .taskStarted(let task):
      end()
      state.withLock { state in
        let underWay = state.underWay
        state = State()
        state.underWay = underWay
        state.task = task.name
        state.total = task.evaluations
        state.right = [Int](repeating: 0, count: task.formats.count)
        state.asked = state.right
      }
    case .evaluated(let record, let isReused): count(record, isReused: isReused)
    }
  }

  private func count(_ record: EvaluationRecord, isReused: Bool) {
    state.withLock { state in
      state.done += 1
      if isReused { state.reused += 1 }
      if let isCorrect = record.isCorrect {
        state.asked[record.format] += 1
        if isCorrect { state.right[record.format] += 1 }
      } else if record.error != nil {
        state.failed += 1
      }
      guard !isQuiet else { return }
      if isTerminal {
        let now = ContinuousClock.now
        guard now - state.drawn > .milliseconds(100) else { return }
        state.drawn = now
        draw(&state)
      } else if state.total > 0, state.done * 10 / state.total > state.reported * 10 / state.total,
        let line = state.line.milestone(after: state.reported)
      {
        state.reported = state.done
        Output.line(line)
      }
    }
  }

  private func draw(_ state: inout State) {
    Output.raw("\r\u{1B}[K" + state.line.line(width: terminalWidth(STDERR_FILENO) - 1))
    state.isLineOpen = true
  }

  /// A line of its own, above the progress line.
  func notice(_ text: String) {
    state.withLock { state in
      if state.isLineOpen { Output.raw("\r\u{1B}[K") }
      state.isLineOpen = false
      Output.line("formatspread: \(text)")
    }
  }

  /// Leaves the last progress line standing.
  func end() {
    state.withLock { state in
      guard isTerminal, !isQuiet, state.done > 0 else { return }
      draw(&state)
      Output.line("")
      state.isLineOpen = false
    }
  }
}
