package import Basics
package import Runs
package import Sensitivity
import Statistics

/// Runs of one task side by side: the same formats and the same examples, and what did not match.
package struct MatchedRuns: Sendable {
  package let task: String
  package let sides: [(name: String, grid: AnswerGrid)]
  /// The matched formats, as the first run numbers them.
  package let formats: [FormatLine]
  /// What differs between the runs or was left out, one line each.
  package let remarks: [String]

  /// The row of the task's own format; nil when it was not matched.
  package var original: Int? { formats.firstIndex { $0.index == 0 } }

  /// Matches formats by their template and examples by their place in the same file.
  ///
  /// - Parameter runs: The stored answers of one task, with the names of their sides.
  /// - Throws: `InputError` when the runs saw different files of the task, or share no format or no
  ///   example.
  package init(_ runs: [(name: String, stored: StoredAnswers)]) throws(InputError) {
    let first = runs[0].stored
    task = first.task.name
    if let other = runs.first(where: { $0.stored.task.digest != first.task.digest }) {
      throw InputError(
        "the task '\(first.task.name)' of \(other.name) is another file than that of "
          + "\(runs[0].name); examples are matched only within one file")
    }
    // A format that a search hardly asked says nothing about its accuracy.
    let usable = runs.map { run in
      Dictionary(
        run.stored.grid.comparable.map { (Self.identity(run.stored.formats[$0]), $0) },
        uniquingKeysWith: { a, _ in a })
    }
    let formats = first.formats.filter { line in
      usable.allSatisfy { $0[Self.identity(line)] != nil }
    }
    let rows = usable.map { table in formats.compactMap { table[Self.identity($0)] } }
    let places = runs.map { run in
      Dictionary(uniqueKeysWithValues: run.stored.examples.enumerated().map { ($1, $0) })
    }
    let examples = first.examples.filter { example in
      runs.indices.allSatisfy { run in
        guard let place = places[run][example] else { return false }
        let grid = runs[run].stored.grid
        return rows[run].allSatisfy {
          grid.correct[$0 * grid.examples + place] != ResponseMatrix.missing
        }
      }
    }
    guard formats.count > 1, !examples.isEmpty else {
      throw InputError(
        "task '\(first.task.name)': the runs share \(formats.count) formats and "
          + "\(examples.count) examples; run them with the same --seed, --grammar and --formats, and "
          + "without a budget or with the same one; other demonstrations for the same examples are "
          + "'--axis demonstrations=1'")
    }
    self.formats = formats
    sides = runs.indices.map { run in
      let grid = runs[run].stored.grid.keeping(examples.compactMap { places[run][$0] })
      return (runs[run].name, grid.selecting(rows[run]))
    }
    remarks = Self.remarks(runs, formats: formats.count, examples: examples.count)
  }

  /// What makes two formats the same: their text, and the axes that a text does not show.
  private static func identity(_ line: FormatLine) -> String {
    let axes = line.atoms.filter { StudyAxis(rawValue: $0.attribute) != nil }
    return ([line.template] + axes.map { "\($0.attribute)=\($0.value)" }).joined(separator: "\u{0}")
  }

  private static func remarks(
    _ runs: [(name: String, stored: StoredAnswers)], formats: Int, examples: Int
  ) -> [String] {
    var remarks: [String] = []
    for run in runs {
      let leftOut = run.stored.formats.count - formats
      let unused = run.stored.examples.count - examples
      if leftOut > 0 {
        remarks.append("\(counted(leftOut, "format")) of \(run.name) left out: not in every run")
      }
      if unused > 0 {
        remarks.append("\(counted(unused, "example")) of \(run.name) left out: not in every run")
      }
    }
    return remarks
  }

  /// Names for runs: by model, and by what differs where several runs have one model.
  package static func names(_ runs: [(path: String, stored: StoredAnswers)]) -> [String] {
    let models = runs.map(\.stored.model)
    guard Set(models).count < models.count else { return models }
    let facts = runs.map { Self.facts($0.stored.study) }
    let telling = facts[0].indices.filter { place in
      Set(facts.map { $0[place] }).count > 1
    }
    let names = runs.indices.map { run in
      ([models[run]] + telling.map { facts[run][$0] }).filter { !$0.isEmpty }
        .joined(separator: ", ")
    }
    guard Set(names).count < names.count else { return names }
    return runs.map { Self.lastName($0.path) }
  }

  private static func facts(_ study: Study) -> [String] {
    [
      study.shots == 1 ? "1 shot" : "\(study.shots) shots", "seed \(study.seed)",
      study.scoring.summary, study.backend, study.server.model ?? "",
      "grammar \(study.grammar.name)",
      study.axes.choices.isEmpty ? "no axes" : study.axes.texts.joined(separator: " "),
      study.paperZeroShot ? "no instruction" : "with instruction",
    ]
  }

  private static func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
