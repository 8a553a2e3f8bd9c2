extension Comparison {
  /// What a reader may conclude, from leads, their intervals and how often formats turn them round.
  static func verdict(_ pairs: [PairComparison], _ sides: [Side]) -> String {
    if pairs.count == 1, let pair = pairs.first { return pair.verdict }
    let settled = pairs.count(where: \.isSettled)
    let order = sides.sorted { ($0.mean.value ?? 0) > ($1.mean.value ?? 0) }.map(\.name)
    let list = order.joined(separator: " > ")
    if settled == pairs.count {
      return "The order \(list) holds whatever the format: no lead of 2 points is likely to turn."
    }
    let open = pairs.filter { !$0.isSettled }.map { "\($0.first) against \($0.second)" }
    return
      "By mean accuracy \(list). Not settled, because it depends on the format or these examples "
      + "do not show it: \(open.count == pairs.count && pairs.count > 3 ? "any of it" : open.joined(separator: "; "))."
  }
}

extension PairComparison {
  /// Whether the leader's mean lead is beyond noise and rarely turns round.
  package var isSettled: Bool {
    guard let low = lead.low, let high = lead.high else { return false }
    return (low > 0 || high < 0) && (reversal.value ?? 0) < 0.05
  }

  /// One sentence that names the leader, the size of the lead and how far it can be relied on.
  package var verdict: String {
    let value = lead.value ?? 0
    let (leader, other) = value >= 0 ? (first, second) : (second, first)
    let share = value >= 0 ? (ahead.value ?? 0) : 1 - (ahead.value ?? 0)
    let size = "\(tenths(abs(value) * 100)) points on average"
    let under = "ahead under \(tenths(share * 100)) % of the formats"
    let turns = reversal.value.map { "\(tenths($0 * 100)) %" }
    guard let low = lead.low, let high = lead.high else {
      return "\(leader) leads \(other) by \(size) and is \(under)."
    }
    if low <= 0, high >= 0 {
      if let turns, (reversal.value ?? 0) >= 0.05 {
        return
          "Which of \(first) and \(second) is better depends on the format: a lead of 2 points "
          + "turns round under another format with a chance of \(turns), and the mean lead is within "
          + "noise."
      }
      return "\(first) and \(second) cannot be told apart on these examples under these formats."
    }
    if let turns, (reversal.value ?? 0) >= 0.05 {
      return
        "\(leader) is better by \(size), but not under every format: it is \(under), and a lead "
        + "of 2 points turns round with a chance of \(turns). Compare over several formats."
    }
    return
      "\(leader) is better than \(other)"
      + (share >= 0.95 ? " whatever the format" : ", and hardly any format says otherwise")
      + ": by \(size), \(under) (ties count half); a lead of 2 points turns round with a chance of "
      + "\(turns ?? "0.0 %")."
  }
}

private func tenths(_ value: Double) -> String {
  let whole = Int((value * 10).rounded())
  return "\(whole / 10).\(whole % 10)"
}
