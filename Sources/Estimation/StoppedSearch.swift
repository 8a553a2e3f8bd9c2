package import Statistics

/// A search that ends as soon as a stopping rule has its answer.
///
/// The batches of the search underneath are handed out in pieces along the shared example order, all
/// formats on the same examples, so that a look after each piece sees what the intervals need: answers
/// without a gap from the beginning of the random order. Looks come at fixed numbers of evaluations, so the
/// same answers always stop at the same cell, at any concurrency and after any interruption.
package struct StoppedSearch: SearchStrategy {
  private var inner: any SearchStrategy
  private let rule: StoppingRule
  private var matrix: ResponseMatrix
  /// The batch that the search underneath waits for, and what is known of it.
  private var batch: [Cell] = []
  private var outcomes: [UInt8?] = []
  /// Places in the batch in the order in which they are asked, and how many of them were.
  private var order: [Int] = []
  private var done = 0
  private var piece: Range<Int> = 0..<0
  private var nextLook: Int
  /// Why the search ended early; nil while it goes on and when it came to its own end.
  package private(set) var reason: StoppingRule.Reason?
  package private(set) var asked = 0

  /// - Parameters:
  ///   - inner: A search at its beginning.
  ///   - arms: Its formats.
  ///   - examples: Its examples.
  ///   - rule: What is to be known.
  package init(_ inner: any SearchStrategy, arms: Int, examples: Int, rule: StoppingRule) {
    self.inner = inner
    self.rule = rule
    matrix = ResponseMatrix(arms: arms, examples: examples)
    nextLook = Self.look(after: 0, arms: arms)
  }

  /// Looks are a tenth of the evaluations apart, and at least four examples of every format.
  private static func look(after asked: Int, arms: Int) -> Int {
    asked + max(4 * arms, asked / 10)
  }

  package mutating func nextBatch() -> [Cell] {
    if reason != nil { return [] }
    if done == batch.count {
      if !batch.isEmpty { inner.observe(outcomes) }
      batch = inner.nextBatch()
      outcomes = Array(repeating: nil, count: batch.count)
      order = batch.indices.sorted {
        (batch[$0].example, batch[$0].arm) < (batch[$1].example, batch[$1].arm)
      }
      done = 0
    }
    var end = min(order.count, done + max(1, nextLook - asked))
    while end < order.count, end > 0,
      batch[order[end]].example == batch[order[end - 1]].example
    {
      end += 1
    }
    piece = done..<end
    // Cells of one format follow each other, for the sake of a server's prefix cache.
    order[piece].sort {
      (batch[$0].arm, batch[$0].example) < (batch[$1].arm, batch[$1].example)
    }
    return order[piece].map { batch[$0] }
  }

  package mutating func observe(_ results: [UInt8?]) {
    precondition(results.count == piece.count, "every cell of a batch has one outcome")
    for (place, result) in zip(order[piece], results) {
      outcomes[place] = result
      if let result { matrix[batch[place].arm, batch[place].example] = result }
    }
    asked += piece.count
    done = piece.upperBound
    guard asked >= nextLook else { return }
    nextLook = Self.look(after: asked, arms: matrix.arms)
    reason = rule.reason(SpreadInterval(matrix, confidence: rule.confidence))
    if reason != nil {
      inner.observe(outcomes)
      batch = []
      done = 0
    }
  }

  package var counted: Int { min(asked, inner.counted) }

  package var picks: SearchPicks? { inner.picks }
}

extension SearchSettings {
  /// Evaluations that the search asks for at most.
  package var mostEvaluations: Int {
    let all = arms * examples
    guard kind != .full else { return all }
    // The paper's accounting leaves the original's and the finalists' full evaluations out.
    return min(all, budget + (accounting == .paper ? 3 * examples : 0))
  }
}
