import Basics
import Statistics

@testable import Sensitivity

/// Small grids whose figures can be counted by hand or by going through all cases.
enum GridSamples {
  /// Predictions of 4 formats on 5 examples with three answers and the right ones.
  static let votes: [[Int32]] = [
    [0, 1, 2, 0, 1], [0, 1, 1, 0, 2], [0, 2, 2, 1, 2], [0, 1, 2, 2, -1],
  ]
  static let gold: [Int32] = [0, 1, 2, 0, 1]

  static func grid(
    _ votes: [[Int32]] = votes, gold: [Int32] = gold, classes: [String] = ["a", "b", "c"]
  ) -> AnswerGrid {
    var grid = AnswerGrid(formats: votes.count, examples: gold.count)
    grid.classes = classes
    grid.gold = gold
    grid.predictions = votes.flatMap(\.self)
    grid.correct = votes.flatMap { row in
      zip(row, gold).map { answer, right in
        answer < 0 ? ResponseMatrix.missing : answer == right ? 1 : 0
      }
    }
    return grid
  }

  static func random(formats: Int, examples: Int, classes: Int, seed: UInt64) -> AnswerGrid {
    var generator = SeededGenerator(seed: seed)
    let gold = (0..<examples).map { _ in Int32(generator.below(classes)) }
    let votes = (0..<formats).map { _ in
      gold.map { generator.unit() < 0.5 ? $0 : Int32(generator.below(classes)) }
    }
    return grid(votes, gold: gold, classes: (0..<classes).map { "class \($0)" })
  }
}
