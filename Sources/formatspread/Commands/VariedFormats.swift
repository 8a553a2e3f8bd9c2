import Basics
import Estimation
import Formats
import Prompts
import Reports
import Runs
import Tasks

/// The formats of a run that varies prompts beside their atoms, as `formats` lists and shows them.
///
/// They are those of the plan that `run` makes of the same options, so that what is shown is what the
/// model will see.
struct VariedFormats {
  private static let own = Subcommand.Option(
    name: "--formats", value: "N",
    help: "Formats of the run, which a design depends on (default \(RunDefaults.formats)).")
  private static let zeroShot = Subcommand.Option(
    name: "--paper-zero-shot", value: nil,
    help: "At zero shots, leave the instruction out as in the run.")

  static let options = [own, zeroShot] + DesignOptions.all

  /// Whether the arguments ask for more than plain formats.
  static func areAsked(_ arguments: Arguments) -> Bool {
    options.contains { arguments.has($0.name) }
  }

  private let task: PlannedTask
  private let seed: UInt64

  init(
    _ prepared: PreparedTask, _ reference: Study.TaskReference,
    _ grammar: Study.GrammarReference, _ arguments: Arguments, atLeast count: Int
  ) throws(InputError) {
    seed = try arguments.seed("--seed") ?? 0
    let formats = try arguments.number(Self.own.name, from: 1)
    var study = Study(
      tasks: [reference], grammar: grammar, backend: "reference",
      formats: formats ?? max(RunDefaults.formats, count),
      shots: try arguments.number("--shots") ?? RunDefaults.shots,
      pool: try arguments.number("--pool") ?? RunDefaults.pool,
      examples: prepared.task.examples.count,
      paperZeroShot: arguments.has(Self.zeroShot.name),
      scoring: prepared.answers == .free
        ? .generate(.prefix, maxTokens: RunDefaults.maxTokens) : .rank(nil), search: .full,
      budget: nil, batch: RunDefaults.batch, accounting: SearchKind.full.defaultAccounting,
      seed: seed)
    try DesignOptions.apply(arguments, to: &study)
    guard let task = try Plan(study, prepared: [prepared]).tasks.first else {
      throw InputError("\(prepared.task.name): has no formats")
    }
    self.task = task
  }

  /// The prompt in the format of a number, for one of the evaluated examples.
  func prompt(_ format: Int, example: Int) throws(InputError) -> Prompt {
    guard format < task.formats.count else {
      throw InputError(
        "--show \(format): there are only \(task.formats.count) formats; give a number below that")
    }
    guard example < task.split.evaluated.count else {
      throw InputError(
        "--example \(example): \(task.split.evaluated.count) examples are evaluated; give a number "
          + "below that")
    }
    guard let writer = task.writer(format) else {
      throw InputError("this format's numbering has too few labels")
    }
    return writer.prompt(task.split.evaluated[example])
  }

  /// The first formats with what they vary, one a line.
  func text(_ count: Int) -> String {
    let prepared = task.prepared
    let shown = task.formatLines.prefix(count)
    var text =
      "\(prepared.task.name): \(prepared.space.count) distinct plausible formats under the grammar "
      + "'\(prepared.grammar.name)'; the run has \(task.formats.count), with what is varied besides\n"
    for line in shown {
      let number = "\(line.index)"
      text += String(repeating: " ", count: max(0, 4 - number.count)) + number + "  "
      text += line.template.replacing("\n", with: "⏎").replacing("\t", with: "⇥")
      let axes = Self.axes(line).map { "\($0.attribute)=\($0.value)" }
      let notes = (line.index == 0 ? ["the task's own"] : []) + axes + Self.change(line)
      text += (notes.isEmpty ? "" : "   (\(notes.joined(separator: ", ")))") + "\n"
    }
    return text
  }

  func json(_ count: Int) -> String {
    JSON.members([
      "task": .string(task.name), "grammar": .string(task.prepared.grammar.name),
      "plausible_distinct": .whole(task.prepared.space.count),
      "formats": .array(
        task.formatLines.prefix(count).map { line in
          var atoms = JSONObject()
          for atom in line.atoms { atoms[atom.attribute] = .string(atom.value) }
          return .members([
            "format": .integer(line.index), "template": .string(line.template),
            "atoms": .object(atoms), "base": line.base.map { .integer($0.index) },
          ])
        }),
    ]).pretty()
  }

  private static func axes(_ line: FormatLine) -> [FormatLine.Atom] {
    line.atoms.filter { StudyAxis(rawValue: $0.attribute) != nil }
  }

  private static func change(_ line: FormatLine) -> [String] {
    line.base.map { ["format \($0.index) with another \($0.attribute)"] } ?? []
  }
}
