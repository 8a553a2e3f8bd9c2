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

  /// How likely the responses are after the other prompts, example by example of the grid.
  ///
  /// The journal has it all where options have the same texts in every format; otherwise it is what
  /// `posix.jsonl` has.
  static func likelihoods(
    _ records: [EvaluationRecord], columns: [Int], formats: Int, examples: Int,
    _ scores: [CrossScore]
  ) -> [CrossLikelihoods?] {
    let known = StoredResponses(records, columns: columns, formats: formats, examples: examples)
    return known.hasCommonTexts ? known.likelihoods : known.likelihoods(scores, columns: columns)
  }
}

/// The answers to each example by format, as POSIX needs them.
private struct StoredResponses {
  /// Format by format, a row of examples.
  private var cells: [EvaluationRecord?]
  private let formats: Int
  private let examples: Int

  /// Pairs of prompts that are compared at most; a large run is drawn from by its first examples, whose
  /// order is random.
  private static let mostPairs = 50_000_000

  init(_ records: [EvaluationRecord], columns: [Int], formats: Int, examples: Int) {
    self.formats = formats
    self.examples = examples
    cells = Array(repeating: nil, count: formats * examples)
    for record in records { cells[record.format * examples + columns[record.example]] = record }
  }

  /// Whether an option is the same text in every format.
  ///
  /// Either the same for all examples, or each example's own. Labels are neither: they follow the format.
  var hasCommonTexts: Bool {
    var common: [Int: String] = [:]
    var own: [Int: String] = [:]
    var isCommon = true
    var isOwn = true
    var varies = [Bool](repeating: false, count: formats)
    var first: [Int: String] = [:]
    for (index, record) in cells.enumerated() {
      guard let record, let text = record.prediction else { continue }
      guard let choice = record.choice, choice < record.scores.count else { return false }
      let format = index / examples
      if common[choice, default: text] != text { isCommon = false }
      common[choice] = text
      let key = index % examples * 4096 + choice
      if own[key, default: text] != text { isOwn = false }
      own[key] = text
      let place = format * 4096 + choice
      if first[place, default: text] != text { varies[format] = true }
      first[place] = text
    }
    guard !common.isEmpty else { return false }
    return isCommon || isOwn && varies.allSatisfy(\.self)
  }

  /// From the scores of the options.
  var likelihoods: [CrossLikelihoods?] {
    let most = max(1, Self.mostPairs / max(1, formats * formats))
    return (0..<examples).map { example in
      guard example < most else { return nil }
      let rows = (0..<formats).compactMap { cells[$0 * examples + example] }
      let options = rows.map(\.scores.count).max() ?? 0
      guard rows.count > 1, rows.allSatisfy({ $0.scores.count == options }) else { return nil }
      var tokens = [Int](repeating: 0, count: options)
      for row in rows.reversed() { tokens = row.scores.map(\.tokens) }
      return CrossLikelihoods(
        responses: rows.map { $0.choice ?? -1 }, tokens: tokens,
        logProbabilities: rows.map { row in
          row.scores.indices.map {
            row.censored.contains($0) ? .nan : row.scores[$0].logProbability
          }
        })
    }
  }

  /// From what was measured besides.
  func likelihoods(_ scores: [CrossScore], columns: [Int]) -> [CrossLikelihoods?] {
    var byExample: [Int: [CrossScore]] = [:]
    for score in scores where score.example < columns.count && columns[score.example] >= 0 {
      byExample[columns[score.example], default: []].append(score)
    }
    return (0..<examples).map { example in
      // A later line of a cell has all that an earlier one has.
      var lines: [Int: CrossScore] = [:]
      for line in byExample[example] ?? [] where line.format < formats { lines[line.format] = line }
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
          cells[format * examples + example]?.prediction.flatMap { texts[$0] } ?? -1
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
}
