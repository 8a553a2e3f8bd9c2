/// The exact distribution of ΣC² when the right answers of every example are dealt at random.
///
/// On a complete grid Q rises with ΣC², the sum of the squared numbers of right answers of the formats. All
/// ways to deal are counted example by example; formats with equally many right answers so far are
/// exchangeable, so that only the multiset of counts has to be remembered, and a few
/// formats on some dozen examples are still counted in full.
enum DealtSquares {
  /// Multisets that are followed at most, over all examples.
  private static let effort = 30_000

  /// P(ΣC² ≥ `observed`).
  ///
  /// - Parameters:
  ///   - observed: ΣC² of the answers.
  ///   - arms: Formats, K.
  ///   - rightAnswers: For each example how many formats are right, from 0 to K.
  /// - Returns: A probability; nil where counting would take too long.
  static func survival(of observed: Int, arms: Int, rightAnswers: [Int]) -> Double? {
    guard arms > 1, arms <= 12, rightAnswers.count < 250 else { return nil }
    // A state holds for each number of right answers how many formats have it.
    var states: [[UInt8]: Double] = [[UInt8(arms)]: 1]
    var spent = 0
    for right in rightAnswers {
      var next: [[UInt8]: Double] = [:]
      let ways = choose(arms, right)
      // Sums are taken in a fixed order, so that equal answers give equal digits.
      for state in states.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let chance = states[state] ?? 0
        var dealt = state + [0]
        deal(state, from: 0, right, 1, &dealt) { result, weight in
          spent += 1
          next[result, default: 0] += chance * weight / ways
          return spent < effort
        }
        if spent >= effort { return nil }
      }
      states = next
    }
    var survival = 0.0
    for state in states.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let squares = state.enumerated().reduce(0) { $0 + $1.offset * $1.offset * Int($1.element) }
      if squares >= observed { survival += states[state] ?? 0 }
    }
    return min(1, survival)
  }

  /// Calls back for every way to give `left` right answers to the formats of a state.
  ///
  /// - Returns: False when the callback wants no more.
  @discardableResult
  private static func deal(
    _ state: [UInt8], from count: Int, _ left: Int, _ weight: Double, _ dealt: inout [UInt8],
    _ found: (_ state: [UInt8], _ weight: Double) -> Bool
  ) -> Bool {
    if count == state.count {
      guard left == 0 else { return true }
      var result = dealt
      while result.last == 0 { result.removeLast() }
      return found(result, weight)
    }
    let here = Int(state[count])
    for chosen in 0...min(here, left) {
      dealt[count] -= UInt8(chosen)
      dealt[count + 1] += UInt8(chosen)
      defer {
        dealt[count] += UInt8(chosen)
        dealt[count + 1] -= UInt8(chosen)
      }
      guard
        deal(state, from: count + 1, left - chosen, weight * choose(here, chosen), &dealt, found)
      else { return false }
    }
    return true
  }

  /// The number of ways to choose, exact up to 2⁵³.
  private static func choose(_ n: Int, _ k: Int) -> Double {
    guard k >= 0, k <= n else { return 0 }
    var product = 1.0
    for step in 0..<min(k, n - k) {
      product = (product * Double(n - step) / Double(step + 1)).rounded()
    }
    return product
  }
}
