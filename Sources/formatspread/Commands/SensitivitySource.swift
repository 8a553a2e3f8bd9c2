import Basics
import Formats
import Prompts
import Reports
import Runs
import Sensitivity
import Statistics
import Tasks

/// What `metrics`, `attribute` and `recommend` look at: the tasks of a run, or one matrix.
struct SensitivitySource {
  let name: String
  /// Nil for a matrix.
  let stored: StoredAnswers?
  let grid: AnswerGrid
  let factors: FactorTable?

  /// Whether the first format is the task's own.
  var hasOriginal: Bool { stored != nil }

  /// The number of an example of the grid, as the task's file or the matrix counts them.
  func example(_ place: Int) -> Int { stored?.examples[place] ?? place }

  func answer(_ number: Int32, _ example: Int) -> String {
    stored?.answer(number, example: example) ?? ""
  }

  static let options: [Subcommand.Option] = [
    .init(
      name: "--matrix", value: "FILE",
      help: "Instead of a run: a CSV with one line for each format and one cell (0, 1 or nothing) "
        + "for each example."),
    .init(
      name: "--factors", value: "FILE",
      help: "With --matrix: a CSV with a header that says what each line's format is made of."),
    .init(
      name: "--resamples", value: "B",
      help: "Resamples of the examples for the intervals (default 1000; 0 for none)."),
    .init(name: "--seed", value: "S", help: "Fixes resamples and draws (default 0)."),
  ]

  /// Reads what the arguments name.
  static func read(_ arguments: Arguments) throws(InputError) -> [SensitivitySource] {
    guard let path = arguments.text("--matrix") else {
      if arguments.has("--factors") {
        throw InputError("--factors: belongs to --matrix; a run knows its formats' atoms")
      }
      let directory = try arguments.requirePositionals(
        "a run directory or --matrix FILE.csv", limit: 1)[0]
      var sources: [SensitivitySource] = []
      for stored in try StoredAnswers.read(RunDirectory(directory)) {
        sources.append(
          SensitivitySource(
            name: stored.task.name, stored: stored, grid: stored.grid, factors: stored.factors))
      }
      return sources
    }
    if let extra = arguments.positionals.first {
      throw InputError(
        "\(arguments.command.name): unexpected argument \(quoted(extra)); give a run directory or "
          + "--matrix FILE.csv, not both")
    }
    let text = String(decoding: try TextFile.bytes(path), as: UTF8.self)
    let matrix = try ResponseMatrix(csv: text, file: path)
    let factors = try arguments.text("--factors").map { file throws(InputError) in
      try FactorTable(csv: try TextFile.bytes(file), file: file, formats: matrix.arms)
    }
    return [
      SensitivitySource(
        name: Bundled.name(of: path), stored: nil, grid: AnswerGrid(matrix), factors: factors)
    ]
  }

  /// The task's file as the run saw it.
  ///
  /// - Throws: `InputError` when it is gone or has changed since.
  static func task(of stored: StoredAnswers) throws(InputError) -> EvaluationTask {
    let path = try Bundled.taskFile(
      FileNames.exists(stored.task.path) ? stored.task.path : stored.task.name)
    let bytes = try TextFile.bytes(path)
    guard SHA256.hex(bytes) == stored.task.digest else {
      throw InputError("\(path): has changed since the run, so its fields do not fit the answers")
    }
    return try EvaluationTask(JSONReader(try JSON.parse(bytes, file: path), file: path))
  }

  /// The names of a template's texts in order; nothing where the task's file is gone or has changed.
  static func slots(of stored: StoredAnswers) -> [String] {
    guard let task = try? Self.task(of: stored),
      let prepared = try? PreparedTask(
        task, grammar: .paper, structureFile: Loading.structureFile),
      let template = prepared.space.template(prepared.structure.original)
    else { return [] }
    return template.slots.map { slot in
      switch slot {
      case .field(let name): "{\(name)}"
      case .item(let list, let index): "{\(list).\(index + 1)}"
      case .output: "{answer}"
      }
    }
  }

  /// Groups of the grid's examples by the value of a field, the largest group first.
  ///
  /// A list field puts an example into several groups. `answer` is the right answer.
  ///
  /// - Throws: `InputError` when there is no such field or when it has too many values.
  func slices(_ field: String) throws(InputError) -> [(name: String, examples: [Int])] {
    guard let stored else { throw InputError("--slice: a matrix has no fields; give a run") }
    let task = try Self.task(of: stored)
    var groups: [(name: String, examples: [Int])] = []
    func add(_ value: String, _ place: Int) {
      if let index = groups.firstIndex(where: { $0.name == value }) {
        groups[index].examples.append(place)
      } else {
        groups.append((value, [place]))
      }
    }
    for (place, example) in stored.examples.enumerated() {
      let values = task.examples[example]
      if field == "answer" {
        switch values.answer {
        case .unknown: continue
        case .text(let text): add(text, place)
        case .option(let option):
          if case .fixed(let texts) = task.options {
            add(texts[option], place)
          } else {
            add("option \(option + 1)", place)
          }
        }
        continue
      }
      switch values[field] {
      case .text(let text): add(text, place)
      case .list(let items): for item in items { add(item, place) }
      case nil: continue
      }
    }
    guard !groups.isEmpty else {
      let known = (task.examples.first?.fields.map(\.name) ?? []) + ["answer"]
      throw InputError(
        "--slice \(quoted(field)): the task '\(name)' has no such field"
          + "\(didYouMean(field, among: known)); known: " + known.joined(separator: ", "))
    }
    guard groups.count <= 50 else {
      throw InputError(
        "--slice \(quoted(field)): has \(groups.count) different values in the task '\(name)'; a "
          + "field that sorts examples into at most 50 groups is expected")
    }
    return groups.sorted { $0.examples.count > $1.examples.count }
  }
}
