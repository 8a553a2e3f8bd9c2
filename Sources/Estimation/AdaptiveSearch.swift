import Foundation
import Statistics

/// The default search: one pool of formats and two fronts, towards the highest and the lowest accuracy.
///
/// All answers feed a ``ResponseModel`` (with atoms two of them, ``RivalModels``), which gives every format
/// a mean and a variance of its accuracy on all examples. A round asks further answers of the `k` formats that could most plausibly
/// be the highest and of the `k` that could be the lowest (mean plus, or less, one standard
/// deviation); k falls from all formats to 1 much as in sequential halving (Karnin, Koren and Somekh,
/// 2013), where each halving gets an equal share of the budget, but somewhat later, because most extremes
/// that are missed had unlucky first answers, and a format that was left behind returns when
/// others disappoint. A format is asked on the examples whose answers are least
/// predictable for it; those that nobody was asked yet are shared out among the formats of a round,
/// so that the next round knows which of them tell formats apart. Without differences between
/// examples all are equally telling. The nearer a budget comes to the one below, the more of a format's
/// answers come in the shared order instead: the search loses little by it, and the spread's interval
/// can use them. Near the end the two picks are completed, where that takes little of the budget, and
/// otherwise have the last part of it in the shared order: answers on telling examples say nothing sure
/// of the others, and without these the interval could not say that there is a spread at all.
///
/// A budget of more than 30 evaluations and a twentieth of the examples for each format finds no better
/// pair for the rest; it goes to the formats that keep the spread's interval wide (``CertaintyFronts``), in
/// the shared order, so that the interval can use what they answer.
package struct AdaptiveSearch: SearchStrategy {
  private let arms: Int
  private let examples: Int
  private let budget: Int
  /// Formats that are asked from the beginning; a small budget does not spread over all.
  private let starters: Int
  private var models: RivalModels
  private var isSeen: [[Bool]]
  private var spent: [Int]
  /// Of those, answers on the next example of the shared order.
  private var inOrder: [Int]
  /// The share of a format's answers that come in the shared order, whose beginning the intervals use.
  private let orderedShare: Double
  private var pending: [Cell] = []
  private var total = 0
  private var mean: [Double]
  /// Accuracies that the arms may have, without being surprising.
  private var plausible: [ClosedRange<Double>]
  /// Arms whose figures are computed anew after the next answers.
  private var isWatched: [Bool]
  /// Evaluations for finding the extremes; what the budget has beyond makes them certain.
  private let searchBudget: Int
  private var answers: ResponseMatrix
  private var fronts: CertaintyFronts
  /// Evaluations at the last fit.
  private var spentAtFit = 0
  /// Whether the picks were completed, after which only formats nearly as complete are named.
  private var isSettled = false

  /// Answers asked of each starter before anything is compared.
  private static let firstAnswers = 4
  /// Every starter has at least this many evaluations of the budget on average.
  private static let budgetPerStarter = 14
  /// A search has this many evaluations for each format, and a twentieth of its examples.
  private static let searchPerArm = 30
  /// Up to this share of a whole search no intervals are worth having, and all answers serve the search.
  private static let scarce = 0.3
  /// Completing the picks may take this share of the search.
  private static let completion = 0.13
  /// The last share of a search that the picks have in the shared order, and the fewest evaluations for which
  /// that is worth a round.
  private static let proof = (share: 0.03, least: 16)
  /// A round adds this share to what a format was asked so far.
  private static let growth = 0.1
  /// How much later than in sequential halving formats are left behind; at half of the budget the
  /// logarithm of their number is larger by half of this share.
  private static let patience = 0.3

  /// A search over `arms` formats that counts every evaluation.
  ///
  /// - Parameters:
  ///   - arms: Formats.
  ///   - examples: Examples of each.
  ///   - budget: Evaluations allowed, positive.
  ///   - atoms: For each arm the value of each attribute as a number from 0; empty without atoms.
  package init(arms: Int, examples: Int, budget: Int, atoms: [[Int]] = []) {
    precondition(arms > 0 && examples > 0 && budget > 0, "a search needs formats, examples, budget")
    precondition(atoms.isEmpty || atoms.count == arms, "every arm has its atoms or none has")
    self.arms = arms
    self.examples = examples
    self.budget = min(budget, arms * examples)
    starters = min(arms, max(2, budget / Self.budgetPerStarter))
    searchBudget = min(self.budget, arms * (Self.searchPerArm + examples / 20))
    answers = ResponseMatrix(arms: arms, examples: examples)
    fronts = CertaintyFronts(arms: arms, examples: examples)
    models = RivalModels(arms: arms, examples: examples, atoms: atoms)
    isSeen = Array(repeating: Array(repeating: false, count: examples), count: arms)
    spent = Array(repeating: 0, count: arms)
    inOrder = spent
    let plenty = Double(self.budget) / Double(arms * (Self.searchPerArm + examples / 20))
    orderedShare = min(1, max(0, (plenty - Self.scarce) / (1 - Self.scarce)))
    mean = Array(repeating: 0.5, count: arms)
    plausible = Array(repeating: 0.5...0.5, count: arms)
    isWatched = Array(repeating: true, count: arms)
  }

  package mutating func nextBatch() -> [Cell] {
    guard pending.isEmpty, total < budget else { return pending }
    if total == 0 {
      askStarters()
    } else if total < searchBudget {
      askFronts()
    } else {
      askUncertain()
    }
    return pending
  }

  /// Asks the formats that keep the interval wide their next examples in the shared order.
  private mutating func askUncertain() {
    let width = max(2, arms / 20)
    for arm in fronts.widest(width, where: { spent[$0] < examples }) {
      askInOrder(arm, min(budget - total - pending.count, max(2, spent[arm] / 10)))
    }
  }

  /// Asks the next examples of the shared order that the arm has not seen.
  private mutating func askInOrder(_ arm: Int, _ count: Int) {
    var asked = 0
    for example in 0..<examples where asked < count && !isSeen[arm][example] {
      ask(arm, example)
      asked += 1
    }
    inOrder[arm] += asked
  }

  private mutating func ask(_ arm: Int, _ example: Int) {
    isSeen[arm][example] = true
    spent[arm] += 1
    pending.append(Cell(arm: arm, example: example))
  }

  private mutating func askStarters() {
    let affordable = max(1, budget / starters / 5)
    let each = min(examples, Self.firstAnswers, affordable)
    for arm in 0..<min(starters, budget) {
      askInOrder(arm, min(each, budget - pending.count))
    }
  }

  private mutating func askFronts() {
    if completesPicks() || provesPicks() { return }
    let left = 1 - Double(total) / Double(searchBudget)
    let share = left * (1 + Self.patience * (1 - left))
    let width = max(1, Int(exp(log(Double(starters)) * share).rounded(.up)))
    // Far from both fronts nothing changes quickly; the figures of those arms may be old.
    isWatched = Array(repeating: width * 3 > arms, count: arms)
    var chosen: [Int] = []
    for sign in [1.0, -1.0] {
      let order = ranked(sign: sign)
      for arm in order.prefix(3 * width + 8) { isWatched[arm] = true }
      var asked = 0
      for arm in order where asked < width && spent[arm] < examples {
        asked += 1
        if !chosen.contains(arm) { chosen.append(arm) }
      }
    }
    let model = models.chooser
    let flattenings = model.flattenings
    var start = 0
    for arm in chosen {
      let step = min(
        searchBudget - total - pending.count, examples - spent[arm],
        max(1, Int(Double(spent[arm]) * Self.growth)))
      if step == 0 { break }
      let next = (0..<step).reduce(0) { count, place in
        let wanted = orderedShare * Double(spent[arm] + place + 1)
        return Double(inOrder[arm] + count) < wanted ? count + 1 : count
      }
      askInOrder(arm, next)
      if next == step { continue }
      let best = model.mostInformative(
        step - next, arm: arm, isSeen: isSeen[arm], flattenings: flattenings, from: start)
      for example in best.sorted() { ask(arm, example) }
      start += step
    }
  }

  /// Asks all that the two picks miss, when that is little and about what the budget has left.
  private mutating func completesPicks() -> Bool {
    guard let picks = leaders else { return false }
    let pair = picks.lowest == picks.highest ? [picks.lowest] : [picks.lowest, picks.highest]
    let missing = pair.reduce(0) { $0 + examples - spent[$1] }
    let left = searchBudget - total
    guard missing > 0, missing <= left,
      Double(missing) <= Self.completion * Double(searchBudget),
      left - missing <= searchBudget / 50
    else {
      return false
    }
    isSettled = true
    for arm in pair {
      for example in 0..<examples where !isSeen[arm][example] { ask(arm, example) }
    }
    return true
  }

  /// Asks the two picks in the shared order at the very end, in pieces, because answers may change them.
  private mutating func provesPicks() -> Bool {
    let share = Int(Self.proof.share * Double(searchBudget))
    let left = searchBudget - total
    guard share >= Self.proof.least, left <= share, let picks = leaders else { return false }
    for arm in [picks.lowest, picks.highest] {
      askInOrder(arm, min(max(1, share / 8), left - pending.count))
    }
    return !pending.isEmpty
  }

  /// The arms that may be asked, those that could most plausibly be extreme first.
  private func ranked(sign: Double) -> [Int] {
    // Atoms say something of formats that were never asked; without them nothing does.
    let candidates = (0..<arms).filter { spent[$0] > 0 || models.hasAtoms }
    let score = plausible.map { sign > 0 ? $0.upperBound : -$0.lowerBound }
    return candidates.sorted { (score[$0], $1) > (score[$1], $0) }
  }

  package mutating func observe(_ outcomes: [UInt8?]) {
    precondition(outcomes.count == pending.count, "every cell of a batch has one outcome")
    let isFirst = total == 0
    for (cell, outcome) in zip(pending, outcomes) {
      if let outcome {
        models.add(
          arm: cell.arm, example: cell.example, answer: outcome, isCompared: !isFirst)
        answers[cell.arm, cell.example] = outcome
      }
    }
    let asked = Set(pending.map(\.arm)).sorted()
    for arm in asked { fronts.update(arm, answers) }
    total += pending.count
    pending.removeAll(keepingCapacity: true)
    if isFirst { models.startAtOverallRate() }
    if total > searchBudget {
      // Now the figures decide nothing but the picks at the end.
      if total < budget, Double(total) < 1.1 * Double(spentAtFit) { return }
      isWatched = Array(repeating: true, count: arms)
    }
    spentAtFit = total
    models.fit(passes: isFirst ? 15 : 2)
    let watched = (0..<arms).filter { isWatched[$0] }
    for (arm, expected) in zip(watched, models.accuracies(watched)) {
      mean[arm] = expected.mean
      plausible[arm] = expected.plausible
    }
  }

  package var counted: Int { total }

  package var asked: Int { total }

  /// The formats that lead, with figures in which the answers on a random sample of examples have their say.
  package var picks: SearchPicks? {
    guard let leaders, !(answers.isComplete(leaders.lowest) && answers.isComplete(leaders.highest))
    else { return self.leaders }
    return FormatPosteriors(answers, atoms: []).report(
      lowest: leaders.lowest, highest: leaders.highest, answers: answers)
  }

  /// The formats with the lowest and the highest mean under the model, or among nearly completed formats
  /// once the picks were completed.
  private var leaders: SearchPicks? {
    var lowest: Int?
    var highest: Int?
    for arm in 0..<arms where models.answers(arm) > 0 {
      if isSettled, 10 * spent[arm] < 9 * examples { continue }
      if lowest.map({ mean[arm] < mean[$0] }) ?? true { lowest = arm }
      if highest.map({ mean[arm] >= mean[$0] }) ?? true { highest = arm }
    }
    guard let lowest, let highest else { return nil }
    return SearchPicks(
      lowest: lowest, highest: highest, lowestAccuracy: mean[lowest],
      highestAccuracy: mean[highest])
  }
}
