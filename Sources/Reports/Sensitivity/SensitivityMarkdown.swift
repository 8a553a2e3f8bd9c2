import Runs
package import Sensitivity

extension FigureGroup {
  /// A table of the figures, each with what it means; those that are not defined are left out.
  package var markdown: String {
    let defined = figures.filter { $0.value != nil }
    guard !defined.isEmpty else { return "" }
    var text =
      "**\(title)** (\(source))\n\n| figure | value | 95 % | in words |\n|---|--:|:-:|---|\n"
    for figure in defined {
      text +=
        "| \(figure.label) | \(FigureTable.text(figure.value, figure.unit)) | "
        + "\(FigureTable.interval(figure)) | \(figure.explanation) |\n"
    }
    return text + "\n"
  }
}

extension Attribution {
  /// What moves the accuracy: the attributes by their share, and the single changes that matter most.
  ///
  /// - Parameters:
  ///   - numbers: The numbers of the formats, which the attribution counts from 0.
  ///   - limit: Lines of each table at most.
  /// - Returns: Tables; nothing where there is nothing to attribute.
  package func markdown(numbers: [Int], limit: Int = 8) -> String {
    guard !attributes.isEmpty else { return "" }
    var text =
      "| attribute | values | share | 95 % | omega² | eta² | p (F) | set apart |\n"
      + "|---|--:|--:|:-:|--:|--:|--:|---|\n"
    for attribute in attributes.prefix(limit) {
      text +=
        "| \(Markdown.code(attribute.name, inTable: true)) | \(attribute.values.count) | "
        + "\(FigureTable.text(attribute.ofFormats.value, .share)) | "
        + "\(FigureTable.interval(attribute.ofFormats)) | "
        + "\(FigureTable.text(attribute.omega.value, .share)) | "
        + "\(FigureTable.text(attribute.eta.value, .share)) | "
        + "\(shortProbability(attribute.pValue)) | \(attribute.setApart) |\n"
    }
    text +=
      "\nShare: of the format variation, with the luck of the examples and of many values taken out; "
      + "eta² is the plain share. Set apart: pairs of values whose quartile boxes (weakly) or whiskers "
      + "(strongly) do not overlap.\n\n"
    if let designed {
      text +=
        "Designed changes of \(counted(designed.bases, "format")), one place at a time:\n\n"
        + "| attribute | pairs | total share | 95 % | mean change (points) |\n|---|--:|--:|:-:|--:|\n"
      for total in designed.totals.prefix(limit) {
        text +=
          "| \(Markdown.code(total.attribute, inTable: true)) | \(total.pairs) | "
          + "\(FigureTable.text(total.share.value, .share)) | "
          + "\(FigureTable.interval(total.share)) | \(FigureTable.text(total.size.value, .points)) |\n"
      }
      text += "\n(\(designed.note))\n\n"
    }
    return text + changesMarkdown(numbers, limit: limit)
  }

  private func changesMarkdown(_ numbers: [Int], limit: Int) -> String {
    guard !changes.changes.isEmpty else { return "" }
    var text =
      "| single change | from | to | points | 95 % | mid-p | Holm |\n|---|---|---|--:|:-:|--:|--:|\n"
    for change in changes.changes.prefix(limit) {
      text +=
        "| \(Markdown.code(change.attribute, inTable: true)), format \(numbers[change.first]) → "
        + "\(numbers[change.second]) | \(Markdown.code(VisibleText.atom(change.from), inTable: true)) | "
        + "\(Markdown.code(VisibleText.atom(change.to), inTable: true)) | "
        + "\(FigureTable.text(change.effect.value, .points)) | \(FigureTable.interval(change.effect)) | "
        + "\(shortProbability(change.pValue)) | \(shortProbability(change.adjusted)) |\n"
    }
    let chance = changes.largeByChance.map { " (by chance alone \(percent($0)))" } ?? ""
    return text
      + "\nOf \(counted(changes.changes.count, "single change")), "
      + "\(FigureTable.text(changes.large.value, .share)) move the accuracy by at least 5 points"
      + "\(chance), \(FigureTable.text(changes.significant.value, .share)) beyond noise after Holm's "
      + "correction."
      + (monotony.map { " " + $0 } ?? "") + "\n\n"
  }

  /// How often two successive changes move the accuracy the same way, beside what chance does.
  var monotony: String? {
    triples.map { triples in
      "Monotone over two successive changes: \(FigureTable.text(triples.observed.value, .share)) of "
        + "\(triples.triples) triples, where formats that do not differ would show "
        + "\(FigureTable.text(triples.expected.value, .share)) "
        + "(\(FigureTable.interval(triples.expected)))."
    }
  }
}

extension Attribution.Attribute {
  /// How many pairs of values lie apart; empty for none.
  var setApart: String {
    let strong = contrasts.count(where: \.isStrong)
    return contrasts.isEmpty ? "" : "\(contrasts.count - strong) weakly, \(strong) strongly"
  }
}

extension RunDossier {
  /// What `report.md` holds: the report, and why the accuracy moves.
  package var markdown: String { report.markdown + sensitivityMarkdown }

  private var sensitivityMarkdown: String {
    var text = ""
    var resamples = 0
    for (task, details) in zip(report.tasks, details) {
      guard let sensitivity = details.sensitivity else { continue }
      let name = report.tasks.count > 1 ? " of \(Markdown.code(task.name))" : ""
      text += "\n## Sensitivity\(name)\n\n"
      text += sensitivity.metrics.groups.map(\.markdown).joined()
      if let attribution = sensitivity.attribution {
        text += "## What moves the accuracy\(name)\n\n"
        text += attribution.markdown(numbers: sensitivity.rows)
      }
      resamples = max(resamples, sensitivity.resamples)
    }
    guard !text.isEmpty else { return "" }
    return text
      + (resamples > 0
        ? "Intervals in these sections are 95 % bootstrap intervals over examples, \(resamples) "
          + "resamples; `formatspread metrics` and `attribute` have more.\n"
        : "There are too many answers for intervals here; `formatspread metrics` and `attribute` "
          + "compute them.\n")
  }
}
