import Foundation
import Statistics

/// What can be said about each example by comparing the answers that its formats gave.
///
/// Values are NaN where an example does not have enough answers.
package struct ExampleScores: Sendable, Hashable {
  /// ProSA: the share of pairs of formats of which one is right and the other wrong, from 0 to 1.
  package private(set) var promptSensitivity: [Double]
  /// The share of right answers among the known cells.
  package private(set) var accuracy: [Double]
  /// The share of pairs of formats that give the same answer (self-consistency), from 0 to 1.
  package private(set) var agreement: [Double]
  /// 1 where at least two formats answer differently, else 0.
  package private(set) var isAmbiguous: [Double]
  /// Errica et al.: entropy of the answers over its largest value, from 0 to 1; plug-in.
  package private(set) var entropy: [Double]
  /// The same with Miller and Madow's correction for few formats.
  package private(set) var correctedEntropy: [Double]
  /// The same from the mean of the formats' probabilities instead of their votes.
  package private(set) var probabilityEntropy: [Double]
  /// The highest option probability, averaged over formats: decoding confidence.
  package private(set) var confidence: [Double]
  /// The share of the other formats whose answer is not format 0's.
  package private(set) var flips: [Double]

  package init(_ grid: AnswerGrid) {
    let nothing = [Double](repeating: .nan, count: grid.examples)
    promptSensitivity = nothing
    accuracy = nothing
    agreement = nothing
    isAmbiguous = nothing
    entropy = nothing
    correctedEntropy = nothing
    probabilityEntropy = nothing
    confidence = nothing
    flips = nothing
    judge(grid)
    if grid.hasPredictions { compare(grid) }
    if grid.hasProbabilities { weigh(grid) }
  }

  private mutating func judge(_ grid: AnswerGrid) {
    var right = [Int](repeating: 0, count: grid.examples)
    var known = right
    for format in 0..<grid.formats {
      for example in 0..<grid.examples {
        let value = grid.correct[format * grid.examples + example]
        guard value != ResponseMatrix.missing else { continue }
        right[example] += Int(value)
        known[example] += 1
      }
    }
    for example in 0..<grid.examples where known[example] > 0 {
      let (t, k) = (right[example], known[example])
      accuracy[example] = Double(t) / Double(k)
      if k > 1 { promptSensitivity[example] = 2 * Double(t * (k - t)) / Double(k * (k - 1)) }
    }
  }

  private mutating func compare(_ grid: AnswerGrid) {
    var counts: [Int32: Int] = [:]
    for example in 0..<grid.examples {
      counts.removeAll(keepingCapacity: true)
      var votes = 0
      for format in 0..<grid.formats {
        let answer = grid.predictions[format * grid.examples + example]
        guard answer >= 0 else { continue }
        counts[answer, default: 0] += 1
        votes += 1
      }
      let original = grid.formats > 0 ? grid.predictions[example] : -1
      if original >= 0, votes > 1 {
        flips[example] = Double(votes - (counts[original] ?? 0)) / Double(votes - 1)
      }
      guard votes > 1 else { continue }
      // Sorted, because a sum must not depend on the order of a dictionary.
      let sizes = counts.values.sorted()
      agreement[example] =
        Double(sizes.reduce(0) { $0 + $1 * ($1 - 1) }) / Double(votes * (votes - 1))
      isAmbiguous[example] = sizes.count > 1 ? 1 : 0
      let plain = sizes.reduce(0.0) { sum, size in
        let share = Double(size) / Double(votes)
        return sum - share * log(share)
      }
      // Free text has no list of classes: as many answers as formats are possible.
      let largest = log(Double(grid.classes.isEmpty ? grid.formats : grid.classes.count))
      guard largest > 0 else { continue }
      entropy[example] = plain / largest
      correctedEntropy[example] =
        min(1, (plain + Double(sizes.count - 1) / Double(2 * votes)) / largest)
    }
  }

  private mutating func weigh(_ grid: AnswerGrid) {
    let options = grid.options
    for example in 0..<grid.examples {
      var mean = [Double](repeating: 0, count: options)
      var sure = 0.0
      var count = 0
      for format in 0..<grid.formats {
        let start = (format * grid.examples + example) * options
        guard !grid.probabilities[start].isNaN else { continue }
        count += 1
        var best: Float = 0
        for option in 0..<options {
          mean[option] += Double(grid.probabilities[start + option])
          best = max(best, grid.probabilities[start + option])
        }
        sure += Double(best)
      }
      guard count > 0 else { continue }
      confidence[example] = sure / Double(count)
      guard count > 1 else { continue }
      probabilityEntropy[example] =
        mean.reduce(0.0) { sum, weight in
          let share = weight / Double(count)
          return share > 0 ? sum - share * log(share) : sum
        } / log(Double(options))
    }
  }
}
