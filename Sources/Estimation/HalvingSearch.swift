import Foundation
import Statistics

/// Plain two-front halving: the yardstick for ``AdaptiveSearch``, without any model.
///
/// In each of ⌈log₂ K⌉ rounds, which share the budget equally, all surviving formats are asked the same
/// next examples; then the upper half of one front survives towards the highest accuracy and the lower
/// half of the other towards the lowest, by raw means (sequential halving; Karnin, Koren and Somekh,
/// 2013). A format in both fronts is asked once.
package struct HalvingSearch: SearchStrategy {
  private var seen: Observations
  private let budget: Int
  private let rounds: Int
  private var round = 0
  private var high: [Int]
  private var low: [Int]
  private var depth = 0
  private var isOver = false

  /// A search over `arms` formats with a budget of evaluations, at least 1, which all count.
  package init(arms: Int, examples: Int, budget: Int) {
    precondition(budget > 0, "a budget is positive")
    seen = Observations(arms: arms, examples: examples)
    self.budget = budget
    let starters = min(arms, budget)
    high = Array(0..<starters)
    low = high
    rounds = max(1, Int(log2(Double(starters)).rounded(.up)))
  }

  package mutating func nextBatch() -> [Cell] {
    while seen.batch.isEmpty, !isOver {
      let pool = Set(high).union(low).sorted()
      let share = (budget - seen.asked) / max(1, rounds - round)
      let step = min(max(1, share / pool.count), (budget - seen.asked) / pool.count)
      depth = min(seen.examples, depth + step)
      for arm in pool { seen.propose(arm, depth - seen.next[arm]) }
      if seen.batch.isEmpty { endRound() }
    }
    return seen.batch
  }

  package mutating func observe(_ outcomes: [UInt8?]) {
    seen.observe(outcomes)
    endRound()
  }

  private mutating func endRound() {
    round += 1
    guard round < rounds else {
      isOver = true
      return
    }
    high = half(high, sign: -1)
    low = half(low, sign: 1)
  }

  private func half(_ front: [Int], sign: Double) -> [Int] {
    Array(order(front, sign: sign).prefix((front.count + 1) / 2))
  }

  private func order(_ front: [Int], sign: Double) -> [Int] {
    let score = front.map { sign * (seen.matrix.mean($0) ?? 0.5) }
    return front.indices.sorted { (score[$0], $0) < (score[$1], $1) }.map { front[$0] }
  }

  package var counted: Int { seen.asked }

  package var asked: Int { seen.asked }

  package var picks: SearchPicks? {
    let known = { (arms: [Int]) in arms.filter { seen.matrix.trials[$0] > 0 } }
    guard let highest = order(known(high), sign: -1).first,
      let lowest = order(known(low), sign: 1).first
    else { return nil }
    return seen.rawPicks(lowest: lowest, highest: highest)
  }
}
