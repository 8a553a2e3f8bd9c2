import Plots
import Sensitivity

/// How answers depend on the format, in figures that each come with a sentence in plain words.
struct HTMLSensitivity {
  let sensitivity: TaskSensitivity

  /// Groups that have a section of their own.
  private static let elsewhere: Set<String> = ["formatspread", "calibration"]
  /// Figures that the page has said already, or that help only in comparing studies.
  private static let leftOut: Set<String> = ["cochran_q", "cochran_p", "pss_max"]

  /// The figures group by group, below the headings of `level`.
  func figures(level: Int) -> String {
    let groups = sensitivity.groups(without: Self.elsewhere)
    guard !groups.isEmpty else { return "" }
    var text = ""
    for group in groups {
      let figures = group.figures.filter { !Self.leftOut.contains($0.key) }
      guard !figures.isEmpty else { continue }
      text += "<h\(level)>\(HTML.text(group.title))</h\(level)>\n" + Self.terms(figures)
      text += "<p class=\"muted\">After \(HTML.text(group.source)).</p>\n"
    }
    return text + "<p class=\"muted\">\(note)</p>\n"
  }

  /// The figures of calibration; empty without probabilities.
  var calibration: String {
    let figures = sensitivity.metrics.groups.filter { $0.key == "calibration" }
      .flatMap(\.figures).filter { $0.value != nil }
    return figures.isEmpty ? "" : Self.terms(figures)
  }

  private var note: String {
    sensitivity.resamples > 0
      ? HTML.sentence(
        "In parentheses: 95 % bootstrap intervals over examples (\(grouped(sensitivity.resamples)) "
          + "resamples); they say nothing about other formats.")
      : "There are too many answers for intervals here; ‘formatspread metrics’ computes them."
  }

  private static func terms(_ figures: [Figure]) -> String {
    "<div class=\"measures\">\n"
      + HTML.terms(
        figures.map { figure in
          let ends = FigureTable.interval(figure)
          let value = FigureTable.text(figure.value, figure.unit)
          let unit = figure.unit == .points ? " points" : ""
          return (
            figure.label,
            "<strong>\(HTML.sentence(value + unit))"
              + (ends.isEmpty ? "" : " <span class=\"ends\">(\(HTML.sentence(ends)))</span>")
              + "</strong> \(HTML.sentence(figure.explanation))"
          )
        }) + "</div>\n"
  }

  /// What each attribute explains, and what changing one choice alone does.
  func attribution(level: Int) -> String {
    guard let attribution = sensitivity.attribution else { return "" }
    return shares(attribution) + designed(attribution) + changes(attribution, level: level)
  }

  private func shares(_ attribution: Attribution) -> String {
    HTML.table(
      caption:
        "How much of the differences between \(counted(attribution.formats, "format")) goes with "
        + "each attribute",
      head: ["attribute", "values", "share", "beyond chance", "p by F test", "set apart"],
      rows: attribution.attributes.map { attribute in
        [
          HTML.code(attribute.name), "\(attribute.values.count)",
          FigureTable.text(attribute.eta.value, .share),
          FigureTable.text(attribute.omega.value.map { max(0, $0) }, .share),
          PlotText.escaped(shortProbability(attribute.pValue)), attribute.setApart,
        ]
      }, numbers: [1, 2, 3, 4])
      + "<p class=\"muted\">Share: of the variance of the formats’ accuracies (η²), too high where an "
      + "attribute has many values; beyond chance: without what as many values would explain anyway "
      + "(ω²); set apart: pairs of values whose formats’ quartile boxes (weakly) or whiskers (strongly) "
      + "do not overlap.</p>\n"
  }

  /// Total effects of a designed run; empty for others.
  private func designed(_ attribution: Attribution) -> String {
    guard let designed = attribution.designed else { return "" }
    return HTML.table(
      caption:
        "What changing each attribute does, designed: \(counted(designed.bases, "format")), each "
        + "changed in one place at a time",
      head: ["attribute", "pairs", "total share", "95 %", "mean change in points", "95 %"],
      rows: designed.totals.map { total in
        [
          HTML.code(total.attribute), "\(total.pairs)", FigureTable.text(total.share.value, .share),
          FigureTable.interval(total.share), FigureTable.text(total.size.value, .points),
          FigureTable.interval(total.size),
        ]
      }, numbers: [1, 2, 3, 4, 5])
      + "<p class=\"muted\">(\(HTML.sentence(designed.note)))</p>\n"
  }

  /// Rows of the table of single changes.
  private static let mostChanges = 8

  private func changes(_ attribution: Attribution, level: Int) -> String {
    let changes = attribution.changes
    guard !changes.changes.isEmpty else { return "" }
    let count = changes.changes.count
    var text = "<h\(level)>Changing one choice alone</h\(level)>\n<p>"
    text +=
      "\(counted(count, "pair")) of formats \(count == 1 ? "differs" : "differ") in one choice "
    text +=
      "only. Of these changes, \(FigureTable.text(changes.large.value, .share)) move the accuracy "
    text += "by 5 points or more"
    if let chance = changes.largeByChance {
      text += " (\(percent(chance)) would by chance alone)"
    }
    text +=
      ", and \(FigureTable.text(changes.significant.value, .share)) are beyond noise by McNemar’s "
    text += "test after Holm’s correction."
    if let monotony = attribution.monotony { text += " " + HTML.sentence(monotony) }
    text += "</p>\n"
    return text
      + HTML.table(
        caption: count > Self.mostChanges
          ? "The \(Self.mostChanges) largest" : "All of them, the largest first",
        head: ["attribute", "from", "to", "points", "95 %", "p", "formats"],
        rows: changes.changes.prefix(Self.mostChanges).map { change in
          [
            HTML.code(change.attribute), HTML.atom(change.from), HTML.atom(change.to),
            FigureTable.text(change.effect.value, .points), FigureTable.interval(change.effect),
            PlotText.escaped(shortProbability(change.adjusted)),
            "\(sensitivity.rows[change.first]) → \(sensitivity.rows[change.second])",
          ]
        }, numbers: [3, 4, 5, 6])
  }
}
