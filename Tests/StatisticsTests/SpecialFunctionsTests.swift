import Foundation
import Statistics
import Testing

/// Expected values: scipy.special 1.17 (gammaln, betainc, gammaincc, ndtri) and scipy.stats.
struct SpecialFunctionsTests {
  @Test(arguments: [
    (0.1, 2.252712651734206), (0.5, 0.5723649429247), (1.5, -0.12078223763524526),
    (3, 0.6931471805599453), (9.99, 12.779315214350195), (10, 12.801827480081469),
    (123.4, 469.3360974421906), (32_001, 299957.82350374793),
  ])
  func `log gamma agrees with scipy`(_ x: Double, _ expected: Double) {
    #expect(near(SpecialFunctions.logGamma(x), expected, 2e-14))
  }

  @Test(arguments: [
    (0.2, 2.0, 3.0, 0.18080000000000004), (0.5, 0.5, 0.5, 0.5000000000000001),
    (0.9, 10, 0.7, 0.22825885833928827), (0.71, 700, 300, 0.7533879734343395),
    (0.001, 1, 1000, 0.6323045752290359), (0.3, 31, 200, 0.9999999987866537),
  ])
  func `the incomplete beta function agrees with scipy`(
    _ x: Double, _ a: Double, _ b: Double, _ expected: Double
  ) {
    #expect(near(SpecialFunctions.regularizedBeta(x, a, b), expected, 1e-11))
    #expect(near(SpecialFunctions.betaQuantile(expected, a, b), x, 1e-9))
  }

  @Test(arguments: [
    (0.5, 0.1, 0.6547208460185768), (1, 2, 0.1353352832366127),
    (19.5, 328.8877, 2.0581037540622202e-113), (19.5, 25.9397, 0.08125130982278805),
    (100, 80, 0.9828916869648668),
  ])
  func `the upper incomplete gamma function agrees with scipy`(
    _ shape: Double, _ x: Double, _ expected: Double
  ) {
    #expect(near(SpecialFunctions.regularizedGammaUpper(shape, x), expected, 1e-11))
  }

  @Test(arguments: [
    (1e-12, -7.034483825301131), (0.0001, -3.7190164854556804), (0.02, -2.053748910631823),
    (0.025, -1.9599639845400545), (0.3, -0.5244005127080409), (0.9, 1.2815515655446004),
    (0.975, 1.959963984540054), (0.99999, 4.264890793923841),
  ])
  func `the normal quantile agrees with scipy`(_ p: Double, _ expected: Double) {
    #expect(near(SpecialFunctions.normalQuantile(p), expected, 1e-12))
  }

  @Test func `the normal quantile of one half is zero`() {
    #expect(abs(SpecialFunctions.normalQuantile(0.5)) < 1e-15)
  }

  @Test func `choices of 5 from 50 are counted`() {
    #expect(near(SpecialFunctions.logChoose(50, 5), log(2_118_760), 1e-13))
    #expect(SpecialFunctions.logChoose(7, 0) == 0)
  }
}
