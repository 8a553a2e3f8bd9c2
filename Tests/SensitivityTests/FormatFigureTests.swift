import Basics
import Foundation
import Statistics
import Testing

@testable import Sensitivity

@Suite struct FormatFigureTests {
  // numpy 2.3: percentile, std(ddof=1); scipy 1.17: percentileofscore(kind="mean").
  @Test func `the figures of five formats are numpy's`() throws {
    let found = try #require(FormatFigures([0.5, 0.6, 0.8, 0.7, 0.4, .nan], original: 2))
    func expect(_ value: Double?, _ wanted: Double) throws {
      #expect(abs(try #require(value) - wanted) < 1e-12)
    }
    try expect(found.spread, 0.4)
    for (value, wanted) in zip(found.quantiles, [0.42, 0.5, 0.6, 0.7, 0.78]) {
      try expect(value, wanted)
    }
    try expect(found.deviation, 0.15811388300841897)
    try expect(found.divergence, 0.2 / 0.15811388300841897)
    try expect(found.originalRank, 0.9)
  }

  // The example of Mizrahi et al.'s own table: MaxP .80 and AvgP .639 give .671.
  @Test func `the combined score is that of the published table`() throws {
    let found = try #require(FormatFigures([0.80, 0.478], original: nil))
    #expect(abs(found.mean - 0.639) < 1e-12)
    #expect((found.combined * 1000).rounded() == 671)
    #expect(found.originalRank == nil)
  }

  @Test func `equal formats have no divergence, and no formats no figures`() throws {
    let equal = try #require(FormatFigures([0.5, 0.5], original: 0))
    #expect(equal.divergence == nil)
    #expect(equal.saturation == 1)
    #expect(FormatFigures([.nan], original: nil) == nil)
  }

  // Counted by hand from the sample's votes; numpy 2.3: std of (3/4, 4/7, 3/4).
  @Test func `recall by right answer is counted over all formats`() throws {
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 5, resamples: 0, using: &generator)
    let bias = try #require(AnswerBias(GridSamples.grid(), bootstrap, byLabel: false))
    #expect(bias.lines.map(\.cells) == [8, 7, 4])
    let recalls: [Double?] = [0.75, 4.0 / 7, 0.75]
    #expect(bias.lines.map(\.recall.value) == recalls)
    let chosen: [Double] = [6.0 / 19, 6.0 / 19, 7.0 / 19]
    #expect(bias.lines.map(\.chosen) == chosen)
    #expect(abs(try #require(bias.deviation.value) - 0.08417937871268424) < 1e-12)
  }

  @Test func `recall by label follows the labels that formats give`() throws {
    // Format 0 calls the classes A and B, format 1 the other way round; both always answer A.
    var grid = GridSamples.grid([[0, 0, 0], [1, 1, 1]], gold: [0, 1, 1], classes: ["a", "b"])
    grid.labels = [[0, 1], [1, 0]]
    grid.labelNames = ["A", "B"]
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 3, resamples: 0, using: &generator)
    let bias = try #require(AnswerBias(grid, bootstrap, byLabel: true))
    #expect(bias.lines.map(\.name) == ["A", "B"])
    #expect(bias.lines.map(\.recall.value) == [1, 0])
    #expect(bias.lines.map(\.chosen) == [1, 0])
    #expect(bias.deviation.value == 0.5)
    #expect(AnswerBias(GridSamples.grid(), bootstrap, byLabel: true) == nil)
  }

  // Probabilities of the first of two answers; numpy 2.3 and scipy 1.17 (spearmanr) for the figures.
  @Test func `the relation to confidence is scipy's rank correlation`() throws {
    let first: [[Float]] = [
      [0.9, 0.6, 0.2, 0.55, 0.7, 0.1], [0.8, 0.4, 0.3, 0.45, 0.9, 0.2],
      [0.95, 0.3, 0.1, 0.6, 0.6, 0.45], [0.7, 0.55, 0.4, 0.35, 0.8, 0.3],
    ]
    var grid = GridSamples.grid(
      first.map { $0.map { $0 < 0.5 ? 1 : 0 } }, gold: [0, 0, 1, 0, 1, 1], classes: ["a", "b"])
    grid.options = 2
    grid.probabilities = first.flatMap { $0.flatMap { [$0, 1 - $0] } }
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 6, resamples: 0, using: &generator)
    let found = try #require(ConfidenceRelation(ExampleScores(grid), bootstrap))
    #expect(abs(try #require(found.correlation.value) + 0.840168050416806) < 1e-9)
    #expect(found.bins.map(\.name) == ["never changes", "upper third"])
    #expect(found.bins.map(\.examples) == [4, 2])
    #expect(abs(found.bins[1].sensitivity - 2.0 / 3) < 1e-12)
    #expect(abs(try #require(found.bins[0].confidence.value) - 0.76875) < 1e-6)
    #expect(abs(try #require(found.bins[1].confidence.value) - 0.6) < 1e-6)
  }

  @Test func `without right answers figures of accuracy are absent, and the others stand`() throws {
    var grid = GridSamples.grid()
    let labelled = Metrics(grid, hasOriginal: true, resamples: 0, seed: 0)
    grid.gold = grid.gold.map { _ in -1 }
    grid.correct = grid.correct.map { _ in ResponseMatrix.missing }
    let found = Metrics(grid, hasOriginal: true, resamples: 0, seed: 0)
    #expect(found.groups.map(\.key) == ["errica", "agreement"])
    for key in ["sensitivity", "sensitivity_miller_madow", "self_consistency", "flip_rate"] {
      let value = try #require(found.figure(key)?.value)
      #expect(value == labelled.figure(key)?.value)
    }
    #expect(found.figure("consistency") == nil)
    #expect(found.flips == labelled.flips)
    #expect(found.statistics == nil && found.bias == nil && found.confidence == nil)
  }
}
