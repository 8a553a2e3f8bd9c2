/// When a run may stop before its budget is spent, because its answer is certain.
///
/// The intervals hold at every moment at once, so looking after each batch costs no confidence. All
/// limits are fractions of 1 and about these formats on these examples.
package struct StoppingRule: Sendable, Hashable {
  /// Stop when the spread's interval is at most this wide.
  package var width: Double?
  /// Stop when the spread is certainly at most, or certainly above, this.
  package var maxSpread: Double?
  /// Stop when every accuracy is certainly at least this, or the lowest certainly below.
  package var minAccuracy: Double?
  /// Stop when the median over formats is certainly at least, or certainly below, this.
  package var minMedian: Double?
  /// The confidence of all intervals together, strictly between 0 and 1.
  package var confidence = 0.95

  package init(
    width: Double? = nil, maxSpread: Double? = nil, minAccuracy: Double? = nil,
    minMedian: Double? = nil, confidence: Double = 0.95
  ) {
    self.width = width
    self.maxSpread = maxSpread
    self.minAccuracy = minAccuracy
    self.minMedian = minMedian
    self.confidence = confidence
  }

  /// What is known of one condition.
  package enum Verdict: Sendable, Hashable {
    case certainlyHolds
    case certainlyFails
    case undecided
  }

  /// Why nothing more has to be asked.
  package enum Reason: Sendable, Hashable {
    /// The spread's interval is narrow enough; no gate is open.
    case narrow
    /// All gates are decided; no width was demanded.
    case decided
    /// A gate has certainly failed.
    case failed
  }

  /// Whether the spread is at most the limit; nil without a limit.
  package func spreadVerdict(_ interval: SpreadInterval) -> Verdict? {
    maxSpread.map { Self.verdict(interval.spread, atMost: $0) }
  }

  /// Whether the lowest accuracy is at least the limit; nil without a limit.
  package func accuracyVerdict(_ interval: SpreadInterval) -> Verdict? {
    minAccuracy.map { Self.verdict(interval.lowest, atLeast: $0) }
  }

  /// Whether the median over formats is at least the limit; nil without a limit.
  package func medianVerdict(_ interval: SpreadInterval) -> Verdict? {
    minMedian.map { Self.verdict(interval.median, atLeast: $0) }
  }

  package static func verdict(_ interval: Interval, atMost limit: Double) -> Verdict {
    // Decimal limits such as 0.1 and counts such as 3/30 differ in their last digits.
    if interval.upper <= limit + 1e-9 { return .certainlyHolds }
    return interval.lower > limit + 1e-9 ? .certainlyFails : .undecided
  }

  package static func verdict(_ interval: Interval, atLeast limit: Double) -> Verdict {
    if interval.lower >= limit - 1e-9 { return .certainlyHolds }
    return interval.upper < limit - 1e-9 ? .certainlyFails : .undecided
  }

  /// Why the run may stop now; nil while something that the rule asks for is open.
  package func reason(_ interval: SpreadInterval) -> Reason? {
    let verdicts = [
      spreadVerdict(interval), accuracyVerdict(interval), medianVerdict(interval),
    ].compactMap { $0 }
    if verdicts.contains(.certainlyFails) { return .failed }
    if verdicts.contains(.undecided) { return nil }
    if let width { return interval.spread.width <= width + 1e-9 ? .narrow : nil }
    return verdicts.isEmpty ? nil : .decided
  }

  /// Whether nothing that the rule asks for is open any more, or a gate has certainly failed.
  package func mayStop(_ interval: SpreadInterval) -> Bool { reason(interval) != nil }
}

extension SpreadInterval {
  /// The median of the accuracies of all formats (type 7), simultaneous with the other intervals.
  ///
  /// Where every accuracy lies in its interval, their median lies between the medians of the ends.
  package var median: Interval {
    let lower = Quantiles.quantile(0.5, of: formats.map(\.lower)) ?? 0
    return Interval(lower, max(lower, Quantiles.quantile(0.5, of: formats.map(\.upper)) ?? 1))
  }
}
