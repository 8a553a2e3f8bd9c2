package import Basics

/// Which examples of a task are evaluated and which are set aside as demonstrations.
///
/// The examples are shuffled once by the study's seed; the first `pool` are set aside, the first
/// `shots` of them are shown, and the rest is evaluated, up to a limit. Nothing depends on the format,
/// and evaluated examples do not depend on the number of shots.
package struct Split: Sendable, Hashable {
  /// Positions of the examples shown with every prompt, in order.
  package let demonstrations: [Int]
  /// Positions of all examples set aside, of which the first are shown.
  package let pool: [Int]
  /// Positions of the evaluated examples, in the order in which searches ask them.
  package let evaluated: [Int]

  /// - Parameters:
  ///   - count: How many examples the task has.
  ///   - pool: How many are set aside.
  ///   - shots: How many demonstrations are shown.
  ///   - limit: How many are evaluated at most; nil for all.
  ///   - seed: The study's seed.
  /// - Throws: `InputError` naming the option when there are more shots than the pool holds or when
  ///   nothing would be left to evaluate.
  package init(
    count: Int, pool: Int, shots: Int, limit: Int?, seed: UInt64
  ) throws(InputError) {
    guard shots <= pool else {
      throw InputError(
        "--shots \(shots): the pool holds \(pool) demonstrations; ask for at most \(pool), or set a "
          + "larger --pool")
    }
    guard pool < count else {
      throw InputError(
        "--pool \(pool): the task has \(count) examples, so none would be left to evaluate; set "
          + "--pool below \(count)")
    }
    var generator = SeededGenerator(seed: seed, stream: "examples")
    let order = generator.permutation(count)
    demonstrations = Array(order[..<shots])
    self.pool = Array(order[..<pool])
    evaluated = Array(order[pool...].prefix(limit ?? count))
  }

  /// How many choices and orders of the demonstrations there are; `Int.max` for very many.
  package var choices: Int {
    var count = 1
    for taken in 0..<demonstrations.count {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: pool.count - taken)
      if isTooLarge { return .max }
      count = product
    }
    return count
  }

  /// The first choices and orders of as many demonstrations from the pool, each another one as long as
  /// there are ``choices``; the first is the split's own.
  ///
  /// - Parameters:
  ///   - count: How many; a longer list begins with the shorter one.
  ///   - seed: The study's seed.
  /// - Returns: Positions in the task's file.
  package func demonstrations(count: Int, seed: UInt64) -> [[Int]] {
    var found = [demonstrations]
    var known = Set(found)
    for number in 1..<max(1, count) {
      var generator = SeededGenerator(seed: seed, stream: "demonstrations \(number)")
      while true {
        let drawn = generator.permutation(pool.count).prefix(demonstrations.count).map {
          pool[$0]
        }
        guard known.insert(drawn).inserted || known.count >= choices else { continue }
        found.append(drawn)
        break
      }
    }
    return Array(found.prefix(max(0, count)))
  }
}
