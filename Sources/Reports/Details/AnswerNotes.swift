import Runs

/// What the details of a report take from its answers once the report has said which formats count:
/// gathered for all tasks in one more passage, as a journal of many tasks is long.
struct AnswerNotes {
  struct Task {
    /// What was answered under the worst and the best format.
    var ends: EndAnswers
    /// All answers; nil where those of the run are too many to be held.
    var answered: AnswerList?
  }

  private(set) var tasks: [Task]

  init(_ report: RunReport, _ records: StoredRecords) {
    let keepsAnswers = report.evaluations <= TaskSensitivity.mostAnswers
    tasks = report.tasks.map {
      Task(ends: EndAnswers($0), answered: keepsAnswers ? AnswerList() : nil)
    }
    var places: [String: Int] = [:]
    for (place, task) in report.tasks.enumerated() { places[task.name] = place }
    // The records of one task follow each other.
    var name = ""
    var place: Int?
    for record in records {
      if record.task != name {
        name = record.task
        place = places[name]
      }
      guard let place else { continue }
      tasks[place].ends.add(record)
      if keepsAnswers, record.isAnswered { tasks[place].answered?.add(record) }
    }
  }
}
