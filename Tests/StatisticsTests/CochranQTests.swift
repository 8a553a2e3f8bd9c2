import Basics
import Foundation
import Statistics
import Testing

struct CochranQTests {
  /// Ways to deal with at least the observed ΣC², over all ways: enumerated with Python's itertools.
  @Test(
    arguments: [
      ([[1, 1, 1, 0, 1], [0, 1, 0, 0, 1], [0, 0, 1, 0, 0]], 24.0 / 81),
      ([[1, 1, 1, 1, 0], [0, 1, 0, 1, 0], [0, 0, 0, 1, 1], [0, 0, 0, 0, 0]], 192.0 / 1536),
      (
        [[1, 1, 0, 1], [1, 0, 0, 1], [1, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]], 330.0 / 2500
      ),
    ] as [([[UInt8]], Double)])
  func `a small grid's p-value counts all ways to deal`(_ rows: [[UInt8]], _ p: Double) {
    let test = CochranQ(ResponseMatrix(rows: rows))
    #expect(test.method == .exact)
    #expect(near(test.pValue, p, 1e-12))
  }

  @Test func `two formats give the exact test of McNemar`() {
    var rows: [[UInt8]] = [[], []]
    for example in 0..<40 {
      rows[0].append(example < 11 || example > 30 ? 1 : 0)
      rows[1].append(example >= 11 && example < 15 || example > 30 ? 1 : 0)
    }
    let matrix = ResponseMatrix(rows: rows)
    #expect(CochranQ(matrix).method == .exact)
    #expect(near(CochranQ(matrix).pValue, McNemar(matrix, 0, 1).exact, 1e-12))
  }

  /// Computed with numpy's pinv and scipy.stats.chi2 (numpy 2, scipy 1.17).
  @Test func `an incomplete grid agrees with a generalised inverse`() {
    let test = CochranQ(
      ResponseMatrix(rows: [
        [0, 0, 0, 0, 1, 0, 0, 1, 1, 2, 0, 0, 0, 0], [0, 0, 0, 0, 2, 1, 0, 1, 0, 1, 0, 2, 1, 2],
        [0, 2, 0, 1, 2, 1, 1, 1, 0, 2, 1, 0, 1, 2], [2, 2, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0],
        [1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1],
      ]))
    #expect(!test.isComplete)
    #expect(test.method == .chiSquare)
    #expect(test.degreesOfFreedom == 4)
    #expect(near(test.statistic, 16.40779315995735, 1e-9))
    #expect(near(test.pValue, 0.002518052120797765, 1e-9))
  }

  @Test func `formats never asked together are not compared with each other`() {
    let test = CochranQ(
      ResponseMatrix(rows: [
        [1, 1, 0, 2, 2, 2], [0, 1, 0, 2, 2, 2], [2, 2, 2, 1, 0, 1], [2, 2, 2, 0, 0, 1],
      ]))
    #expect(near(test.statistic, 2, 1e-9))
    #expect(test.degreesOfFreedom == 2)
  }

  @Test func `a tiny incomplete grid is tested by random dealings`() {
    let test = CochranQ(
      ResponseMatrix(rows: [[1, 1, 1], [0, 1, 2], [0, 0, 1], [2, 0, 0]]))
    // 20,000 permutations in numpy gave 0.221, the chi-square approximation 0.180.
    #expect(test.method == .dealt)
    #expect(near(test.statistic, 4.885714285714285, 1e-9))
    #expect(abs(test.pValue - 0.221) < 0.02)
  }

  @Test func `a complete grid has the textbook's statistic`() {
    var generator = SeededGenerator(seed: 4)
    let rows: [[UInt8]] = (0..<7).map { arm in
      (0..<50).map { _ in generator.unit() < 0.3 + 0.05 * Double(arm) ? 1 : 0 }
    }
    let test = CochranQ(ResponseMatrix(rows: rows))
    let right = rows.map { $0.reduce(0) { $0 + Int($1) } }
    let total = right.reduce(0, +)
    let columns = (0..<50).map { example in rows.reduce(0) { $0 + Int($1[example]) } }
    let numerator = 6 * (7 * right.reduce(0) { $0 + $1 * $1 } - total * total)
    let denominator = 7 * total - columns.reduce(0) { $0 + $1 * $1 }
    #expect(near(test.statistic, Double(numerator) / Double(denominator), 1e-9))
    #expect(test.degreesOfFreedom == 6)
  }

  @Test func `an example that one format alone answered changes nothing`() {
    let whole = CochranQ(ResponseMatrix(rows: [[1, 0, 1, 1], [0, 0, 1, 0]]))
    let holed = CochranQ(ResponseMatrix(rows: [[1, 0, 2, 1, 1], [0, 0, 1, 1, 0]]))
    #expect(holed == whole)
    #expect(holed.examples == 4)
  }
}
