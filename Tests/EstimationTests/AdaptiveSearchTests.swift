import Basics
import Estimation
import Foundation
import Statistics
import Testing

/// Answers of a Rasch model: abilities from `low` to `high` on the logit scale, difficulties N(0, 2).
func raschMatrix(
  arms: Int, examples: Int, from low: Double, to high: Double, seed: UInt64
) -> ResponseMatrix {
  var generator = SeededGenerator(seed: seed)
  let difficulties = (0..<examples).map { _ in 2 * generator.normal() }
  return ResponseMatrix(
    rows: (0..<arms).map { arm in
      let ability = low + (high - low) * Double(arm) / Double(max(1, arms - 1))
      return difficulties.map { generator.unit() < 1 / (1 + exp($0 - ability)) ? 1 : 0 }
    })
}

struct AdaptiveSearchTests {
  private let matrix = raschMatrix(arms: 60, examples: 300, from: -0.5, to: 1, seed: 5)

  @Test func `a tenth of the cells finds nearly the whole spread`() {
    let adaptive = Replay(matrix, trials: 12, seed: 3).run(
      SearchSettings(kind: .adaptive, arms: 60, examples: 300, budget: 1800))
    let uniform = Replay(matrix, trials: 12, seed: 3).run(
      SearchSettings(kind: .uniform, arms: 60, examples: 300, budget: 1800))
    #expect(adaptive.trueSpread > 0.2)
    #expect(adaptive.meanAbsErrorPicked < 0.045)
    #expect(adaptive.meanAbsErrorPicked < uniform.meanAbsErrorPicked)
    #expect(adaptive.evaluationsCounted == 1800)
  }

  @Test func `a budget for everything gives the truth`() throws {
    var search = AdaptiveSearch(arms: 60, examples: 300, budget: 60 * 300)
    _ = run(&search, on: matrix)
    let picks = try #require(search.picks)
    #expect(search.counted == 60 * 300)
    #expect(abs(picks.spread - (try #require(matrix.spread))) < 1e-12)
  }

  @Test func `the whole budget is spent`() {
    for budget in [1, 3, 10, 59, 240, 999, 4321] {
      var search = AdaptiveSearch(arms: 60, examples: 300, budget: budget)
      _ = run(&search, on: matrix)
      #expect(search.counted == budget)
    }
  }

  /// The most answers of any format that lie beyond a gap in the shared order.
  private func mostBeyondGaps(budget: Int) -> Int {
    var search = AdaptiveSearch(arms: 60, examples: 300, budget: budget)
    let cells = run(&search, on: matrix).joined()
    return (0..<60).map { arm in
      let asked = cells.filter { $0.arm == arm }.map(\.example).sorted()
      return asked.count - asked.indices.prefix { asked[$0] == $0 }.count
    }.max() ?? 0
  }

  @Test func `a budget for a whole search asks in the shared order, a small one what tells most`() {
    // A whole search of 300 examples is 45 evaluations a format.
    #expect(mostBeyondGaps(budget: 60 * 45) == 0)
    #expect(mostBeyondGaps(budget: 60 * 90) == 0)
    #expect(mostBeyondGaps(budget: 60 * 13) > 20)
  }

  @Test func `a budget for a part of a search still shows how far the formats are apart at least`()
    throws
  {
    // Two fifths of a whole search, whose picks have seen telling examples for the most part.
    let wide = raschMatrix(arms: 120, examples: 500, from: -2, to: 2, seed: 11)
    var search = AdaptiveSearch(arms: 120, examples: 500, budget: 2700)
    let cells = run(&search, on: wide).joined()
    var seen = ResponseMatrix(arms: 120, examples: 500)
    for cell in cells { seen[cell.arm, cell.example] = wide[cell.arm, cell.example] }
    let spread = SpreadInterval(seen).spread
    let means = wide.means.compactMap { $0 }
    let truth = try #require(means.max()) - (try #require(means.min()))
    #expect(spread.contains(truth))
    #expect(spread.lower > 0.5 * truth)
  }

  /// Answers that depend on three attributes of a format alone, and those attributes.
  private func additive(seed: UInt64) -> (answers: ResponseMatrix, atoms: [[Int]]) {
    var generator = SeededGenerator(seed: seed)
    let atoms = (0..<80).map { _ in [generator.below(4), generator.below(5), generator.below(3)] }
    let difficulties = (0..<200).map { _ in generator.normal() }
    let answers = ResponseMatrix(
      rows: atoms.map { atom in
        let ability = 0.5 * Double(atom[0]) - 0.3 * Double(atom[1])
        return difficulties.map { generator.unit() < 1 / (1 + exp($0 - ability)) ? 1 : 0 }
      })
    return (answers, atoms)
  }

  /// The mean error over three matrices, with their own atoms, with atoms of chance, without any.
  private func errors(budget: Int) -> (own: Double, chance: Double, none: Double) {
    var sums = (own: 0.0, chance: 0.0, none: 0.0)
    for seed in 6..<9 as Range<UInt64> {
      let (answers, atoms) = additive(seed: seed)
      var generator = SeededGenerator(seed: seed, stream: "other atoms")
      let order = generator.permutation(atoms.count)
      func error(_ atoms: [[Int]]) -> Double {
        var settings = SearchSettings(kind: .adaptive, arms: 80, examples: 200, budget: budget)
        settings.atoms = atoms
        return Replay(answers, trials: 16, seed: 1).run(settings).meanAbsErrorPicked
      }
      sums.own += error(atoms) / 3
      sums.chance += error(order.map { atoms[$0] }) / 3
      sums.none += error([]) / 3
    }
    return sums
  }

  @Test func `atoms that decide the accuracy are made use of, others do little harm`() {
    let found = errors(budget: 300)
    #expect(found.own < found.none)
    #expect(found.chance < found.none + 0.03)
  }

  @Test(arguments: [600, 1200, 2400])
  func `formats that answer alike are reported as alike`(_ budget: Int) throws {
    var generator = SeededGenerator(seed: 21)
    let row = (0..<300).map { _ -> UInt8 in generator.unit() < 0.6 ? 1 : 0 }
    let same = ResponseMatrix(rows: Array(repeating: row, count: 60))
    var search = AdaptiveSearch(arms: 60, examples: 300, budget: budget)
    _ = run(&search, on: same)
    let spread = try #require(search.picks).spread
    #expect(spread >= 0)
    #expect(spread < 0.02)
  }

  @Test func `what is reported of the picks is nearer to the truth than the model alone`() {
    // Half of the examples are right under one half of the formats only, as a model of difficulties
    // cannot know.
    var generator = SeededGenerator(seed: 3)
    let rows = (0..<80).map { format in
      (0..<250).map { example -> UInt8 in
        let chance = example % 2 == 0 ? (format % 2 == 0 ? 0.9 : 0.4) : 0.3 + 0.004 * Double(format)
        return generator.unit() < chance ? 1 : 0
      }
    }
    let result = Replay(ResponseMatrix(rows: rows), trials: 40, seed: 5).run(
      SearchSettings(kind: .adaptive, arms: 80, examples: 250, budget: 1200))
    #expect(result.meanAbsErrorReported < 0.05)
  }

  @Test func `an adaptive search reports no lucky extremes where formats are equal`() throws {
    let equal = raschMatrix(arms: 60, examples: 300, from: 0.4, to: 0.4, seed: 9)
    var search = AdaptiveSearch(arms: 60, examples: 300, budget: 900)
    _ = run(&search, on: equal)
    #expect(try #require(search.picks).spread < 0.1)
  }
}

struct ReplayTests {
  @Test func `a full search has no error in a replay`() {
    let matrix = ladder(arms: 20, examples: 50, from: 0.3, to: 0.8, seed: 4)
    let result = Replay(matrix, trials: 3, seed: 1).run(
      SearchSettings(kind: .full, arms: 20, examples: 50, budget: 1))
    #expect(result.meanAbsErrorPicked < 1e-12)
    #expect(result.meanAbsErrorReported < 1e-12)
    #expect(result.evaluationsCounted == 1000)
  }

  @Test(arguments: SearchKind.allCases)
  func `the same seed gives the same figures`(_ kind: SearchKind) {
    let matrix = ladder(arms: 20, examples: 50, from: 0.3, to: 0.8, seed: 4)
    let settings = SearchSettings(kind: kind, arms: 20, examples: 50, budget: 300)
    #expect(
      Replay(matrix, trials: 4, seed: 7).run(settings)
        == Replay(matrix, trials: 4, seed: 7).run(settings))
  }

  @Test func `missing cells count as failed`() {
    var matrix = ladder(arms: 20, examples: 50, from: 0.3, to: 0.8, seed: 4)
    for example in 0..<50 { matrix[7, example] = ResponseMatrix.missing }
    let result = Replay(matrix, trials: 4, seed: 7).run(
      SearchSettings(kind: .adaptive, arms: 20, examples: 50, budget: 400))
    #expect(result.evaluationsCounted == 400)
    #expect(result.meanAbsErrorPicked < result.trueSpread)
  }
}
