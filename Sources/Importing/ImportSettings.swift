package import Basics

/// The shapes of data that can be made into a task.
package enum ImportKind: String, Sendable, Hashable, CaseIterable {
  case csv
  case tsv
  case jsonl
  case json
  case naturalInstructions = "natural-instructions"
  case instructionInduction = "instruction-induction"
  case bbh
  case mmlu
  case huggingface
  case lmEval = "lm-eval"

  package var summary: String {
    switch self {
    case .csv: "a table with a row of column names, separated by commas"
    case .tsv: "a table with a row of column names, separated by tabs"
    case .jsonl: "one JSON object a line"
    case .json: "a list of objects, an object that holds one, or an object of columns"
    case .naturalInstructions: "Super-NaturalInstructions, one task a file"
    case .instructionInduction: "the two files of a task: annotations and raw/induce"
    case .bbh: "BIG-bench Hard, one task a file"
    case .mmlu: "question, four options and a letter, with or without column names"
    case .huggingface: "a dataset exported as JSON, JSON lines or by its viewer's interface"
    case .lmEval: "the samples that lm-evaluation-harness writes with --log_samples"
    }
  }

  /// Whether each file is a task of its own; otherwise several files are one.
  package var isTaskPerFile: Bool {
    self == .naturalInstructions || self == .bbh || self == .lmEval
  }
}

/// What the user says about the data; the rest is found in it.
package struct ImportSettings: Sendable {
  /// The task's name; by default the file's.
  package var name: String?
  /// A text with `{column}` where the columns go; the last one, or `{answer}`, is the answer.
  package var template: String?
  /// The column that holds the answer.
  package var answer: String?
  package var options = OptionChoice.automatic
  /// Names for the answers 0, 1, 2 ….
  package var labels: [String] = []
  package var instruction: String?
  /// The member of a JSON file that holds the rows.
  package var rows: String?
  /// The byte between the cells of a table.
  package var separator: UInt8?
  /// Whether a table begins with a row of names; nil finds out where the kind allows it.
  package var hasHeader: Bool?
  /// What the first option's position is where answers are positions; nil finds out.
  package var firstPosition: Int?
  /// Rows kept at most; of more, a sample is drawn.
  package var limit = 10_000
  package var seed: UInt64 = 0
  /// The structures of known Super-NaturalInstructions tasks.
  package var structures: JSONReader?

  package init() {}

  package enum OptionChoice: Sendable, Hashable {
    /// Found in the data; refused where there are many.
    case automatic
    /// Found in the data, however many.
    case found
    /// None: the answer is any text.
    case free
    /// Exactly these.
    case listed([String])
    /// The list in this column.
    case column(String)
  }
}

/// A task made from data.
package struct ImportedTask: Sendable {
  package let name: String
  /// A task in the native schema.
  package let document: JSON
  /// What was found, chosen and left out, one line each.
  package let notes: [String]

  package init(name: String, document: JSON, notes: [String]) {
    self.name = name
    self.document = document
    self.notes = notes
  }
}
