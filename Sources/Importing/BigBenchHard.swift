import Basics

/// BIG-bench Hard: `examples` with `input` and `target`, options inside the input's text.
struct BigBenchHard {
  private let file: String
  private let settings: ImportSettings
  private var inputs: FormattedInputs
  private var scanner: JSONScanner

  init(file: String, settings: ImportSettings) {
    self.file = file
    self.settings = settings
    inputs = FormattedInputs(file: file, kind: .bbh, settings: settings)
    scanner = JSONScanner(file: file)
  }

  mutating func feed(_ bytes: ArraySlice<UInt8>) throws(InputError) {
    var scanner = scanner
    try scanner.feed(bytes) { item throws(InputError) in
      if item.member == "examples" || item.member == nil, item.index != nil {
        inputs.add(item.value, place: item.place, output: "target")
      }
    }
    self.scanner = scanner
  }

  /// Divides an input before its options: lines `(A) text` behind a line `Options:`.
  static func divided(_ input: String) -> (question: String, options: [String])? {
    let heading = "\nOptions:\n"
    guard let range = input.ranges(of: heading).last else { return nil }
    var options: [String] = []
    for line in input[range.upperBound...].split(separator: "\n", omittingEmptySubsequences: true) {
      guard options.count < 26 else { return nil }
      let letter = Character(Unicode.Scalar(UInt8(0x41 + options.count)))
      guard line.hasPrefix("(\(letter))") else { return nil }
      options.append(line.dropFirst(3).trimmed)
    }
    guard options.count > 1, !options.contains("") else { return nil }
    return (input[..<range.lowerBound].trimmed, options)
  }

  /// Divides an input before its options: lines `- text` behind a line `Options:`.
  private static func bulleted(_ input: String) -> (question: String, options: [String])? {
    guard let range = input.ranges(of: "\nOptions:\n").last else { return nil }
    let lines = input[range.upperBound...].split(separator: "\n").map(String.init)
    let options = lines.compactMap { $0.hasPrefix("- ") ? $0.dropFirst(2).trimmed : nil }
    guard options.count == lines.count, options.count > 1, !options.contains("") else { return nil }
    return (input[..<range.lowerBound].trimmed, options)
  }

  /// The options that end nearly every input without labels, as `- Yes` and `- No`.
  private static func sharedBullets(_ inputs: [String]) -> [String]? {
    let lists = inputs.compactMap { bulleted($0)?.options }
    guard let first = lists.first, Set(first).count == first.count,
      lists.count(where: { $0 == first }) * 10 >= inputs.count * 9
    else { return nil }
    return first
  }

  /// A task whose inputs end before their options, which the instruction names once.
  private mutating func task(
    _ writer: TaskWriter, without options: [String]
  ) throws(InputError) -> ImportedTask {
    var settings = settings
    if settings.options == .automatic { settings.options = .listed(options) }
    inputs = inputs.with(settings)
    var writer = writer
    writer.instruction =
      "Options:" + options.map { "\n- " + $0.bracesDoubled }.joined()
    let template = try TemplateFields(
      settings.template?.escapesDecoded ?? "Q: {input}\nA: {answer}", place: "--template")
    let notes = [
      "the options \(options.map { quoted($0, limit: 30) }.joined(separator: ", ")) end every input; they "
        + "were moved into the instruction (--instruction replaces it)"
    ]
    return try inputs.task(template: template, writer: writer, notes: notes) { record in
      guard let input = record.text("input"), let parts = Self.bulleted(input),
        parts.options == options, let answer = record.text("answer"), !parts.question.isEmpty
      else { return nil }
      return Record(
        place: record.place, fields: [("input", .text(parts.question)), ("answer", .text(answer))])
    }
  }

  mutating func finish() throws(InputError) -> ImportedTask {
    try scanner.finish()
    guard inputs.count > 0 else {
      throw InputError("\(file): $: the key 'examples' is missing or empty")
    }
    var writer = TaskWriter(file: file, kind: .bbh, settings: settings)
    writer.description = "Imported from BIG-bench Hard."
    let texts = inputs.inputs
    let divided = texts.compactMap(Self.divided)
    guard divided.count * 2 > texts.count else {
      if let options = Self.sharedBullets(texts) {
        return try task(writer, without: options)
      }
      let template = try TemplateFields(
        settings.template?.escapesDecoded ?? "Q: {input}\nA: {answer}", place: "--template")
      return try inputs.task(template: template, writer: writer)
    }
    let counts = Dictionary(grouping: divided.map(\.options.count)) { $0 }.mapValues(\.count)
    let usual = counts.keys.sorted().max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? 2
    let items = (1...usual).map { position in
      "\n(\(Character(Unicode.Scalar(UInt8(0x40 + position))))) {choices.\(position)}"
    }
    let template = try TemplateFields(
      settings.template?.escapesDecoded
        ?? "Q: {input}\nOptions:" + items.joined() + "\nA: {answer}", place: "--template")
    let notes = ["options were taken out of the input's text"]
    return try inputs.task(template: template, writer: writer, notes: notes) { record in
      guard let input = record.text("input"), let parts = Self.divided(input),
        let answer = record.text("answer"), !parts.question.isEmpty
      else { return nil }
      return Record(
        place: record.place,
        fields: [
          ("input", .text(parts.question)), ("choices", .list(parts.options)),
          ("answer", .text(answer)),
        ])
    }
  }
}
