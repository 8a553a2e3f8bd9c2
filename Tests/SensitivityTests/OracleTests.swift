import Basics
import Foundation
import Sensitivity
import Statistics
import Testing

/// The figures of real matrices against those that another program computed with numpy and scipy.
@Suite(.enabled(if: SharedFiles.areHere)) struct OracleTests {
  static let files = [
    ("0.5B/marketing", "qwen2.5-0.5b-marketing"), ("0.5B/nutrition", "qwen2.5-0.5b-nutrition"),
    ("0.5B/management", "qwen2.5-0.5b-management"),
    ("0.5B/human_aging", "qwen2.5-0.5b-human_aging"), ("1.5B/marketing", "qwen2.5-1.5b-marketing"),
  ]

  private func matrix(_ file: String) throws -> ResponseMatrix {
    try ResponseMatrix(csv: try SharedFiles.text("data/real/\(file).csv"), file: file)
  }

  private func oracle(_ key: String) throws -> [String: JSONReader] {
    let document = try TextFile.json(SharedFiles.path("data/real/oracle-statistics.json"))
    return try #require(try document.anyMembers()[key]).anyMembers()
  }

  @Test(arguments: files) func `the statistics of a matrix equal the oracle's`(
    _ key: String, _ file: String
  ) throws {
    let oracle = try oracle(key)
    let found = try #require(MatrixStatistics(try matrix(file)))
    func expect(_ name: String, _ value: Double?, within: Double) throws {
      let wanted = try #require(oracle[name]).double()
      let value = try #require(value)
      #expect(abs(value - wanted) <= within, "\(name): \(value), the oracle has \(wanted)")
    }
    try expect("K", Double(found.formats), within: 0)
    try expect("N", Double(found.examples), within: 0)
    for (name, value) in [
      ("mean", found.mean), ("min", found.lowest), ("max", found.highest),
      ("spread", found.highest - found.lowest), ("p05", found.percentile5),
      ("p95", found.percentile95), ("cochranQ", found.cochran.statistic),
      ("sd_obs", found.observedDeviation), ("sd_noise_paired", found.pairedNoise),
      ("sd_noise_iid", found.independentNoise), ("sd_true", found.trueDeviation),
    ] { try expect(name, value, within: 0.5001e-4) }
    try expect("PSS", found.promptSensitivity, within: 0.5001e-6)
    try expect("reliability_split_half", found.splitHalf, within: 0.5001e-3)
    let p = try #require(oracle["cochran_p"]).double()
    #expect(abs(found.cochran.pValue / p - 1) < 1e-9)
    try expect("cochran_df", Double(found.cochran.degreesOfFreedom), within: 0)
    try expect("best", Double(found.best), within: 0)
    try expect("worst", Double(found.worst), within: 0)
    try expect("mcnemar_b", Double(found.comparison.firstOnly), within: 0)
    try expect("mcnemar_c", Double(found.comparison.secondOnly), within: 0)
    try expect("examples_never_right", Double(found.neverRight), within: 0)
    try expect("examples_always_right", Double(found.alwaysRight), within: 0)
  }

  @Test(arguments: files) func `the shares of single attributes equal the oracle's`(
    _ key: String, _ file: String
  ) throws {
    let matrix = try matrix(file)
    let path = SharedFiles.path("data/real/format-factors.csv")
    let factors = try FactorTable(
      csv: try TextFile.bytes(path), file: path, formats: matrix.arms)
    let found = Attribution(AnswerGrid(matrix), factors: factors, resamples: 0, seed: 0)
    let oracle = try #require(try oracle(key)["one_way_eta2"]).members()
    #expect(Set(found.attributes.map(\.name)) == Set(oracle.map(\.key)))
    for (name, value) in oracle {
      let attribute = try #require(found.attributes.first { $0.name == name })
      let eta = try #require(attribute.eta.value)
      let wanted = try value.double()
      #expect(abs(eta - wanted) <= 0.5001e-3, "\(name): \(eta), the oracle has \(wanted)")
    }
  }

  @Test(arguments: files) func `Cochran's Q is 2N(K−1)s² over the PromptSensiScore`(
    _ key: String, _ file: String
  ) throws {
    let found = try #require(MatrixStatistics(try matrix(file)))
    let identity =
      2 * Double(found.examples * (found.formats - 1)) * found.observedDeviation
      * found.observedDeviation / found.promptSensitivity
    #expect(abs(identity / found.cochran.statistic - 1) < 1e-12)
  }
}
