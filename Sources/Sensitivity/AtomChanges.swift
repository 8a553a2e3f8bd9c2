package import Statistics

/// What changing one atom alone does: every pair of formats that differ in exactly one attribute.
package struct AtomChanges: Sendable, Hashable {
  /// One change.
  package struct Change: Sendable, Hashable {
    /// Numbers of the two formats in the grid that was given.
    package let first: Int
    package let second: Int
    package let attribute: String
    package let from: String
    package let to: String
    /// Examples right under the first only, and under the second only.
    package let test: McNemar
    /// Accuracy of the second minus the first, with Tango's score interval.
    package let effect: Figure
    package let pValue: Double
    /// Holm's correction over all changes.
    package let adjusted: Double
  }

  /// The largest effects first.
  package let changes: [Change]
  /// The share of changes that move the accuracy by at least five points.
  package let large: Figure
  /// The share that would if no change mattered, given how many answers differ.
  package let largeByChance: Double?
  /// The share of changes that remain after Holm's correction at 5 %.
  package let significant: Figure

  /// The effect that counts as large, as in the paper.
  package static let threshold = 0.05

  /// - Parameters:
  ///   - rows: Formats that can be compared.
  ///   - factors: What they are made of.
  ///   - numbers: What the changes call them.
  init(_ rows: AnswerGrid, _ factors: FactorTable, numbers: [Int]) {
    let matrix = rows.matrix
    let edges = factors.edges()
    let tests = edges.map { McNemar(matrix, $0.first, $0.second) }
    let kept = edges.indices.filter { tests[$0].examples > 0 }
    let adjusted = PairedProportions.holm(kept.map { tests[$0].midP })
    var changes: [Change] = []
    for (place, index) in kept.enumerated() {
      let edge = edges[index]
      let test = tests[index]
      func value(_ format: Int) -> String {
        factors.values[edge.attribute][factors.levels[format][edge.attribute]]
      }
      changes.append(
        Change(
          first: numbers[edge.first], second: numbers[edge.second],
          attribute: factors.attributes[edge.attribute],
          from: value(edge.first), to: value(edge.second), test: test,
          effect: Figure(
            "effect", factors.attributes[edge.attribute], .points, -test.difference,
            interval: PairedProportions.tango(
              firstOnly: test.secondOnly, secondOnly: test.firstOnly, examples: test.examples),
            explanation: "How much the accuracy moves when only this atom changes.",
            condition: "needs examples that both formats answered"),
          pValue: test.midP, adjusted: adjusted[place]))
    }
    changes.sort { a, b in
      let (x, y) = (abs(a.effect.value ?? 0), abs(b.effect.value ?? 0))
      return x != y ? x > y : (a.first, a.second) < (b.first, b.second)
    }
    self.changes = changes
    let condition = "needs formats that differ in exactly one attribute"
    let count = changes.count
    let large = changes.count { abs($0.effect.value ?? 0) >= Self.threshold - 1e-9 }
    let sure = changes.count { $0.adjusted < 0.05 }
    self.large = Figure(
      "large_changes", "Changes of at least 5 points", .share,
      count > 0 ? Double(large) / Double(count) : nil,
      interval: count > 0 ? Proportions.wilson(successes: large, trials: count) : nil,
      explanation: "How often changing one atom alone moves the accuracy by 5 points or more "
        + "(the paper: 24 % by prefix match, 11 % by ranking).", condition: condition)
    significant = Figure(
      "significant_changes", "Changes beyond noise", .share,
      count > 0 ? Double(sure) / Double(count) : nil,
      interval: count > 0 ? Proportions.wilson(successes: sure, trials: count) : nil,
      explanation: "How often the change is significant by McNemar's test after Holm's correction.",
      condition: condition)
    largeByChance =
      count > 0
      ? changes.reduce(0) { sum, change in
        sum
          + PairedProportions.chance(
            of: Self.threshold, discordant: change.test.firstOnly + change.test.secondOnly,
            examples: change.test.examples)
      } / Double(count) : nil
  }
}
