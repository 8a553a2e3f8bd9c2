import Runs

/// What the details of a report take from its records, gathered while they pass by once.
struct RecordNotes {
  struct Failure: Hashable {
    let format: Int
    let example: Int
  }

  struct Task {
    var cost = RunCost()
    var reliability = ReliabilityTable.Counts()
    /// Cells with a failure; an answer may have come later.
    var failed: [Failure] = []
  }

  private var tasks: [String: Task] = [:]
  /// The task of the last record; the records of one task follow each other.
  private var name = ""
  private var current = Task()

  mutating func add(_ record: EvaluationRecord) {
    if record.task != name {
      close()
      name = record.task
      current = tasks.removeValue(forKey: name) ?? Task()
    }
    current.cost.add(record)
    current.reliability.add(record)
    if !record.isAnswered {
      current.failed.append(Failure(format: record.format, example: record.example))
    }
  }

  /// Files the task of the last record.
  mutating func close() {
    if !name.isEmpty { tasks[name] = current }
    name = ""
    current = Task()
  }

  /// The notes of a task, which are empty without records.
  func of(_ task: String) -> Task { tasks[task] ?? Task() }
}
