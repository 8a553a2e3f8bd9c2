import Basics
import Foundation
import Tasks

@testable import Importing

/// Imports of texts, for tests.
enum Imported {
  /// The checkout.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The structures that are shipped, where the checkout is there.
  static var structures: JSONReader? {
    try? TextFile.json(package.appendingPathComponent("formats/natural-instructions.json").path)
  }

  /// The tasks of files with these bytes, fed in pieces of `size` bytes.
  static func tasks(
    _ kind: ImportKind, _ files: [(name: String, bytes: [UInt8])], size: Int = 1 << 16,
    _ change: (inout ImportSettings) -> Void = { _ in }
  ) throws(InputError) -> [ImportedTask] {
    var settings = ImportSettings()
    change(&settings)
    var importer = Importer(kind, settings: settings)
    for (name, bytes) in files {
      importer.begin(name)
      var rest = bytes[...]
      while !rest.isEmpty {
        try importer.feed(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      try importer.end()
    }
    return try importer.tasks()
  }

  static func task(
    _ kind: ImportKind, _ text: String, file: String = "data.x", size: Int = 1 << 16,
    _ change: (inout ImportSettings) -> Void = { _ in }
  ) throws(InputError) -> ImportedTask {
    let tasks = try tasks(kind, [(file, Array(text.utf8))], size: size, change)
    guard let task = tasks.first else { throw InputError("no task") }
    return task
  }
}

extension ImportedTask {
  /// The document without what every task has.
  var parts: [String: String] {
    guard case .object(let object) = document else { return [:] }
    var parts: [String: String] = [:]
    for (key, value) in object.members { parts[key] = value.compact }
    return parts
  }

  var template: String {
    guard case .object(let object) = document, case .object(let structure) = object["structure"],
      case .string(let text) = structure["template"]
    else { return "" }
    return text
  }

  var examples: [String] {
    guard case .object(let object) = document, case .array(let examples) = object["examples"] else {
      return []
    }
    return examples.map(\.compact)
  }

  /// The document as the tool reads it.
  func task() throws(InputError) -> EvaluationTask {
    try EvaluationTask(JSONReader(document, file: name))
  }
}

/// The message of an input error.
func message(_ work: () throws -> Void) -> String? {
  do {
    try work()
    return nil
  } catch let error as InputError {
    return error.message
  } catch {
    return "another error: \(error)"
  }
}
