package import Basics
import Estimation
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
  /// Why the runs share few formats or examples, and which option would have kept them; nil where they
  /// share at least half.
  package let advice: String?

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
    advice = Self.advice(runs.map(\.stored), formats: formats.count, examples: examples.count)
    guard formats.count > 1, !examples.isEmpty else {
      throw InputError("task '\(first.task.name)': \(advice ?? "the runs share no example")")
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

  private static func advice(
    _ runs: [StoredAnswers], formats: Int, examples: Int
  ) -> String? {
    let most = (
      formats: runs.map(\.formats.count).min() ?? 0, examples: runs.map(\.examples.count).min() ?? 0
    )
    guard 2 * formats < most.formats || 2 * examples < most.examples || formats < 2 else {
      return nil
    }
    func differ<Value: Hashable>(_ value: (Study) -> Value) -> Bool {
      Set(runs.map { value($0.study) }).count > 1
    }
    var causes: [String] = []
    if differ(\.seed) {
      causes.append(
        "--seed differs, which draws formats, examples and demonstrations; give one --seed, and "
          + "--demonstration-seed 1, 2 … for other demonstrations alone")
    }
    if differ(\.grammar.digest) { causes.append("--grammar differs") }
    if differ({ $0.axes.texts.filter { $0.contains(",") || $0.hasPrefix("markup") } })
      || differ(\.design)
    {
      causes.append("--axis or --design differs; what one run sweeps the others must sweep too")
    }
    if differ(\.pool) { causes.append("--pool differs") }
    if differ(\.examples) { causes.append("--examples differs") }
    if differ(\.formats) { causes.append("--formats differs") }
    if runs.contains(where: { $0.study.search != .full }) {
      causes.append(
        "a search with a budget asks each format about other examples; use --search full")
    }
    let shared =
      "the runs share \(formats) of \(counted(most.formats, "format")) and \(examples) of "
      + counted(most.examples, "example")
    return causes.isEmpty
      ? shared + "; run them again to their ends" : shared + ": " + causes.joined(separator: "; ")
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
      demonstrations(study), axes(study),
      study.paperZeroShot ? "no instruction" : "with instruction",
    ]
  }

  private static func demonstrations(_ study: Study) -> String {
    let values = study.axes.choices.first { $0.axis == .demonstrations }?.values ?? ["0"]
    return "demonstrations \(values.joined(separator: ","))"
  }

  private static func axes(_ study: Study) -> String {
    let others = zip(study.axes.choices, study.axes.texts).filter { $0.0.axis != .demonstrations }
    return others.isEmpty ? "no axes" : others.map(\.1).joined(separator: " ")
  }

  private static func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
