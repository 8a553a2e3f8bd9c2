import Prompts
import Runs
package import Sensitivity

extension StoredAnswers {
  /// All metrics of the task, or of some of its examples.
  ///
  /// - Parameters:
  ///   - chosen: Columns of the grid; nil for all.
  ///   - resamples: Of the bootstrap.
  ///   - seed: Fixes every draw.
  /// - Returns: Figures with their intervals.
  package func metrics(_ chosen: [Int]? = nil, resamples: Int, seed: UInt64) -> Metrics {
    guard let chosen else {
      return Metrics(
        grid, hasOriginal: true, index: index, points: points, resamples: resamples, seed: seed)
    }
    var column = [Int](repeating: -1, count: grid.examples)
    for (place, example) in chosen.enumerated() { column[example] = place }
    return Metrics(
      grid.keeping(chosen), hasOriginal: true, index: index.keeping(chosen),
      points: points.filter { column[$0.example] >= 0 }.map {
        .init(format: $0.format, example: column[$0.example], vector: $0.vector)
      }, resamples: resamples, seed: seed)
  }
}

/// The answers to each example by format, as POSIX needs them.
///
/// The journal has all likelihoods where options have the same texts in every format; otherwise they
/// are what `posix.jsonl` has.
struct StoredResponses {
  private let answers: AnswerList
  /// The last answer of each cell, format by format; negative for none.
  private var cells: [Int32]
  private let columns: [Int]
  private let formats: Int
  private let examples: Int

  /// Pairs of prompts that are compared at most; a large run is drawn from by its first examples, whose
  /// order is random.
  private static let mostPairs = 50_000_000

  /// - Parameters:
  ///   - answers: The answered cells of one task.
  ///   - columns: The grid's column of each example of the task's file.
  ///   - formats: How many formats there are.
  ///   - examples: How many columns.
  init(_ answers: AnswerList, columns: [Int], formats: Int, examples: Int) {
    self.answers = answers
    self.columns = columns
    self.formats = formats
    self.examples = examples
    cells = Array(repeating: -1, count: formats * examples)
    for place in answers.indices {
      let column = columns[Int(answers.examples[place])]
      cells[Int(answers.formats[place]) * examples + column] = Int32(place)
    }
  }

  /// POSIX of each example.
  func index(_ scores: [CrossScore], length: Int?) -> PromptSensitivityIndex {
    if hasCommonTexts { return PromptSensitivityIndex(examples, length: length, likelihoods) }
    var byExample: [Int: [CrossScore]] = [:]
    for score in scores where score.example < columns.count && columns[score.example] >= 0 {
      byExample[columns[score.example], default: []].append(score)
    }
    return PromptSensitivityIndex(examples, length: length) { example in
      likelihoods(example, byExample[example] ?? [])
    }
  }

  /// Whether an option is the same text in every format.
  ///
  /// Either the same for all examples, or each example's own. Labels are neither: they follow the format.
  private var hasCommonTexts: Bool {
    var common: [Int: Int32] = [:]
    var own: [Int: Int32] = [:]
    var isCommon = true
    var isOwn = true
    var varies = [Bool](repeating: false, count: formats)
    var first: [Int: Int32] = [:]
    for (index, place) in cells.enumerated() where place >= 0 {
      let text = answers.predictions[Int(place)]
      guard text >= 0 else { continue }
      guard let choice = answers.choice(Int(place)), choice < answers.scored[Int(place)] else {
        return false
      }
      let format = index / examples
      if common[choice, default: text] != text { isCommon = false }
      common[choice] = text
      let key = index % examples * 4096 + choice
      if own[key, default: text] != text { isOwn = false }
      own[key] = text
      let row = format * 4096 + choice
      if first[row, default: text] != text { varies[format] = true }
      first[row] = text
    }
    guard !common.isEmpty else { return false }
    return isCommon || isOwn && varies.allSatisfy(\.self)
  }

  /// From the scores of the options.
  private func likelihoods(_ example: Int) -> CrossLikelihoods? {
    guard example < max(1, Self.mostPairs / max(1, formats * formats)) else { return nil }
    let rows = (0..<formats).map { Int(cells[$0 * examples + example]) }.filter { $0 >= 0 }
    guard let first = rows.first, rows.count > 1 else { return nil }
    let options = rows.map { Int(answers.scored[$0]) }.max() ?? 0
    guard rows.allSatisfy({ Int(answers.scored[$0]) == options }) else { return nil }
    return CrossLikelihoods(
      responses: rows.map { answers.choice($0) ?? -1 },
      tokens: (0..<options).map { answers.score(first, $0).tokens },
      logProbabilities: rows.map { row in
        (0..<options).map {
          answers.isCensored(row, $0) ? .nan : answers.score(row, $0).logProbability
        }
      })
  }

  /// From what was measured besides.
  private func likelihoods(_ example: Int, _ scores: [CrossScore]) -> CrossLikelihoods? {
    // A later line of a cell has all that an earlier one has.
    var lines: [Int: CrossScore] = [:]
    for line in scores where line.format < formats { lines[line.format] = line }
    let asked = lines.keys.sorted()
    guard asked.count > 1 else { return nil }
    var texts: [String: Int] = [:]
    var tokens: [Int] = []
    for response in asked.flatMap({ lines[$0]?.responses ?? [] })
    where texts[response.text] == nil {
      texts[response.text] = tokens.count
      tokens.append(response.tokens)
    }
    return CrossLikelihoods(
      responses: asked.map { format in
        let place = Int(cells[format * examples + example])
        return place < 0 ? -1 : answers.text(place).flatMap { texts[$0] } ?? -1
      }, tokens: tokens,
      logProbabilities: asked.map { format in
        var row = [Double](repeating: .nan, count: tokens.count)
        for response in lines[format]?.responses ?? [] {
          if let place = texts[response.text] { row[place] = response.logProbability }
        }
        return row
      })
  }
}
