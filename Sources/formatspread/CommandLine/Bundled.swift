import Basics
import Foundation

/// The tasks and grammars that come with the tool.
///
/// They lie in the folders `tasks` and `formats` of `FORMATSPREAD_HOME`, of the working directory, or of
/// a folder above the executable (the checkout that it was built in), whichever is found first.
enum Bundled {
  static func folder(_ name: String) -> String? {
    var roots: [String] = []
    if let home = ProcessInfo.processInfo.environment["FORMATSPREAD_HOME"] { roots.append(home) }
    roots.append(FileManager.default.currentDirectoryPath)
    var above = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
    for _ in 0..<6 {
      above.deleteLastPathComponent()
      roots.append(above.path)
    }
    // A folder of the user's that happens to have the same name is not it.
    let mark = name == "tasks" ? "/sentiment.json" : "/paper.json"
    return roots.map { $0 + "/" + name }.first { folder in
      FileManager.default.fileExists(atPath: folder + mark)
    }
  }

  /// The path of this program.
  static var executable: String {
    Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  /// The paths of all bundled tasks, in the order of their names.
  static func taskFiles() -> [String] {
    guard let folder = folder("tasks"),
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return [] }
    return names.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
  }

  /// The file of a task given as a path or as a bundled task's name.
  static func taskFile(_ given: String) throws(InputError) -> String {
    let kinds = ["csv": "csv", "tsv": "tsv", "jsonl": "jsonl", "ndjson": "jsonl"]
    if let kind = given.split(separator: ".").last.flatMap({ kinds[$0.lowercased()] }),
      FileManager.default.fileExists(atPath: given)
    {
      throw InputError(
        "\(given): is data, not a task; make it one with: formatspread import \(kind) \(given) --out "
          + "\(name(of: given)).json")
    }
    return try file(given, bundled: taskFiles(), what: "task")
  }

  /// The file of a grammar given as a path or as a bundled grammar's name.
  static func grammarFile(_ given: String) throws(InputError) -> String {
    let folder = folder("formats")
    let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
    let files = names.filter { $0.hasSuffix(".json") }.sorted().map { (folder ?? "") + "/" + $0 }
    return try file(given, bundled: files, what: "grammar")
  }

  private static func file(
    _ given: String, bundled: [String], what: String
  ) throws(InputError) -> String {
    if FileManager.default.fileExists(atPath: given) { return given }
    let known = bundled.map { name(of: $0) }
    if let index = known.firstIndex(of: given) { return bundled[index] }
    if given.contains("/") || given.hasSuffix(".json") {
      throw InputError("\(given): no such file")
    }
    throw InputError(
      "\(quoted(given)): no such file and no bundled \(what)\(didYouMean(given, among: known))"
        + (known.isEmpty ? "" : "; bundled: " + known.joined(separator: ", ")))
  }

  static func name(of path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }
}
