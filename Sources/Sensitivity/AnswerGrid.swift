package import Statistics

/// Everything that was answered by K formats on N examples: right or wrong, which answer, how sure.
///
/// Cells are stored row by row, a format's answers beside each other. What is unknown stays unknown:
/// a task without right answers has predictions only, a plain matrix of 0 and 1 has no predictions.
package struct AnswerGrid: Sendable, Hashable {
  package let formats: Int
  package let examples: Int
  /// 1 right, 0 wrong, 2 unknown; one byte a cell.
  package var correct: [UInt8]
  /// The number of the answer given, negative where there is none.
  ///
  /// Empty without predictions.
  package var predictions: [Int32]
  /// Names of the answers that predictions number: the options by position, then `other`.
  ///
  /// Empty where every example has answers of its own (free text); numbers are then compared within
  /// one example only.
  package var classes: [String]
  /// Whether the last class stands for answers that are no option.
  package var hasOther: Bool
  /// The right answer's number for each example; negative where unknown.
  package var gold: [Int32]
  /// The probabilities of the options, cell by cell; NaN in cells without.
  ///
  /// Empty where unknown.
  package var probabilities: [Float]
  /// Options with a probability.
  package var options: Int
  /// For each format the number of the label that it gives to each class; empty where labels are the
  /// classes themselves.
  package var labels: [[Int32]]
  /// The names that `labels` numbers, such as A or iv.
  package var labelNames: [String]

  /// A grid of right and wrong answers only.
  package init(_ matrix: ResponseMatrix) {
    self.init(formats: matrix.arms, examples: matrix.examples)
    for format in 0..<formats {
      correct.replaceSubrange(
        (format * examples)..<((format + 1) * examples), with: matrix.row(format))
    }
  }

  /// A grid in which nothing is known yet.
  package init(formats: Int, examples: Int) {
    precondition(formats >= 0 && examples >= 0, "a grid has no negative side")
    self.formats = formats
    self.examples = examples
    correct = Array(repeating: ResponseMatrix.missing, count: formats * examples)
    predictions = []
    classes = []
    hasOther = false
    gold = Array(repeating: -1, count: examples)
    probabilities = []
    options = 0
    labels = []
    labelNames = []
  }

  package var hasPredictions: Bool { !predictions.isEmpty }

  package var hasProbabilities: Bool { !probabilities.isEmpty && options > 1 }

  /// Whether any cell is known to be right or wrong.
  package var hasLabels: Bool { correct.contains { $0 != ResponseMatrix.missing } }

  /// Whether every cell is known to be right or wrong.
  package var isComplete: Bool { !correct.contains(ResponseMatrix.missing) }

  /// Right and wrong answers alone.
  package var matrix: ResponseMatrix {
    ResponseMatrix(
      rows: (0..<formats).map { Array(correct[($0 * examples)..<(($0 + 1) * examples)]) })
  }

  /// The cells of some examples only, in the given order.
  package func keeping(_ chosen: [Int]) -> AnswerGrid {
    var grid = AnswerGrid(formats: formats, examples: chosen.count)
    func kept<Value>(_ cells: [Value], width: Int = 1) -> [Value] {
      guard !cells.isEmpty else { return [] }
      var result: [Value] = []
      result.reserveCapacity(formats * chosen.count * width)
      for format in 0..<formats {
        for example in chosen {
          let start = (format * examples + example) * width
          result += cells[start..<(start + width)]
        }
      }
      return result
    }
    grid.correct = kept(correct)
    grid.predictions = kept(predictions)
    grid.probabilities = kept(probabilities, width: options)
    grid.classes = classes
    grid.hasOther = hasOther
    grid.gold = chosen.map { gold[$0] }
    grid.options = options
    grid.labels = labels
    grid.labelNames = labelNames
    return grid
  }

  /// The cells of some formats only, in the given order.
  package func selecting(_ chosen: [Int]) -> AnswerGrid {
    var grid = AnswerGrid(formats: chosen.count, examples: examples)
    func kept<Value>(_ cells: [Value], width: Int = 1) -> [Value] {
      cells.isEmpty
        ? []
        : chosen.flatMap { cells[($0 * examples * width)..<(($0 + 1) * examples * width)] }
    }
    grid.correct = kept(correct)
    grid.predictions = kept(predictions)
    grid.probabilities = kept(probabilities, width: options)
    grid.classes = classes
    grid.hasOther = hasOther
    grid.gold = gold
    grid.options = options
    grid.labels = labels.isEmpty ? [] : chosen.map { labels[$0] }
    grid.labelNames = labelNames
    return grid
  }

  /// The accuracy of each format over its known cells; nil before its first.
  package var accuracies: [Double?] {
    (0..<formats).map { format in
      var right = 0
      var asked = 0
      for value in correct[(format * examples)..<((format + 1) * examples)]
      where value != ResponseMatrix.missing {
        right += Int(value)
        asked += 1
      }
      return asked > 0 ? Double(right) / Double(asked) : nil
    }
  }

  /// The formats known on at least half as many examples as the one known on most.
  ///
  /// A search may have asked a format a handful of questions; its accuracy says nothing.
  package var comparable: [Int] {
    let known = (0..<formats).map { format in
      correct[(format * examples)..<((format + 1) * examples)].count {
        $0 != ResponseMatrix.missing
      }
    }
    let most = known.max() ?? 0
    return known.indices.filter { known[$0] > 0 && 2 * known[$0] >= most }
  }
}
