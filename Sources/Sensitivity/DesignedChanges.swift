import Statistics

/// Total effects of attributes from a designed run: random formats, each with single changes.
///
/// Jansen's estimator (1999), `T = mean((a − a')²) / (2·Var(a))`, over pairs of a format and its change
/// of one attribute to another value. Drawn anew, the attribute would keep its value with the chance
/// 1/L, so each squared difference counts (L − 1)/L. The luck of the examples is taken out above, as the
/// unbiased variance of each paired difference, and below, as σ²_rest/N.
package struct DesignedChanges: Sendable, Hashable {
  /// A change that was designed.
  package struct Pair: Sendable, Hashable {
    package let base: Int
    package let changed: Int
    package let attribute: String
    /// How many values the attribute could have at the base.
    package let values: Int

    package init(base: Int, changed: Int, attribute: String, values: Int) {
      self.base = base
      self.changed = changed
      self.attribute = attribute
      self.values = values
    }
  }

  /// The total effect of one attribute.
  package struct Total: Sendable, Hashable {
    package let attribute: String
    package let pairs: Int
    /// The share of the format variance in which the attribute takes part, alone or with others.
    package let share: Figure
    /// The mean size of a change, in points.
    package let size: Figure
  }

  /// By falling share.
  package let totals: [Total]
  /// Formats that were changed.
  package let bases: Int

  /// Nil without pairs, or when the bases do not vary beyond noise.
  ///
  /// - Parameters:
  ///   - rows: Right and wrong answers, every cell known.
  ///   - pairs: The designed changes.
  ///   - bootstrap: Gives the intervals.
  init?(_ rows: AnswerGrid, _ pairs: [Pair], _ bootstrap: Bootstrap) {
    let bases = Array(Set(pairs.map(\.base))).sorted()
    guard rows.isComplete, rows.examples > 1, bases.count > 2,
      let shares = VarianceShares(rows.selecting(bases).matrix)
    else { return nil }
    self.bases = bases.count
    let accuracies = rows.accuracies.map { $0 ?? 0 }
    let noise = shares.noiseDeviation * shares.noiseDeviation
    let n = Double(rows.examples)
    let differing = pairs.map { pair in
      (0..<rows.examples).count {
        rows.correct[pair.base * rows.examples + $0]
          != rows.correct[pair.changed * rows.examples + $0]
      }
    }
    let drawn = bootstrap.accuracies(rows.correct, rows: rows.formats)
    let draws = (0..<bootstrap.resamples).map { resample in
      Array(drawn[(resample * rows.formats)..<((resample + 1) * rows.formats)])
    }
    func variance(_ values: [Double]) -> Double {
      let own = bases.map { values[$0] }
      let mean = own.reduce(0, +) / Double(own.count)
      return own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count - 1)
    }
    /// - Parameter luck: How often the luck of the examples is in the values: once, or twice in a
    ///   resample.
    func total(_ members: [Int], _ values: [Double], luck: Double) -> Double? {
      let all = variance(values)
      let below = all - luck * noise
      // A share of what is hardly more than luck would be any number.
      guard below > 0.05 * all, below > 1e-12 else { return nil }
      let sum = members.reduce(0.0) { sum, index in
        let pair = pairs[index]
        let difference = values[pair.base] - values[pair.changed]
        let chance =
          (Double(differing[index]) / n - difference * difference) / (n - 1) * luck
        return sum + (difference * difference - max(0, chance)) * Double(pair.values - 1)
          / Double(pair.values)
      }
      return min(1, max(0, sum / Double(members.count) / (2 * below)))
    }
    var attributes: [String] = []
    for pair in pairs where !attributes.contains(pair.attribute) {
      attributes.append(pair.attribute)
    }
    let condition = "needs a run with --design sobol, complete, with variation beyond noise"
    totals = attributes.map { attribute in
      let members = pairs.indices.filter { pairs[$0].attribute == attribute }
      func size(_ values: [Double]) -> Double {
        members.reduce(0.0) { $0 + abs(values[pairs[$1].base] - values[pairs[$1].changed]) }
          / Double(members.count)
      }
      return Total(
        attribute: attribute, pairs: members.count,
        share: Figure(
          "total_share", attribute, .share, total(members, accuracies, luck: 1),
          interval: Bootstrap.interval(draws.map { total(members, $0, luck: 2) ?? .nan }),
          explanation:
            "Everything of the format variance in which this attribute takes part, alone or "
            + "together with others.", condition: condition),
        size: Figure(
          "change_size", attribute, .points, size(accuracies),
          interval: Bootstrap.interval(draws.map(size)),
          explanation: "How far the accuracy moves on average when only this attribute changes.",
          condition: condition))
    }.sorted {
      ($0.share.value ?? 0, $0.size.value ?? 0, $1.attribute)
        > ($1.share.value ?? 0, $1.size.value ?? 0, $0.attribute)
    }
  }
}
