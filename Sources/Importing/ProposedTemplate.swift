import Basics

/// A template made from the names of the columns.
struct ProposedTemplate {
  let template: TemplateFields
  let notes: [String]

  /// Columns that identify a row and say nothing.
  private static let identifiers: Set<String> = [
    "id", "idx", "index", "uid", "guid", "uuid", "qid", "pid", "doc_id", "row_idx", "row", "key",
    "split", "source", "url", "link", "file", "filename", "date", "timestamp", "created_at",
    "unnamed: 0", "metadata", "meta", "ind", "source_id", "question_id", "example_id",
    "sentence_id",
  ]
  /// Columns that tell the answer in other words.
  private static let tellTales: Set<String> = [
    "explanation", "rationale", "exp", "solution", "chain_of_thought", "cot", "answer_text",
    "label_text", "label_name", "answer_idx", "answer_index", "gold", "target", "reason_text",
  ]
  private static let plainAnswers: Set<String> = [
    "answer", "label", "sentiment", "category", "topic", "intent", "class", "stance", "relation",
    "polarity", "type", "translation", "summary",
  ]

  /// Shows the columns but `answer` and those of `options`, and the list `shown` with labels.
  ///
  /// - Throws: `InputError` when no column is left.
  init(
    _ table: ColumnTable, answer: String, options: OptionColumns?,
    shown: (list: String, count: Int)?,
    file: String
  ) throws(InputError) {
    var notes: [String] = []
    var fields: [String] = []
    let members = Set(options?.members ?? [])
    for column in table.columns where column.name != answer && !members.contains(column.name) {
      guard let reason = Self.reasonToLeaveOut(column, table, answer: answer) else {
        fields.append(column.name)
        continue
      }
      if !reason.isEmpty { notes.append("not shown: the column '\(column.name)' (\(reason))") }
    }
    guard !fields.isEmpty else {
      throw InputError(
        "\(file): no column is left to show beside the answer '\(answer)'; give --template, such as "
          + "'Text: {text}\\nLabel: {answer}'; columns: \(AnswerColumn.shown(table.names))")
    }
    var parts: [TemplateFields.Part] = []
    for field in fields {
      parts.append(.text((parts.isEmpty ? "" : "\n") + Self.descriptor(field) + ": "))
      parts.append(.field(field))
    }
    if let shown {
      for index in 0..<shown.count {
        let label = Self.letter(index) ?? String(index + 1)
        parts.append(.text((index == 0 ? "\nOptions:\n" : "\n") + label + ". "))
        parts.append(.field("\(shown.list).\(index + 1)"))
      }
    }
    let isPlain = shown == nil && Self.plainAnswers.contains(answer.lowercased())
    parts += [
      .text("\n" + (isPlain ? Self.descriptor(answer) : "Answer") + ": "), .field("answer"),
      .text(""),
    ]
    template = TemplateFields(parts: parts)
    self.notes = notes
  }

  private static func letter(_ index: Int) -> String? {
    index < 26 ? Unicode.Scalar(UInt8(0x41 + index)).description : nil
  }

  /// Why a column is not proposed; empty for columns that hold nothing to show.
  private static func reasonToLeaveOut(
    _ column: ColumnTable.Column, _ table: ColumnTable, answer: String
  ) -> String? {
    let name = column.name.lowercased()
    if column.lists > 0 { return "" }
    if identifiers.contains(name) { return "it looks like an identifier" }
    if tellTales.contains(name) { return "it may tell the answer" }
    if column.texts * 10 < table.rows * 9 {
      return "empty in \(table.rows - column.texts) of \(table.rows) rows"
    }
    if table.rows > 2, !column.isOpen, column.counts.count == 1 { return "the same in every row" }
    if let labels = table[answer], tells(column, labels, table, answer: answer) {
      return "it goes with the answer one to one"
    }
    return nil
  }

  /// Whether the column and the answer determine each other, as a label and its name do.
  private static func tells(
    _ column: ColumnTable.Column, _ labels: ColumnTable.Column, _ table: ColumnTable, answer: String
  ) -> Bool {
    guard !column.isOpen, !labels.isOpen, column.counts.count == labels.counts.count,
      column.counts.count > 1, column.counts.count * 2 < table.rows
    else { return false }
    var pairs: [String: String] = [:]
    for record in table.sample.records {
      guard let text = record.text(column.name), let label = record.text(answer) else { continue }
      if pairs[text, default: label] != label { return false }
      pairs[text] = label
    }
    return Set(pairs.values).count == pairs.count
  }

  /// `review_text` and `reviewText` become `Review text`.
  static func descriptor(_ name: String) -> String {
    var words: [String] = [""]
    var wasLower = false
    for scalar in name.unicodeScalars {
      let isBreak = scalar == "_" || scalar == "-" || scalar == " "
      if isBreak || (wasLower && scalar.properties.isUppercase) { words.append("") }
      if !isBreak { words[words.count - 1].unicodeScalars.append(scalar) }
      wasLower = scalar.properties.isLowercase
    }
    let text = words.filter { !$0.isEmpty }.enumerated().map { index, word in
      index > 0 && word.dropFirst().contains(where: \.isLowercase) ? word.lowercased() : word
    }.joined(separator: " ")
    guard let first = text.first else { return "Field" }
    return first.uppercased() + text.dropFirst()
  }
}

extension TemplateFields {
  init(parts: [Part]) {
    self.parts = parts
  }
}
