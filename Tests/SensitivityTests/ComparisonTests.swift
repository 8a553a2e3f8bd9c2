import Basics
import Statistics
import Testing

@testable import Sensitivity

@Suite struct ComparisonTests {
  private func grid(_ right: [Int], of examples: Int = 100) -> AnswerGrid {
    AnswerGrid(
      ResponseMatrix(rows: right.map { count in (0..<examples).map { $0 < count ? 1 : 0 } }))
  }

  @Test func `reversals are counted over all pairs of formats`() throws {
    let a = [50, 60, 70, 55, 40, 61]
    let b = [52, 50, 69, 55, 45, 58]
    let found = Comparison(
      [("A", grid(a)), ("B", grid(b))], original: 0, resamples: 0, seed: 0)
    let pair = try #require(found.pairs.first)
    var led = 0
    var turned = 0
    var contradicting = 0
    for p in 0..<6 {
      for q in 0..<6 where p != q {
        let (first, second) = (a[p] - b[p], a[q] - b[q])
        if abs(first) >= 2 { led += 1 }
        if first >= 2 && second <= -2 || first <= -2 && second >= 2 {
          turned += 1
          contradicting += 1
        }
      }
    }
    #expect(abs(try #require(pair.reversal.value) - Double(turned) / Double(led)) < 1e-12)
    #expect(abs(try #require(pair.reversalOfPairs) - Double(contradicting) / 30) < 1e-12)
    #expect(pair.firstLeads == 2)
    #expect(pair.secondLeads == 2)
    #expect(abs(try #require(pair.lead.value) - 7.0 / 600) < 1e-12)
    #expect(abs(try #require(pair.ahead.value) - 3.5 / 6) < 1e-12)
    // One-sided McNemar of 10 to 0 is 0.001, of 3 to 0 it is 0.125, of 5 to 0 it is 0.031.
    #expect(abs(try #require(pair.significantReversals) - 0.25) < 1e-12)
  }

  @Test func `a lead that no format turns is settled`() throws {
    let found = Comparison(
      [("small", grid([30, 35, 40, 33])), ("large", grid([70, 75, 72, 80]))], original: nil,
      resamples: 200, seed: 1)
    let pair = try #require(found.pairs.first)
    #expect(pair.isSettled)
    #expect(found.verdict.hasPrefix("large is better than small whatever the format: by 39.8"))
    #expect(found.sides[0].bestRank == 2)
    #expect(found.largestShift == 0)
    #expect(abs(try #require(found.concordance.value) - 1) < 1e-12)
  }

  @Test func `sides that swap with the format are not settled`() throws {
    let found = Comparison(
      [("A", grid([40, 60, 40, 60])), ("B", grid([60, 40, 60, 40]))], original: nil,
      resamples: 200, seed: 1)
    #expect(found.verdict.hasPrefix("Which of A and B is better depends on the format"))
    #expect(found.largestShift == 1)
  }

  @Test func `three that vote outdo each alone`() throws {
    // Each format is wrong on another third of the examples.
    let votes: [[Int32]] = (0..<3).map { format in
      (0..<9).map { $0 % 3 == format ? 1 : 0 }
    }
    let grid = GridSamples.grid(votes, gold: Array(repeating: 0, count: 9), classes: ["a", "b"])
    let found = Comparison(
      [("A", grid), ("B", grid)], original: nil, voters: 3, resamples: 50, seed: 1)
    #expect(found.sides[0].ensemble.value == 1)
    #expect(abs(try #require(found.sides[0].mean.value) - 2.0 / 3) < 1e-12)
  }

  @Test func `the format good for all has the smallest largest loss`() {
    let found = Comparison(
      [("A", grid([90, 50, 80])), ("B", grid([40, 90, 85]))], original: nil, resamples: 0, seed: 0)
    #expect(found.sharedFormats[0].format == 2)
    #expect(abs(found.sharedFormats[0].regret - 0.1) < 1e-12)
  }
}
