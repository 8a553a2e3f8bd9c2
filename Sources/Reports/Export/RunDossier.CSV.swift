import Basics
import Runs
import Statistics

/// What one row of a long table stands for.
package enum TableRows: String, Sendable, Hashable, CaseIterable {
  /// A format of a task.
  case formats
  /// An attribute of a format.
  case atoms
  /// A cell: one format on one example, one row for each time that it was asked.
  case evaluations
}

extension RunDossier {
  /// A long table of comma-separated values: a heading, then rows in the order of tasks and formats,
  /// or of the journal.
  ///
  /// - Parameters:
  ///   - rows: What a row stands for.
  ///   - write: Takes pieces of about 64 kB, each a whole number of rows.
  package func csv(_ rows: TableRows, write: (String) -> Void) {
    var text = ""
    func add(_ cells: [String]) {
      text += CSVText.row(cells)
      if text.utf8.count > 1 << 16 {
        write(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    switch rows {
    case .formats: formatRows(add)
    case .atoms: atomRows(add)
    case .evaluations: evaluationRows(add)
    }
    write(text)
  }

  /// The table as one text.
  package func csv(_ rows: TableRows) -> String {
    var text = ""
    csv(rows) { text += $0 }
    return text
  }

  private func formatRows(_ add: ([String]) -> Void) {
    add([
      "task", "model", "format", "accuracy", "interval", "interval_low", "interval_high", "right",
      "asked", "failed", "ties", "plausible", "template",
    ])
    for task in report.tasks {
      for result in task.formats {
        let interval = result.asked > 0 ? result.interval : nil
        let kind = result.sequence == nil ? "wilson" : "sequence"
        add([
          task.name, report.model ?? "", String(result.index), CSVText.fraction(result.accuracy),
          interval == nil ? "" : kind, CSVText.fraction(interval?.lower),
          CSVText.fraction(interval?.upper), String(result.right), String(result.asked),
          String(result.failed), String(result.ties), String(result.format.isPlausible),
          result.format.template,
        ])
      }
    }
  }

  private func atomRows(_ add: ([String]) -> Void) {
    add(["task", "model", "format", "attribute", "value", "accuracy", "right", "asked"])
    for task in report.tasks {
      for result in task.formats {
        for atom in result.format.atoms {
          add([
            task.name, report.model ?? "", String(result.index), atom.attribute, atom.value,
            CSVText.fraction(result.accuracy), String(result.right), String(result.asked),
          ])
        }
      }
    }
  }

  private func evaluationRows(_ add: ([String]) -> Void) {
    add([
      "task", "model", "format", "example", "correct", "prediction", "choice", "tied", "verdict",
      "method", "tokens", "ms", "attempt", "endpoint", "error",
    ])
    for record in records {
      add([
        record.task, report.model ?? "", String(record.format), String(record.example),
        record.isCorrect.map { $0 ? "1" : "0" } ?? "", record.prediction ?? "",
        record.choice.map { String($0) } ?? "", record.isTied ? "1" : "0", record.verdict ?? "",
        record.method ?? "", record.tokens.map { String($0) } ?? "",
        record.milliseconds.map { String($0) } ?? "", String(record.attempt),
        record.endpoint ?? "", record.error ?? "",
      ])
    }
  }
}
