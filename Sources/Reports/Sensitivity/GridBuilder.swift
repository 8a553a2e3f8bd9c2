import Foundation
import Prompts
import Runs
import Sensitivity
import Statistics

/// Turns records into a grid: numbers the answers, names them, and finds the right ones.
struct GridBuilder {
  private(set) var grid: AnswerGrid
  /// The different answers to each example, for free text.
  private(set) var texts: [[String]] = []

  private let records: [EvaluationRecord]
  private let columns: [Int]

  /// - Parameters:
  ///   - records: The answered cells of one task.
  ///   - columns: The grid's column of each example of the task's file.
  ///   - formats: How many formats there are.
  init(_ records: [EvaluationRecord], columns: [Int], formats: Int) {
    self.records = records
    self.columns = columns
    let width = (columns.max() ?? -1) + 1
    grid = AnswerGrid(formats: formats, examples: width)
    // Places instead of records: a loop over records copies each of them whole.
    for place in records.indices {
      if let isCorrect = records[place].isCorrect { grid.correct[cell(place)] = isCorrect ? 1 : 0 }
    }
    if records.indices.contains(where: { records[$0].choice != nil }) {
      number()
      name()
      findRightAnswers()
      weigh()
    } else if records.indices.contains(where: { records[$0].prediction != nil }) {
      compareTexts()
    }
  }

  private func cell(_ place: Int) -> Int {
    records[place].format * grid.examples + columns[records[place].example]
  }

  private mutating func number() {
    var options = 1
    for place in records.indices {
      options = max(options, records[place].scores.count, (records[place].choice ?? 0) + 1)
    }
    grid.options = options
    grid.hasOther = records.indices.contains { records[$0].choice == nil }
    grid.predictions = Array(repeating: -1, count: grid.correct.count)
    for place in records.indices {
      grid.predictions[cell(place)] = Int32(records[place].choice ?? options)
    }
  }

  /// Names each option by its text where that is the same everywhere, else by its position.
  private mutating func name() {
    let options = grid.options
    var common = [String?](repeating: nil, count: options)
    var varies = [Bool](repeating: false, count: options)
    // The text of each option in each format, nil where it depends on the example.
    var byFormat = [[String?]](
      repeating: Array(repeating: nil, count: options), count: grid.formats)
    var depends = false
    for place in records.indices {
      guard let choice = records[place].choice, let text = records[place].prediction,
        !records[place].scores.isEmpty
      else { continue }
      let format = records[place].format
      if let known = common[choice], known != text { varies[choice] = true }
      common[choice] = text
      if let known = byFormat[format][choice], known != text { depends = true }
      byFormat[format][choice] = text
    }
    let isFixed = !varies.contains(true)
    grid.classes = (0..<options).map { option in
      isFixed ? common[option] ?? "option \(option + 1)" : "option \(option + 1)"
    }
    if grid.hasOther { grid.classes.append("other") }
    guard !isFixed, !depends else { return }
    var names: [String] = []
    grid.labels = byFormat.map { row in
      row.map { text in
        guard let text else { return -1 }
        if let known = names.firstIndex(of: text) { return Int32(known) }
        names.append(text)
        return Int32(names.count - 1)
      }
    }
    grid.labelNames = names
  }

  /// The right answer is known once a format found it, or once all others were found wrong.
  private mutating func findRightAnswers() {
    var wrong = [Set<Int>](repeating: [], count: grid.examples)
    for place in records.indices {
      guard let choice = records[place].choice, let isCorrect = records[place].isCorrect else {
        continue
      }
      let column = columns[records[place].example]
      if isCorrect {
        grid.gold[column] = Int32(choice)
      } else if grid.gold[column] < 0 {
        wrong[column].insert(choice)
      }
    }
    for column in wrong.indices
    where grid.gold[column] < 0 && wrong[column].count == grid.options - 1 {
      let open = (0..<grid.options).first { !wrong[column].contains($0) }
      grid.gold[column] = Int32(open ?? -1)
    }
  }

  /// Probabilities are the softmax of what the options were compared by, so that they agree with the
  /// choices; a cell with a score that is only a bound has none.
  private mutating func weigh() {
    let scored = records.indices.filter {
      records[$0].scores.count == grid.options && records[$0].censored.isEmpty
    }
    guard !scored.isEmpty, grid.options > 1 else { return }
    // A swept scoring compares labels in one format and texts in another.
    var open = [[Normalization]](repeating: Normalization.allCases, count: grid.formats)
    for place in scored {
      open[records[place].format].removeAll {
        Ranking(records[place].scores, by: $0).choice != records[place].choice
      }
    }
    guard open.allSatisfy({ !$0.isEmpty }) else { return }
    let common = Normalization.allCases.first { one in open.allSatisfy { $0.contains(one) } }
    let options = grid.options
    grid.probabilities = Array(repeating: .nan, count: grid.correct.count * options)
    var weights = [Double](repeating: 0, count: options)
    for place in scored {
      let used = common ?? open[records[place].format][0]
      var best = -Double.infinity
      for option in 0..<options {
        weights[option] = records[place].scores[option].value(used)
        best = max(best, weights[option])
      }
      var total = 0.0
      for option in 0..<options {
        weights[option] = exp(weights[option] - best)
        total += weights[option]
      }
      let start = cell(place) * options
      for option in 0..<options {
        grid.probabilities[start + option] = Float(weights[option] / total)
      }
    }
  }

  /// Free texts are the same answer when the paper's prefix match would see no difference.
  private mutating func compareTexts() {
    grid.predictions = Array(repeating: -1, count: grid.correct.count)
    texts = Array(repeating: [], count: grid.examples)
    var numbers = [[String: Int32]](repeating: [:], count: grid.examples)
    for place in records.indices {
      guard let text = records[place].prediction else { continue }
      let column = columns[records[place].example]
      let key = text.trimmingCharacters(in: Self.passedOver).lowercased()
      if numbers[column][key] == nil {
        numbers[column][key] = Int32(texts[column].count)
        texts[column].append(text)
      }
      grid.predictions[cell(place)] = numbers[column][key] ?? -1
    }
  }

  private static let passedOver = CharacterSet(charactersIn: " .,()\n-><")
}
