import Basics
import Estimation
import Foundation
import Statistics
import Testing

/// The bandit searches against figures of the released code on the same matrices (30 repetitions).
@Suite(.enabled(if: SharedData.isThere, "the shared reference data are not beside the package"))
struct ReleasedCodeTests {
  /// Every budget takes minutes in a debug build; the smallest shows a wrong accounting already.
  static let budgets =
    ProcessInfo.processInfo.environment["FORMATSPREAD_SLOW"] == nil
    ? [1600] : [1600, 6400, 12_800, 25_600, 40_000, 51_200]

  @Test(
    arguments: [
      (SearchKind.thompson, "thompson"), (.ucb, "ucb as released"), (.ucbRepaired, "ucb repaired"),
    ],
    ["rasch_narrow", "beta_s10", "beta_s20", "factor_task309"])
  func `errors agree within fifteen percent or three standard errors`(
    _ search: (kind: SearchKind, name: String), _ name: String
  ) throws {
    let path = "data/matrices/released-code-results.json"
    let document = JSONReader(
      try JSON.parse(Array(SharedData.text(path).utf8), file: path), file: path)
    let matrix = try SharedData.matrix("data/matrices/\(name).csv")
    let replay = Replay(matrix, trials: 30, seed: 4)
    for budget in Self.budgets {
      var entry = document
      for key in ["matrices", name, search.name, String(budget)] {
        entry = try #require(try entry.members().first { $0.key == key }?.reader)
      }
      let members = Dictionary(
        uniqueKeysWithValues: try entry.members().map { ($0.key, $0.reader) })
      let error = try members.required("mean_abs_error_picked", in: entry).double()
      let noise = try members.required("standard_error", in: entry).double()
      let found = replay.run(
        SearchSettings(
          kind: search.kind, arms: matrix.arms, examples: matrix.examples, budget: budget,
          accounting: .paper))
      let both = (noise * noise + found.standardErrorPicked * found.standardErrorPicked)
        .squareRoot()
      #expect(
        abs(found.meanAbsErrorPicked - error) <= max(0.15 * error, 3 * both),
        "\(budget): \(found.meanAbsErrorPicked) against \(error)")
      #expect(found.evaluationsCounted == Double(budget))
    }
  }
}
