import Basics
import Statistics

/// Which parts of the format the accuracy depends on.
package struct Attribution: Sendable, Hashable {
  /// One value of an attribute.
  package struct Value: Sendable, Hashable {
    package let name: String
    package let formats: Int
    package let accuracy: Figure
    /// Mean accuracy of formats with the value minus that of those without, on the same examples.
    package let difference: Figure
  }

  /// One attribute of the formats.
  package struct Attribute: Sendable, Hashable {
    package let name: String
    package let values: [Value]
    /// `SSB/SST`.
    package let eta: Figure
    /// Its correction for the number of values.
    package let omega: Figure
    /// The share of the variance that is left when the examples' luck is taken out.
    package let ofFormats: Figure
    /// Of the F test that the values differ.
    package let pValue: Double
    /// Pairs of values whose accuracies are set apart, as the paper defines it.
    package let contrasts: [Contrast]
  }

  /// Two values of an attribute whose formats' accuracies lie apart.
  package struct Contrast: Sendable, Hashable {
    package let lower: String
    package let higher: String
    /// Whether even the whiskers do not overlap, not only the boxes.
    package let isStrong: Bool
  }

  /// What two attributes explain together beyond each alone.
  package struct Interaction: Sendable, Hashable {
    package let first: String
    package let second: String
    package let eta: Double
    package let omega: Double
    package let ofFormats: Double?
    package let pValue: Double
  }

  package let formats: Int
  package let examples: Int
  /// By falling share of the format variance.
  package let attributes: [Attribute]
  /// By falling share; pairs with enough formats a cell only.
  package let interactions: [Interaction]
  package let changes: AtomChanges
  package let triples: MonotoneTriples?
  /// Total effects of a designed run; nil for others.
  package let designed: DesignedChanges?

  /// - Parameters:
  ///   - grid: Right and wrong answers; formats with too few are left out.
  ///   - factors: What the grid's formats are made of.
  ///   - pairs: The changes of a designed run, by the grid's formats.
  ///   - resamples: Of the bootstrap.
  ///   - seed: Fixes every draw.
  package init(
    _ grid: AnswerGrid, factors: FactorTable, pairs: [DesignedChanges.Pair] = [],
    resamples: Int = 1_000, seed: UInt64
  ) {
    let compared = grid.comparable
    let rows = grid.selecting(compared)
    let factors = factors.selecting(compared)
    formats = compared.count
    examples = grid.examples
    var generator = SeededGenerator(seed: seed, stream: "attribution bootstrap")
    let bootstrap = Bootstrap(examples: grid.examples, resamples: resamples, using: &generator)
    let accuracies = rows.accuracies.map { $0 ?? 0 }
    let drawn = bootstrap.accuracies(rows.correct, rows: compared.count)
    let draws = (0..<bootstrap.resamples).map { resample in
      drawn[(resample * compared.count)..<((resample + 1) * compared.count)].map {
        $0.isNaN ? 0 : $0
      }
    }
    let shares = rows.isComplete ? VarianceShares(rows.matrix) : nil
    let noise = shares.map { $0.noiseDeviation * $0.noiseDeviation } ?? 0
    let whole = VarianceAttribution(accuracies, noise: noise)
    let resampled = draws.map { VarianceAttribution($0, noise: 2 * noise) }
    var attributes: [Attribute] = []
    let varying = factors.attributes.indices.filter { factors.values[$0].count > 1 }
    for place in varying {
      let levels = factors.levels.map { $0[place] }
      let count = factors.values[place].count
      guard let share = whole.share(levels, count: count) else { continue }
      attributes.append(
        Self.attribute(
          factors.attributes[place], factors.values[place], levels, share, accuracies, draws,
          resampled.map { $0.share(levels, count: count) }))
    }
    self.attributes = attributes.sorted {
      ($1.ofFormats.value ?? 0, $1.eta.value ?? 0) < ($0.ofFormats.value ?? 0, $0.eta.value ?? 0)
    }
    interactions = Self.interactions(factors, varying, whole)
    changes = AtomChanges(rows, factors, numbers: compared)
    triples = MonotoneTriples(rows, factors, seed: seed)
    let kept = pairs.compactMap { pair -> DesignedChanges.Pair? in
      guard let base = compared.firstIndex(of: pair.base),
        let changed = compared.firstIndex(of: pair.changed)
      else { return nil }
      return DesignedChanges.Pair(
        base: base, changed: changed, attribute: pair.attribute, values: pair.values)
    }
    designed = DesignedChanges(rows, kept, bootstrap)
  }

  private static func attribute(
    _ name: String, _ names: [String], _ levels: [Int], _ share: VarianceAttribution.Share,
    _ accuracies: [Double], _ draws: [[Double]], _ shares: [VarianceAttribution.Share?]
  ) -> Attribute {
    func interval(_ read: (VarianceAttribution.Share) -> Double?) -> Interval? {
      Bootstrap.interval(shares.map { $0.flatMap(read) ?? .nan })
    }
    let condition = "needs two values, and more formats than values"
    let values = names.indices.map { value in
      let with = levels.indices.filter { levels[$0] == value }
      let without = levels.indices.filter { levels[$0] != value }
      func mean(_ all: [Double], _ chosen: [Int]) -> Double {
        chosen.reduce(0) { $0 + all[$1] } / Double(chosen.count)
      }
      return Value(
        name: names[value], formats: with.count,
        accuracy: Figure(
          "accuracy", names[value], .share, mean(accuracies, with),
          interval: Bootstrap.interval(draws.map { mean($0, with) }),
          explanation: "Mean accuracy of the formats with this value.",
          condition: "needs right answers"),
        difference: Figure(
          "difference", names[value], .points, mean(accuracies, with) - mean(accuracies, without),
          interval: Bootstrap.interval(draws.map { mean($0, with) - mean($0, without) }),
          explanation:
            "How much better formats with this value are than those without, on the same "
            + "examples.", condition: "needs formats with and without the value"))
    }
    return Attribute(
      name: name, values: values,
      eta: Figure(
        "eta2", name, .share, share.eta, interval: interval { $0.eta },
        explanation:
          "The share of the variation between formats that goes with this attribute; too "
          + "high where it has many values.", condition: condition),
      omega: Figure(
        "omega2", name, .share, share.omega, interval: interval { $0.omega },
        explanation: "The same without what as many values would explain by chance.",
        condition: condition),
      ofFormats: Figure(
        "format_share", name, .share, share.ofFormats, interval: interval { $0.ofFormats },
        explanation: "The share of the true format variation, the luck of the examples taken out.",
        condition: condition + ", a complete grid, and variation beyond noise"),
      pValue: share.pValue, contrasts: contrasts(names, levels, accuracies))
  }

  private static func interactions(
    _ factors: FactorTable, _ varying: [Int], _ whole: VarianceAttribution
  ) -> [Interaction] {
    var found: [Interaction] = []
    for (place, first) in varying.enumerated() {
      for second in varying[(place + 1)...] {
        guard
          let share = whole.interaction(
            factors.levels.map { $0[first] }, factors.values[first].count,
            factors.levels.map { $0[second] }, factors.values[second].count)
        else { continue }
        found.append(
          Interaction(
            first: factors.attributes[first], second: factors.attributes[second], eta: share.eta,
            omega: share.omega, ofFormats: share.ofFormats, pValue: share.pValue))
      }
    }
    return found.sorted { ($0.omega, $0.eta) > ($1.omega, $1.eta) }
  }

  /// Pairs of values that are weakly or strongly different in the sense of Sclar et al.
  ///
  /// Weakly: the boxes from the first to the third quartile do not overlap. Strongly: nor do the
  /// whiskers, `2.5·Q1 − 1.5·Q3` to `2.5·Q3 − 1.5·Q1` drawn in to the outermost formats inside.
  private static func contrasts(
    _ names: [String], _ levels: [Int], _ accuracies: [Double]
  ) -> [Contrast] {
    struct Box {
      let low: Double
      let high: Double
      let whiskerLow: Double
      let whiskerHigh: Double
    }
    let boxes: [Box?] = names.indices.map { value in
      let group = levels.indices.filter { levels[$0] == value }.map { accuracies[$0] }
      guard group.count >= 4, let ends = Quantiles.quantiles([0.25, 0.75], of: group) else {
        return nil
      }
      let reach = (2.5 * ends[0] - 1.5 * ends[1], 2.5 * ends[1] - 1.5 * ends[0])
      let inside = group.filter { reach.0 <= $0 && $0 <= reach.1 }
      return Box(
        low: ends[0], high: ends[1], whiskerLow: min(ends[0], inside.min() ?? ends[0]),
        whiskerHigh: max(ends[1], inside.max() ?? ends[1]))
    }
    var found: [Contrast] = []
    for a in names.indices {
      for b in names.indices where a != b {
        guard let first = boxes[a], let second = boxes[b], first.high < second.low else { continue }
        found.append(
          Contrast(
            lower: names[a], higher: names[b], isStrong: first.whiskerHigh < second.whiskerLow))
      }
    }
    return found
  }
}
