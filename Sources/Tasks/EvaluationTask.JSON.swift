package import Basics

extension EvaluationTask {
  package static let schema = "formatspread.task/1"

  /// Reads a task file.
  ///
  /// - Parameter reader: The document and its file's name.
  /// - Throws: `InputError` with the JSON path of the first mistake.
  package init(_ reader: JSONReader) throws(InputError) {
    let draft = try TaskDraft(reader)
    if let first = draft.problems.first { throw first.error }
    self = draft.task
  }
}

/// A task as far as it can be read, with every mistake found in its examples.
package struct TaskDraft: Sendable {
  /// The task with the examples that are right.
  package let task: EvaluationTask
  /// The positions in the file, from 0, of the task's examples.
  package let positions: [Int]
  /// In the order of the file; an example may have several.
  package let problems: [Problem]

  /// A mistake in one example.
  package struct Problem: Sendable, Hashable {
    /// The example's position in the file, from 0.
    package let example: Int
    package let error: InputError
  }

  /// Reads a task file, going on after a wrong example.
  ///
  /// - Parameter reader: The document and its file's name.
  /// - Throws: `InputError` with the JSON path of a mistake outside the examples.
  package init(_ reader: JSONReader) throws(InputError) {
    let reader = reader.withoutComments
    let members = try reader.members(known: [
      "schema", "name", "description", "source", "license", "instruction", "structure", "options",
      "examples",
    ])
    let schema = try members.required("schema", in: reader)
    guard try schema.string() == EvaluationTask.schema else {
      throw schema.failure(
        "unknown schema \(quoted(try schema.string())); this version reads "
          + "'\(EvaluationTask.schema)'")
    }
    let name = try members.required("name", in: reader)
    guard try name.nonEmptyString().utf8.allSatisfy(Self.isPlain) else {
      throw name.failure("a task's name has only letters, digits, '-', '_' and '.'")
    }
    let options = try Self.options(members["options"])
    let list = try members.required("examples", in: reader)
    var examples: [Example] = []
    var positions: [Int] = []
    var problems: [Problem] = []
    let isUnlabelled = Self.isUnlabelled(try list.items())
    for (index, item) in try list.items().enumerated() {
      switch Self.example(item, options: options, isUnlabelled: isUnlabelled) {
      case .right(let example):
        examples.append(example)
        positions.append(index)
      case .wrong(let errors):
        problems += errors.map { Problem(example: index, error: $0) }
      }
    }
    guard !examples.isEmpty || !problems.isEmpty else {
      throw list.failure("a task needs at least one example")
    }
    task = EvaluationTask(
      file: reader.file, name: try name.string(),
      description: try members["description"]?.string() ?? "",
      source: try members["source"]?.string() ?? "",
      license: try members["license"]?.string() ?? "",
      instruction: try members["instruction"]?.string() ?? "",
      structure: try Self.structure(try members.required("structure", in: reader)),
      options: options, examples: examples)
    self.positions = positions
    self.problems = problems
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func structure(_ reader: JSONReader) throws(InputError) -> StructureSource {
    if case .string(let name) = reader.value { return .file(name, reader) }
    guard case .object(let object) = reader.value, object["template"] != nil else {
      return .tree(reader)
    }
    let members = try reader.withoutComments.members(known: ["template"])
    let template = try members.required("template", in: reader)
    return .template(try template.nonEmptyString(), template)
  }

  private static func options(_ reader: JSONReader?) throws(InputError) -> Options {
    guard let reader else { return .free }
    if case .string(let list) = reader.value { return .list(list) }
    var texts: [String] = []
    for item in try reader.items() {
      let text = try item.nonEmptyString()
      guard !texts.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
        throw item.failure("the option \(quoted(text)) occurs twice")
      }
      texts.append(text)
    }
    guard texts.count > 1 else { throw reader.failure("a task needs at least two options") }
    return .fixed(texts)
  }

  private enum Outcome {
    case right(Example)
    case wrong([InputError])
  }

  /// Whether no example has an answer, nor a key that could be a misspelt one.
  private static func isUnlabelled(_ examples: [JSONReader]) -> Bool {
    examples.allSatisfy { example in
      guard case .object(let object) = example.value else { return false }
      return object["answer"] == nil && nearest(to: "answer", among: object.keys) == nil
    }
  }

  /// Reads an example; every wrong field is told, and the answer where it can be judged.
  private static func example(
    _ reader: JSONReader, options: Options, isUnlabelled: Bool
  ) -> Outcome {
    var fields: [Example.Field] = []
    var errors: [InputError] = []
    func attempt<T>(_ read: () throws(InputError) -> T) -> T? {
      do throws(InputError) { return try read() } catch {
        errors.append(error)
        return nil
      }
    }
    let members = attempt { () throws(InputError) in try reader.members() }
    guard let members else { return .wrong(errors) }
    for (key, value) in members where key != "answer" && !key.hasPrefix("$comment") {
      if let value = attempt({ () throws(InputError) in try self.value(value) }) {
        fields.append(Example.Field(name: key, value: value))
      }
    }
    guard let answer = members.first(where: { $0.key == "answer" })?.reader else {
      if isUnlabelled {
        return errors.isEmpty ? .right(Example(fields: fields, answer: .unknown)) : .wrong(errors)
      }
      let near = nearest(to: "answer", among: members.map(\.key))
      return .wrong(
        errors + [
          reader.failure(
            "the key 'answer' is missing" + (near.map { "; is \(quoted($0)) meant?" } ?? ""))
        ])
    }
    // Where the list of options could not be read, nothing can be said about the answer.
    if case .list(let name) = options, members.contains(where: { $0.key == name }),
      !fields.contains(where: { $0.name == name })
    {
      return .wrong(errors)
    }
    let read = attempt { () throws(InputError) in
      try self.answer(answer, options: options, fields: fields, in: reader)
    }
    guard let read, errors.isEmpty else { return .wrong(errors) }
    return .right(Example(fields: fields, answer: read))
  }

  /// A text, a number as it would be written, or a list of texts.
  private static func value(_ reader: JSONReader) throws(InputError) -> Example.Value {
    switch reader.value {
    case .string: return .text(try nonBlank(reader))
    case .integer, .number, .digits: return .text(reader.value.compact)
    case .array:
      var items: [String] = []
      for item in try reader.items() { items.append(try nonBlank(item)) }
      guard !items.isEmpty else { throw reader.failure("a list needs at least one item") }
      return .list(items)
    default:
      throw reader.failure("expected a text or a list of texts, found \(reader.value.kind)")
    }
  }

  private static func nonBlank(_ reader: JSONReader) throws(InputError) -> String {
    let text = try reader.string()
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw reader.failure("the text is empty")
    }
    return text
  }

  private static func answer(
    _ reader: JSONReader, options: Options, fields: [Example.Field], in parent: JSONReader
  ) throws(InputError) -> Example.Answer {
    let choices: [String]
    switch options {
    case .free:
      if case .integer = reader.value { return .text(reader.value.compact) }
      return .text(try nonBlank(reader))
    case .fixed(let texts): choices = texts
    case .list(let name):
      guard case .list(let items) = fields.first(where: { $0.name == name })?.value else {
        throw parent.failure("the list '\(name)', which holds the options, is missing")
      }
      guard items.count > 1 else {
        throw parent.failure("the list '\(name)' needs at least two options")
      }
      choices = items
    }
    let text =
      if case .string(let text) = reader.value { text } else { reader.value.compact }
    let matches = choices.indices.filter { choices[$0].utf8.elementsEqual(text.utf8) }
    if matches.count == 1 { return .option(matches[0]) }
    guard matches.isEmpty else {
      throw reader.failure("the answer \(quoted(text)) is the text of more than one option")
    }
    if case .integer(let position) = reader.value, (1...choices.count).contains(position) {
      return .option(position - 1)
    }
    throw reader.failure(
      "the answer \(quoted(text)) is not an option; options: "
        + choices.map { quoted($0, limit: 30) }.joined(separator: ", ")
        + ", or a position from 1 to \(choices.count)")
  }
}

extension JSONReader {
  /// An object without its keys that begin with `$comment`, which are for people.
  var withoutComments: JSONReader {
    guard case .object(let object) = value,
      object.keys.contains(where: { $0.hasPrefix("$comment") })
    else { return self }
    var kept = JSONObject()
    for (key, value) in object.members where !key.hasPrefix("$comment") { kept[key] = value }
    return JSONReader(.object(kept), file: file, path: path)
  }
}
