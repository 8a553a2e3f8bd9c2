import Foundation
import Prompts
import Runs
import Sensitivity
import Statistics

/// Turns answers into a grid: numbers the answers, names them, and finds the right ones.
struct GridBuilder {
  private(set) var grid: AnswerGrid
  /// The different answers to each example, for free text.
  private(set) var texts: [[String]] = []

  private let answers: AnswerList
  /// The grid's cell of each answer.
  private let cells: [Int]

  /// - Parameters:
  ///   - answers: The answered cells of one task.
  ///   - columns: The grid's column of each example of the task's file.
  ///   - formats: How many formats there are.
  init(_ answers: AnswerList, columns: [Int], formats: Int) {
    self.answers = answers
    let width = (columns.max() ?? -1) + 1
    grid = AnswerGrid(formats: formats, examples: width)
    cells = answers.indices.map {
      Int(answers.formats[$0]) * width + columns[Int(answers.examples[$0])]
    }
    for place in answers.indices where answers.correct[place] != ResponseMatrix.missing {
      grid.correct[cells[place]] = answers.correct[place]
    }
    if answers.choices.contains(where: { $0 >= 0 }) {
      number()
      name()
      findRightAnswers()
      weigh()
    } else if answers.predictions.contains(where: { $0 >= 0 }) {
      compareTexts()
    }
  }

  private func column(_ place: Int) -> Int { cells[place] % grid.examples }

  private mutating func number() {
    var options = 1
    for place in answers.indices {
      options = max(options, Int(answers.scored[place]), Int(answers.choices[place]) + 1)
    }
    grid.options = options
    grid.hasOther = answers.choices.contains { $0 < 0 }
    grid.predictions = Array(repeating: -1, count: grid.correct.count)
    for place in answers.indices {
      grid.predictions[cells[place]] = Int32(answers.choice(place) ?? options)
    }
  }

  /// Names each option by its text where that is the same everywhere, else by its position.
  private mutating func name() {
    let options = grid.options
    var common = [Int32](repeating: -1, count: options)
    var varies = [Bool](repeating: false, count: options)
    // The text of each option in each format, negative where there is none.
    var byFormat = [Int32](repeating: -1, count: grid.formats * options)
    var depends = false
    for place in answers.indices {
      let text = answers.predictions[place]
      guard let choice = answers.choice(place), text >= 0, answers.scored[place] > 0 else {
        continue
      }
      if common[choice] >= 0, common[choice] != text { varies[choice] = true }
      common[choice] = text
      let own = Int(answers.formats[place]) * options + choice
      if byFormat[own] >= 0, byFormat[own] != text { depends = true }
      byFormat[own] = text
    }
    let isFixed = !varies.contains(true)
    grid.classes = (0..<options).map { option in
      isFixed && common[option] >= 0
        ? answers.texts[Int(common[option])] : "option \(option + 1)"
    }
    if grid.hasOther { grid.classes.append("other") }
    guard !isFixed, !depends else { return }
    var names: [String] = []
    grid.labels = (0..<grid.formats).map { format in
      byFormat[(format * options)..<((format + 1) * options)].map { number in
        guard number >= 0 else { return -1 }
        let text = answers.texts[Int(number)]
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
    for place in answers.indices {
      guard let choice = answers.choice(place), answers.correct[place] != ResponseMatrix.missing
      else { continue }
      let column = column(place)
      if answers.correct[place] == 1 {
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
    let options = grid.options
    func hasScores(_ place: Int) -> Bool {
      Int(answers.scored[place]) == options && !answers.hasCensored(place)
    }
    guard options > 1, answers.indices.contains(where: hasScores) else { return }
    // A swept scoring compares labels in one format and texts in another.
    var open = [[Normalization]](repeating: Normalization.allCases, count: grid.formats)
    for place in answers.indices where hasScores(place) {
      let format = Int(answers.formats[place])
      for one in open[format] where !explains(place, one) { open[format].removeAll { $0 == one } }
    }
    guard open.allSatisfy({ !$0.isEmpty }) else { return }
    let common = Normalization.allCases.first { one in open.allSatisfy { $0.contains(one) } }
    grid.probabilities = Array(repeating: .nan, count: grid.correct.count * options)
    var weights = [Double](repeating: 0, count: options)
    for place in answers.indices where hasScores(place) {
      let used = common ?? open[Int(answers.formats[place])][0]
      var best = -Double.infinity
      for option in 0..<options {
        weights[option] = answers.score(place, option).value(used)
        best = max(best, weights[option])
      }
      var total = 0.0
      for option in 0..<options {
        weights[option] = exp(weights[option] - best)
        total += weights[option]
      }
      let start = cells[place] * options
      for option in 0..<options {
        grid.probabilities[start + option] = Float(weights[option] / total)
      }
    }
  }

  /// Whether comparing the scores like this leads to the choice.
  private func explains(_ place: Int, _ normalization: Normalization) -> Bool {
    var best = (option: 0, value: answers.score(place, 0).value(normalization))
    for option in 1..<Int(answers.scored[place]) {
      let value = answers.score(place, option).value(normalization)
      if value > best.value { best = (option, value) }
    }
    return best.option == Int(answers.choices[place])
  }

  /// Free texts are the same answer when the paper's prefix match would see no difference.
  private mutating func compareTexts() {
    grid.predictions = Array(repeating: -1, count: grid.correct.count)
    texts = Array(repeating: [], count: grid.examples)
    var keys: [String: Int32] = [:]
    // For each text the number of its key.
    let keyOf = answers.texts.map { text -> Int32 in
      let key = text.trimmingCharacters(in: Self.passedOver).lowercased()
      let number = keys[key] ?? Int32(keys.count)
      keys[key] = number
      return number
    }
    var numbers = [[Int32: Int32]](repeating: [:], count: grid.examples)
    for place in answers.indices {
      let text = answers.predictions[place]
      guard text >= 0 else { continue }
      let column = column(place)
      let key = keyOf[Int(text)]
      if numbers[column][key] == nil {
        numbers[column][key] = Int32(texts[column].count)
        texts[column].append(answers.texts[Int(text)])
      }
      grid.predictions[cells[place]] = numbers[column][key] ?? -1
    }
  }

  private static let passedOver = CharacterSet(charactersIn: " .,()\n-><")
}
