import Basics
import Statistics
import Testing

/// Agreement with figures computed elsewhere on answers of real models.
@Suite(.enabled(if: SharedData.isThere, "the shared reference data are not beside the package"))
struct OracleTests {
  @Test(arguments: [
    "0.5B/marketing", "0.5B/nutrition", "0.5B/management", "0.5B/human_aging", "1.5B/marketing",
  ])
  func `accuracies and paired tests agree to the printed digits`(_ name: String) throws {
    let oracle = try JSONReader(
      JSON.parse(Array(SharedData.text("data/real/oracle-statistics.json").utf8), file: "oracle"),
      file: "oracle")
    let members = try oracle.members()
    let entry = try #require(members.first { $0.key == name }?.reader)
    let fields = Dictionary(
      uniqueKeysWithValues: try entry.members().map { ($0.key, $0.reader) })
    func figure(_ key: String) throws -> Double {
      try fields.required(key, in: entry).double()
    }
    let file = name.replacing("/", with: "-")
    let matrix = try SharedData.matrix("data/real/qwen2.5-\(file.lowercased()).csv")
    let means = matrix.means.compactMap { $0 }
    #expect(matrix.arms == 40 && matrix.examples == 100)
    #expect(abs(means.reduce(0, +) / 40 - (try figure("mean"))) <= 5.1e-5)
    #expect(near(try #require(matrix.spread), try figure("spread"), 1e-9))
    let quantiles = try #require(Quantiles.quantiles([0.05, 0.95], of: means))
    #expect(abs(quantiles[0] - (try figure("p05"))) <= 5.1e-5)
    #expect(abs(quantiles[1] - (try figure("p95"))) <= 5.1e-5)
    let test = CochranQ(matrix)
    #expect(abs(test.statistic - (try figure("cochranQ"))) <= 5.1e-5)
    #expect(Double(test.degreesOfFreedom) == (try figure("cochran_df")))
    #expect(near(test.pValue, try figure("cochran_p"), 1e-9))
    let best = Int(try figure("best"))
    let worst = Int(try figure("worst"))
    let pair = McNemar(matrix, best, worst)
    #expect(Double(pair.firstOnly) == (try figure("mcnemar_b")))
    #expect(Double(pair.secondOnly) == (try figure("mcnemar_c")))
    let shares = try #require(VarianceShares(matrix))
    #expect(abs(shares.observedDeviation - (try figure("sd_obs"))) <= 5.1e-5)
    #expect(abs(shares.noiseDeviation - (try figure("sd_noise_paired"))) <= 5.1e-5)
    #expect(abs(shares.trueDeviation - (try figure("sd_true"))) <= 5.1e-5)
    #expect(abs((try #require(PromptSensiScore.value(matrix))) - (try figure("PSS"))) <= 5.1e-7)
  }
}
