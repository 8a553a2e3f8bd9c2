/// When a run may stop before its budget is spent, because its answer is certain.
///
/// The intervals hold at every moment at once, so looking after each batch costs no confidence.
package struct StoppingRule: Sendable, Hashable {
  /// Stop when the spread's interval is at most this wide.
  package var width: Double?
  /// Stop when the spread is certainly at most, or certainly above, this.
  package var maxSpread: Double?
  /// Stop when every accuracy is certainly at least this, or the lowest certainly below.
  package var minAccuracy: Double?

  package init(width: Double? = nil, maxSpread: Double? = nil, minAccuracy: Double? = nil) {
    self.width = width
    self.maxSpread = maxSpread
    self.minAccuracy = minAccuracy
  }

  /// What is known of one condition.
  package enum Verdict: Sendable, Hashable {
    case certainlyHolds
    case certainlyFails
    case undecided
  }

  /// Whether the spread is at most the limit; nil without a limit.
  package func spreadVerdict(_ interval: SpreadInterval) -> Verdict? {
    maxSpread.map { limit in
      if interval.spread.upper <= limit { return .certainlyHolds }
      return interval.spread.lower > limit ? .certainlyFails : .undecided
    }
  }

  /// Whether the lowest accuracy is at least the limit; nil without a limit.
  package func accuracyVerdict(_ interval: SpreadInterval) -> Verdict? {
    minAccuracy.map { limit in
      if interval.lowest.lower >= limit { return .certainlyHolds }
      return interval.lowest.upper < limit ? .certainlyFails : .undecided
    }
  }

  /// Whether nothing that the rule asks for is open any more, or a gate has certainly failed.
  package func mayStop(_ interval: SpreadInterval) -> Bool {
    let verdicts = [spreadVerdict(interval), accuracyVerdict(interval)].compactMap { $0 }
    if verdicts.contains(.certainlyFails) { return true }
    let isNarrow = width.map { interval.spread.width <= $0 }
    if isNarrow == false || verdicts.contains(.undecided) { return false }
    return isNarrow != nil || !verdicts.isEmpty
  }
}
