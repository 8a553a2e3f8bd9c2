import Basics
import Testing

@testable import Statistics

struct NoiseSpreadTests {
  /// The mean spread over all ways to deal each example's outcomes, by enumeration.
  private func exactMean(_ rows: [[UInt8]]) -> Double {
    let arms = rows.count
    let examples = rows[0].count
    var sums: [[Int]] = [Array(repeating: 0, count: arms)]
    for example in 0..<examples {
      let right = rows.count { $0[example] == 1 }
      let subsets = (0..<(1 << arms)).filter { $0.nonzeroBitCount == right }
      sums = sums.flatMap { sum in
        subsets.map { subset in sum.indices.map { sum[$0] + (subset >> $0 & 1) } }
      }
    }
    let spreads = sums.map { Double(($0.max() ?? 0) - ($0.min() ?? 0)) / Double(examples) }
    return spreads.reduce(0, +) / Double(spreads.count)
  }

  @Test(
    arguments: [
      [[1, 0, 1], [0, 0, 1], [1, 1, 0]],
      [[1, 1, 1, 0], [0, 1, 1, 0], [1, 1, 1, 0], [1, 0, 1, 1]],
      [[1, 0, 0, 0, 1], [1, 0, 0, 1, 0], [1, 0, 1, 0, 0]],
    ] as [[[UInt8]]])
  func `the mean agrees with an enumeration of all deals`(_ rows: [[UInt8]]) throws {
    var generator = SeededGenerator(seed: 7)
    let noise = try #require(
      NoiseSpread(ResponseMatrix(rows: rows), permutations: 40_000, using: &generator))
    // Spreads lie in 0...1, so 0.01 is at least four standard errors of 40,000 draws.
    #expect(abs(noise.mean - exactMean(rows)) < 0.01)
  }

  @Test func `one informative example of two formats always spreads by one answer`() throws {
    var generator = SeededGenerator(seed: 1)
    let matrix = ResponseMatrix(rows: [[1, 1, 0, 1], [1, 0, 0, 1]])
    let noise = try #require(NoiseSpread(matrix, permutations: 50, using: &generator))
    #expect(noise.mean == 0.25)
    #expect(noise.upper == 0.25)
  }

  @Test func `formats that agree on every example have no noise`() throws {
    var generator = SeededGenerator(seed: 1)
    let matrix = ResponseMatrix(rows: [[1, 0, 1], [1, 0, 1], [1, 0, 1]])
    let noise = try #require(NoiseSpread(matrix, using: &generator))
    #expect(noise.mean == 0)
    #expect(noise.upper == 0)
  }

  @Test func `two formats give the mean absolute value of a symmetric walk`() throws {
    // n examples on which two formats disagree: E|sum of n signs| / n, with n = 4 that is 1.5 / 4;
    // the 95 % quantile is 1, because |sum| = 4 has probability 1/8.
    var generator = SeededGenerator(seed: 3)
    let matrix = ResponseMatrix(rows: [[1, 1, 1, 1], [0, 0, 0, 0]])
    let noise = try #require(NoiseSpread(matrix, permutations: 40_000, using: &generator))
    #expect(abs(noise.mean - 0.375) < 0.01)
    #expect(noise.upper == 1)
  }

  @Test func `a missing answer is dealt around`() throws {
    // The second example was answered by the second format alone, so only the first is dealt: the right
    // answer goes to either format, and the spread is 1 − ½ or 1 − 0 with equal chances.
    var generator = SeededGenerator(seed: 1)
    let matrix = ResponseMatrix(rows: [[1, ResponseMatrix.missing], [0, 1]])
    let noise = try #require(NoiseSpread(matrix, permutations: 20_000, using: &generator))
    #expect(abs(noise.mean - 0.75) < 0.01)
    #expect(noise.upper == 1)
  }

  @Test func `the seed fixes the figures`() {
    let matrix = ResponseMatrix(rows: [[1, 0, 1, 1, 0], [0, 0, 1, 0, 1], [1, 1, 0, 0, 0]])
    var first = SeededGenerator(seed: 5)
    var second = SeededGenerator(seed: 5)
    #expect(NoiseSpread(matrix, using: &first) == NoiseSpread(matrix, using: &second))
  }
}
