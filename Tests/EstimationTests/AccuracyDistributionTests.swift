import Basics
import Estimation
import Statistics
import Testing

struct AccuracyDistributionTests {
  /// The first `each` answers of every format.
  private func beginning(_ matrix: ResponseMatrix, _ each: Int) -> ResponseMatrix {
    var part = matrix
    for arm in 0..<matrix.arms {
      for example in each..<matrix.examples { part[arm, example] = ResponseMatrix.missing }
    }
    return part
  }

  private func range(_ values: [Double]) throws -> Double {
    let ends = try #require(Quantiles.quantiles([0.05, 0.95], of: values))
    return ends[1] - ends[0]
  }

  @Test func `everything seen gives the true quantiles`() throws {
    let matrix = raschMatrix(arms: 30, examples: 80, from: -1, to: 1, seed: 2)
    let found = try #require(AccuracyDistribution(matrix))
    let truth = try #require(
      Quantiles.quantiles(AccuracyDistribution.usual, of: matrix.means.compactMap { $0 }))
    for (entry, value) in zip(found.entries, truth) {
      #expect(abs(entry.accuracy - value) < 1e-9)
      #expect(entry.interval.width < 1e-9)
    }
  }

  @Test func `the range from few answers is nearer to the truth than that of raw accuracies`()
    throws
  {
    let matrix = raschMatrix(arms: 80, examples: 400, from: -0.6, to: 0.6, seed: 7)
    let part = beginning(matrix, 20)
    let truth = try range(matrix.means.compactMap { $0 })
    let raw = try range(part.means.compactMap { $0 })
    let found = try #require(AccuracyDistribution(part))
    let modelled = found.entries[4].accuracy - found.entries[0].accuracy
    #expect(abs(modelled - truth) < 0.6 * abs(raw - truth))
  }

  @Test func `no answers give no distribution`() {
    #expect(AccuracyDistribution(ResponseMatrix(arms: 3, examples: 4)) == nil)
  }
}
