import Statistics
import Testing

struct QuantilesTests {
  /// Expected values: numpy.quantile (type 7).
  @Test(arguments: [
    (0.0, 0.1), (0.05, 0.14), (0.25, 0.3), (0.5, 0.4), (0.95, 0.86), (1.0, 0.9),
  ])
  func `quantiles interpolate as numpy's`(_ p: Double, _ expected: Double) throws {
    let value = try #require(Quantiles.quantile(p, of: [0.7, 0.1, 0.4, 0.9, 0.3]))
    #expect(near(value, expected))
  }

  @Test func `an empty list has no quantile, rank or extremes`() {
    #expect(Quantiles.quantile(0.5, of: []) == nil)
    #expect(Quantiles.percentileRank(of: 1, in: []) == nil)
    #expect(Quantiles.extremes(of: []) == nil)
  }

  @Test func `ties count half in a percentile rank`() {
    #expect(Quantiles.percentileRank(of: 0.5, in: [0.1, 0.5, 0.5, 0.9]) == 0.5)
    #expect(Quantiles.percentileRank(of: 0.95, in: [0.1, 0.5, 0.5, 0.9]) == 1)
  }

  @Test func `every tied extreme is named`() throws {
    let found = try #require(Quantiles.extremes(of: [0.2, 0.8, 0.2, 0.5, 0.8]))
    #expect(found.lowest == [0, 2])
    #expect(found.highest == [1, 4])
  }
}
