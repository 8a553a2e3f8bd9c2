import Statistics
import Testing

struct GrammarCoverageTests {
  /// Expected shares: the solution c of K·c^(K−1) − (K−1)·c^K = 0.05, the closed form of Beta(K−1, 2).
  @Test(arguments: [2, 10, 20, 50, 93, 320])
  func `the share of the grammar solves its closed form`(_ formats: Int) {
    let share = GrammarCoverage.share(formats: formats)
    let k = Double(formats)
    var power = 1.0
    for _ in 0..<(formats - 1) { power *= share }
    #expect(abs(k * power - (k - 1) * power * share - 0.05) < 1e-9)
  }

  @Test func `ten formats cover 60 point 6 percent and 93 are needed for 95`() {
    #expect(abs(GrammarCoverage.share(formats: 10) - 0.606) < 0.0005)
    #expect(GrammarCoverage.formats(share: 0.95) == 93)
    #expect(GrammarCoverage.share(formats: 1) == 0)
  }

  /// The sign-test interval of a median of 10: ranks 2 and 9 (positions 1 and 8) at 97.9 %, exact
  /// chance 1 − 2·(1 + 10)/1024; one step narrower on either side falls below 95 %.
  @Test func `a median's interval counts ranks`() throws {
    let ranks = try #require(GrammarCoverage.ranks(quantile: 0.5, formats: 10))
    #expect(ranks.lower == 1 && ranks.upper == 8)
    #expect(GrammarCoverage.ranks(quantile: 0.05, formats: 10) == nil)
  }
}
