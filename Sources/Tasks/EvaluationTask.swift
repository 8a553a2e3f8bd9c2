package import Basics

/// What a model is asked: an instruction, a structure, the possible answers and labelled examples.
///
/// The native file is `formatspread.task/1`; see `tasks/README.md`. (The name leaves `Task` to the
/// standard library.)
package struct EvaluationTask: Sendable {
  /// The file it was read from, for messages.
  package let file: String
  package let name: String
  package let description: String
  package let source: String
  package let license: String
  /// May name item labels, as in `{choices.1}`; they follow the numbering of each format.
  package let instruction: String
  package let structure: StructureSource
  package let options: Options
  package let examples: [Example]

  /// Whether no example says what the right answer is.
  package var isUnlabelled: Bool { examples.allSatisfy { $0.answer == .unknown } }

  /// The same task with some of its examples.
  ///
  /// - Parameter positions: Positions of the examples, in the order wanted.
  /// - Returns: A task whose examples are numbered anew.
  package func keeping(_ positions: [Int]) -> EvaluationTask {
    EvaluationTask(
      file: file, name: name, description: description, source: source, license: license,
      instruction: instruction, structure: structure, options: options,
      examples: positions.map { examples[$0] })
  }
}

/// Where a task's structure comes from; the Formats room reads it.
package enum StructureSource: Sendable {
  /// A prompt with `{fields}`, and the place in the task's file.
  case template(String, JSONReader)
  /// An explicit tree.
  case tree(JSONReader)
  /// The name of a structure in a file beside the grammar files, as `FILE.json` or `FILE.json#NAME`.
  case file(String, JSONReader)
}

/// The set of possible answers.
package enum Options: Sendable, Hashable {
  /// The same for every example; a text may name item labels, as in `Option {choices.1}`.
  case fixed([String])
  /// Each example's own list, the value of this field.
  case list(String)
  /// Any text; the answer is generated.
  case free
}

/// One item of a task.
package struct Example: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case text(String)
    case list([String])
  }

  package enum Answer: Sendable, Hashable {
    /// The position (from 0) of the right option.
    case option(Int)
    /// The right text of a task without options.
    case text(String)
    /// Nobody knows the right answer.
    case unknown
  }

  /// The fields in the order of the file.
  package let fields: [Field]
  package let answer: Answer

  package struct Field: Sendable, Hashable {
    package let name: String
    package let value: Value
  }

  package subscript(name: String) -> Value? {
    fields.first { $0.name == name }?.value
  }

  /// The text of a field, if it is one.
  package func text(_ name: String) -> String? {
    if case .text(let text) = self[name] { text } else { nil }
  }

  /// The items of a list field, if it is one.
  package func items(_ name: String) -> [String]? {
    if case .list(let items) = self[name] { items } else { nil }
  }
}
