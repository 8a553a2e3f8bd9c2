import Basics
import Formats
import Tasks

/// Makes a task of records: finds the answer, the options and the template, and leaves out what lacks them.
struct TaskAssembly {
  let table: ColumnTable
  let settings: ImportSettings
  let kind: ImportKind
  /// The first file, for messages and the task's name.
  let file: String
  let labelNames: [String: [String]]
  private let writer: TaskWriter
  private var notes: [String]

  /// What is known of the task beforehand, as of those of the paper.
  var known: KnownShape?

  private var records: [Record] = []
  private var answerColumn = ""
  /// Whether the answers are lists, of which the first text counts.
  private var isFirstOfList = false
  private var template: TemplateFields?
  private var perRow: PerRow?
  private var leftOut: [(reason: String, tally: Tally)] = []

  /// A structure that the task's file does not say.
  struct KnownShape {
    /// An explicit tree for the task's `structure`.
    let structure: JSON
    /// The list whose items are the options, and how answers name them; nil for fixed options.
    let options: (list: String, way: OptionAnswer)?
    /// What stands before the label in an answer, as `Option ` in `Option 1`.
    let answerLead: String
  }

  /// Options that differ from row to row.
  private struct PerRow {
    let columns: OptionColumns
    let way: OptionAnswer
    /// How many items the template shows; nil where it shows none.
    var shown: Int?
    /// The options, where they are the same in every row and the template does not show them.
    var same: [String]?
  }

  init(
    _ table: ColumnTable, settings: ImportSettings, kind: ImportKind, file: String,
    labelNames: [String: [String]] = [:], notes: [String] = [], writer: TaskWriter? = nil
  ) {
    self.table = table
    self.settings = settings
    self.kind = kind
    self.file = file
    self.labelNames = labelNames
    self.notes = notes
    self.writer = writer ?? TaskWriter(file: file, kind: kind, settings: settings)
  }

  mutating func task() throws(InputError) -> ImportedTask {
    guard table.rows > 0 else { throw InputError("\(file): no rows") }
    records = table.sample.records
    if kind == .lmEval { dropRepeatedDocuments() }
    if let text = settings.template {
      template = try TemplateFields(text.escapesDecoded, place: "--template")
    }
    let found = try AnswerColumn.find(table, settings: settings, template: template, file: file)
    answerColumn = found.name
    if let reason = found.reason { notes.append(reason) }
    if let column = table[answerColumn], column.lists > column.texts { takeFirstAnswers() }
    perRow = try optionsPerRow()
    if let found = perRow, known == nil, !shows(found.columns, template?.names ?? []) {
      let same = sameOptions(found.columns)
      perRow?.same = same
    }
    try writeTemplate()
    let options = perRow == nil ? try fixedOptions() : nil
    let examples = try examples(options)
    return try finish(examples, options)
  }

  /// The harness writes a document once for each filter.
  private mutating func dropRepeatedDocuments() {
    var seen = Set<String>()
    let kept = records.filter { record in
      record.text("doc_id").map { seen.insert($0).inserted } ?? true
    }
    if kept.count < records.count {
      notes.append("left out \(records.count - kept.count) rows that repeat a document")
    }
    records = kept
  }

  private mutating func takeFirstAnswers() {
    isFirstOfList = true
    for index in records.indices {
      guard let first = records[index].list(answerColumn)?.first else { continue }
      records[index][answerColumn] = .text(first)
    }
    notes.append("the answers are lists, of which the first text counts")
  }

  // MARK: Options of each row

  private func optionsPerRow() throws(InputError) -> PerRow? {
    if let known {
      return known.options.map { options in
        let items = template?.names.count { $0.hasPrefix(options.list + ".") }
        return PerRow(
          columns: OptionColumns(list: options.list, members: []), way: options.way, shown: items)
      }
    }
    switch settings.options {
    case .listed, .free, .found: return nil
    case .column(let name):
      guard let column = table[name], column.lists > 0 else {
        throw InputError(
          "--options \(quoted(name)): no column holds lists under this name"
            + "\(didYouMean(name, among: table.names)); give a list column, or the options separated by "
            + "commas")
      }
      guard let found = explain(OptionColumns(list: name, members: [])) else {
        throw InputError("--options \(quoted(name)): the answers name no items of this list")
      }
      return found
    case .automatic: break
    }
    let lists = table.columns.filter { $0.lists * 2 > table.rows && $0.name != answerColumn }
      .map { OptionColumns(list: $0.name, members: []) }
    let groups = OptionColumns.groups(table.names.filter { $0 != answerColumn })
    let named = template?.names ?? []
    // What the template shows comes first.
    let candidates = (lists + groups).sorted { a, b in shows(a, named) && !shows(b, named) }
    for candidate in candidates {
      if let found = explain(candidate) { return found }
    }
    return nil
  }

  /// The options of all rows, where these are the same texts in the same order.
  private func sameOptions(_ columns: OptionColumns) -> [String]? {
    let lists = records.compactMap(columns.texts)
    guard let first = lists.first, lists.count > 2, Set(first).count == first.count,
      lists.allSatisfy({ $0 == first })
    else { return nil }
    return first
  }

  private func shows(_ columns: OptionColumns, _ names: [String]) -> Bool {
    names.contains { $0.hasPrefix(columns.list + ".") || columns.members.contains($0) }
  }

  /// The way in which the answers name these options, if they do in nine rows of ten.
  private func explain(_ columns: OptionColumns) -> PerRow? {
    let rows = records.compactMap {
      record -> (answer: String, options: [String], record: Record)? in
      guard let answer = record.text(answerColumn), let options = columns.texts(record),
        options.count > 1
      else { return nil }
      return (answer, options, record)
    }
    guard rows.count * 2 > records.count,
      let best = OptionAnswer.best(rows, firstPosition: settings.firstPosition),
      best.explained * 10 >= rows.count * 9
    else { return nil }
    let counts = Dictionary(grouping: rows.map(\.options.count)) { $0 }.mapValues(\.count)
    let usual = counts.keys.sorted().max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }
    return PerRow(columns: columns, way: best.way, shown: usual)
  }

  // MARK: The template

  private mutating func writeTemplate() throws(InputError) {
    guard let given = template else {
      if perRow?.same != nil { perRow?.shown = nil }
      let shown = perRow.flatMap { row in row.shown.map { (list: row.columns.list, count: $0) } }
      let proposal = try ProposedTemplate(
        table, answer: answerColumn, options: perRow?.columns, shown: shown, file: file)
      template = proposal.template.renamed { [answerColumn] name in
        name == "answer" ? name : Self.fieldName(name, answerColumn)
      }
      notes += proposal.notes
      if let template { notes.append("the template is \(quoted(template.text, limit: 300))") }
      return
    }
    var list: (name: String, places: [String]) = ("", [])
    for name in given.names { try check(name, &list) }
    let members = perRow?.columns.members ?? []
    let optionList = perRow?.columns.list ?? ""
    let hasAnswer = given.names.contains("answer")
    if !hasAnswer, !given.names.contains(answerColumn) {
      throw InputError(
        "--template: does not say where the answer goes; end it with {\(answerColumn)} or {answer}")
    }
    if !given.names.contains(where: { $0 != "answer" && ($0 != answerColumn || hasAnswer) }) {
      throw InputError(
        "--template: shows nothing but the answer; name the columns to show before it, such as "
          + "'Text: {text}\\nLabel: {label}'; columns: \(AnswerColumn.shown(table.names))")
    }
    template = given.renamed { [answerColumn] name in
      if name == "answer" || (name == answerColumn && !hasAnswer) { return "answer" }
      if let index = members.firstIndex(of: name) { return "\(optionList).\(index + 1)" }
      return Self.fieldName(name, answerColumn)
    }
    let items = template?.names.filter { $0.hasPrefix(optionList + ".") }.count ?? 0
    perRow?.shown = items > 0 ? items : nil
    let unseen = table.names.filter { name in
      name != answerColumn && !given.names.contains { $0 == name || $0.hasPrefix(name + ".") }
        && !members.contains(name)
    }
    if !unseen.isEmpty, known == nil { notes.append("not shown: \(AnswerColumn.shown(unseen))") }
  }

  /// A column named `answer` that is not the answer would clash with the output field.
  private static func fieldName(_ column: String, _ answer: String) -> String {
    column == "answer" ? "answer_column" : column
  }

  private func check(
    _ name: String, _ list: inout (name: String, places: [String])
  ) throws(InputError) {
    if name == "answer" || table[name]?.texts ?? 0 > 0 { return }
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    let isGroup = parts[0] == perRow?.columns.list
    if parts.count == 2, isGroup || table[parts[0]]?.lists ?? 0 > 0 {
      guard let position = Int(parts[1]), position > 0 else {
        throw InputError("--template: {\(name)} needs an item's position from 1 after the point")
      }
      return
    }
    let lists = table.columns.filter { $0.lists > 0 }.map(\.name)
    if lists.contains(name) {
      throw InputError("--template: {\(name)} is a list; name its items as {\(name).1}")
    }
    throw InputError(
      "--template: no column {\(name)}\(didYouMean(name, among: table.names)); columns: "
        + AnswerColumn.shown(table.names))
  }

  // MARK: Fixed options

  /// The options that all rows share; nil for free answers.
  private mutating func fixedOptions() throws(InputError) -> [String]? {
    if isFirstOfList {
      if case .listed(let texts) = settings.options { return texts }
      if settings.options == .found {
        throw InputError(
          "--options found: the answers in '\(answerColumn)' are lists; name the options as "
            + "--options 'a,b,c', or give --options free")
      }
      return nil
    }
    guard let column = table[answerColumn], column.lists == 0 else {
      throw InputError(
        "\(file): the column '\(answerColumn)' holds lists; an answer is one text, and --answer names "
          + "another column")
    }
    switch settings.options {
    case .free: return nil
    case .listed(let texts): return texts
    case .found, .automatic, .column: break
    }
    let distinct = try named(column)
    let isAutomatic = settings.options == .automatic
    if column.isOpen, !isAutomatic {
      throw InputError(
        "--options found: '\(answerColumn)' has long texts, or more than "
          + "\(ColumnTable.mostDistinct) different ones; give --options free")
    }
    // A harness writes a document once for each filter.
    let rows = kind == .lmEval ? min(table.rows, records.count) : table.rows
    if isAutomatic, column.isOpen || distinct.count > max(2, rows / 2) {
      notes.append(
        "the answers hardly repeat, so they are free text; --options found makes options of them")
      return nil
    }
    guard distinct.count > 1 else {
      throw InputError(
        "\(file): every answer in '\(answerColumn)' is \(quoted(distinct.first ?? "")); a task needs "
          + "at least two, and --answer names another column")
    }
    guard !isAutomatic || distinct.count <= 20 else {
      throw InputError(
        "\(file): \(distinct.count) different answers in '\(answerColumn)' ("
          + distinct.prefix(5).map { quoted($0, limit: 30) }.joined(separator: ", ")
          + ", …); confirm them with --options found, name them as --options 'a,b,c', or give "
          + "--options free")
    }
    noteTwins(distinct)
    notes.append(
      "the options are " + distinct.map { quoted($0, limit: 30) }.joined(separator: ", "))
    return distinct
  }

  /// Tells of options that a person would take for one.
  private mutating func noteTwins(_ options: [String]) {
    func plain(_ text: String) -> String { Double(text).map { "\($0)" } ?? text.lowercased() }
    let twins = Dictionary(grouping: options, by: plain).values.filter { $0.count > 1 }
    for twin in twins.map({ $0.sorted() }).sorted(by: { $0[0] < $1[0] }) {
      let difference = Double(twin[0]) == nil ? "differ in case only" : "are the same number"
      notes.append(
        "the answers \(twin.map { quoted($0) }.joined(separator: " and ")) \(difference), and are "
          + "options of their own")
    }
  }

  /// The distinct answers, by the names that were given for them.
  private mutating func named(_ column: ColumnTable.Column) throws(InputError) -> [String] {
    let distinct = column.distinct
    let names = settings.labels.isEmpty ? labelNames[answerColumn] ?? [] : settings.labels
    guard !names.isEmpty else {
      let numbers = distinct.compactMap { Int($0) }
      if (2...20).contains(distinct.count), let first = numbers.first, (0...1).contains(first),
        numbers == Array(first..<(first + distinct.count))
      {
        notes.append("the answers are numbers; --labels 'a,b' gives them names in rising order")
      }
      return distinct
    }
    let numbers = distinct.compactMap { Int($0) }
    if numbers.count == distinct.count, numbers.allSatisfy(names.indices.contains) {
      renamed = Dictionary(uniqueKeysWithValues: numbers.map { (String($0), names[$0]) })
    } else if distinct.count == names.count {
      renamed = Dictionary(uniqueKeysWithValues: zip(distinct, names))
    } else if !settings.labels.isEmpty {
      throw InputError(
        "--labels: \(names.count) names for \(distinct.count) answers in '\(answerColumn)' ("
          + distinct.prefix(8).map { quoted($0, limit: 20) }.joined(separator: ", ") + ")")
    } else {
      return distinct
    }
    return names
  }

  private var renamed: [String: String] = [:]

  // MARK: Examples

  private mutating func leaveOut(_ record: Record, _ reason: String) {
    if let index = leftOut.firstIndex(where: { $0.reason == reason }) {
      leftOut[index].tally.add(record.place)
    } else {
      var tally = Tally()
      tally.add(record.place)
      leftOut.append((reason, tally))
    }
  }

  private mutating func examples(_ options: [String]?) throws(InputError) -> [JSON] {
    var examples: [JSON] = []
    for record in records {
      switch example(record, options) {
      case .success(let example): examples.append(example)
      case .failure(let gap): leaveOut(record, gap.reason)
      }
    }
    guard !examples.isEmpty else {
      throw InputError(
        "\(file): no row can be used: "
          + leftOut.map { "\($0.tally.text("row")) \($0.reason)" }.joined(separator: "; "))
    }
    return examples
  }

  private struct Gap: Error {
    let reason: String
  }

  private func example(_ record: Record, _ options: [String]?) -> Result<JSON, Gap> {
    var object = JSONObject()
    for name in template?.names ?? [] where name != "answer" {
      let list = String(
        name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)[0])
      let isItem = table[name]?.texts ?? 0 == 0 && name.contains(".")
      if isItem {
        guard object[list] == nil else { continue }
        let texts = list == perRow?.columns.list ? perRow?.columns.texts(record) : record.list(list)
        guard let texts, !texts.contains(where: \.isBlank) else {
          return .failure(Gap(reason: "without '\(list)'"))
        }
        if list == perRow?.columns.list, let shown = perRow?.shown, texts.count != shown {
          return .failure(Gap(reason: "with \(texts.count) options, not \(shown)"))
        }
        object[list] = .strings(texts)
      } else {
        let column = name == "answer_column" && table[name] == nil ? "answer" : name
        guard let text = record.text(column) else {
          return .failure(Gap(reason: "without a text in '\(column)'"))
        }
        object[name] = .string(text)
      }
    }
    guard let answer = record.text(answerColumn) else {
      return .failure(Gap(reason: "without an answer in '\(answerColumn)'"))
    }
    guard let perRow else {
      var text = renamed[answer.trimmed] ?? answer.trimmed
      if let options {
        // Up to canonical equivalence; what the task compares by bytes must be the option's own text.
        guard let option = options.first(where: { $0 == text }) else {
          return .failure(
            Gap(reason: "with an answer that is no option (\(quoted(text, limit: 30)))"))
        }
        text = option
      }
      object["answer"] = .string(options == nil ? text : text.bracesDoubled)
      return .success(.object(object))
    }
    guard let texts = perRow.columns.texts(record), texts.count > 1 else {
      return .failure(Gap(reason: "without options"))
    }
    guard let position = perRow.way.position(answer, options: texts, record: record) else {
      return .failure(Gap(reason: "whose answer names no option, or two"))
    }
    if let same = perRow.same {
      object["answer"] = .string(same[position].bracesDoubled)
      return .success(.object(object))
    }
    if perRow.shown == nil { object[perRow.columns.list] = .strings(texts) }
    if let known, !known.answerLead.isEmpty {
      object["answer"] = .string(labelled(position))
      return .success(.object(object))
    }
    guard let answer = Self.answer(position, texts) else {
      return .failure(Gap(reason: "with the right option twice"))
    }
    object["answer"] = answer
    return .success(.object(object))
  }

  /// An answer that is a label with words before it, as `Option {options.1}`.
  private func labelled(_ position: Int) -> String {
    "\(known?.answerLead ?? ""){\(perRow?.columns.list ?? "").\(position + 1)}"
  }

  /// The text of the right option; its position where two have this text and no option reads like it.
  private static func answer(_ position: Int, _ texts: [String]) -> JSON? {
    if texts.count(where: { $0.utf8.elementsEqual(texts[position].utf8) }) == 1 {
      return .string(texts[position])
    }
    let number = String(position + 1)
    return texts.contains(number) ? nil : .integer(position + 1)
  }

  // MARK: The document

  private mutating func finish(
    _ examples: [JSON], _ options: [String]?
  ) throws(InputError) -> ImportedTask {
    if let perRow, known == nil, let same = perRow.same {
      notes.append(
        "the options are the same in every row: \(same.map { quoted($0, limit: 30) }.joined(separator: ", "))"
      )
    } else if let perRow, known == nil {
      notes.append(
        "the options are those of each row in '\(perRow.columns.list)': \(perRow.way.summary)")
      if case .position = perRow.way, settings.firstPosition == nil, isAmbiguous(perRow) {
        notes.append("positions may as well count from 1; --first-position 1 says so")
      }
    }
    for (reason, tally) in leftOut { notes.append("left out \(tally.text("row")) \(reason)") }
    let sample = table.sample
    if sample.seen > sample.records.count {
      notes.append(
        "drew \(sample.records.count) of \(sample.seen) rows by chance (--limit, --seed)"
          + (sample.wasShrunk ? "; more would take over \(sample.bytes >> 20) MB" : ""))
    }
    if let known {
      var given: JSON? = options.map { .strings($0.map(\.bracesDoubled)) }
      if let perRow {
        given =
          known.answerLead.isEmpty
          ? .string(perRow.columns.list) : .strings((0..<(perRow.shown ?? 0)).map(labelled))
      }
      return try writer.task(
        structure: known.structure, options: given, examples: examples, notes: notes)
    }
    return try writer.task(
      template: template?.text ?? "", place: settings.template == nil ? file : "--template",
      options: perRow.map { row in
        row.same.map { .strings($0.map(\.bracesDoubled)) } ?? .string(row.columns.list)
      }
        ?? options.map { .strings($0.map(\.bracesDoubled)) }, examples: examples, notes: notes)
  }

  private func isAmbiguous(_ perRow: PerRow) -> Bool {
    let rows = records.compactMap { record in
      record.text(answerColumn).flatMap { answer in
        perRow.columns.texts(record).map { (answer: answer, options: $0, record: record) }
      }
    }
    return rows.allSatisfy { row in
      OptionAnswer.position(from: 1).position(row.answer, options: row.options, record: row.record)
        != nil
    }
  }
}
