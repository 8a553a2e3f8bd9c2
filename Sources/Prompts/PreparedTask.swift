package import Basics
package import Formats
package import Tasks

/// A task whose structure has been read and found to fit its examples: ready to be written as prompts.
package struct PreparedTask: Sendable {
  package let task: EvaluationTask
  package let structure: Structure
  package let grammar: Grammar
  package let space: FormatSpace
  package let answers: AnswerStyle
  let instruction: LabelText
  /// The fixed options, in the task's order.
  let fixedOptions: [LabelText]
  let enumerations: [Component.Enumeration]

  /// What the model is to say.
  package enum AnswerStyle: Sendable, Hashable {
    /// The same texts for every example.
    case fixed
    /// The label of an item of this list under the format's numbering.
    case labels(String)
    /// The text of one of the example's own options in this list.
    case texts(String)
    /// Any text.
    case free
  }

  /// Binds a task to its structure.
  ///
  /// - Parameters:
  ///   - task: The task; its structure is a template, a tree, or the name of a file.
  ///   - grammar: The atoms that its formats may use.
  ///   - structureFile: Finds a file that the task names.
  /// - Throws: `InputError` when the structure cannot be read, when an example lacks what it shows,
  ///   when a label in the instruction does not exist, when an alphabet of the grammar is shorter than
  ///   the options, or when no format is plausible.
  package init(
    _ task: EvaluationTask, grammar: Grammar,
    structureFile: (String) throws(InputError) -> JSONReader
  ) throws(InputError) {
    self.task = task
    self.grammar = grammar
    structure = try Self.structure(of: task, grammar: grammar, structureFile: structureFile)
    guard structure.hasOutput else {
      throw InputError(
        "\(task.file): $.structure: expected exactly one output field with text, to hold the answer"
      )
    }
    let enumerations = structure.root.enumerations
    self.enumerations = enumerations
    let file = task.file
    instruction = try LabelText(
      task.instruction, place: "\(file): $.instruction", enumerations: enumerations)
    switch task.options {
    case .free:
      answers = .free
      fixedOptions = []
    case .list(let list):
      answers = enumerations.contains { $0.list == list } ? .labels(list) : .texts(list)
      fixedOptions = []
    case .fixed(let texts):
      answers = .fixed
      var options: [LabelText] = []
      for (index, text) in texts.enumerated() {
        options.append(
          try LabelText(text, place: "\(file): $.options[\(index)]", enumerations: enumerations))
      }
      fixedOptions = options
    }
    try Self.checkAlphabets(grammar, enumerations, task: task)
    for (index, example) in task.examples.enumerated() {
      try Self.check(example, at: "\(file): $.examples[\(index)]", structure, options: task.options)
    }
    space = try FormatSpace(structure, grammar: grammar)
    guard space.count > 0 else {
      throw InputError(
        "\(file): the grammar '\(grammar.name)' has no plausible format for this structure")
    }
  }

  /// The template of a format, marked up, and without the labelled options where they are not to be
  /// listed.
  package func template(_ format: Format, _ variation: PromptVariation) -> Template? {
    if variation.scoring == .cloze, case .labels(let list) = answers,
      let rest = structure.omitting(list: list)
    {
      return variation.markup.template(rest, format)
    }
    guard variation.markup != .plain else { return space.template(format) }
    return variation.markup.template(structure, format)
  }

  /// Reads the structure that a task gives or names.
  static func structure(
    of task: EvaluationTask, grammar: Grammar,
    structureFile: (String) throws(InputError) -> JSONReader
  ) throws(InputError) -> Structure {
    switch task.structure {
    case .tree(let reader): return try Structure(reader, grammar: grammar)
    case .template(let text, let reader):
      do throws(InputError) {
        return try Structure(template: text, name: task.name, grammar: grammar)
      } catch {
        throw reader.failure(error.message)
      }
    case .file(let name, let reader):
      let parts = name.split(separator: "#", maxSplits: 1).map(String.init)
      guard let path = parts.first else { throw reader.failure("expected a file's name") }
      let file = try structureFile(path)
      guard case .object(let object) = file.value, object["structures"] != nil else {
        return try Structure(file, grammar: grammar)
      }
      return try StructureFile(file).structure(
        parts.count > 1 ? parts[1] : task.name, for: reader)
    }
  }

  /// A user's own alphabet must label every item; built-in ones that are too short are only refused.
  private static func checkAlphabets(
    _ grammar: Grammar, _ enumerations: [Component.Enumeration], task: EvaluationTask
  ) throws(InputError) {
    for atom in grammar.atoms(.number) {
      guard case .number(let numbering) = atom, !Numbering.paper.contains(numbering) else {
        continue
      }
      for list in enumerations {
        guard let last = list.indices.last, numbering.label(last) == nil else { continue }
        throw InputError(
          "grammar '\(grammar.name)': the alphabet '\(numbering.name)' has "
            + "\(numbering.labels?.count ?? 0) labels, but task '\(task.name)' labels "
            + "\(last + 1) items of '\(list.list)'")
      }
    }
  }

  /// Whether an example has all that the structure shows.
  static func check(
    _ example: Example, at place: String, _ structure: Structure, options: Options
  ) throws(InputError) {
    for slot in structure.inputs {
      switch slot {
      case .output: break
      case .field(let name):
        guard example.text(name) != nil else {
          let known = example.fields.map(\.name)
          throw InputError(
            "\(place): the structure shows {\(name)}, which "
              + (example.items(name) == nil
                ? "the example does not have\(didYouMean(name, among: known))"
                : "is a list; name its items as {\(name).1}"))
        }
      case .item(let list, let index):
        guard let items = example.items(list) else {
          throw InputError(
            "\(place): the structure shows {\(list).\(index + 1)}, but the example has no list '\(list)'"
          )
        }
        guard index < items.count else {
          throw InputError(
            "\(place): the structure shows {\(list).\(index + 1)}, but '\(list)' has \(items.count) items"
          )
        }
      }
    }
    for list in structure.root.enumerations where options == .list(list.list) {
      guard let items = example.items(list.list), items.count == list.indices.count else {
        throw InputError(
          "\(place): '\(list.list)' has \(example.items(list.list)?.count ?? 0) options, but the "
            + "structure shows \(list.indices.count)")
      }
    }
  }
}
