import Basics
import Estimation
import Foundation
import Statistics

/// `replay --estimate distribution`: how well the distribution of accuracy is found from a part of the answers.
struct DistributionReplayCommand {
  private let matrices: [StoredMatrices.Task]
  /// Budgets as given: evaluations, or shares of all cells.
  private let budgets: [Budget]
  private let arguments: Arguments

  private enum Budget {
    case cells(Int)
    case share(Double)

    func cells(of matrix: ResponseMatrix) -> Int {
      switch self {
      case .cells(let count): count
      case .share(let share):
        max(1, Int((share * Double(matrix.arms * matrix.examples)).rounded()))
      }
    }

    var name: String {
      switch self {
      case .cells(let count): "\(count)"
      case .share(let share):
        "\((share * 100_000).rounded() / 1000)%".replacing(".0%", with: "%")
      }
    }
  }

  private struct Line {
    let matrix: String
    let budget: Budget
    let cells: Int
    let result: DistributionReplay.Result
  }

  /// - Throws: `InputError` for an option that belongs to searches, and for budgets that are none.
  init(_ matrices: [StoredMatrices.Task], _ arguments: Arguments) throws(InputError) {
    for name in ["--search", "--accounting", "--batch"] where arguments.has(name) {
      throw InputError("\(name): belongs to searches; leave it or --estimate out")
    }
    self.matrices = matrices
    self.arguments = arguments
    var budgets: [Budget] = []
    for part in (arguments.text("--budget") ?? "1%,2%,5%,10%").split(separator: ",") {
      if part.hasSuffix("%") {
        guard let value = Double(part.dropLast()), value > 0, value <= 100 else {
          throw InputError("--budget \(quoted(String(part))): expected a share such as 5%")
        }
        budgets.append(.share(value / 100))
      } else {
        budgets.append(
          .cells(try Arguments.number(String(part), of: "--budget", from: 1)))
      }
    }
    self.budgets = budgets
  }

  func run() throws(InputError) -> Int32 {
    let trials = try arguments.number("--trials", from: 1) ?? 30
    let seed = try arguments.seed("--seed") ?? 0
    let confidence = try arguments.share("--confidence") ?? 0.95
    var lines: [Line] = []
    for task in matrices {
      let replay = DistributionReplay(
        task.matrix, atoms: task.atoms, trials: trials, seed: seed, confidence: confidence)
      for budget in budgets {
        let cells = budget.cells(of: task.matrix)
        lines += replay.run(budget: cells).map {
          Line(matrix: task.name, budget: budget, cells: cells, result: $0)
        }
      }
    }
    Output.data(arguments.has("--json") ? json(lines, trials) : table(lines))
    return Tool.Status.done
  }

  private func json(_ lines: [Line], _ trials: Int) -> String {
    func list(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }
    return JSON.array(
      lines.map { line in
        .members([
          "matrix": .string(line.matrix), "estimator": .string(line.result.estimator.rawValue),
          "budget": .integer(line.cells), "trials": .integer(trials),
          "probabilities": list(AccuracyDistribution.usual),
          "mean_abs_errors": list(line.result.meanAbsErrors), "biases": list(line.result.biases),
          "range_error": .number(line.result.rangeError),
          "coverage": line.result.coverage.map(list),
        ])
      }
    ).pretty()
  }

  private func table(_ lines: [Line]) -> String {
    let head = AccuracyDistribution.usual.map { "\(Int(($0 * 100).rounded()))%" }
    var rows = [["matrix", "budget", "estimate by"] + head + ["mean", "range", "covered"]]
    func points(_ value: Double) -> String { String(format: "%.1f", 100 * value) }
    func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(max(1, values.count))
    }
    func add(_ name: String, _ budget: String, _ results: [DistributionReplay.Result]) {
      guard let first = results.first else { return }
      let errors = first.meanAbsErrors.indices.map { place in
        mean(results.map { $0.meanAbsErrors[place] })
      }
      let covered = results.compactMap(\.coverage).map(mean)
      rows.append(
        [name, budget, first.estimator.rawValue] + errors.map(points) + [
          points(mean(errors)), points(mean(results.map(\.rangeError))),
          covered.isEmpty ? "" : "\(Int((100 * mean(covered)).rounded()))%",
        ])
    }
    for line in lines { add(line.matrix, line.budget.name, [line.result]) }
    if matrices.count > 1 {
      for budget in budgets {
        for estimator in DistributionReplay.Estimator.allCases {
          add(
            "mean of \(matrices.count)", budget.name,
            lines.filter {
              $0.budget.name == budget.name && $0.result.estimator == estimator
            }.map(\.result))
        }
      }
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let text = rows.map { row in
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 3 ? row[column] + padding : padding + row[column]
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
    return text
      + "(points; mean absolute error of each quantile of accuracy over formats, of all five,\n"
      + "and of the 5 to 95 % range; covered: how often the intervals held the truth)\n"
  }
}
