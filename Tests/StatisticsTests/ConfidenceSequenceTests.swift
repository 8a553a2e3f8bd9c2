import Basics
import Foundation
import Statistics
import Testing

struct ConfidenceSequenceTests {
  /// Expected ends by trying every count: evidence B(s+½, w+½)/B(½, ½) against the chance of the
  /// sequence when M of the N examples are right, in exact products.
  @Test(arguments: [(3, 10, 20), (0, 5, 12), (7, 7, 9), (1, 1, 30), (12, 25, 60)])
  func `the interval without replacement agrees with trying every count`(
    _ s: Int, _ n: Int, _ size: Int
  ) {
    let alpha = 0.1
    var evidence = 1.0
    for k in 0..<s { evidence *= (0.5 + Double(k)) / Double(1 + k) }
    for k in 0..<(n - s) { evidence *= (0.5 + Double(k)) / Double(1 + s + k) }
    let inside = (0...size).filter { right in
      var chance = 1.0
      for k in 0..<s { chance *= Double(max(0, right - k)) / Double(size - k) }
      for k in 0..<(n - s) {
        chance *= Double(max(0, size - right - k)) / Double(size - s - k)
      }
      return chance > alpha * evidence
    }
    let interval = ConfidenceSequence.interval(
      successes: s, trials: n, of: size, alpha: alpha, target: .theseExamples)
    #expect(inside.first.map { Double($0) / Double(size) } == interval.lower)
    #expect(inside.last.map { Double($0) / Double(size) } == interval.upper)
  }

  @Test func `nothing is uncertain about these examples when all are seen`() {
    let seen = ConfidenceSequence.interval(
      successes: 31, trials: 50, of: 50, alpha: 0.05, target: .theseExamples)
    #expect(seen == Interval(0.62, 0.62))
    let population = ConfidenceSequence.interval(
      successes: 31, trials: 50, of: 50, alpha: 0.05, target: .population)
    #expect(population.width > 0.3)
  }

  @Test func `answers beyond a gap bound what is left unseen and nothing else`() {
    // Six of the first eight are right; after a gap come answers beyond.
    func interval(_ all: (right: Int, asked: Int), _ target: IntervalTarget) -> Interval {
      var row: [UInt8] = [1, 1, 1, 1, 1, 1, 0, 0, ResponseMatrix.missing]
      row += Array(repeating: 1, count: all.right - 6)
      row += Array(repeating: 0, count: all.asked - all.right - 2)
      row += Array(repeating: ResponseMatrix.missing, count: 40 - row.count)
      return ConfidenceSequence.interval(
        of: 0, in: ResponseMatrix(rows: [row]), alpha: 0.05, target: target)
    }
    let alone = interval((right: 6, asked: 8), .theseExamples)
    #expect(
      alone
        == ConfidenceSequence.interval(
          successes: 6, trials: 8, of: 40, alpha: 0.05, target: .theseExamples))
    // 26 of 40 are right for certain, and 4 wrong.
    let more = interval((right: 26, asked: 30), .theseExamples)
    #expect(alone.lower < 26.0 / 40)
    #expect(more.lower == 26.0 / 40)
    #expect(more.upper == min(alone.upper, 36.0 / 40))
    // Twenty-five wrong ones contradict the sequence; what was seen stands.
    #expect(
      interval((right: 6, asked: 38), .theseExamples) == Interval(6.0 / 40, 8.0 / 40))
    #expect(interval((right: 26, asked: 30), .population) == interval((6, 8), .population))
  }

  @Test func `the interval holds at all times at once`() {
    var generator = SeededGenerator(seed: 11)
    var misses = [0, 0]
    let simulations = 300
    for simulation in 0..<simulations {
      let rate = [0.05, 0.5, 0.8][simulation % 3]
      let answers = (0..<120).map { _ in generator.unit() < rate }
      let truth = [Double(answers.count { $0 }) / 120, rate]
      var right = 0
      var missed = [false, false]
      for (index, answer) in answers.enumerated() {
        right += answer ? 1 : 0
        if index % 7 != 0 && index > 20 { continue }
        for (place, target) in IntervalTarget.allCases.enumerated() {
          let interval = ConfidenceSequence.interval(
            successes: right, trials: index + 1, of: 120, alpha: 0.1, target: target)
          if truth[place] < interval.lower - 1e-9 || truth[place] > interval.upper + 1e-9 {
            missed[place] = true
          }
        }
      }
      for place in 0..<2 where missed[place] { misses[place] += 1 }
    }
    // At most 10 % may miss; 300 simulations add 3.5 points of noise at two standard errors.
    #expect(misses[0] <= 40)
    #expect(misses[1] <= 40)
    #expect(misses[0] + misses[1] > 2)
  }

  @Test(arguments: IntervalTarget.allCases)
  func `the paired lower bound holds at all times at once`(_ target: IntervalTarget) {
    var generator = SeededGenerator(seed: 12)
    var misses = 0
    var found = 0
    for _ in 0..<100 {
      let differences = (0..<150).map { _ -> Int8 in
        let draw = generator.unit()
        return draw < 0.2 ? 1 : draw < 0.25 ? -1 : 0
      }
      let truth =
        target == .population
        ? 0.15 : Double(differences.reduce(0) { $0 + Int($1) }) / 150
      var missed = false
      for end in stride(from: 10, through: 150, by: 40) {
        let bound = PairedSequence.lowerBound(
          Array(differences.prefix(end)), of: 150, alpha: 0.1, target: target)
        if bound > truth + 1e-9 { missed = true }
        if end == 130, bound > 0 { found += 1 }
      }
      if missed { misses += 1 }
    }
    #expect(misses <= 19)
    #expect(found > 50)
  }

  @Test func `a paired bound of a whole set is its difference`() {
    #expect(
      PairedSequence.lowerBound([1, 0, -1, 1], of: 4, alpha: 0.05, target: .theseExamples) == 0.25)
    #expect(PairedSequence.lowerBound([], of: 4, alpha: 0.05, target: .theseExamples) == -1)
  }
}
