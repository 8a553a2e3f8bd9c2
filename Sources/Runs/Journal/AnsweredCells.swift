import Estimation
import Prompts
import Tasks

/// What a journal knows of the cells of a plan, one byte each.
struct AnsweredCells: Sendable {
  private struct Known: Sendable {
    let name: [UInt8]
    let formats: Int
    /// The place of each example of the task's file in the order of evaluation; -1 for the others.
    let positions: [Int32]
    let evaluated: Int
    /// 0 unknown, 1 wrong, 2 right, 3 answered where nobody knows the right answer.
    var outcomes: [UInt8]
  }

  private var tasks: [Known]
  /// The task of the last record; the records of one task follow each other.
  private var current = 0
  /// Cells with an answer.
  private(set) var count = 0

  init(_ plan: Plan) {
    tasks = plan.tasks.map { task in
      var positions = [Int32](repeating: -1, count: task.prepared.task.examples.count)
      for (position, example) in task.split.evaluated.enumerated() {
        positions[example] = Int32(position)
      }
      let evaluated = task.split.evaluated.count
      return Known(
        name: Array(task.name.utf8), formats: task.formats.count, positions: positions,
        evaluated: evaluated,
        outcomes: Array(repeating: 0, count: task.formats.count * evaluated))
    }
  }

  /// How a cell was answered.
  enum Outcome {
    case wrong
    case right
    /// Nobody knows.
    case unlabelled

    var isCorrect: Bool? {
      switch self {
      case .wrong: false
      case .right: true
      case .unlabelled: nil
      }
    }
  }

  /// Whether a cell of the task at a position in the plan is known, and how it was answered.
  subscript(task: Int, cell: Cell) -> Outcome? {
    switch tasks[task].outcomes[cell.arm * tasks[task].evaluated + cell.example] {
    case 0: nil
    case 1: .wrong
    case 2: .right
    default: .unlabelled
    }
  }

  /// Notes the outcome of a record; a failed one changes nothing.
  ///
  /// - Returns: False when the plan has no such cell.
  mutating func learn(
    task name: some Collection<UInt8>, format: Int, example: Int, isCorrect: Bool?,
    isAnswered: Bool
  ) -> Bool {
    if !tasks[current].name.elementsEqual(name) {
      guard let found = tasks.firstIndex(where: { $0.name.elementsEqual(name) }) else {
        return false
      }
      current = found
    }
    guard format < tasks[current].formats, example < tasks[current].positions.count,
      case let position = Int(tasks[current].positions[example]), position >= 0
    else { return false }
    guard isAnswered else { return true }
    let index = format * tasks[current].evaluated + position
    if tasks[current].outcomes[index] == 0 { count += 1 }
    tasks[current].outcomes[index] = isCorrect.map { $0 ? 2 : 1 } ?? 3
    return true
  }
}
