import Testing

@testable import Basics

/// Moments against closed forms: with `draws` draws a mean must lie within five of its standard errors.
struct DrawsTests {
  private static let draws = 200_000

  /// Mean and variance of a draw, and how far each may be from its closed form.
  private func check(
    mean: Double, variance: Double, kurtosis: Double, _ draw: (inout SeededGenerator) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var generator = SeededGenerator(seed: 20_231)
    var sum = 0.0
    var squares = 0.0
    for _ in 0..<Self.draws {
      let value = draw(&generator) - mean
      sum += value
      squares += value * value
    }
    let count = Double(Self.draws)
    let meanError = (variance / count).squareRoot()
    // The variance of (X − μ)² is (kurtosis − 1) σ⁴.
    let varianceError = variance * ((kurtosis - 1) / count).squareRoot()
    #expect(abs(sum / count) < 5 * meanError, sourceLocation: sourceLocation)
    #expect(abs(squares / count - variance) < 5 * varianceError, sourceLocation: sourceLocation)
  }

  @Test func `units are uniform over zero to one`() {
    check(mean: 0.5, variance: 1.0 / 12, kurtosis: 1.8) { $0.unit() }
    // Python: [(g.next() >> 11) * 2.0 ** -53] for the generator of seed 3.
    var generator = SeededGenerator(seed: 3)
    let expected = [0.690638295117788, 0.6405810067354607, 0.21826237328256315, 0.5339616265004538]
    #expect(expected.indices.map { _ in generator.unit() } == expected)
  }

  @Test func `normal draws have mean 0 and variance 1`() {
    check(mean: 0, variance: 1, kurtosis: 3) { $0.normal() }
  }

  @Test func `normal draws lie within 1, 2 and 3 deviations as often as they should`() {
    // scipy.stats.norm: cdf(k) - cdf(-k)
    let expected = [0.6826894921370859, 0.9544997361036416, 0.9973002039367398]
    var generator = SeededGenerator(seed: 4)
    var counts = [0, 0, 0]
    for _ in 0..<Self.draws {
      let size = abs(generator.normal())
      for k in 0..<3 where size < Double(k + 1) { counts[k] += 1 }
    }
    for (count, share) in zip(counts, expected) {
      let error = (share * (1 - share) / Double(Self.draws)).squareRoot()
      #expect(abs(Double(count) / Double(Self.draws) - share) < 5 * error)
    }
  }

  @Test(arguments: [0.05, 0.5, 1, 1.1, 5, 300])
  func `gamma draws have mean and variance k`(shape: Double) {
    check(mean: shape, variance: shape, kurtosis: 3 + 6 / shape) { $0.gamma(shape: shape) }
  }

  @Test(arguments: [(1.1, 5.0), (0.5, 0.5), (20, 5), (1, 1), (400, 100)])
  func `beta draws have their closed moments`(a: Double, b: Double) {
    let sum = a + b
    let variance = a * b / (sum * sum * (sum + 1))
    let excess =
      6 * ((a - b) * (a - b) * (sum + 1) - a * b * (sum + 2)) / (a * b * (sum + 2) * (sum + 3))
    check(mean: a / sum, variance: variance, kurtosis: 3 + excess) { $0.beta(a, b) }
  }

  @Test func `beta draws with tiny parameters stay in zero to one`() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<2_000 {
      #expect((0...1).contains(generator.beta(1e-3, 1e-3)))
    }
  }

  @Test(arguments: [2, 3, 7, 10, 48]) func `whole numbers fall evenly`(bound: Int) {
    var generator = SeededGenerator(seed: UInt64(bound))
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<Self.draws { counts[generator.below(bound)] += 1 }
    expectUniform(counts)
  }

  @Test func `wide whole numbers fall evenly`() {
    // Twelve equal parts of a range that no 64-bit word covers, far from a power of two.
    let part = UInt128(1) << 90 / 3
    var generator = SeededGenerator(seed: 12)
    var counts = [Int](repeating: 0, count: 12)
    for _ in 0..<Self.draws { counts[Int(generator.below(part * 12) / part)] += 1 }
    expectUniform(counts)
  }

  @Test func `every order of four things is equally likely`() {
    var generator = SeededGenerator(seed: 24)
    var counts = [Int](repeating: 0, count: 256)
    for _ in 0..<Self.draws {
      counts[generator.permutation(4).reduce(0) { $0 * 4 + $1 }] += 1
    }
    let seen = counts.filter { $0 > 0 }
    #expect(seen.count == 24)
    expectUniform(seen)
  }

  /// Chi-square with k − 1 degrees of freedom stays within five deviations of its mean.
  private func expectUniform(
    _ counts: [Int], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    let statistic = counts.reduce(0) { sum, count in
      sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
    let freedom = Double(counts.count - 1)
    #expect(
      abs(statistic - freedom) < 5 * (2 * freedom).squareRoot() + 5, sourceLocation: sourceLocation)
  }
}
