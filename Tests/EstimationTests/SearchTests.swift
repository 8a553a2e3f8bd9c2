import Basics
import Estimation
import Statistics
import Testing

/// Answers a search from a matrix until it ends; `failing` cells have no outcome.
func run(
  _ search: inout some SearchStrategy, on matrix: ResponseMatrix, failing: Set<Cell> = []
) -> [[Cell]] {
  var batches: [[Cell]] = []
  while true {
    let batch = search.nextBatch()
    if batch.isEmpty { return batches }
    batches.append(batch)
    search.observe(
      batch.map { failing.contains($0) ? nil : matrix[$0.arm, $0.example] })
  }
}

/// Formats with accuracies evenly from `low` to `high`, answers drawn independently.
func ladder(
  arms: Int, examples: Int, from low: Double, to high: Double, seed: UInt64
) -> ResponseMatrix {
  var generator = SeededGenerator(seed: seed)
  return ResponseMatrix(
    rows: (0..<arms).map { arm in
      let rate = low + (high - low) * Double(arm) / Double(max(1, arms - 1))
      return (0..<examples).map { _ in generator.unit() < rate ? 1 : 0 }
    })
}

struct SearchTests {
  private let matrix = ladder(arms: 30, examples: 200, from: 0.3, to: 0.8, seed: 4)

  @Test(arguments: SearchKind.allCases, [Accounting.everything, .paper])
  func `a search asks no cell twice and stays in its budget`(
    _ kind: SearchKind, _ accounting: Accounting
  ) throws {
    for budget in [1, 7, 29, 61, 500, 1603, 5000, 100_000] {
      var search = SearchSettings(
        kind: kind, arms: 30, examples: 200, budget: budget, accounting: accounting, seed: 3
      ).start()
      let cells = run(&search, on: matrix).flatMap { $0 }
      #expect(Set(cells).count == cells.count)
      #expect(search.asked == cells.count)
      #expect(search.counted <= search.asked)
      if kind != .full { #expect(search.counted <= budget) }
      let picks = try #require(search.picks)
      #expect((0...1).contains(picks.lowestAccuracy) && (0...1).contains(picks.highestAccuracy))
    }
  }

  @Test(arguments: SearchKind.allCases)
  func `the same outcomes give the same batches`(_ kind: SearchKind) {
    let settings = SearchSettings(kind: kind, arms: 30, examples: 200, budget: 1500, seed: 9)
    var first = settings.start()
    var second = settings.start()
    #expect(run(&first, on: matrix) == run(&second, on: matrix))
    #expect(first.picks == second.picks)
  }

  @Test(arguments: SearchKind.allCases)
  func `asking again before observing changes nothing`(_ kind: SearchKind) {
    var search = SearchSettings(kind: kind, arms: 5, examples: 50, budget: 100).start()
    let batch = search.nextBatch()
    #expect(search.nextBatch() == batch)
  }

  @Test(arguments: SearchKind.allCases)
  func `failed cells are not asked again`(_ kind: SearchKind) {
    let failing = Set((0..<30).flatMap { arm in (0..<40).map { Cell(arm: arm, example: $0 * 3) } })
    var search = SearchSettings(kind: kind, arms: 30, examples: 200, budget: 2000).start()
    let cells = run(&search, on: matrix, failing: failing).flatMap { $0 }
    #expect(Set(cells).count == cells.count)
    #expect(search.picks != nil)
  }

  @Test(arguments: SearchKind.allCases)
  func `a search whose every cell fails ends without picks`(_ kind: SearchKind) {
    let all = Set((0..<4).flatMap { arm in (0..<30).map { Cell(arm: arm, example: $0) } })
    var search = SearchSettings(kind: kind, arms: 4, examples: 30, budget: 60).start()
    _ = run(&search, on: ResponseMatrix(arms: 4, examples: 30), failing: all)
    #expect(search.picks == nil)
  }

  @Test(arguments: SearchKind.allCases)
  func `one format on one example is a search too`(_ kind: SearchKind) throws {
    var search = SearchSettings(kind: kind, arms: 1, examples: 1, budget: 20).start()
    let cells = run(&search, on: ResponseMatrix(rows: [[1]])).flatMap { $0 }
    #expect(cells == [Cell(arm: 0, example: 0)])
    let picks = try #require(search.picks)
    #expect(picks.lowest == 0 && picks.highest == 0 && picks.spread == 0)
  }

  @Test func `a full search knows the truth`() throws {
    var search = FullSearch(arms: 30, examples: 200)
    _ = run(&search, on: matrix)
    let picks = try #require(search.picks)
    #expect(abs(picks.spread - (try #require(matrix.spread))) < 1e-12)
    #expect(search.counted == 6000)
  }

  @Test func `equal allocation puts the same examples to all formats`() {
    var search = UniformSearch(arms: 30, examples: 200, budget: 1000)
    let batches = run(&search, on: matrix)
    #expect(batches.count == 1)
    #expect(search.counted == 30 * 33)
    #expect(Set(batches[0].map(\.example)) == Set(0..<33))
  }

  @Test func `shrunk figures of equal formats hardly differ where raw ones do`() throws {
    let equal = ladder(arms: 60, examples: 400, from: 0.6, to: 0.6, seed: 2)
    var honest = UniformSearch(arms: 60, examples: 400, budget: 1200)
    var raw = UniformSearch(arms: 60, examples: 400, budget: 1200, reportsRawMeans: true)
    _ = run(&honest, on: equal)
    _ = run(&raw, on: equal)
    #expect(try #require(raw.picks).spread > 0.35)
    #expect(try #require(honest.picks).spread < 0.15)
  }
}
