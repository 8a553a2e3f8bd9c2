import Basics
import Statistics

/// Whether accuracy goes steadily up or down along two successive changes of one atom.
///
/// Sclar et al. compare the share of strictly monotone triples with 1/3, that of three unequal values
/// in random order. Equal accuracies and the luck of few examples move that mark, so the null here
/// deals the outcomes of each example to the three formats at random, which says what a triple looks
/// like where no format is better.
package struct MonotoneTriples: Sendable, Hashable {
  package let triples: Int
  /// The share of strictly monotone triples, with the null's middle 95 % in `expected`.
  package let observed: Figure
  /// The share when the formats of a triple do not differ.
  package let expected: Figure
  /// Two-sided, from the dealings; 1 says nothing against the null.
  package let pValue: Double

  private static let most = 300
  private static let dealings = 200

  init?(_ rows: AnswerGrid, _ factors: FactorTable, seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "monotone triples")
    let chosen = Self.triples(factors, using: &generator)
    guard !chosen.isEmpty, rows.isComplete, rows.examples > 0 else { return nil }
    triples = chosen.count
    let cells = rows.correct
    let width = rows.examples
    var monotone = 0
    var patterns: [(one: Int, two: Int)] = []
    for triple in chosen {
      var sums = SIMD4<Int32>.zero
      var pattern = (one: 0, two: 0)
      for example in 0..<width {
        var right = 0
        for (place, format) in triple.enumerated() {
          let value = Int(cells[format * width + example])
          sums[place] += Int32(value)
          right += value
        }
        if right == 1 { pattern.one += 1 }
        if right == 2 { pattern.two += 1 }
      }
      if Self.isMonotone(sums) { monotone += 1 }
      patterns.append(pattern)
    }
    var shares: [Double] = []
    let dealer = Dealer()
    for _ in 0..<Self.dealings {
      var count = 0
      for pattern in patterns {
        let right = dealer.deal(pattern.one, using: &generator)
        let wrong = dealer.deal(pattern.two, using: &generator)
        // Where two of three are right, it is the wrong one that is dealt.
        let sums = right &- wrong
        if Self.isMonotone(sums) { count += 1 }
      }
      shares.append(Double(count) / Double(chosen.count))
    }
    let share = Double(monotone) / Double(chosen.count)
    let mean = shares.reduce(0, +) / Double(shares.count)
    let distance = abs(share - mean) - 1e-12
    let beyond = shares.count { abs($0 - mean) >= distance }
    pValue = Double(beyond + 1) / Double(shares.count + 1)
    let condition = "needs formats linked by two changes of one attribute each, and a complete grid"
    observed = Figure(
      "monotone_triples", "Monotone triples", .share, share,
      explanation:
        "How often accuracy rises or falls twice along two successive changes of one atom; "
        + "if rarely, improving a format step by step leads nowhere.", condition: condition)
    expected = Figure(
      "monotone_by_chance", "Expected by chance", .share, mean,
      interval: Bootstrap.interval(shares),
      explanation: "The share where none of the three formats is better, on as many examples.",
      condition: condition)
  }

  private static func isMonotone(_ sums: SIMD4<Int32>) -> Bool {
    sums.x < sums.y && sums.y < sums.z || sums.x > sums.y && sums.y > sums.z
  }

  private static func triples(
    _ factors: FactorTable, using generator: inout SeededGenerator
  ) -> [[Int]] {
    var neighbours = [[Int]](repeating: [], count: factors.levels.count)
    for edge in factors.edges() {
      neighbours[edge.first].append(edge.second)
      neighbours[edge.second].append(edge.first)
    }
    let middles = neighbours.indices.filter { neighbours[$0].count > 1 }
    // Small sets are listed; of large ones, as many as the paper used are drawn.
    let count = middles.reduce(0) { $0 + neighbours[$1].count * (neighbours[$1].count - 1) / 2 }
    if count <= most {
      return middles.flatMap { middle in
        let near = neighbours[middle]
        return near.indices.flatMap { a in
          near.indices.filter { $0 > a }.map { [near[a], middle, near[$0]] }
        }
      }
    }
    return (0..<most).map { _ in
      let middle = middles[generator.below(middles.count)]
      let near = neighbours[middle]
      let first = generator.below(near.count)
      let second = (first + 1 + generator.below(near.count - 1)) % near.count
      return [near[first], middle, near[second]]
    }
  }
}

/// Deals cards to three players at random, many with one draw.
private struct Dealer {
  private static let atOnce = 8
  private static let hands = 6561

  /// What each player gets in each of the 3⁸ equally likely ways of dealing eight cards.
  private let table: [SIMD4<Int32>]

  init() {
    table = (0..<Self.hands).map { hand in
      var counts = SIMD4<Int32>.zero
      var rest = hand
      for _ in 0..<Self.atOnce {
        counts[rest % 3] += 1
        rest /= 3
      }
      return counts
    }
  }

  func deal(_ cards: Int, using generator: inout SeededGenerator) -> SIMD4<Int32> {
    var counts = SIMD4<Int32>.zero
    for _ in 0..<(cards / Self.atOnce) { counts &+= table[generator.below(Self.hands)] }
    for _ in 0..<(cards % Self.atOnce) { counts[generator.below(3)] += 1 }
    return counts
  }
}
