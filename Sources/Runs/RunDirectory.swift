package import Basics
import Foundation

/// The directory that holds a run: `study.json`, `formats.jsonl`, `journal.jsonl` and the reports.
package struct RunDirectory: Sendable, Hashable {
  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  package func file(_ name: String) -> String { path + "/" + name }

  package var journal: String { file("journal.jsonl") }

  /// Whether a study is stored here already.
  package var hasStudy: Bool { FileManager.default.fileExists(atPath: file("study.json")) }

  /// Makes the directory for a plan, or checks that it holds the same study.
  ///
  /// - Returns: Whether the run was there before.
  /// - Throws: `InputError` naming the differences to the study that is there, or why the directory
  ///   cannot be written.
  package func open(_ plan: Plan) throws(InputError) -> Bool {
    if hasStudy {
      let stored = try study()
      let differences = plan.study.differences(from: stored)
      guard differences.isEmpty else {
        throw InputError(
          "\(path): holds the run of another study: \(differences.joined(separator: ", ")); "
            + "give another --out, or the same options to continue")
      }
      if plan.study.inference != stored.inference {
        // The same answers are asked for, and something else is to be said about them.
        var renewed = stored
        renewed.inference = plan.study.inference
        try TextFile.replace(file("study.json"), with: renewed.json.pretty())
      }
      return true
    }
    try prepare()
    try store(plan.study, formats: plan.tasks.map(\.formatLines))
    return false
  }

  /// Makes the directory where it is missing.
  ///
  /// - Throws: `InputError` when it cannot be made, and when it holds other things than the beginnings
  ///   of a run that was killed while it was being made.
  func prepare() throws(InputError) {
    try make()
    let beginnings: Set<String> = ["formats.jsonl", "lock", "journal.jsonl.new"]
    guard try FileManager.default.names(path).allSatisfy(beginnings.contains) else {
      throw InputError("\(path): is not empty and holds no run; give another --out")
    }
  }

  /// Writes what a run needs; the study comes last, so a directory with a study has everything.
  func store(_ study: Study, formats: [[FormatLine]]) throws(InputError) {
    var lines = ""
    for line in formats.joined() { lines += line.json.compact + "\n" }
    try TextFile.replace(file("formats.jsonl"), with: lines)
    try TextFile.replace(file("study.json"), with: study.json.pretty())
  }

  /// - Throws: `InputError` when there is no study or it cannot be read.
  package func study() throws(InputError) -> Study {
    guard hasStudy else {
      throw InputError("\(path): holds no run (no study.json)")
    }
    return try Study(try TextFile.json(file("study.json")))
  }

  /// The stored formats of each task, in order.
  package func formats() throws(InputError) -> [String: [FormatLine]] {
    let name = file("formats.jsonl")
    var formats: [String: [FormatLine]] = [:]
    let lines = try TextFile.bytes(name).split(separator: 0x0A)
    for (number, line) in lines.enumerated() {
      let place = "\(name):\(number + 1)"
      let reader = JSONReader(try JSON.parse(Array(line), file: place), file: place)
      let format = try FormatLine(reader)
      guard format.index == formats[format.task, default: []].count else {
        throw reader.failure("format \(format.index) is out of order")
      }
      formats[format.task, default: []].append(format)
    }
    return formats
  }

  /// Makes the directory and those above it; the reason of a failure is the system's own.
  private func make() throws(InputError) {
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
      if isDirectory.boolValue { return }
      throw InputError("\(path): is a file; give another --out")
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for end in parts.indices where !parts[end].isEmpty {
      let parent = parts[...end].joined(separator: "/")
      guard mkdir(parent, 0o755) != 0, errno != EEXIST, errno != EISDIR else { continue }
      // A file system may refuse to make what is there already in words of its own.
      let reason = String(cString: strerror(errno))
      if FileManager.default.fileExists(atPath: parent) { continue }
      throw InputError("\(path): the directory cannot be made (\(reason))")
    }
  }
}

extension FileManager {
  fileprivate func names(_ path: String) throws(InputError) -> [String] {
    do {
      // What an atomic replacement left behind when it was killed has a name that begins with a dot.
      return try contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
    } catch {
      throw InputError("\(path): cannot be read")
    }
  }
}
