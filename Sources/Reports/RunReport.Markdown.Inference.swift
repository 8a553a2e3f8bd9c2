import Estimation
import Runs
import Statistics

extension RunReport {
  /// Intervals, corrected spread, what follows for other formats, estimates and gates of a task.
  func inference(_ task: TaskReport) -> String {
    var text = ""
    let level = confidenceName(task.confidence)
    for interval in task.guarantees {
      let ends = [interval.spread.lower, interval.spread.upper].map(points)
      text += "- \(level) sure of the spread, \(interval.target.rawValue): "
      text +=
        ends[0] == ends[1] ? "\(ends[0]) points exactly\n" : "\(ends[0]) to \(ends[1]) points\n"
    }
    for interval in task.guarantees { text += "- \(level) sure of the ends: \(interval.ends)\n" }
    if let effect = task.effect {
      text += "- corrected spread: \(effect.correction)\n"
      if let sentence = effect.variance { text += "- variance \(sentence)\n" }
      if let figure = effect.detectableSpread {
        text +=
          "- a study of this size finds a spread of \(points(figure)) points four times in five\n"
      }
    }
    text += "- \(GrammarStatement.target): \(task.grammar.sentence)\n"
    if let sentence = task.stopping(study.inference.until) { text += "- \(sentence)\n" }
    if let estimate = task.estimate {
      text += "\n| share of formats below | accuracy | \(level) interval |\n|--:|--:|:-:|\n"
      for entry in estimate.entries {
        let interval = entry.interval(confidence: task.confidence)
        text += "| \(wholePoints(entry.probability)) % | \(percent(entry.accuracy)) | "
        text += "\(percent(interval.lower)) to \(percent(interval.upper)) |\n"
      }
      text += "\n\(estimate.explanation)\n"
    }
    return text + gateSection(task)
  }

  private func gateSection(_ task: TaskReport) -> String {
    guard let gates else { return "" }
    let isLast = task.name == tasks.last?.name
    let results = gates.results.filter { $0.task == task.name || $0.task == nil && isLast }
    var text = ""
    if !results.isEmpty {
      text += "\n| gate | outcome | found | demanded |\n|---|---|---|---|\n"
      for result in results {
        text += "| \(result.gate) | \(result.word) | \(result.finding) | \(result.demand) |\n"
      }
    }
    return isLast ? text + "\n**Gates: \(gates.verdict).**\n" : text
  }
}
