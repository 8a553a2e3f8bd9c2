import Basics
import Formats
import Importing
import Prompts
import Runs

/// How a data file was made into a task, as `study.json` keeps it beside the file's name.
extension DataOptions {
  /// The options' names without dashes and their values, with the kind that was found.
  static func stored(_ kind: ImportKind, _ arguments: Arguments) -> JSON {
    var object = JSONObject()
    object["kind"] = .string(kind.rawValue)
    for option in shared where arguments.has(option.name) {
      object[key(option)] =
        option.value == nil ? .bool(true) : arguments.text(option.name).map { .string($0) }
    }
    return .object(object)
  }

  private static func key(_ option: Subcommand.Option) -> String {
    String(option.name.dropFirst(2)).replacing("-", with: "_")
  }

  /// The command-line words that `stored` stands for.
  ///
  /// - Throws: `InputError` with the JSON path of a key that no option has.
  static func values(_ stored: JSONReader) throws(InputError) -> [String: [String]] {
    var values: [String: [String]] = [:]
    for (key, value) in try stored.members(known: inRun.map(key)) {
      guard let option = inRun.first(where: { Self.key($0) == key }) else { continue }
      if option.value == nil {
        if try value.bool() { values[option.name] = [""] }
      } else {
        values[option.name] = [try value.string()]
      }
    }
    return values
  }

  /// The task of a stored run, made again from its file.
  static func task(
    _ stored: Study.TaskReference, grammar: Grammar
  ) throws(InputError) -> (PreparedTask, Study.TaskReference) {
    guard let data = stored.data else {
      return try Loading.task(
        FileNames.exists(stored.path) ? stored.path : stored.name, grammar: grammar)
    }
    var values = try values(JSONReader(data, file: "study.json"))
    values["--quiet"] = [""]
    let arguments = Arguments(command: .run, positionals: [stored.path], values: values)
    return try task(stored.path, arguments, grammar: grammar)
  }
}
