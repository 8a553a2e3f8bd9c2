import Testing

@testable import Prompts

@Suite struct `Rankings` {
  private func option(_ logProbability: Double, tokens: Int, bytes: Int) -> Ranking.Option {
    Ranking.Option(logProbability: logProbability, tokens: tokens, bytes: bytes)
  }

  // −6 / −7 / −9 nats over 2 / 7 / 3 tokens and 3 / 7 / 12 bytes:
  // sums −6, −7, −9; per token −3, −1, −3; per byte −2, −1, −0.75.
  @Test(arguments: [(Normalization.sum, 0), (.token, 1), (.byte, 2)])
  func `choose the highest sum, or mean per token or per byte`(
    _ normalization: Normalization, _ choice: Int
  ) {
    let options = [
      option(-6, tokens: 2, bytes: 3), option(-7, tokens: 7, bytes: 7),
      option(-9, tokens: 3, bytes: 12),
    ]
    let ranking = Ranking(options, by: normalization)
    #expect(ranking.choice == choice)
    #expect(!ranking.isTied)
  }

  @Test func `choose the first of several that tie and say so`() {
    let options = [
      option(-4, tokens: 1, bytes: 4), option(-2, tokens: 1, bytes: 2),
      option(-2, tokens: 2, bytes: 1),
    ]
    #expect(Ranking(options, by: .sum).choice == 1)
    #expect(Ranking(options, by: .sum).isTied)
    // Per token −4, −2, −1; per byte −1, −1, −2.
    #expect(Ranking(options, by: .token).choice == 2)
    #expect(!Ranking(options, by: .token).isTied)
    #expect(Ranking(options, by: .byte).choice == 0)
    #expect(Ranking(options, by: .byte).isTied)
  }

  @Test func `do not call a tie what ties below the best`() {
    let options = [-3.0, -1, -3].map { option($0, tokens: 1, bytes: 1) }
    #expect(!Ranking(options, by: .sum).isTied)
  }

  @Test func `treat an option without tokens or bytes as one long`() {
    let empty = option(-2, tokens: 0, bytes: 0)
    #expect(empty.value(.token) == -2)
    #expect(empty.value(.byte) == -2)
  }

  @Test func `choose a possible option over an impossible one`() {
    let ranking = Ranking(
      [option(-.infinity, tokens: 1, bytes: 1), option(-700, tokens: 1, bytes: 1)], by: .sum)
    #expect(ranking.choice == 1)
  }
}
