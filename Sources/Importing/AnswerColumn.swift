import Basics

/// Finds the column that holds the answer.
enum AnswerColumn {
  /// The more telling name comes first.
  private static let known = [
    "answer", "label_text", "label_name", "label", "labels", "target", "gold", "gold_label",
    "answerkey", "answer_key", "correct_answer", "correct", "cop", "output", "class", "category",
    "sentiment", "polarity", "intent", "topic", "y", "expected", "completion", "response",
    "answer_idx", "answer_index", "correct_option", "winner", "stance", "relation", "type",
  ]

  /// - Returns: The column and, where it was not said, why this one.
  static func find(
    _ table: ColumnTable, settings: ImportSettings, template: TemplateFields?, file: String
  ) throws(InputError) -> (name: String, reason: String?) {
    let names = table.names
    if let given = settings.answer {
      guard names.contains(given) else {
        throw InputError(
          "--answer \(quoted(given)): no such column\(didYouMean(given, among: names)); columns: "
            + shown(names))
      }
      return (given, nil)
    }
    if let template, !template.names.contains("answer"), let last = template.names.last,
      names.contains(last)
    {
      return (last, nil)
    }
    for name in known {
      if let column = names.first(where: { $0.lowercased() == name }), table[column]?.lists == 0 {
        return (column, "the answer is the column '\(column)'; --answer names another")
      }
    }
    // A column of few different texts looks like a label.
    let labels = table.columns.filter { column in
      column.lists == 0 && !column.isOpen && column.counts.count > 1
        && column.counts.count * 5 <= table.rows
    }
    if let column = labels.last?.name {
      return (
        column,
        "the answer is the column '\(column)', which has few different texts; --answer names "
          + "another"
      )
    }
    throw InputError(
      "\(file): which column is the answer? give --answer COLUMN; columns: \(shown(names))")
  }

  static func shown(_ names: [String]) -> String {
    names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}
