import Basics
import Statistics
import Testing

@testable import Sensitivity

@Suite struct RecommendationTests {
  @Test func `few answers do not make a format the safest`() throws {
    // Format 1 has 11 of 12, format 0 has 18 of 20: a higher share, but a lower bound.
    let rows: [[UInt8]] = [
      (0..<20).map { $0 < 18 ? 1 : 0 }, (0..<20).map { $0 < 11 ? 1 : $0 < 12 ? 0 : 2 },
      (0..<20).map { $0 < 10 ? 1 : 0 },
    ]
    let found = try #require(
      Recommendation(AnswerGrid(ResponseMatrix(rows: rows)), factors: nil, seed: 0))
    #expect(found.best.format == 1)
    #expect(found.safest.format == 0)
    #expect(abs(found.safest.cost - (11.0 / 12 - 0.9)) < 1e-12)
  }

  @Test func `the cross-fit estimate does not believe the luck of equal formats`() throws {
    var generator = SeededGenerator(seed: 6)
    let rows = (0..<60).map { _ in (0..<80).map { _ in UInt8(generator.unit() < 0.5 ? 1 : 0) } }
    let found = try #require(
      Recommendation(AnswerGrid(ResponseMatrix(rows: rows)), factors: nil, seed: 0))
    #expect(try #require(found.best.accuracy.value) > 0.57)
    #expect(abs(try #require(found.crossFit.value) - 0.5) < 0.05)
  }

  @Test func `after a search the bound is that of the answers before any gap`() throws {
    // The first format's answers beyond its gap were asked for a reason and do not count.
    let gap = ResponseMatrix.missing
    let rows: [[UInt8]] = [
      [1, 1, 1, 1] + [gap] + (0..<15).map { _ in 1 }, (0..<20).map { $0 == 7 ? 0 : 1 },
    ]
    let grid = AnswerGrid(ResponseMatrix(rows: rows))
    let fixed = try #require(Recommendation(grid, factors: nil, seed: 0))
    #expect(fixed.safest.format == 0)
    let searched = try #require(
      Recommendation(grid, factors: nil, seed: 0, sizesAreFixed: false))
    #expect(searched.safest.format == 1)
    let sequence = ConfidenceSequence.interval(
      successes: 19, trials: 20, of: 20, alpha: 0.05, target: .population)
    #expect(searched.safest.accuracy.low == sequence.lower)
    #expect(searched.safest.accuracy.high == sequence.upper)
    #expect(searched.safest.accuracy.explanation.contains("confidence sequence"))
  }

  @Test func `neighbours differ in one attribute`() throws {
    let rows: [[UInt8]] = [
      (0..<10).map { $0 < 9 ? 1 : 0 }, (0..<10).map { $0 < 8 ? 1 : 0 },
      (0..<10).map { $0 < 2 ? 1 : 0 },
    ]
    let factors = FactorTable(
      attributes: ["a", "b"], rows: [["0", "0"], ["0", "1"], ["1", "1"]])
    let found = try #require(
      Recommendation(AnswerGrid(ResponseMatrix(rows: rows)), factors: factors, seed: 0))
    #expect(found.best.neighbours == 1)
    #expect(abs(try #require(found.best.instability) - 0.1) < 1e-12)
  }
}
