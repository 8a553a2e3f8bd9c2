import Basics
import Foundation
import Runs

/// A study written down, as `--config` takes it: a run's `study.json`, or a shorter file by hand.
///
/// Every key of a study is also an option of `run`, so the file is read as command-line words, and what
/// the command line itself says replaces them.
struct StudyFile {
  private let path: String
  /// The file's tasks and options.
  let arguments: Arguments
  /// The content of tasks by their names, where the file states it.
  private let digests: [(name: String, digest: String)]

  /// Options that lose their meaning when the command line sets another one.
  private static let dependents: [String: [String]] = [
    "--backend": ["--model", "--server", "--method", "--chat"],
    "--scoring": ["--normalization", "--match", "--pattern", "--max-tokens"],
    "--match": ["--pattern"],
    "--search": ["--accounting"],
  ]

  /// The command line with the study of its `--config` below it; as it is without one.
  static func applied(
    to arguments: Arguments
  ) throws(InputError) -> (arguments: Arguments, file: StudyFile?) {
    guard let path = arguments.text("--config") else { return (arguments, nil) }
    let file = try StudyFile(path, for: arguments.command)
    var replaced = dependents.filter { arguments.has($0.key) }.flatMap(\.value)
    if arguments.text("--search") == "full" { replaced.append("--budget") }
    return (arguments.over(file.arguments, without: Set(replaced)), file)
  }

  init(_ path: String, for command: Subcommand) throws(InputError) {
    self.path = path
    let reader = try TextFile.json(path)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var tasks: [String] = []
    var digests: [(name: String, digest: String)] = []
    var values: [String: [String]] = [:]
    for (key, value) in try reader.members() {
      switch key {
      case "schema":
        guard try value.string() == Study.schema else {
          throw value.failure(
            "unknown schema \(quoted(try value.string())); this version reads '\(Study.schema)'")
        }
      case "tasks":
        for item in try value.items() {
          tasks.append(try Self.task(item, folder: folder, &digests))
        }
      case "grammar":
        if let file = try Self.grammar(value, folder: folder) { values["--grammar"] = [file] }
      case "scoring", "server", "inference":
        guard case .object = value.value else { fallthrough }
        for (inner, member) in try value.members() {
          try Self.add(inner == "kind" ? key : inner, member, to: &values, for: command)
        }
      default: try Self.add(key, value, to: &values, for: command)
      }
    }
    self.digests = digests
    arguments = Arguments(command: command, positionals: tasks, values: values)
  }

  private static func task(
    _ item: JSONReader, folder: String, _ digests: inout [(name: String, digest: String)]
  ) throws(InputError) -> String {
    if case .string = item.value {
      return located(try item.nonEmptyString(), folder: folder)
    }
    let members = try item.members(known: ["name", "path", "sha256", "examples"])
    let name = try members["name"]?.nonEmptyString()
    guard let path = try members["path"]?.nonEmptyString() ?? name else {
      throw item.failure("expected a path or a name")
    }
    if let name, let digest = try members["sha256"]?.string() { digests.append((name, digest)) }
    let located = located(path, folder: folder)
    // A bundled task may lie elsewhere on this machine.
    return FileManager.default.fileExists(atPath: located) ? located : name ?? located
  }

  /// The built-in grammar has a name and no path.
  private static func grammar(_ value: JSONReader, folder: String) throws(InputError) -> String? {
    if case .string = value.value { return located(try value.nonEmptyString(), folder: folder) }
    let members = try value.members(known: ["name", "path", "sha256"])
    return try members["path"].map { reader throws(InputError) in
      located(try reader.nonEmptyString(), folder: folder)
    }
  }

  /// A path as it is, or beside the study's file, whichever is there.
  private static func located(_ path: String, folder: String) -> String {
    let files = FileManager.default
    let beside = folder + "/" + path
    return !files.fileExists(atPath: path) && files.fileExists(atPath: beside) ? beside : path
  }

  /// Files a key as the option of the same name.
  private static func add(
    _ key: String, _ value: JSONReader, to values: inout [String: [String]],
    for command: Subcommand
  ) throws(InputError) {
    let name = "--" + key.replacing("_", with: "-")
    guard let option = command.options.first(where: { $0.name == name }), name != "--config" else {
      let known = command.options.map { String($0.name.dropFirst(2).replacing("-", with: "_")) }
      throw value.failure("no key of a study\(didYouMean(key, among: known))")
    }
    switch value.value {
    case .bool(let isOn) where option.value == nil: values[name] = isOn ? [""] : nil
    case .string(let text) where option.value != nil: values[name] = [text]
    case .integer where option.value != nil, .number where option.value != nil,
      .digits where option.value != nil:
      values[name] = [value.value.compact]
    case .array where option.isRepeated: values[name] = try value.strings()
    default:
      throw value.failure(
        option.value == nil ? "expected true or false" : "expected a text or a number")
    }
  }

  /// Checks that the tasks are still those of the file.
  ///
  /// - Throws: `InputError` naming the task whose content is another one now.
  func check(_ study: Study) throws(InputError) {
    for (name, digest) in digests {
      guard let task = study.tasks.first(where: { $0.name == name }), task.digest != digest else {
        continue
      }
      throw InputError(
        "\(task.path): is not the file that \(path) was made from (SHA-256 \(task.digest.prefix(12))… "
          + "instead of \(digest.prefix(12))…); restore it, or take its \"sha256\" out")
    }
  }
}
