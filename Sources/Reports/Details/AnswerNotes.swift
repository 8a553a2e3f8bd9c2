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
    guard keepsAnswers else {
      let ends = tasks.map { Set($0.ends.formats) }
      records.forEach(of: places.mapValues { ends[$0] }) { record in
        if let place = places[record.task] { tasks[place].ends.add(record) }
      }
      return
    }
    for record in records {
      guard let place = places[record.task] else { continue }
      tasks[place].ends.add(record)
      if record.isAnswered { tasks[place].answered?.add(record) }
    }
  }
}
