import Basics
import Statistics
import Testing

@testable import Sensitivity

@Suite struct AttributionTests {
  private static let accuracies = [
    0.61, 0.64, 0.66, 0.70, 0.72, 0.58, 0.75, 0.69, 0.55, 0.62, 0.71, 0.66,
  ]
  private static let first = [0, 0, 0, 1, 1, 2, 1, 1, 2, 2, 1, 0]
  private static let second = [0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1]

  // scipy 1.17: f_oneway; the sums of squares with numpy.
  @Test func `one-way shares agree with scipy's analysis of variance`() throws {
    let found = try #require(
      VarianceAttribution(Self.accuracies, noise: 0.0002).share(Self.first, count: 3))
    #expect(abs(found.eta - 0.8419768664563608) < 1e-12)
    #expect(abs(found.omega - 0.7929381073980846) < 1e-12)
    #expect(abs(try #require(found.ofFormats) - 0.8431230832340347) < 1e-12)
    #expect(abs(found.pValue - 0.00024788087045497055) < 1e-12)
  }

  // numpy's lstsq for the additive fit; scipy's F distribution.
  @Test func `two-way shares agree with least squares`() throws {
    let found = try #require(
      VarianceAttribution(Self.accuracies, noise: 0).interaction(Self.first, 3, Self.second, 2))
    #expect(abs(found.eta - 0.03509647127870269) < 1e-9)
    // Below zero, which is shown as nothing.
    #expect(found.omega == 0)
    #expect(abs(found.pValue - 0.44928491345340466) < 1e-8)
  }

  @Test func `an attribute without two values or with too many has no share`() {
    let all = VarianceAttribution(Self.accuracies, noise: 0)
    #expect(all.share(Self.first.map { _ in 0 }, count: 1) == nil)
    #expect(all.share(Array(0..<12), count: 12) == nil)
  }

  // 7/30 twelve times: their mean is not exactly 7/30, and the remainder is no variation.
  @Test func `equal accuracies have nothing to attribute`() {
    let equal = VarianceAttribution([Double](repeating: 7.0 / 30, count: 12), noise: 0)
    #expect(equal.share(Self.first, count: 3) == nil)
    #expect(equal.interaction(Self.first, 3, Self.second, 2) == nil)
  }

  /// Formats of two attributes whose accuracy the first alone decides, 40 examples each.
  private static func decided() -> (AnswerGrid, FactorTable) {
    let rows = (0..<12).map { format in
      (0..<40).map { example in UInt8(example < (format < 6 ? 30 : 12) + format % 3 ? 1 : 0) }
    }
    let factors = FactorTable(
      attributes: ["decides", "idle"],
      rows: (0..<12).map { ["\($0 / 6)", "\($0 % 6)"] })
    return (AnswerGrid(ResponseMatrix(rows: rows)), factors)
  }

  @Test func `the attribute that decides has the share`() throws {
    let (grid, factors) = Self.decided()
    let found = Attribution(grid, factors: factors, resamples: 200, seed: 1)
    let first = try #require(found.attributes.first)
    #expect(first.name == "decides")
    #expect(try #require(first.eta.value) > 0.95)
    let value = try #require(first.values.first)
    #expect(abs(try #require(value.difference.value) - 18.0 / 40) < 1e-12)
    let low = try #require(value.difference.low)
    #expect(low > 0.25)
    #expect(first.contrasts == [.init(lower: "1", higher: "0", isStrong: true)])
  }

  @Test func `single changes are all pairs that differ in one attribute`() throws {
    let (grid, factors) = Self.decided()
    let found = Attribution(grid, factors: factors, resamples: 0, seed: 1)
    // Six pairs differ in the first attribute, two groups of six formats in the second.
    #expect(found.changes.changes.count == 6 + 2 * 15)
    let large = found.changes.changes.filter { $0.attribute == "decides" }
    #expect(large.allSatisfy { abs(($0.effect.value ?? 0) + 18.0 / 40) < 1e-12 })
    #expect(abs(try #require(found.changes.large.value) - (6 + 8) / 36.0) < 1e-12)
    for change in found.changes.changes {
      #expect(change.pValue == McNemar(grid.matrix, change.first, change.second).midP)
    }
  }

  @Test func `changes keep the numbers of their formats when one before them was not asked`() {
    let (whole, _) = Self.decided()
    let rows =
      [[UInt8](repeating: ResponseMatrix.missing, count: 40)]
      + (0..<12).map { row in (0..<40).map { whole.matrix[row, $0] } }
    let factors = FactorTable(
      attributes: ["decides", "idle"],
      rows: [["0", "9"]] + (0..<12).map { ["\($0 / 6)", "\($0 % 6)"] })
    let grid = AnswerGrid(ResponseMatrix(rows: rows))
    let found = Attribution(grid, factors: factors, resamples: 0, seed: 1)
    let changes = found.changes.changes.filter { $0.attribute == "decides" }
    #expect(Set(changes.map(\.first)) == Set(1...6))
    #expect(changes.allSatisfy { $0.second == $0.first + 6 })
    for change in found.changes.changes {
      #expect(change.pValue == McNemar(grid.matrix, change.first, change.second).midP)
    }
  }

  // scipy 1.17: binom.pmf over the differences of at least 5 among 13 discordant examples.
  @Test func `the chance of a large change is binomial`() {
    let found = PairedProportions.chance(of: 0.05, discordant: 13, examples: 100)
    #expect(abs(found - 0.266845703125) < 1e-12)
    #expect(PairedProportions.chance(of: 0.05, discordant: 0, examples: 100) == 0)
  }

  @Test func `triples without a difference are monotone as often as expected`() throws {
    var generator = SeededGenerator(seed: 4)
    let rows = (0..<30).map { _ in (0..<60).map { _ in UInt8(generator.below(2)) } }
    let factors = FactorTable(
      attributes: ["a", "b"], rows: (0..<30).map { ["\($0 / 6)", "\($0 % 6)"] })
    let found = try #require(
      MonotoneTriples(AnswerGrid(ResponseMatrix(rows: rows)), factors, seed: 2))
    #expect(found.triples == 300)
    let expected = try #require(found.expected.value)
    // One third but for ties.
    #expect(expected > 0.25 && expected < 1.0 / 3)
    #expect(abs(try #require(found.observed.value) - expected) < 0.12)
  }

  @Test func `a ladder of accuracies is monotone beyond chance`() throws {
    let rows = (0..<8).map { format in (0..<80).map { UInt8($0 < 10 * format ? 1 : 0) } }
    let factors = FactorTable(
      attributes: ["a", "b", "c"],
      rows: (0..<8).map { ["\($0 / 4)", "\($0 / 2 % 2)", "\($0 % 2)"] })
    let found = try #require(
      MonotoneTriples(AnswerGrid(ResponseMatrix(rows: rows)), factors, seed: 2))
    let share = try #require(found.observed.value)
    #expect(share == 0.5)
    #expect(found.pValue < 0.05)
  }
}
