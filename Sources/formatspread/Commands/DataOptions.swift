import Basics
import Formats
import Foundation
import Importing
import Prompts
import Runs
import Tasks

/// The options that say how data is made into a task, shared by `import` and `run`.
enum DataOptions {
  static let shared: [Subcommand.Option] = [
    .init(
      name: "--template", value: "T",
      help:
        "How a row is shown, with {column} where its texts go; the last column, or {answer}, is the "
        + "answer. \\n is a newline, {{ a brace. Left out, it is proposed from the column names."),
    .init(name: "--answer", value: "COLUMN", help: "The column that holds the answer."),
    .init(
      name: "--options", value: "O",
      help:
        "The possible answers: 'a,b,c', 'found' (those of the data, however many), 'free' (any text), "
        + "or the column that holds each row's list. Left out, they are found."),
    .init(
      name: "--labels", value: "A,B",
      help: "Names for answers that are numbers, in rising order, such as negative,positive."),
    .init(
      name: "--first-position", value: "N",
      help: "Where answers are positions: 0 or 1 for the first option."),
    .init(name: "--instruction", value: "TEXT", help: "What stands above every prompt."),
    .init(
      name: "--rows", value: "KEY", help: "The member of a JSON file that holds the rows."),
    .init(
      name: "--separator", value: "C", help: "Between the cells of a table (default ',' or a tab)."),
    .init(
      name: "--no-header", value: nil,
      help: "A table begins with its first row; its columns are column1, column2 …"),
    .init(
      name: "--limit", value: "N",
      help: "Rows kept at most; of more, a sample is drawn (default 10,000)."),
  ]

  static let inRun: [Subcommand.Option] =
    [
      .init(
        name: "--kind", value: "K",
        help: "What a data file is, instead of going by its name: "
          + ImportKind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    ] + shared

  /// What the options say; the structures of known tasks come from the bundled file.
  static func settings(_ arguments: Arguments) throws(InputError) -> ImportSettings {
    var settings = ImportSettings()
    settings.template = arguments.text("--template")
    settings.answer = arguments.text("--answer")
    settings.instruction = arguments.text("--instruction")
    settings.rows = arguments.text("--rows")
    settings.labels = list(arguments.text("--labels"))
    switch arguments.text("--options") {
    case nil: break
    case "found"?: settings.options = .found
    case "free"?: settings.options = .free
    case let text? where text.contains(","): settings.options = .listed(list(text))
    case let column?: settings.options = .column(column)
    }
    if let first = try arguments.number("--first-position") {
      guard first < 2 else {
        throw InputError("--first-position \(first): expected 0 or 1")
      }
      settings.firstPosition = first
    }
    if let text = arguments.text("--separator") {
      let bytes = Array(text.escapesDecoded.utf8)
      guard bytes.count == 1, bytes[0] < 0x80, ![0x0A, 0x0D, 0x22].contains(bytes[0]) else {
        throw InputError(
          "--separator \(quoted(text)): expected one character, such as ';' or '\\t'")
      }
      settings.separator = bytes[0]
    }
    if arguments.has("--no-header") { settings.hasHeader = false }
    settings.limit = try arguments.number("--limit", from: 1) ?? settings.limit
    return settings
  }

  private static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { part in
      part.trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }
  }

  /// The tasks in data files.
  static func tasks(
    _ files: [String], _ kind: ImportKind, _ settings: ImportSettings
  ) throws(InputError) -> [ImportedTask] {
    var settings = settings
    if kind == .naturalInstructions, settings.structures == nil,
      let folder = Bundled.folder("formats")
    {
      let path = folder + "/natural-instructions.json"
      if FileManager.default.fileExists(atPath: path) {
        settings.structures = try TextFile.json(path)
      }
    }
    var importer = Importer(kind, settings: settings)
    for file in files {
      importer.begin(file)
      try TextFile.pieces(file) { piece throws(InputError) in try importer.feed(piece) }
      try importer.end()
    }
    return try importer.tasks()
  }

  // MARK: In run

  /// A task file, a bundled task, or a task made of a data file.
  static func task(
    _ given: String, _ arguments: Arguments, grammar: Grammar
  ) throws(InputError) -> (PreparedTask, Study.TaskReference) {
    guard let kind = try kind(given, arguments) else {
      for option in inRun where arguments.has(option.name) {
        throw InputError(
          "\(option.name): belongs to a data file, such as data.csv; \(quoted(given)) is a task")
      }
      return try Loading.task(given, grammar: grammar)
    }
    let tasks = try tasks([given], kind, try settings(arguments))
    guard let imported = tasks.first else { throw InputError("\(given): no task") }
    if !arguments.has("--quiet") {
      for note in imported.notes { Output.line("\(given): \(note)") }
    }
    let task = try EvaluationTask(JSONReader(imported.document, file: given))
    let prepared = try PreparedTask(task, grammar: grammar, structureFile: Loading.structureFile)
    var reference = Study.TaskReference(
      name: task.name, path: given, digest: SHA256.hex(TaskDocument.text(imported.document)),
      count: task.examples.count)
    reference.data = stored(kind, arguments)
    return (prepared, reference)
  }

  /// What a data file is, by its name and how it begins; nil for a task.
  static func kind(
    _ given: String, _ arguments: Arguments
  ) throws(InputError) -> ImportKind? {
    if let kind = try arguments.choice("--kind", of: ImportKind.self) { return kind }
    switch given.split(separator: ".").last?.lowercased() {
    case "csv": return .csv
    case "tsv": return .tsv
    case "jsonl", "ndjson": return startsLikeSampleLog(given) ? .lmEval : .jsonl
    case "json": return try kindOfJSON(given, arguments)
    default:
      let first = start(given).first { !$0.isWhitespace && $0 != "\u{FEFF}" }
      guard let first, first != "{" else { return nil }
      throw InputError(
        "\(given): is no task, which is a JSON object; for data, --kind says what the file holds: "
          + ImportKind.allCases.map(\.rawValue).joined(separator: ", "))
    }
  }

  private static func startsLikeSampleLog(_ path: String) -> Bool {
    let start = start(path)
    return start.contains("\"doc_id\"") && start.contains("\"doc\"")
  }

  /// What a JSON file that is no task is, by the keys that it begins with.
  private static func kindOfJSON(
    _ path: String, _ arguments: Arguments
  ) throws(InputError) -> ImportKind? {
    let start = start(path)
    if start.contains("\"formatspread.task/") { return nil }
    if start.first(where: { !$0.isWhitespace }) == "[" { return .json }
    if start.contains("\"Definition\""),
      start.contains("\"Contributors\"") || start.contains("\"Instances\"")
    {
      return .naturalInstructions
    }
    if start.contains("\"examples\""), start.contains("\"target\""), start.contains("\"input\"") {
      return .bbh
    }
    if start.contains("\"features\""), start.contains("\"rows\"") { return .huggingface }
    return arguments.has("--template") ? .json : nil
  }

  /// The first 64 KB of a file, where it can be read.
  private static func start(_ path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    let bytes = (try? file.read(upToCount: 1 << 16)) ?? nil
    return String(decoding: bytes ?? Data(), as: UTF8.self)
  }
}
