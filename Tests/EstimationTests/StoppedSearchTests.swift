import Estimation
import Statistics
import Testing

struct StoppedSearchTests {
  private func settings(
    _ matrix: ResponseMatrix, _ rule: StoppingRule?, _ kind: SearchKind = .full, budget: Int = 0
  ) -> SearchSettings {
    var settings = SearchSettings(
      kind: kind, arms: matrix.arms, examples: matrix.examples, budget: budget, seed: 3)
    settings.stopping = rule
    return settings
  }

  /// Runs a search to its end; returns it with its cells.
  private func finished(
    _ settings: SearchSettings, on matrix: ResponseMatrix
  ) throws -> (search: StoppedSearch, cells: [Cell]) {
    var search = try #require(settings.start() as? StoppedSearch)
    var cells: [Cell] = []
    while true {
      let batch = search.nextBatch()
      if batch.isEmpty { break }
      cells += batch
      search.observe(batch.map { matrix[$0.arm, $0.example] })
    }
    return (search, cells)
  }

  @Test func `a search without a rule is left alone`() {
    let matrix = raschMatrix(arms: 4, examples: 10, from: 0, to: 1, seed: 1)
    #expect(!(settings(matrix, nil).start() is StoppedSearch))
  }

  @Test(arguments: [SearchKind.full, .uniform, .adaptive, .thompson])
  func `a rule that is never met changes no cell`(_ kind: SearchKind) throws {
    let matrix = raschMatrix(arms: 6, examples: 50, from: -0.3, to: 0.3, seed: 1)
    var plain = settings(matrix, nil, kind, budget: 150).start()
    var expected: Set<Cell> = []
    while true {
      let batch = plain.nextBatch()
      if batch.isEmpty { break }
      expected.formUnion(batch)
      plain.observe(batch.map { matrix[$0.arm, $0.example] })
    }
    let rule = StoppingRule(width: 0)
    let (search, cells) = try finished(settings(matrix, rule, kind, budget: 150), on: matrix)
    #expect(Set(cells) == expected)
    #expect(cells.count == expected.count)
    #expect(search.picks == plain.picks)
    #expect(search.asked == cells.count)
  }

  @Test func `a full search under a rule asks all formats on the same examples`() throws {
    let matrix = raschMatrix(arms: 5, examples: 200, from: -2, to: 2, seed: 2)
    let (search, cells) = try finished(
      settings(matrix, StoppingRule(maxSpread: 0.1)), on: matrix)
    #expect(search.reason == .failed)
    #expect(cells.count < 1000)
    let depths = (0..<5).map { arm in cells.count { $0.arm == arm } }
    #expect(Set(depths).count == 1)
    #expect(Set(cells.map(\.example)) == Set(0..<depths[0]))
  }

  @Test func `a width is reached before everything is asked`() throws {
    let matrix = raschMatrix(arms: 5, examples: 400, from: -0.2, to: 0.2, seed: 2)
    let (search, cells) = try finished(settings(matrix, StoppingRule(width: 0.2)), on: matrix)
    #expect(search.reason == .narrow)
    #expect(cells.count < 2000)
    var seen = ResponseMatrix(arms: 5, examples: 400)
    for cell in cells { seen[cell.arm, cell.example] = matrix[cell.arm, cell.example] }
    #expect(SpreadInterval(seen).spread.width <= 0.2)
  }

  @Test func `gates that are all decided end the search, and one that is open does not`() throws {
    let matrix = raschMatrix(arms: 4, examples: 300, from: 2.5, to: 2.7, seed: 5)
    let median = try #require(Quantiles.quantile(0.5, of: matrix.means.compactMap { $0 }))
    let (easy, _) = try finished(
      settings(matrix, StoppingRule(maxSpread: 0.6, minAccuracy: 0.3, minMedian: 0.3)), on: matrix)
    #expect(easy.reason == .decided)
    #expect(easy.asked < 1200)
    let (open, _) = try finished(
      settings(matrix, StoppingRule(maxSpread: 0.6, minMedian: median)), on: matrix)
    #expect(open.asked == 1200)
  }

  @Test func `looking often does not fail a gate that holds`() throws {
    // The limit is the true spread of equal formats on these examples, so a failure is an error.
    var wrong = 0
    for seed in 0..<40 {
      let matrix = raschMatrix(arms: 4, examples: 60, from: 0.5, to: 0.5, seed: UInt64(seed))
      let truth = try #require(matrix.spread)
      let (search, _) = try finished(
        settings(matrix, StoppingRule(maxSpread: truth)), on: matrix)
      // A spread that equals its limit never certainly exceeds it.
      if search.reason == .failed { wrong += 1 }
    }
    // Of 40 runs at 5 %, six or more fail with a chance of 1.4 %.
    #expect(wrong <= 5)
  }
}
