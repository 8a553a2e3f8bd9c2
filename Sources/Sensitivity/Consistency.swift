import Basics
import Foundation
import Statistics

/// Errica et al.'s consistency: how alike the answers to two examples of one right answer are.
///
/// `1 − ½ Σ_c |p̄(c|x) − p̄(c|x')|` with p̄ the share of formats that answer c, averaged over pairs of
/// examples of one right answer; 1 when all such examples are answered alike, rightly or wrongly. With
/// more than 2,000 pairs in a class, that many are drawn.
struct Consistency {
  static let mostPairs = 2_000

  /// The pairs of one class of right answers.
  struct Class {
    let gold: Int32
    let members: Int
    let value: Double?
    let interval: Interval?
  }

  let classes: [Class]
  /// The mean over classes with at least two examples.
  let value: Double?
  let interval: Interval?

  init(_ grid: AnswerGrid, _ bootstrap: Bootstrap, using generator: inout SeededGenerator) {
    let width = grid.classes.count
    var shares: [Double] = []
    var hasVotes: [Bool] = []
    if width > 0, grid.hasPredictions {
      shares = [Double](repeating: 0, count: grid.examples * width)
      hasVotes = [Bool](repeating: false, count: grid.examples)
      for example in 0..<grid.examples {
        var votes = 0.0
        for format in 0..<grid.formats {
          let answer = grid.predictions[format * grid.examples + example]
          guard answer >= 0 else { continue }
          shares[example * width + Int(answer)] += 1
          votes += 1
        }
        guard votes > 0 else { continue }
        hasVotes[example] = true
        for place in (example * width)..<((example + 1) * width) { shares[place] /= votes }
      }
    }
    var classes: [Class] = []
    var drawn: [[Double]] = []
    for gold in Int32(0)..<Int32(width) where grid.hasPredictions {
      let members = (0..<grid.examples).filter { grid.gold[$0] == gold && hasVotes[$0] }
      guard !members.isEmpty else { continue }
      let pairs = Self.pairs(members, using: &generator)
      let values = pairs.map { a, b in
        1 - 0.5
          * (0..<width).reduce(0.0) {
            $0 + abs(shares[a * width + $1] - shares[b * width + $1])
          }
      }
      var resampled: [Double] = []
      if !pairs.isEmpty {
        for resample in 0..<bootstrap.resamples {
          let weights = bootstrap.draw(resample)
          let start = weights.startIndex
          var top = 0.0
          var bottom = 0.0
          for (pair, value) in zip(pairs, values) {
            let weight = Double(weights[start + pair.0]) * Double(weights[start + pair.1])
            top += weight * value
            bottom += weight
          }
          resampled.append(bottom > 0 ? top / bottom : .nan)
        }
        drawn.append(resampled)
      }
      classes.append(
        Class(
          gold: gold, members: members.count,
          value: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count),
          interval: Bootstrap.interval(resampled)))
    }
    self.classes = classes
    let known = classes.compactMap(\.value)
    value = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    interval = Bootstrap.interval(
      (0..<bootstrap.resamples).map { resample in
        let values = drawn.map { $0[resample] }.filter { !$0.isNaN }
        return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
      })
  }

  private static func pairs(
    _ members: [Int], using generator: inout SeededGenerator
  ) -> [(Int, Int)] {
    let count = members.count
    guard count > 1 else { return [] }
    if count * (count - 1) / 2 <= mostPairs {
      return members.indices.flatMap { a in
        members.indices.filter { $0 > a }.map { (members[a], members[$0]) }
      }
    }
    return (0..<mostPairs).map { _ in
      let a = generator.below(count)
      let b = (a + 1 + generator.below(count - 1)) % count
      return (members[a], members[b])
    }
  }
}
