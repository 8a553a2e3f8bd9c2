import Basics
import Foundation
import Statistics

/// Which evaluations a budget counts.
package enum Accounting: String, Sendable, Hashable, CaseIterable {
  /// Every evaluation counts.
  case everything
  /// As in the paper: the original format's and the two finalists' full evaluations are left out.
  case paper
}

/// The bandit searches of FormatSpread (Sclar et al., 2024) and its released code.
///
/// Arm 0, the original format, is evaluated first. Half of the steps seek the highest accuracy, half
/// the lowest with the counts carried over; a step asks one arm, chosen by the rule, for the next
/// `batch` examples. As in the released code the highest is picked after the first half, the lowest after
/// the second, by raw mean among arms with any answer, and both picks are then evaluated in full.
///
/// Where everything counts, the original takes at most an eighth of the budget, and enough for both
/// finalists, at most a quarter, is held back. Finalists and picks are then chosen by
/// ``FormatPosteriors``, because a raw extreme is often an arm with twenty lucky answers.
package struct TwoPhaseSearch: SearchStrategy, Hashable {
  /// How a step chooses its arm.
  package enum Rule: Sendable, Hashable {
    /// The most extreme draw from `Beta(a + right, 5 + wrong)`, where q, the accuracy of the original,
    /// gives `a = max(1.1, 5q/(1−q))`.
    case thompson
    /// The mean plus `2·√(ln(1+t)/n)` in both phases, 0 for arms never asked, as released.
    case ucbAsReleased
    /// The same bonus, taken off where the lowest is sought; arms never asked come first.
    case ucbRepaired
  }

  private enum Phase: Hashable {
    case original
    case highest
    case lowest
    case finals
    case over
  }

  private var seen: Observations
  private var generator: SeededGenerator
  private var phase = Phase.original
  /// Parameters of the Beta prior that all arms share.
  private var priorRight = 1.1
  private let priorWrong = 5.0
  private let rule: Rule
  package let accounting: Accounting
  private let batch: Int
  private let budget: Int
  private let originalExamples: Int
  private let halfSteps: Int
  private var step = 0
  /// Evaluations of the two halves, which are all that the paper counts.
  private var searched = 0
  private var highest: Int?
  private var lowest: Int?
  /// What was known when the finalists were chosen.
  private var posteriors: FormatPosteriors?
  /// The figures before the picks were evaluated in full: what the search itself had.
  package private(set) var picksBeforeFinals: SearchPicks?

  /// A search over `arms` formats, with arm 0 the original.
  ///
  /// - Parameters:
  ///   - rule: How a step chooses its arm.
  ///   - arms: All formats, with the original.
  ///   - examples: Examples of each.
  ///   - budget: Evaluations that the accounting allows, positive.
  ///   - batch: Examples of one step, positive; 20 in the paper.
  ///   - accounting: What the budget counts.
  ///   - seed: Fixes every draw.
  package init(
    _ rule: Rule, arms: Int, examples: Int, budget: Int, batch: Int = 20, accounting: Accounting,
    seed: UInt64
  ) {
    precondition(budget > 0 && batch > 0, "budget and batch are positive")
    seen = Observations(arms: arms, examples: examples)
    generator = SeededGenerator(seed: seed, stream: "thompson")
    self.rule = rule
    self.accounting = accounting
    self.batch = batch
    self.budget = budget
    switch accounting {
    case .paper:
      originalExamples = examples
      halfSteps = budget / batch / 2
    case .everything:
      originalExamples = min(examples, max(1, budget / 8))
      let held = min(2 * examples, budget / 4)
      halfSteps = max(0, budget - originalExamples - held) / batch / 2
    }
  }

  package mutating func nextBatch() -> [Cell] {
    while seen.batch.isEmpty, phase != .over { advance() }
    return seen.batch
  }

  package mutating func observe(_ outcomes: [UInt8?]) {
    seen.observe(outcomes)
    if phase == .highest || phase == .lowest { searched += outcomes.count }
    guard phase == .original else { return }
    let q = seen.matrix.mean(0) ?? 0.5
    // The released code divides by 1 − q; an original without a mistake is taken as half a mistake.
    let guarded = min(q, 1 - 0.5 / Double(originalExamples + 1))
    priorRight = max(1.1, priorWrong * guarded / (1 - guarded))
    phase = .highest
  }

  /// Proposes the next step's cells, or moves to the next phase without proposing any.
  private mutating func advance() {
    switch phase {
    case .original:
      seen.propose(0, originalExamples)
    case .highest:
      if step < halfSteps, let arm = draw(highest: true) {
        pull(arm)
      } else {
        if accounting == .paper { highest = seen.rawExtremes?.highest }
        step = 0
        phase = .lowest
      }
    case .lowest:
      if step < halfSteps, let arm = draw(highest: false) {
        pull(arm)
      } else {
        if accounting == .paper {
          lowest = seen.rawExtremes?.lowest
        } else if seen.matrix.answered > 0 {
          let found = FormatPosteriors(seen.matrix, atoms: [])
          lowest = found.extremes()?.lowest
          highest = found.extremes()?.highest
          posteriors = found
        }
        if let lowest, let highest {
          picksBeforeFinals = seen.rawPicks(lowest: lowest, highest: highest)
        }
        phase = .finals
      }
    case .finals:
      finishFinalists()
      phase = .over
    case .over:
      break
    }
  }

  private mutating func pull(_ arm: Int) {
    seen.propose(arm, batch)
    step += 1
  }

  /// The arm with the most extreme score; nil when every arm is finished.
  private mutating func draw(highest: Bool) -> Int? {
    var chosen: (arm: Int, value: Double)?
    for arm in 0..<seen.arms where !seen.isFinished(arm) {
      let value = score(arm, highest: highest)
      if chosen.map({ highest ? value > $0.value : value < $0.value }) ?? true {
        chosen = (arm, value)
      }
    }
    return chosen?.arm
  }

  private mutating func score(_ arm: Int, highest: Bool) -> Double {
    let trials = Double(seen.matrix.trials[arm])
    let right = Double(seen.matrix.successes[arm])
    if rule == .thompson {
      return generator.beta(priorRight + right, priorWrong + trials - right)
    }
    let sign = highest || rule == .ucbAsReleased ? 1.0 : -1.0
    guard trials > 0 else { return rule == .ucbAsReleased ? 0 : sign * .infinity }
    return right / trials + sign * 2 * (log(1 + Double(step)) / trials).squareRoot()
  }

  private mutating func finishFinalists() {
    guard let lowest, let highest else { return }
    let finalists = lowest == highest ? [lowest] : [lowest, highest]
    var left = accounting == .paper ? Int.max : budget - seen.asked
    for (place, arm) in finalists.enumerated() {
      let missing = seen.examples - seen.next[arm]
      let share = min(missing, left / (finalists.count - place))
      seen.propose(arm, share)
      left -= share
    }
  }

  package var asked: Int { seen.asked }

  package var counted: Int { accounting == .paper ? searched : seen.asked }

  /// As released the two picks with their means; otherwise the extremes by posterior means.
  package var picks: SearchPicks? {
    guard accounting == .paper else { return modelled }
    guard let raw = seen.rawExtremes else { return nil }
    return seen.rawPicks(lowest: lowest ?? raw.lowest, highest: highest ?? raw.highest)
  }

  private var modelled: SearchPicks? {
    guard seen.matrix.answered > 0 else { return nil }
    if phase == .over, let posteriors, let lowest, let highest,
      seen.matrix.isComplete(lowest), seen.matrix.isComplete(highest)
    {
      return posteriors.completing([lowest, highest], from: seen.matrix).extremes()
    }
    return FormatPosteriors(seen.matrix, atoms: []).extremes()
  }
}
