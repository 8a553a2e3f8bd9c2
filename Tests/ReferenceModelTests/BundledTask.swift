import Basics
import Foundation

/// The task files of the package; empty where the tests run without them.
let bundledTasks: [URL] = {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "tasks")
  let files = try? FileManager.default.contentsOfDirectory(
    at: folder, includingPropertiesForKeys: nil)
  return (files ?? []).filter { $0.pathExtension == "json" }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
}()

/// As much of a task file as these tests need.
struct BundledTask {
  struct Example {
    let object: JSONObject

    /// Every member that is a text.
    var texts: [(key: String, text: String)] {
      object.members.compactMap { member in
        guard case .string(let text) = member.value else { return nil }
        return (member.key, text)
      }
    }

    func text(_ key: String) -> String {
      guard case .string(let text)? = object[key] else { return "" }
      return text
    }

    func list(_ key: String) -> [String] {
      guard case .array(let items)? = object[key] else { return [] }
      return items.compactMap { item in
        guard case .string(let text) = item else { return nil }
        return text
      }
    }
  }

  struct Malformed: Error {}

  let name: String
  let instruction: String
  /// Descriptor and key of each field in order, the answer's last; items are not read.
  let fields: [(descriptor: String, key: String)]
  /// The fixed options, or nil where each example has its own.
  let options: [String]?
  let optionList: String
  let examples: [Example]

  init(_ file: URL) throws {
    let json = try JSON.parse(Array(Data(contentsOf: file)))
    guard case .object(let root) = json, case .array(let rows)? = root["examples"],
      case .object(let structure)? = root["structure"],
      case .string(let template)? = structure["template"],
      case .string(let instruction)? = root["instruction"], case .string(let name)? = root["name"]
    else { throw Malformed() }
    self.name = name
    self.instruction = instruction
    fields = template.split(separator: "\n").compactMap { line in
      let parts = line.components(separatedBy: ": {")
      return parts.count == 2 ? (parts[0], String(parts[1].dropLast())) : nil
    }
    switch root["options"] {
    case .array(let items)?:
      options = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
      optionList = ""
    case .string(let list)?:
      options = nil
      optionList = list
    default: throw Malformed()
    }
    examples = rows.compactMap { row in
      if case .object(let object) = row { Example(object: object) } else { nil }
    }
  }

  /// A way to write the fields down.
  struct Style: Sendable {
    let separator: String
    let space: String
    let casing: @Sendable (String) -> String
  }

  /// The filled fields, without the answer's text if `asking`.
  func rendered(_ example: Example, _ style: Style, asking: Bool) -> String {
    fields.map { field in
      let text = asking && field.key == "answer" ? "" : example.text(field.key)
      return style.casing(field.descriptor) + style.separator + text
    }.joined(separator: style.space)
  }
}
