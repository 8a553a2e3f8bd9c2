import Basics
import Formats

/// Instances whose inputs are formatted text: collects them and takes them apart.
struct FormattedInputs {
  let file: String
  let kind: ImportKind
  let settings: ImportSettings
  private var sample: RecordSample
  private var several = Tally()
  private var unusable = Tally()

  init(file: String, kind: ImportKind, settings: ImportSettings) {
    self.file = file
    self.kind = kind
    self.settings = settings
    sample = RecordSample(limit: settings.limit, seed: settings.seed)
  }

  /// Adds an instance with `input` and `output`, a text or a list of which the first counts, as in the paper.
  mutating func add(_ instance: JSON, place: String, output key: String) {
    guard case .object(let object) = instance, let input = object["input"].flatMap(Record.text)
    else {
      return unusable.add(place)
    }
    let output: String?
    if case .array(let items) = object[key] {
      if items.count > 1 { several.add(place) }
      output = items.first.flatMap(Record.text)
    } else {
      output = object[key].flatMap(Record.text)
    }
    guard let output else { return unusable.add(place) }
    sample.add(
      Record(place: place, fields: [("input", .text(input)), ("answer", .text(output))]))
  }

  /// How many instances there are, usable or not.
  var count: Int { sample.seen + unusable.count }

  var inputs: [String] { sample.records.compactMap { $0.text("input") } }

  /// The task whose inputs `template` takes apart; its last field is the answer.
  ///
  /// A template whose only other field is `input` shows them whole. `prepare` changes the answers.
  mutating func task(
    template: TemplateFields, known: TaskAssembly.KnownShape? = nil, writer: TaskWriter,
    notes: [String] = [], prepare: (String) -> String = { $0 }
  ) throws(InputError) -> ImportedTask {
    if template.names == ["input", "answer"] {
      // A template of the whole input takes nothing apart.
      return try task(template: template, known: known, writer: writer, notes: notes) { record in
        guard let answer = record.text("answer") else { return nil }
        var whole = record
        whole["answer"] = .text(prepare(answer))
        return whole
      }
    }
    guard let pattern = InputPattern(template) else {
      throw InputError(
        "--template: the answer must be the last field, and fields that take the input apart come "
          + "before it")
    }
    return try task(template: template, known: known, writer: writer, notes: notes) { record in
      guard let input = record.text("input"), let answer = record.text("answer"),
        let fields = pattern.fields(input)
      else { return nil }
      return Record(
        place: record.place, fields: fields + [("answer", .text(prepare(answer)))])
    }
  }

  /// The task of records that `takeApart` makes of `input` and `answer`; nil leaves an instance out.
  mutating func task(
    template: TemplateFields, known: TaskAssembly.KnownShape? = nil, writer: TaskWriter,
    notes: [String], takeApart: (Record) -> Record?
  ) throws(InputError) -> ImportedTask {
    var table = ColumnTable(limit: settings.limit, seed: settings.seed)
    var unmatched = Tally()
    for record in sample.records {
      guard let parts = takeApart(record) else {
        unmatched.add(record.place)
        continue
      }
      try table.add(parts)
    }
    guard table.rows > 0 else {
      throw InputError(
        count == 0
          ? "\(file): no instances"
          : "\(file): none of \(count) inputs has the form \(quoted(template.text, limit: 200)); give "
            + "--template")
    }
    var settings = settings
    settings.template = template.text.replacing("\\", with: "\\\\")
    settings.answer = "answer"
    var assembly = TaskAssembly(
      table, settings: settings, kind: kind, file: file, notes: notes + self.notes(unmatched),
      writer: writer)
    assembly.known = known
    return try assembly.task()
  }

  private func notes(_ unmatched: Tally) -> [String] {
    var notes: [String] = []
    if unusable.count > 0 {
      notes.append("left out \(unusable.text("instance")) without input or output")
    }
    if unmatched.count > 0 {
      notes.append(
        "left out \(unmatched.text("instance")) whose input does not have the template's form")
    }
    if several.count > 0 {
      notes.append(
        "\(several.text("instance")) with several outputs: the first one counts, as in the paper")
    }
    if sample.seen > sample.records.count {
      notes.append(
        "drew \(sample.records.count) of \(sample.seen) instances by chance (--limit, --seed)")
    }
    return notes
  }

  /// The same instances under other settings.
  func with(_ settings: ImportSettings) -> FormattedInputs {
    var copy = FormattedInputs(file: file, kind: kind, settings: settings)
    copy.sample = sample
    copy.several = several
    copy.unusable = unusable
    return copy
  }
}
