package import Basics
package import Runs
package import Sensitivity

extension Comparison {
  package func json(task: String, formats lines: [FormatLine], remarks: [String]) -> JSON {
    .members([
      "task": .string(task), "formats": .integer(formats), "examples": .integer(examples),
      "verdict": .string(verdict), "remarks": .strings(remarks),
      "runs": .array(
        sides.map { side in
          .members([
            "name": .string(side.name), "mean": side.mean.shortJSON,
            "lowest": side.lowest.shortJSON, "highest": side.highest.shortJSON,
            "spread": side.spread.shortJSON, "original": side.original?.shortJSON,
            "ensemble": side.ensemble.shortJSON, "best_rank": .figure(side.bestRank),
            "worst_rank": .figure(side.worstRank),
          ])
        }),
      "pairs": .array(pairs.map(\.json)), "kendall_w": concordance.shortJSON,
      "largest_rank_shift": .figure(largestShift), "voters": .integer(voters),
      "shared_formats": .array(
        sharedFormats.prefix(10).map { shared in
          .members([
            "template": .string(lines[shared.format].template), "regret": .figure(shared.regret),
            "accuracies": .array(shared.accuracies.map { .figure($0) }),
          ])
        }),
    ])
  }

  /// The comparison as text, the verdict first.
  ///
  /// - Parameters:
  ///   - task: The task's name.
  ///   - lines: The matched formats.
  ///   - remarks: What did not match.
  ///   - advice: Why little matched, and what would have.
  ///   - width: The terminal's columns.
  ///   - fits: Whether no table may be wider.
  /// - Returns: Lines without newlines.
  package func lines(
    task: String, formats lines: [FormatLine], remarks: [String], advice: String?, width: Int,
    fits: Bool
  ) -> [String] {
    var text = [
      "\(task) · \(counted(formats, "format")) and \(counted(examples, "example")) in common", "",
    ]
    if let advice {
      text += wrapped("Little to compare: \(advice).", width: min(width, 100)) + [""]
    }
    let room = fits ? width : nil
    text += wrapped(verdict, width: min(width, 100))
    text += [""]
    text += FigureTable.table(
      [["run", "lowest", "mean", "95 %", "highest", "spread", "own", "vote of \(voters)", "ranks"]]
        + sides.map { side in
          [
            VisibleText.name(side.name, limit: 40), FigureTable.text(side.lowest.value, .share),
            FigureTable.text(side.mean.value, .share), FigureTable.interval(side.mean),
            FigureTable.text(side.highest.value, .share),
            FigureTable.text(side.spread.value, .points),
            FigureTable.text(side.original?.value, .share),
            FigureTable.text(side.ensemble.value, .share),
            "\(rank(side.bestRank)) to \(rank(side.worstRank))",
          ]
        }, expendable: [8, 7, 6], width: room)
    for pair in pairs {
      text.append("")
      text +=
        fits
        ? wrapped("\(pair.first) against \(pair.second)", width: width, first: "  ", rest: "    ")
        : ["  \(pair.first)  against  \(pair.second)"]
      if pairs.count > 1 {
        text += wrapped(pair.verdict, width: min(width, 100), first: "    ", rest: "    ")
      }
      text += FigureTable.table(
        pair.figures.map { figure in
          ["  " + figure.label, FigureTable.text(figure.value, figure.unit)]
            + [FigureTable.interval(figure)]
        }, width: room)
      let significant =
        pair.significantReversals.map { "; both leads significant in \(percent($0)) of them" } ?? ""
      text += wrapped(
        "Ahead by 2 points or more: \(pair.first) under \(counted(pair.firstLeads, "format")), "
          + "\(pair.second) under \(grouped(pair.secondLeads)). Two formats picked at random contradict "
          + "each other with a chance of \(FigureTable.text(pair.reversalOfPairs, .share))"
          + "\(significant).", width: min(width, 100), first: "    ", rest: "    ")
    }
    if sides.count > 2 {
      text += [
        "",
        "  Leaderboard: Kendall's W \(FigureTable.text(concordance.value, .number)) "
          + "(\(FigureTable.interval(concordance))), largest shift \(rank(largestShift)) ranks",
      ]
    }
    text += ["", "  Good for all: the formats with the smallest loss for whoever likes them least"]
    text += FigureTable.table(
      [["loss"] + sides.map { VisibleText.name($0.name, limit: 24) } + ["format"]]
        + sharedFormats.prefix(3).map { shared in
          [points(shared.regret)] + shared.accuracies.map(percent)
            + [VisibleText.template(lines[shared.format].template).cut(to: 60)]
        }, leftColumns: 0, lastIsLeft: true, names: Array(1...(sides.count + 1)), width: room)
    for remark in remarks {
      text += wrapped("(\(remark))", width: max(width, 80), first: "  ", rest: "   ")
    }
    return text
  }

  private func rank(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : decimal(value)
  }
}

extension PairComparison {
  /// The figures in the order in which they are shown.
  package var figures: [Figure] { [lead, ahead, reversal, spearman, kendall, overlap] }

  fileprivate var json: JSON {
    var object = JSONObject([
      "runs": .strings([first, second]), "verdict": .string(verdict), "settled": .bool(isSettled),
      "first_leads": .integer(firstLeads), "second_leads": .integer(secondLeads),
      "reversal_of_pairs": .figure(reversalOfPairs),
      "significant_reversals": .figure(significantReversals),
    ])
    for figure in figures { object[figure.key] = figure.json }
    return .object(object)
  }
}
