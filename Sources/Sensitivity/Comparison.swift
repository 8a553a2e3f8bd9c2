import Basics
import Statistics

/// Several models, or one in several configurations, under the same formats on the same examples.
package struct Comparison: Sendable, Hashable {
  /// One side of the comparison.
  package struct Side: Sendable, Hashable {
    package let name: String
    package let mean: Figure
    package let lowest: Figure
    package let highest: Figure
    package let spread: Figure
    /// Under the task's own format; nil when it is not among the matched ones.
    package let original: Figure?
    /// Accuracy of the majority vote of randomly picked formats; without a value where answers are
    /// not stored.
    package let ensemble: Figure
    /// The rank of this side under each format, 1 the best, ties shared.
    package let bestRank: Double
    package let worstRank: Double
  }

  /// A format that no model does badly with.
  package struct SharedFormat: Sendable, Hashable {
    /// Its place among the matched formats.
    package let format: Int
    /// How far behind its own best format the model that likes it least is.
    package let regret: Double
    package let accuracies: [Double]
  }

  package let formats: Int
  package let examples: Int
  package let sides: [Side]
  package let pairs: [PairComparison]
  /// Kendall's W of the leaderboards under all formats; 1 when all formats rank the models alike.
  package let concordance: Figure
  /// The most places that a model moves between formats.
  package let largestShift: Double
  /// The best first.
  package let sharedFormats: [SharedFormat]
  /// How many formats vote in the ensembles.
  package let voters: Int
  /// What the comparison says, in words.
  package let verdict: String

  /// - Parameters:
  ///   - sides: Names and complete grids of equal size; rows and columns mean the same in all.
  ///   - original: The row of the task's own format.
  ///   - voters: Formats in the majority vote.
  ///   - resamples: Of the bootstrap.
  ///   - seed: Fixes every draw.
  /// - Precondition: At least two sides; grids of one size, with right and wrong in every cell.
  package init(
    _ sides: [(name: String, grid: AnswerGrid)], original: Int?, voters: Int = 5,
    resamples: Int = 1_000, seed: UInt64
  ) {
    precondition(sides.count > 1, "a comparison has two sides")
    let formats = sides[0].grid.formats
    let examples = sides[0].grid.examples
    precondition(
      sides.allSatisfy { $0.grid.formats == formats && $0.grid.examples == examples },
      "all sides answered the same cells")
    self.formats = formats
    self.examples = examples
    var generator = SeededGenerator(seed: seed, stream: "comparison bootstrap")
    let bootstrap = Bootstrap(examples: examples, resamples: resamples, using: &generator)
    let accuracies = sides.map { $0.grid.accuracies.map { $0 ?? 0 } }
    let draws = sides.map { side in
      let all = bootstrap.accuracies(side.grid.correct, rows: formats)
      return (0..<bootstrap.resamples).map { resample in
        Array(all[(resample * formats)..<((resample + 1) * formats)])
      }
    }
    let voters = min(voters, formats)
    self.voters = voters
    var votes = SeededGenerator(seed: seed, stream: "ensembles")
    let subsets = (0..<200).map { _ in Array(votes.permutation(formats).prefix(voters)) }
    let ranks = (0..<formats).map { format in
      Ranks.ranks(accuracies.map { -$0[format] })
    }
    self.sides = sides.indices.map { place in
      Self.side(
        sides[place].name, sides[place].grid, accuracies[place], draws[place], original: original,
        ranks: ranks.map { $0[place] }, subsets: subsets, bootstrap)
    }
    pairs = sides.indices.flatMap { a in
      sides.indices.filter { $0 > a }.map { b in
        PairComparison(
          (sides[a].name, sides[a].grid, accuracies[a], draws[a]),
          (sides[b].name, sides[b].grid, accuracies[b], draws[b]))
      }
    }
    func concordance(_ rows: [[Double]]) -> Double? {
      Ranks.concordance((0..<formats).map { format in rows.map { $0[format] } })
    }
    self.concordance = Figure(
      "kendall_w", "Leaderboard stability (Kendall's W)", .number, concordance(accuracies),
      interval: Bootstrap.interval(
        (0..<bootstrap.resamples).map { resample in
          concordance(draws.map { $0[resample] }) ?? .nan
        }),
      explanation:
        "How alike the formats rank the models; 1 when every format gives the same order.",
      condition: "needs two formats and two models")
    largestShift = self.sides.map { $0.worstRank - $0.bestRank }.max() ?? 0
    sharedFormats = Self.shared(accuracies)
    verdict = Self.verdict(pairs, self.sides)
  }

  private static func side(
    _ name: String, _ grid: AnswerGrid, _ accuracies: [Double], _ draws: [[Double]],
    original: Int?, ranks: [Double], subsets: [[Int]], _ bootstrap: Bootstrap
  ) -> Side {
    func figure(
      _ key: String, _ label: String, _ unit: Figure.Unit, _ explanation: String,
      _ read: ([Double]) -> Double
    ) -> Figure {
      Figure(
        key, label, unit, accuracies.isEmpty ? nil : read(accuracies),
        interval: Bootstrap.interval(draws.map(read)), explanation: explanation,
        condition: "needs right answers")
    }
    let votes = ensemble(grid, subsets, bootstrap)
    return Side(
      name: name,
      mean: figure("mean", "mean", .share, "Mean accuracy over the matched formats.") {
        $0.reduce(0, +) / Double($0.count)
      },
      lowest: figure("lowest", "lowest", .share, "Accuracy of the worst matched format.") {
        $0.min() ?? .nan
      },
      highest: figure("highest", "highest", .share, "Accuracy of the best matched format.") {
        $0.max() ?? .nan
      },
      spread: figure("spread", "spread", .points, "Highest minus lowest.") {
        ($0.max() ?? .nan) - ($0.min() ?? .nan)
      },
      original: original.map { row in
        figure("original", "original", .share, "Accuracy under the task's own format.") { $0[row] }
      },
      ensemble: Figure(
        "ensemble", "majority vote", .share, votes.value, interval: votes.interval,
        explanation:
          "Accuracy when \(subsets.first?.count ?? 0) randomly picked formats vote; mean "
          + "over \(subsets.count) picks.", condition: "needs stored answers that are options"),
      bestRank: ranks.min() ?? 1, worstRank: ranks.max() ?? 1)
  }

  /// The majority's accuracy; ties go to the answer that was named first.
  private static func ensemble(
    _ grid: AnswerGrid, _ subsets: [[Int]], _ bootstrap: Bootstrap
  ) -> (value: Double?, interval: Interval?) {
    let classes = grid.classes.count
    // Where the right answer is unknown although all cells were judged, no format found it, so no
    // vote can.
    guard grid.hasPredictions, classes > 0, grid.isComplete else { return (nil, nil) }
    var right = [Double](repeating: 0, count: grid.examples)
    var counts = [Int](repeating: 0, count: classes)
    for subset in subsets {
      for example in 0..<grid.examples {
        for place in counts.indices { counts[place] = 0 }
        var best = -1
        for format in subset {
          let answer = Int(grid.predictions[format * grid.examples + example])
          if answer >= 0 { counts[answer] += 1 }
        }
        for format in subset {
          let answer = Int(grid.predictions[format * grid.examples + example])
          if answer >= 0, best < 0 || counts[answer] > counts[best] { best = answer }
        }
        if best == Int(grid.gold[example]) { right[example] += 1 }
      }
    }
    return bootstrap.mean(right.map { $0 / Double(subsets.count) })
  }

  private static func shared(_ accuracies: [[Double]]) -> [SharedFormat] {
    let best = accuracies.map { $0.max() ?? 0 }
    let formats = accuracies.first?.count ?? 0
    return (0..<formats).map { format in
      SharedFormat(
        format: format,
        regret: zip(best, accuracies).map { $0 - $1[format] }.max() ?? 0,
        accuracies: accuracies.map { $0[format] })
    }.sorted { ($0.regret, $0.format) < ($1.regret, $1.format) }
  }
}
