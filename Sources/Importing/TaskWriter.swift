import Basics
import Formats
import Tasks

/// Writes an imported task's document and makes sure that the tool can read it again.
struct TaskWriter {
  let file: String
  let kind: ImportKind
  let settings: ImportSettings
  var instruction = ""
  var source: String?
  var description: String?

  init(file: String, kind: ImportKind, settings: ImportSettings) {
    self.file = file
    self.kind = kind
    self.settings = settings
  }

  /// The task's name: what the user says, or the file's name without its folder and extension.
  var name: String {
    get throws(InputError) {
      if let given = settings.name {
        guard !given.isEmpty, given == Self.plain(given) else {
          throw InputError(
            "--name \(quoted(given)): a task's name has only letters, digits, '-', '_' and '.'")
        }
        return given
      }
      let last = file.split(separator: "/").last.map(String.init) ?? file
      let stem = last.split(separator: ".", omittingEmptySubsequences: false).first
      let plain = Self.plain(stem.map(String.init) ?? last)
      return plain.isEmpty ? "task" : plain
    }
  }

  private static func plain(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "-_.".unicodeScalars.contains(scalar)
      return isPlain ? scalar : "-"
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// A task with a template; a message about the template begins with `place`.
  func task(
    template: String, place: String, options: JSON?, examples: [JSON], notes: [String]
  ) throws(InputError) -> ImportedTask {
    do throws(InputError) {
      _ = try Structure(template: template, name: "imported")
    } catch {
      throw InputError("\(place): \(error.message)")
    }
    return try task(
      structure: .members(["template": .string(template)]), options: options, examples: examples,
      notes: notes)
  }

  func task(
    structure: JSON, options: JSON?, examples: [JSON], notes: [String]
  ) throws(InputError) -> ImportedTask {
    let name = try name
    let instruction = settings.instruction?.escapesDecoded ?? instruction
    let document = JSON.members([
      "schema": .string(EvaluationTask.schema), "name": .string(name),
      "description": .string(description ?? "Imported from \(kind.rawValue) data."),
      "source": .string(source ?? file.split(separator: "/").last.map(String.init) ?? file),
      "instruction": instruction.isBlank ? nil : .string(instruction), "structure": structure,
      "options": options, "examples": .array(examples),
    ])
    let draft = try TaskDraft(JSONReader(document, file: file))
    if let problem = draft.problems.first { throw problem.error }
    return ImportedTask(name: name, document: document, notes: notes)
  }
}
