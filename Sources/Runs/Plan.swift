package import Basics
package import Estimation
package import Formats
package import Prompts
import Tasks

/// A study with its tasks read and its formats drawn: everything that is decided before the first request.
package struct Plan: Sendable {
  package let study: Study
  package internal(set) var tasks: [PlannedTask]

  /// - Parameters:
  ///   - study: What to do.
  ///   - prepared: Its tasks in order, bound to their structures.
  /// - Throws: `InputError` naming the option that does not fit a task.
  package init(_ study: Study, prepared: [PreparedTask]) throws(InputError) {
    self.study = study
    var tasks: [PlannedTask] = []
    for task in prepared { tasks.append(try PlannedTask(task, study: study)) }
    self.tasks = tasks
  }

  /// How many evaluations the study asks for at most.
  package var evaluations: Int { tasks.map(\.evaluations).reduce(0, +) }
}

/// One task of a plan.
package struct PlannedTask: Sendable {
  package let prepared: PreparedTask
  /// The task's own format first.
  package let formats: [Format]
  /// The formats as `formats.jsonl` stores them.
  package let formatLines: [FormatLine]
  package let split: Split
  package let search: SearchSettings
  /// How options are compared.
  package let normalization: Normalization
  /// Which cells are evaluated here, when the study is divided.
  package internal(set) var part = TaskPart.whole
  private let keepsInstruction: Bool

  package var name: String { prepared.task.name }

  /// How many evaluations the search asks for at most.
  package var evaluations: Int {
    if case .cells(let range) = part { return range.count }
    return search.mostEvaluations
  }

  init(_ prepared: PreparedTask, study: Study) throws(InputError) {
    self.prepared = prepared
    if case .rank = study.scoring, prepared.answers == .free {
      throw InputError(
        "task '\(prepared.task.name)' has no options to rank; use --scoring generate")
    }
    formats = prepared.space.sample(study.formats, seed: study.seed)
    split = try Split(
      count: prepared.task.examples.count, pool: study.pool, shots: study.shots,
      limit: study.examples, seed: study.seed)
    formatLines = Self.lines(prepared, formats)
    search = SearchSettings(study, formats: formatLines, examples: split.evaluated.count)
    keepsInstruction = study.shots > 0 || !study.paperZeroShot
    if case .rank(let chosen?) = study.scoring {
      normalization = chosen
    } else if case .texts = prepared.answers {
      normalization = .byte
    } else {
      normalization = .sum
    }
    guard writer(0) != nil else {
      throw InputError(
        "task '\(prepared.task.name)': the numbering of its own format has too few labels")
    }
  }

  /// Writes the prompts of the format at `index`; nil only for a numbering with too few labels.
  package func writer(_ index: Int) -> PromptWriter? {
    PromptWriter(
      prepared, format: formats[index], demonstrations: split.demonstrations,
      keepsInstruction: keepsInstruction)
  }

  private static func lines(_ prepared: PreparedTask, _ formats: [Format]) -> [FormatLine] {
    formats.enumerated().map { index, format in
      FormatLine(
        task: prepared.task.name, index: index,
        template: prepared.space.template(format)?.text ?? "",
        atoms: prepared.structure.free.map { attribute in
          FormatLine.Atom(
            attribute: prepared.structure.attributes[attribute].id,
            value: format.atoms[attribute].name)
        },
        isPlausible: prepared.structure.refusal(format) == nil)
    }
  }
}

/// A format as a run directory stores it.
package struct FormatLine: Sendable, Hashable {
  package let task: String
  /// Position among the task's formats; 0 is the task's own.
  package let index: Int
  /// With `{}` for each text.
  package let template: String
  package let atoms: [Atom]
  /// Only the task's own format may be implausible.
  package let isPlausible: Bool

  package struct Atom: Sendable, Hashable {
    package let attribute: String
    package let value: String
  }

  package var json: JSON {
    var atoms = JSONObject()
    for atom in self.atoms { atoms[atom.attribute] = .string(atom.value) }
    return .members([
      "task": .string(task), "format": .integer(index), "template": .string(template),
      "atoms": .object(atoms), "plausible": .bool(isPlausible),
    ])
  }

  package init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: ["task", "format", "template", "atoms", "plausible"])
    var atoms: [Atom] = []
    for (key, value) in try members.required("atoms", in: reader).members() {
      atoms.append(Atom(attribute: key, value: try value.string()))
    }
    self.init(
      task: try members.required("task", in: reader).string(),
      index: try members.required("format", in: reader).int(in: 0...Int.max),
      template: try members.required("template", in: reader).string(), atoms: atoms,
      isPlausible: try members.required("plausible", in: reader).bool())
  }

  init(task: String, index: Int, template: String, atoms: [Atom], isPlausible: Bool) {
    self.task = task
    self.index = index
    self.template = template
    self.atoms = atoms
    self.isPlausible = isPlausible
  }
}
