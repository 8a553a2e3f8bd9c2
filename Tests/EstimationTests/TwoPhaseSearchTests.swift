import Estimation
import Statistics
import Testing

struct TwoPhaseSearchTests {
  private let matrix = ladder(arms: 40, examples: 300, from: 0.2, to: 0.9, seed: 8)

  @Test func `the paper leaves the original and the finalists out of the count`() throws {
    var search = TwoPhaseSearch(
      .thompson, arms: 40, examples: 300, budget: 4000, accounting: .paper, seed: 1)
    let batches = run(&search, on: matrix)
    #expect(batches[0].count == 300 && batches[0].allSatisfy { $0.arm == 0 })
    #expect(search.counted == 4000)
    let picks = try #require(search.picks)
    let before = try #require(search.picksBeforeFinals)
    #expect(picks.lowest == before.lowest && picks.highest == before.highest)
    #expect(picks.highestAccuracy == matrix.mean(picks.highest))
    #expect(picks.lowestAccuracy == matrix.mean(picks.lowest))
    #expect(search.asked > 4300)
  }

  @Test func `a step asks one format for a batch, the second half looks for the lowest`() {
    var search = TwoPhaseSearch(
      .thompson, arms: 40, examples: 300, budget: 2000, accounting: .paper, seed: 1)
    let batches = run(&search, on: matrix)
    let steps = batches.dropFirst().prefix(100)
    #expect(steps.allSatisfy { $0.count == 20 && Set($0.map(\.arm)).count == 1 })
    let firstHalf = steps.prefix(50).map { Double($0[0].arm) }.reduce(0, +) / 50
    let secondHalf = steps.dropFirst(50).map { Double($0[0].arm) }.reduce(0, +) / 50
    // Arms are in order of accuracy, so the halves dwell at opposite ends.
    #expect(firstHalf > secondHalf + 10)
  }

  @Test func `an original that is always right does not divide by zero`() throws {
    let perfect = ResponseMatrix(
      rows: [Array(repeating: 1, count: 50), Array(repeating: 0, count: 50)])
    var search = TwoPhaseSearch(
      .thompson, arms: 2, examples: 50, budget: 40, accounting: .paper, seed: 1)
    _ = run(&search, on: perfect)
    #expect(try #require(search.picks).spread == 1)
  }

  @Test func `seeds give different walks`() {
    var first = TwoPhaseSearch(
      .thompson, arms: 40, examples: 300, budget: 2000, accounting: .paper, seed: 1)
    var second = TwoPhaseSearch(
      .thompson, arms: 40, examples: 300, budget: 2000, accounting: .paper, seed: 2)
    #expect(run(&first, on: matrix) != run(&second, on: matrix))
  }

  @Test func `the released bound keeps asking one format first, the repaired one asks all`() {
    var released = TwoPhaseSearch(
      .ucbAsReleased, arms: 40, examples: 300, budget: 400, accounting: .paper, seed: 1)
    var repaired = TwoPhaseSearch(
      .ucbRepaired, arms: 40, examples: 300, budget: 400, accounting: .paper, seed: 1)
    #expect(run(&released, on: matrix).dropFirst().prefix(10).allSatisfy { $0[0].arm == 1 })
    #expect(run(&repaired, on: matrix).dropFirst().prefix(10).map { $0[0].arm } == Array(1...10))
  }
}
