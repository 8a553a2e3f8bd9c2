import Statistics
import Testing

struct PairedTestsTests {
  /// Expected values: scipy.stats.binom (mid-p from cdf and pmf) and binomtest of scipy 1.17.
  @Test(arguments: [
    (5, 1, 0.125, 0.21875), (3, 3, 1, 1), (0, 8, 0.00390625, 0.0078125),
    (50, 3, 2.9187763317395345e-12, 5.519584789226428e-12),
    (14, 2, 0.0023498535156249983, 0.004180908203125), (1, 0, 0.5, 1), (0, 0, 1, 1),
  ])
  func `McNemar's values agree with scipy`(_ b: Int, _ c: Int, _ midP: Double, _ exact: Double) {
    let test = McNemar(firstOnly: b, secondOnly: c, examples: 100)
    #expect(near(test.midP, midP, 1e-10))
    #expect(near(test.exact, exact, 1e-10))
  }

  @Test func `McNemar counts discordant examples that both formats answered`() {
    let test = McNemar(ResponseMatrix(rows: [[1, 1, 0, 2, 1], [0, 1, 1, 0, 0]]), 0, 1)
    #expect(test == McNemar(firstOnly: 2, secondOnly: 1, examples: 4))
    #expect(test.difference == 0.25)
  }

  @Test func `Cochran's Q of a small table is exact`() {
    let test = CochranQ(
      ResponseMatrix(rows: [[1, 1, 1, 1, 0, 1], [1, 1, 0, 0, 0, 1], [0, 1, 0, 0, 0, 1]]))
    // By hand: examples 2 and 6 are always right and 5 never, three informative ones remain with
    // C = 3, 1, 0, G = 4, ΣT² = 4 + 1 + 1, so Q = 2·(3·10 − 16)/(12 − 6) = 14/3. Of the 27 ways to deal
    // the answers, 6 give counts 3, 1, 0 and no way gives a larger sum of squares: p = 6/27.
    #expect(near(test.statistic, 14.0 / 3))
    #expect(test.degreesOfFreedom == 2)
    #expect(test.examples == 6)
    #expect(test.informativeExamples == 3)
    #expect(near(test.pValue, 6.0 / 27, 1e-12))
    #expect(test.method == .exact)
  }

  @Test func `Cochran's Q is undefined without disagreement and then says nothing`() {
    let test = CochranQ(ResponseMatrix(rows: [[1, 0, 1], [1, 0, 1]]))
    #expect(test.statistic == 0)
    #expect(test.pValue == 1)
    #expect(CochranQ(ResponseMatrix(arms: 0, examples: 0)).pValue == 1)
  }
}
