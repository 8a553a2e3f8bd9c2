import Basics
import Estimation
import Runs
import Statistics

/// The answers of a run as matrices of formats and examples.
enum StoredMatrices {
  /// The answers to one task, with the atoms of its formats as numbers.
  struct Task {
    let name: String
    let matrix: ResponseMatrix
    let atoms: [[Int]]
  }

  /// One matrix for each task, its columns in the order of the examples' positions in the task's file.
  static func read(_ path: String) throws(InputError) -> [Task] {
    let directory = RunDirectory(path)
    let study = try directory.study()
    let formats = try directory.formats()
    let journal = try Journal.read(directory.journal, digest: study.digest)
    var result: [Task] = []
    for task in study.tasks {
      let records = journal.records.filter { $0.task == task.name }
      let examples = Set(records.map(\.example)).sorted()
      guard !examples.isEmpty else { continue }
      let columns = Dictionary(uniqueKeysWithValues: examples.enumerated().map { ($1, $0) })
      var matrix = ResponseMatrix(
        arms: formats[task.name]?.count ?? 0, examples: examples.count)
      for record in records {
        if let column = columns[record.example], let isCorrect = record.isCorrect {
          matrix[record.format, column] = isCorrect ? 1 : 0
        }
      }
      let settings = SearchSettings(
        study, formats: formats[task.name] ?? [], examples: examples.count)
      result.append(Task(name: task.name, matrix: matrix, atoms: settings.atoms))
    }
    guard !result.isEmpty else { throw InputError("\(path): holds no answers yet") }
    return result
  }
}
