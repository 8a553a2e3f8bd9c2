import Basics

/// Instruction Induction: `annotations` with wordings of the instruction, and `raw/induce` with examples.
struct InstructionInduction {
  private let settings: ImportSettings
  private var annotations: [String] = []
  private var inputs: FormattedInputs?
  private var file = ""
  private var scanner: JSONScanner?

  init(settings: ImportSettings) {
    self.settings = settings
  }

  mutating func begin(_ file: String) {
    self.file = file
    scanner = JSONScanner(file: file)
  }

  mutating func feed(_ bytes: ArraySlice<UInt8>) throws(InputError) {
    guard var scanner else { return }
    try scanner.feed(bytes) { item throws(InputError) in take(item) }
    self.scanner = scanner
  }

  private mutating func take(_ item: JSONScanner.Item) {
    if item.member == "annotations", case .string(let text) = item.value {
      annotations.append(text.trimmed)
    } else if item.member == "examples" {
      if inputs == nil {
        inputs = FormattedInputs(file: file, kind: .instructionInduction, settings: settings)
      }
      inputs?.add(item.value, place: item.place, output: "output")
    }
  }

  mutating func end() throws(InputError) {
    try scanner?.finish()
  }

  /// The longest wording that begins with a capital, the first of several, as in the paper.
  private var instruction: String? {
    let capital = annotations.filter { $0.unicodeScalars.first?.properties.isUppercase ?? false }
    let longest = capital.map(\.unicodeScalars.count).max()
    return capital.first { $0.unicodeScalars.count == longest } ?? annotations.first
  }

  mutating func finish() throws(InputError) -> ImportedTask {
    guard var inputs, inputs.count > 0 else {
      throw InputError(
        "\(file): no 'examples'; give both files of the task, annotations/NAME.json and "
          + "raw/induce/NAME.json")
    }
    guard let instruction = settings.instruction ?? instruction else {
      throw InputError(
        "\(file): no 'annotations'; give the file annotations/NAME.json too, or --instruction")
    }
    var writer = TaskWriter(file: inputs.file, kind: .instructionInduction, settings: settings)
    writer.instruction = instruction.bracesDoubled
    writer.description = "Imported from Instruction Induction."
    let template = try TemplateFields(
      settings.template?.escapesDecoded ?? "Input: {input}\nOutput: {answer}", place: "--template")
    let notes =
      annotations.count > 1
      ? ["of \(annotations.count) wordings of the instruction the longest is used, as in the paper"]
      : []
    return try inputs.task(template: template, writer: writer, notes: notes)
  }
}
