import Basics
import Foundation

/// A file of many tasks with the options that they share and their own.
struct Suite {
  static let schema = "formatspread.suite/1"

  struct Entry {
    /// A task file, a data file or a bundled task's name.
    let task: String
    let tags: [String]
    /// Names of `run`'s options without dashes, and their values; nil for a switch.
    let options: [(name: String, value: String?)]
  }

  let name: String
  let options: [(name: String, value: String?)]
  let entries: [Entry]

  /// - Throws: `InputError` with the JSON path of the first mistake, or of a pattern that no file fits.
  init(_ reader: JSONReader, folder: String) throws(InputError) {
    let members = try reader.members(known: [
      "$comment", "schema", "name", "options", "tasks",
    ])
    let schema = try members.required("schema", in: reader)
    guard try schema.string() == Self.schema else {
      throw schema.failure(
        "unknown schema \(quoted(try schema.string())); this version reads '\(Self.schema)'")
    }
    name = try members.required("name", in: reader).nonEmptyString()
    options = try Self.options(members["options"])
    let list = try members.required("tasks", in: reader)
    var entries: [Entry] = []
    for item in try list.items() {
      var tags: [String] = []
      var own: [(name: String, value: String?)] = []
      let task: JSONReader
      if case .string = item.value {
        task = item
      } else {
        let keys = try item.members(known: ["$comment", "task", "tags", "options"])
        task = try keys.required("task", in: item)
        tags = try keys["tags"]?.strings() ?? []
        own = try Self.options(keys["options"])
      }
      for file in try Self.files(task, folder: folder) {
        entries.append(Entry(task: file, tags: tags, options: own))
      }
    }
    guard !entries.isEmpty else { throw list.failure("a suite needs at least one task") }
    self.entries = entries
  }

  private static let ownOptions: Set<String> = [
    "out", "json", "quiet", "tags", "dry-run", "config", "shard", "deadline", "junit", "annotate",
    "summary",
  ]

  private static func options(
    _ reader: JSONReader?
  ) throws(InputError) -> [(name: String, value: String?)] {
    guard let reader else { return [] }
    let known = Subcommand.run.options.map { String($0.name.dropFirst(2)) }
      .filter { !ownOptions.contains($0) }
    var options: [(name: String, value: String?)] = []
    for (key, value) in try reader.members() {
      guard known.contains(key) else {
        throw reader.failure(
          "unknown option \(quoted(key))\(didYouMean(key, among: known)); known are those of 'run', "
            + "without their dashes")
      }
      switch value.value {
      case .string(let text): options.append((key, text))
      case .bool(true): options.append((key, nil))
      case .integer, .number, .digits: options.append((key, value.value.compact))
      default: throw value.failure("expected a text, a number or true, found \(value.value.kind)")
      }
    }
    return options
  }

  /// The files that a pattern fits, in the order of their names; a path or a bundled name stays as it is.
  private static func files(_ reader: JSONReader, folder: String) throws(InputError) -> [String] {
    let given = try reader.nonEmptyString()
    let isFile = given.contains("/") || given.contains(".")
    let path = given.hasPrefix("/") || !isFile || folder.isEmpty ? given : folder + "/" + given
    guard given.contains(where: { "*?[".contains($0) }) else {
      // A file beside the suite goes before one of the working directory.
      return [FileManager.default.fileExists(atPath: path) ? path : given]
    }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(path, 0, nil, &found) == 0, let paths = found.gl_pathv else {
      throw reader.failure("no file fits the pattern \(quoted(given))")
    }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      paths[index].map { String(cString: $0) }
    }
  }
}
