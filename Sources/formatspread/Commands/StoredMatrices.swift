import Basics
import Runs
import Statistics

/// The answers of a run as matrices of formats and examples.
enum StoredMatrices {
  /// One matrix for each task, its columns in the order of the examples' positions in the task's file.
  static func read(_ path: String) throws(InputError) -> [(name: String, matrix: ResponseMatrix)] {
    let directory = RunDirectory(path)
    let study = try directory.study()
    let formats = try directory.formats()
    let journal = try Journal.read(directory.journal, digest: study.digest)
    var result: [(String, ResponseMatrix)] = []
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
      result.append((task.name, matrix))
    }
    guard !result.isEmpty else { throw InputError("\(path): holds no answers yet") }
    return result
  }
}
