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
  /// What the prompts of each format vary besides.
  private let variations: [PromptVariation]
  /// The demonstrations of each format.
  private let demonstrations: [[Int]]
  private let chosenNormalization: Normalization?
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
    try Self.check(study.axes, fit: prepared)
    try Self.checkShown(study, prepared)
    if prepared.task.isUnlabelled { try Self.checkUnlabelled(prepared.task.name, study) }
    let members = FormatDesign(prepared, study: study).members
    formats = members.map(\.format)
    split = try Split(
      count: prepared.task.examples.count, pool: study.pool, shots: study.shots,
      limit: study.examples, seed: study.seed)
    let varied = members.map { study.axes.variation($0.axes, seed: study.seed) }
    formatLines = Self.lines(prepared, members, study.axes, varied.map(\.0))
    search = SearchSettings(study, formats: formatLines, examples: split.evaluated.count)
    keepsInstruction = study.shots > 0 || !study.paperZeroShot
    variations = varied.map(\.0)
    try Self.check(study, split)
    let choices = split.demonstrations(
      count: (varied.map(\.demonstrations).max() ?? 0) + 1, seed: study.seed)
    demonstrations = varied.map { choices[$0.demonstrations] }
    if case .rank(let chosen?) = study.scoring {
      chosenNormalization = chosen
    } else {
      chosenNormalization = nil
    }
    guard writer(0) != nil else {
      throw InputError(
        "task '\(prepared.task.name)': the numbering of its own format has too few labels")
    }
  }

  /// How the options of a format are compared.
  package func normalization(_ format: Int) -> Normalization {
    if let chosenNormalization { return chosenNormalization }
    switch prepared.answers {
    case .texts: return .byte
    case .labels where variations[format].scoring != .symbol: return .byte
    default: return .sum
    }
  }

  /// Writes the prompts of the format at `index`; nil only for a numbering with too few labels.
  package func writer(_ index: Int) -> PromptWriter? {
    PromptWriter(
      prepared, format: formats[index], demonstrations: demonstrations[index],
      keepsInstruction: keepsInstruction, variation: variations[index])
  }

  /// - Throws: `InputError` for an axis whose values make no difference to any prompt.
  private static func checkShown(_ study: Study, _ prepared: PreparedTask) throws(InputError) {
    for choice in study.axes.choices where choice.isSwept {
      switch choice.axis {
      case .demonstrations where study.shots == 0, .separator where study.shots == 0:
        throw InputError(
          "--axis \(choice.axis.rawValue): prompts have no demonstrations to vary; use --shots")
      case .instruction where prepared.task.instruction.isEmpty:
        throw InputError(
          "--axis instruction: the task '\(prepared.task.name)' has no instruction")
      default: continue
      }
    }
  }

  /// - Throws: `InputError` for a choice of demonstrations that could only repeat an earlier one.
  private static func check(_ study: Study, _ split: Split) throws(InputError) {
    guard study.shots > 0,
      let axis = study.axes.choices.first(where: { $0.axis == .demonstrations })
    else { return }
    for value in axis.values where Int(value).map({ $0 >= split.choices }) ?? false {
      throw InputError(
        "--axis demonstrations=\(value): a pool of \(split.pool.count) has \(split.choices) choices "
          + "of \(study.shots) demonstration\(study.shots == 1 ? "" : "s"), numbered from 0; set a larger "
          + "--pool")
    }
  }

  /// - Throws: `InputError` for what needs right answers.
  private static func checkUnlabelled(_ name: String, _ study: Study) throws(InputError) {
    let lacking = "the task '\(name)' has no right answers (no example has the key 'answer')"
    if study.shots > 0 {
      throw InputError("--shots \(study.shots): \(lacking) to be shown; use --shots 0")
    }
    if study.search != .full {
      throw InputError("--search \(study.search.rawValue): \(lacking); use --search full")
    }
    let moves = study.axes.choices.first { $0.axis == .optionOrder }?.values ?? []
    if let gold = moves.first(where: { $0.hasPrefix("gold-") }) {
      throw InputError("--axis option-order: \(quoted(gold)): \(lacking)")
    }
  }

  /// - Throws: `InputError` for an axis that a task without labelled options does not have.
  private static func check(_ axes: StudyAxes, fit prepared: PreparedTask) throws(InputError) {
    if case .labels = prepared.answers { return }
    for choice in axes.choices where [.optionOrder, .optionScoring].contains(choice.axis) {
      throw InputError(
        "--axis \(choice.axis.rawValue): the task '\(prepared.task.name)' lists no labelled options"
      )
    }
  }

  private static func lines(
    _ prepared: PreparedTask, _ members: [FormatDesign.Member], _ axes: StudyAxes,
    _ variations: [PromptVariation]
  ) -> [FormatLine] {
    members.enumerated().map { index, member in
      let atoms = prepared.structure.free.map { attribute in
        FormatLine.Atom(
          attribute: prepared.structure.attributes[attribute].id,
          value: member.format.atoms[attribute].name)
      }
      let swept = zip(axes.choices, member.axes).filter(\.0.isSwept).map { choice, value in
        FormatLine.Atom(attribute: choice.axis.rawValue, value: value)
      }
      var line = FormatLine(
        task: prepared.task.name, index: index,
        template: prepared.template(member.format, variations[index])?.text ?? "",
        atoms: atoms + swept,
        isPlausible: prepared.structure.refusal(member.format) == nil)
      line.base = member.base
      return line
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
  /// In a designed study, the format that this one changes in one place.
  package internal(set) var base: Base?

  /// The other end of a designed change.
  package struct Base: Sendable, Hashable {
    /// The format that was changed.
    package let index: Int
    /// The attribute or axis in which the two differ.
    package let attribute: String
    /// How many values that attribute could have there, its own included.
    package let values: Int
  }

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
      "base": base.map {
        .members([
          "format": .integer($0.index), "attribute": .string($0.attribute),
          "values": .integer($0.values),
        ])
      },
    ])
  }

  package init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: [
      "task", "format", "template", "atoms", "plausible", "base",
    ])
    var atoms: [Atom] = []
    for (key, value) in try members.required("atoms", in: reader).members() {
      atoms.append(Atom(attribute: key, value: try value.string()))
    }
    self.init(
      task: try members.required("task", in: reader).string(),
      index: try members.required("format", in: reader).int(in: 0...Int.max),
      template: try members.required("template", in: reader).string(), atoms: atoms,
      isPlausible: try members.required("plausible", in: reader).bool())
    if let base = members["base"] {
      let about = try base.members(known: ["format", "attribute", "values"])
      self.base = Base(
        index: try about.required("format", in: base).int(in: 0...Int.max),
        attribute: try about.required("attribute", in: base).string(),
        values: try about.required("values", in: base).int(in: 1...Int.max))
    }
  }

  init(task: String, index: Int, template: String, atoms: [Atom], isPlausible: Bool) {
    self.task = task
    self.index = index
    self.template = template
    self.atoms = atoms
    self.isPlausible = isPlausible
  }
}
