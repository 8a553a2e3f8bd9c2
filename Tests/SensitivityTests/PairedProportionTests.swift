import Sensitivity
import Statistics
import Testing

@Suite struct PairedProportionTests {
  // Python with scipy 1.17: the restricted likelihood maximised numerically at every difference, the
  // ends by root finding (brentq).
  @Test(arguments: [
    (50, 3, 100, 0.35579769736, 0.57416641079), (14, 2, 100, 0.04776704956, 0.20521177936),
    (5, 5, 60, -0.11421843921, 0.11421843921), (0, 4, 30, -0.29681326682, -0.00468481971),
    (1, 0, 20, -0.11918141673, 0.23613119344),
  ])
  func `Tango's interval agrees with a numerical one`(
    _ b: Int, _ c: Int, _ n: Int, _ low: Double, _ high: Double
  ) {
    let found = PairedProportions.tango(firstOnly: b, secondOnly: c, examples: n)
    #expect(abs(found.lower - low) < 2e-6)
    #expect(abs(found.upper - high) < 2e-6)
  }

  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
  @Test func `Holm's correction agrees with R`() {
    let found = PairedProportions.holm([0.01, 0.04, 0.03, 0.005])
    for (a, b) in zip(found, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(a - b) < 1e-12) }
    #expect(PairedProportions.holm([]).isEmpty)
  }

  // scipy 1.17: binomtest(14, 16, alternative="greater"), binomtest(3, 10, …).
  @Test func `the one-sided test agrees with scipy`() {
    #expect(
      abs(PairedProportions.oneSided(firstOnly: 14, secondOnly: 2) - 0.0020904541015625) < 1e-12)
    #expect(abs(PairedProportions.oneSided(firstOnly: 3, secondOnly: 7) - 0.9453125) < 1e-12)
    #expect(PairedProportions.oneSided(firstOnly: 0, secondOnly: 0) == 1)
  }

  @Test func `no examples leave everything open`() {
    let all = PairedProportions.tango(firstOnly: 0, secondOnly: 0, examples: 0)
    #expect(all.lower == -1)
    #expect(all.upper == 1)
  }
}
