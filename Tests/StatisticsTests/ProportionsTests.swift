import Statistics
import Testing

struct ProportionCase: Sendable, CustomTestStringConvertible {
  let successes: Int
  let trials: Int
  let confidence: Double
  let wilson: Interval
  let exact: Interval

  var testDescription: String { "\(successes) of \(trials) at \(confidence)" }
}

/// Expected values: scipy.stats.binomtest(k, n).proportion_ci of scipy 1.17.
private let cases = [
  ProportionCase(
    successes: 0, trials: 10, confidence: 0.95, wilson: Interval(0, 0.27753279986288926),
    exact: Interval(0, 0.30849710781876294)),
  ProportionCase(
    successes: 3, trials: 10, confidence: 0.95,
    wilson: Interval(0.10779126740630102, 0.6032218525388546),
    exact: Interval(0.06673951117773447, 0.652452850060008)),
  ProportionCase(
    successes: 10, trials: 10, confidence: 0.95, wilson: Interval(0.7224672001371109, 1),
    exact: Interval(0.6915028921812371, 1)),
  ProportionCase(
    successes: 150, trials: 300, confidence: 0.95,
    wilson: Interval(0.4437795161339169, 0.5562204838660831),
    exact: Interval(0.44199772080801364, 0.5580022791919863)),
  ProportionCase(
    successes: 997, trials: 1000, confidence: 0.99,
    wilson: Interval(0.9882064833170751, 0.9992418987689385),
    exact: Interval(0.9890662225795948, 0.9996618554709337)),
]

struct ProportionsTests {
  @Test(arguments: cases) func `both intervals agree with scipy`(_ expected: ProportionCase) {
    let wilson = Proportions.wilson(
      successes: expected.successes, trials: expected.trials, confidence: expected.confidence)
    #expect(near(wilson.lower, expected.wilson.lower))
    #expect(near(wilson.upper, expected.wilson.upper))
    let exact = Proportions.clopperPearson(
      successes: expected.successes, trials: expected.trials, confidence: expected.confidence)
    #expect(near(exact.lower, expected.exact.lower, 1e-11))
    #expect(near(exact.upper, expected.exact.upper, 1e-11))
  }

  @Test func `no trials say nothing`() {
    #expect(Proportions.wilson(successes: 0, trials: 0) == Interval(0, 1))
    #expect(Proportions.clopperPearson(successes: 0, trials: 0) == Interval(0, 1))
  }
}
