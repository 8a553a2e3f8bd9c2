import Statistics

/// Two sides under the same formats: who leads, how surely, and whether formats agree on it.
package struct PairComparison: Sendable, Hashable {
  package let first: String
  package let second: String
  /// Mean accuracy of the first minus the second, over formats.
  package let lead: Figure
  /// The share of formats under which the first is ahead, ties half.
  package let ahead: Figure
  /// The chance that a lead of at least two points is one of at least two points the other way under
  /// another format.
  package let reversal: Figure
  /// The same before a lead is known: for two formats picked at random, as the paper defines it.
  package let reversalOfPairs: Double?
  /// The share of such reversals of which both leads are significant (one-sided McNemar, 5 %).
  package let significantReversals: Double?
  /// Formats under which the first, and the second, leads by at least two points.
  package let firstLeads: Int
  package let secondLeads: Int
  /// Agreement of the two rankings of formats.
  package let spearman: Figure
  package let kendall: Figure
  package let overlap: Figure

  /// A lead that counts, as in the paper.
  package static let threshold = 0.02

  typealias Input = (
    name: String, grid: AnswerGrid, accuracies: [Double], draws: [[Double]]
  )

  init(_ a: Input, _ b: Input) {
    first = a.name
    second = b.name
    let formats = a.accuracies.count
    let both = zip(a.draws, b.draws)
    func figure(
      _ key: String, _ label: String, _ unit: Figure.Unit, _ explanation: String,
      _ condition: String, _ read: ([Double], [Double]) -> Double?
    ) -> Figure {
      Figure(
        key, label, unit, read(a.accuracies, b.accuracies),
        interval: Bootstrap.interval(both.map { read($0, $1) ?? .nan }), explanation: explanation,
        condition: condition)
    }
    lead = figure(
      "lead", "Lead", .points, "Mean accuracy of \(a.name) minus that of \(b.name).",
      "needs matched formats"
    ) { ($0.reduce(0, +) - $1.reduce(0, +)) / Double(formats) }
    ahead = figure(
      "ahead", "Ahead", .share, "The share of formats under which \(a.name) is ahead, ties half.",
      "needs matched formats"
    ) { x, y in
      zip(x, y).reduce(0.0) { $0 + ($1.0 > $1.1 ? 1 : $1.0 == $1.1 ? 0.5 : 0) } / Double(formats)
    }
    reversal = figure(
      "reversal", "Reversal", .share,
      "The chance that a lead of at least 2 points turns into one for the other side under another "
        + "format.", "needs a format with a lead of at least 2 points"
    ) { x, y in Self.reversal(x, y)?.afterLead }
    let leads = Self.leads(a.accuracies, b.accuracies)
    firstLeads = leads.first.count
    secondLeads = leads.second.count
    reversalOfPairs = Self.reversal(a.accuracies, b.accuracies)?.ofPairs
    func sure(_ format: Int, _ x: AnswerGrid, _ y: AnswerGrid) -> Bool {
      var only = (x: 0, y: 0)
      for example in 0..<x.examples {
        let place = format * x.examples + example
        if x.correct[place] > y.correct[place] { only.x += 1 }
        if y.correct[place] > x.correct[place] { only.y += 1 }
      }
      return PairedProportions.oneSided(firstOnly: only.x, secondOnly: only.y) < 0.05
    }
    let sureFirst = leads.first.count { sure($0, a.grid, b.grid) }
    let sureSecond = leads.second.count { sure($0, b.grid, a.grid) }
    let pairs = leads.first.count * leads.second.count
    significantReversals = pairs > 0 ? Double(sureFirst * sureSecond) / Double(pairs) : nil
    let condition = "needs two formats that differ on both sides"
    spearman = figure(
      "spearman", "Spearman", .number,
      "Whether formats that are good for one are good for the other; 0 means that they have nothing "
        + "to do with each other.", condition
    ) { Ranks.spearman($0, $1) }
    kendall = Figure(
      "kendall_tau_b", "Kendall's tau-b", .number, Ranks.kendall(a.accuracies, b.accuracies),
      interval: Bootstrap.interval(both.prefix(200).map { Ranks.kendall($0, $1) ?? .nan }),
      explanation: "How many pairs of formats both sides order alike, minus those they order "
        + "differently.", condition: condition)
    overlap = figure(
      "rank_biased_overlap", "Rank-biased overlap", .number,
      "How much the two lists of best formats share, the top counting most; 1 when equal.",
      "needs matched formats"
    ) { Ranks.overlap($0, $1) }
  }

  private static func leads(_ x: [Double], _ y: [Double]) -> (first: [Int], second: [Int]) {
    let edge = threshold - 1e-9
    return (
      x.indices.filter { x[$0] - y[$0] >= edge }, x.indices.filter { y[$0] - x[$0] >= edge }
    )
  }

  /// Chances over ordered pairs of different formats.
  private static func reversal(
    _ x: [Double], _ y: [Double]
  ) -> (afterLead: Double?, ofPairs: Double)? {
    guard x.count > 1 else { return nil }
    let leads = leads(x, y)
    let turned = 2 * leads.first.count * leads.second.count
    let led = (leads.first.count + leads.second.count) * (x.count - 1)
    return (
      led > 0 ? Double(turned) / Double(led) : nil,
      Double(turned) / Double(x.count * (x.count - 1))
    )
  }
}
