import Basics
import Estimation
package import Plots
import Prompts
import Runs
import Statistics

/// What the records of a task tell beyond the figures of its report.
package struct TaskDetails: Sendable {
  package let name: String
  /// Positions in the task's file of the evaluated examples, in search order.
  package let examples: [Int]
  /// Right, wrong, failed or missing, format by format in search order.
  package let cells: [HeatMap.Cell]
  /// The formats that the report sets side by side.
  package let compared: [Int]
  package let cost: RunCost
  /// How often the model was right where it was how sure; nil without scores.
  package let reliability: ReliabilityTable?
  package let attribution: [AttributionGroup]
  package let measures: [Measure]
  /// What was answered under the worst and the best format.
  let ends: EndAnswers
  /// Nil for fewer than two formats with answers.
  package let sensitivity: TaskSensitivity?

  /// - Parameters:
  ///   - task: The task's report.
  ///   - notes: What its records tell beyond it.
  ///   - count: Examples in the task's file.
  ///   - seed: The study's.
  ///   - answers: Its answers.
  ///   - extras: What was measured beside them.
  ///   - evaluations: Of the whole run.
  init(
    _ task: TaskReport, notes: RecordNotes.Task, count: Int, seed: UInt64,
    answers: AnswerNotes.Task, extras: ExtraMeasurements = .none, evaluations: Int
  ) {
    name = task.name
    let examples = task.exampleNumbers
    self.examples = examples
    var cells = [HeatMap.Cell](repeating: .missing, count: task.formats.count * examples.count)
    for format in task.formats.indices {
      for position in examples.indices {
        switch task.answers[format, position] {
        case 1: cells[format * examples.count + position] = .right
        case 0: cells[format * examples.count + position] = .wrong
        default: continue
        }
      }
    }
    if !notes.failed.isEmpty {
      var positions: [Int: Int] = [:]
      for (position, example) in examples.enumerated() { positions[example] = position }
      for cell in notes.failed {
        guard let position = positions[cell.example] else { continue }
        let index = cell.format * examples.count + position
        if cells[index] == .missing { cells[index] = .failed }
      }
    }
    self.cells = cells
    ends = answers.ends
    cost = notes.cost.closed()
    reliability = ReliabilityTable(notes.reliability)
    let compared = task.compared.map(\.index)
    self.compared = compared
    attribution = AttributionGroup.all(compared.map { task.formats[$0] })
    var matrix = ResponseMatrix(arms: compared.count, examples: examples.count)
    for (arm, format) in compared.enumerated() {
      for position in examples.indices {
        switch cells[format * examples.count + position] {
        case .right: matrix[arm, position] = 1
        case .wrong: matrix[arm, position] = 0
        case .missing, .failed: break
        }
      }
    }
    measures = Measure.all(task, matrix)
    sensitivity =
      if let answered = answers.answered {
        TaskSensitivity(
          task, examples: examples, count: count, seed: seed, answers: answered, extras: extras,
          evaluations: evaluations)
      } else {
        TaskSensitivity(
          task, matrix: matrix, formats: compared, seed: seed, evaluations: evaluations)
      }
  }

  /// The compared formats, the one with the lowest accuracy first.
  func sorted(_ task: TaskReport) -> [FormatResult] {
    compared.map { task.formats[$0] }.sorted { a, b in
      (a.accuracy ?? 0, a.index) < (b.accuracy ?? 0, b.index)
    }
  }

  /// The picture of all answers: formats from the lowest accuracy down to the highest, examples from
  /// hard to easy.
  func heatMap(_ task: TaskReport) -> HeatMap {
    let width = examples.count
    let rows = sorted(task).map(\.index)
    var right = [Int](repeating: 0, count: width)
    var asked = right
    for row in rows {
      for position in 0..<width {
        switch cells[row * width + position] {
        case .right:
          right[position] += 1
          asked[position] += 1
        case .wrong: asked[position] += 1
        case .missing, .failed: break
        }
      }
    }
    let ease = (0..<width).map { asked[$0] > 0 ? Double(right[$0]) / Double(asked[$0]) : 2 }
    let columns = (0..<width).sorted { (ease[$0], $0) < (ease[$1], $1) }
    return HeatMap(
      cells: rows.flatMap { row in columns.map { cells[row * width + $0] } }, rows: rows.count,
      columns: width)
  }
}

extension TaskReport {
  /// The formats behind the report's distribution: in a full search those with answers on at least
  /// half of the examples, if there are any.
  var compared: [FormatResult] {
    let answered = formats.filter { $0.asked > 0 }
    guard search == .full else { return answered }
    let solid = answered.filter { 2 * $0.asked >= examples }
    return solid.isEmpty ? answered : solid
  }
}
