import Basics
import Foundation
import Statistics
import Testing

/// Answers with an example difficulty shared by all formats and format effects on the logit scale.
private func answers(
  effects: [Double], examples: Int, using generator: inout SeededGenerator
) -> ResponseMatrix {
  let difficulties = (0..<examples).map { _ in 1.5 * generator.normal() }
  return ResponseMatrix(
    rows: effects.map { effect in
      difficulties.map { generator.unit() < 1 / (1 + exp($0 - effect)) ? 1 : 0 }
    })
}

struct EffectTests {
  @Test func `the spread from noise of two formats agrees with enumeration`() throws {
    // Four discordant examples of ten: the difference of right answers is 0, ±2 or ±4 with chances
    // 6/16, 8/16 and 2/16, so the mean spread is (8·0.2 + 2·0.4)/16 = 0.15.
    let matrix = ResponseMatrix(
      rows: [[1, 1, 1, 1, 0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 0, 0, 1, 1, 0, 0]])
    var generator = SeededGenerator(seed: 1)
    let noise = try #require(ShuffleTest(matrix, shuffles: 3000, using: &generator))
    #expect(abs(noise.observed - 0.4) < 1e-12)
    #expect(abs(noise.expected - 0.15) < 0.008)
    #expect(abs(noise.pValue - 2.0 / 16) < 0.02)
    #expect(abs(noise.limit - 0.4) < 1e-12)
  }

  @Test func `the permutation test rejects equal formats as often as it says`() throws {
    var generator = SeededGenerator(seed: 2)
    var rejected = 0
    var rejectedByQ = 0
    for _ in 0..<200 {
      var matrix = answers(
        effects: Array(repeating: 0.3, count: 8), examples: 30, using: &generator)
      let q = CochranQ(matrix)
      if q.pValue <= 0.05 { rejectedByQ += 1 }
      for arm in 0..<8 { for e in 0..<(arm * 3) { matrix[arm, e] = ResponseMatrix.missing } }
      let noise = try #require(ShuffleTest(matrix, shuffles: 99, using: &generator))
      if noise.pValue <= 0.05 { rejected += 1 }
    }
    // 5 % of 200 is 10; three standard errors are 9.
    #expect((1...19).contains(rejected))
    #expect((1...19).contains(rejectedByQ))
  }

  @Test func `a real effect is found`() throws {
    var generator = SeededGenerator(seed: 3)
    let matrix = answers(
      effects: (0..<8).map { 0.2 * Double($0) }, examples: 120, using: &generator)
    let noise = try #require(ShuffleTest(matrix, shuffles: 199, using: &generator))
    #expect(noise.pValue == 1.0 / 200)
    #expect(noise.observed > noise.limit)
    #expect(CochranQ(matrix).pValue < 0.001)
  }

  @Test func `one format has no spread`() {
    var generator = SeededGenerator(seed: 4)
    #expect(ShuffleTest(ResponseMatrix(rows: [[1, 0]]), using: &generator) == nil)
    #expect(CrossFitSpread.estimate(ResponseMatrix(rows: [[1, 0]]), using: &generator) == nil)
    #expect(VarianceShares(ResponseMatrix(rows: [[1, 0]])) == nil)
  }

  @Test func `the cross-fit spread of equal formats is about zero, of different ones a bit low`()
    throws
  {
    var generator = SeededGenerator(seed: 5)
    var equal = 0.0
    var different = 0.0
    var truth = 0.0
    for _ in 0..<40 {
      let same = answers(
        effects: Array(repeating: 0, count: 20), examples: 60, using: &generator)
      equal += try #require(CrossFitSpread.estimate(same, halvings: 4, using: &generator)) / 40
      let ladder = answers(
        effects: (0..<20).map { 0.15 * Double($0) }, examples: 60, using: &generator)
      different +=
        try #require(CrossFitSpread.estimate(ladder, halvings: 4, using: &generator)) / 40
      truth += try #require(ladder.spread) / 40
    }
    #expect(abs(equal) < 0.03)
    #expect(different < truth)
    #expect(different > 0.7 * truth)
  }

  @Test func `variance shares of a hand-made table are exact`() throws {
    // Two formats, two examples, answers 1 1 / 1 0: grand mean 3/4, SS_format = 2·2·(1/4)² = 1/4,
    // SS_example the same, SS_total = 3 − 4·(9/16) = 3/4, so SS_rest = 1/4; all have one degree.
    let shares = try #require(VarianceShares(ResponseMatrix(rows: [[1, 1], [1, 0]])))
    #expect(abs(shares.rest - 0.25) < 1e-12)
    #expect(shares.format == 0 && shares.example == 0)
    #expect(shares.corrected(spread: 0.5) == 0)
    #expect(VarianceShares(ResponseMatrix(rows: [[1, 2], [1, 0]])) == nil)
  }

  @Test func `sensitivity is the share of differing pairs`() {
    // Three formats: 2 of 3 pairs differ on the first example, none on the second.
    #expect(
      PromptSensiScore.value(ResponseMatrix(rows: [[1, 1], [0, 1], [0, 1]])) == 1.0 / 3)
    #expect(PromptSensiScore.value(ResponseMatrix(rows: [[1, 0]])) == nil)
  }
}
