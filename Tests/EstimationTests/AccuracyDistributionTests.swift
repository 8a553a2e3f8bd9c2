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
      #expect(entry.standardError == 0)
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

  @Test func `a balanced beginning finds the middle and says how well`() throws {
    let matrix = raschMatrix(arms: 60, examples: 200, from: -0.6, to: 0.6, seed: 7)
    var search = BalancedSearch(arms: 60, examples: 200, budget: 1200)
    var part = ResponseMatrix(arms: 60, examples: 200)
    for cell in run(&search, on: matrix).flatMap({ $0 }) {
      part[cell.arm, cell.example] = matrix[cell.arm, cell.example]
    }
    let asked = (0..<200).map { example in (0..<60).count { part[$0, example] != 2 } }
    #expect(Set(asked) == [6])
    let found = try #require(AccuracyDistribution(part, probabilities: [0.5]))
    let truth = try #require(Quantiles.quantile(0.5, of: matrix.means.compactMap { $0 }))
    #expect(abs(found.entries[0].accuracy - truth) < 0.03)
    #expect((0.002...0.05).contains(found.entries[0].standardError))
  }

  @Test func `no answers give no distribution`() {
    #expect(AccuracyDistribution(ResponseMatrix(arms: 3, examples: 4)) == nil)
  }
}
