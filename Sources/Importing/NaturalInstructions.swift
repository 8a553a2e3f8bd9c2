import Basics
import Formats

/// Super-NaturalInstructions: `Definition`, and `Instances` with formatted inputs and lists of outputs.
struct NaturalInstructions {
  private var definition = ""
  private var source: [String] = []
  private var inputs: FormattedInputs
  private let file: String
  private let settings: ImportSettings
  private var scanner: JSONScanner

  init(file: String, settings: ImportSettings) {
    self.file = file
    self.settings = settings
    inputs = FormattedInputs(file: file, kind: .naturalInstructions, settings: settings)
    scanner = JSONScanner(file: file)
  }

  mutating func feed(_ bytes: ArraySlice<UInt8>) throws(InputError) {
    var scanner = scanner
    try scanner.feed(bytes) { item throws(InputError) in take(item) }
    self.scanner = scanner
  }

  private mutating func take(_ item: JSONScanner.Item) {
    switch item.member {
    case "Definition":
      // The first wording counts, as in the paper.
      if definition.isEmpty, case .string(let text) = item.value { definition = text.trimmed }
    case "Source":
      if case .string(let text) = item.value { source.append(text) }
    case "Instances":
      inputs.add(item.value, place: item.place, output: "output")
    default: break
    }
  }

  /// The number that the file's name begins with, as `task065`.
  static func identifier(_ file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let digits = name.dropFirst(4).prefix { ("0"..."9").contains($0) }
    return name.hasPrefix("task") ? "task" + digits : ""
  }

  mutating func finish() throws(InputError) -> ImportedTask {
    try scanner.finish()
    guard inputs.count > 0 else {
      throw InputError("\(file): $: the key 'Instances' is missing or empty")
    }
    var writer = TaskWriter(file: file, kind: .naturalInstructions, settings: settings)
    writer.instruction = definition.bracesDoubled
    writer.description = "Imported from Super-NaturalInstructions."
    if !source.isEmpty { writer.source = source.joined(separator: ", ") }
    if let text = settings.template {
      return try imported(
        by: try TemplateFields(text.escapesDecoded, place: "--template"), writer, [])
    }
    let identifier = Self.identifier(file)
    if let reader = settings.structures,
      let shape = try PaperStructure(reader, task: identifier)
    {
      let mentions = shape.mentions(in: definition)
      writer.instruction = mentions.text
      var settings = settings
      if settings.options == .automatic { settings.options = .found }
      inputs = inputs.with(settings)
      var notes = [
        "the structure is '\(shape.structure.name)', as the paper takes \(identifier) apart"
      ]
      if mentions.count > 0 {
        notes.append("labels in the instruction follow the numbering: \(mentions.count)")
      }
      return try inputs.task(
        template: shape.template, known: shape.known, writer: writer, notes: notes,
        prepare: shape.label)
    }
    let proposal = InputRegularities.template(inputs.inputs)
    return try imported(
      by: proposal, writer,
      ["the template \(quoted(proposal.text, limit: 200)) is proposed from what the inputs share"])
  }

  private mutating func imported(
    by template: TemplateFields, _ writer: TaskWriter, _ notes: [String]
  ) throws(InputError) -> ImportedTask {
    var template = template
    if !template.names.contains("answer") {
      template = TemplateFields(
        parts: template.parts + [.text("\nAnswer: "), .field("answer"), .text("")])
    }
    return try inputs.task(template: template, writer: writer, notes: notes)
  }
}

/// How the paper takes a task's inputs apart, as the file of known structures says.
private struct PaperStructure {
  let structure: Structure
  let template: TemplateFields
  let known: TaskAssembly.KnownShape
  private let labels: [String]
  private let list: String
  private let lead: String

  /// - Returns: Nil when the file does not know the task.
  init?(_ reader: JSONReader, task: String) throws(InputError) {
    let members = try reader.anyMembers()
    for item in try members.required("structures", in: reader).items() {
      let keys = try item.anyMembers()
      guard try keys["tasks"]?.strings().contains(task) == true else { continue }
      structure = try Structure(item, isRecorded: true)
      let answers = try keys["answers"]?.string() ?? ""
      let options = structure.root.enumerations.first { $0.list == "options" }
      guard let original = Layout(structure).template(structure.original) else { return nil }
      var parts: [TemplateFields.Part] = []
      for (literal, slot) in zip(original.literals, original.slots) {
        parts.append(.text(literal))
        switch slot {
        case .field(let name): parts.append(.field(name))
        case .item(let list, let index): parts.append(.field("\(list).\(index + 1)"))
        case .output: parts.append(.field("answer"))
        }
      }
      template = TemplateFields(parts: parts + [.text(original.literals.last ?? "")])
      lead = answers.replacing("{}", with: "")
      list = "options"
      var tree = JSONObject()
      if case .object(let object) = item.value {
        for key in ["structure", "shared", "tree"] { tree[key] = object[key] }
      }
      if let options, !answers.isEmpty,
        case .number(let numbering) = structure.original.atoms[options.number]
      {
        labels = options.indices.compactMap { numbering.label($0) }
        let way: OptionAnswer = labels.first == "1" ? .position(from: 1) : .letter
        known = TaskAssembly.KnownShape(
          structure: .object(tree), options: (list, way), answerLead: lead)
      } else {
        labels = []
        known = TaskAssembly.KnownShape(structure: .object(tree), options: nil, answerLead: "")
      }
      return
    }
    return nil
  }

  /// An output without what stands before its label.
  func label(_ output: String) -> String {
    lead.isEmpty || !output.hasPrefix(lead) ? output : String(output.dropFirst(lead.count))
  }

  func mentions(in instruction: String) -> (text: String, count: Int) {
    labels.isEmpty
      ? (instruction.bracesDoubled, 0)
      : LabelMentions.replaced(instruction, labels: labels, list: list, descriptor: lead)
  }
}
