import Estimation
import Runs
import Statistics

extension RunReport {
  /// The file `report.md`: the verdict, the figures and both ends of the range, for a pull request or
  /// for notes.
  package var markdown: String {
    var text = "# Accuracy over prompt formats\n\n"
    if tasks.count > 1 { text += overview + "\n" }
    for task in tasks {
      if tasks.count > 1 { text += "## Task \(Markdown.code(task.name))\n\n" }
      text += section(task)
    }
    if tasks.contains(where: { $0.unlabelled == 0 }) { text += coverage + "\n\n" }
    text += provenance
    return text
  }

  private var overview: String {
    var text = """
      | task | lowest | median | original | highest | spread (points) | noise only (points) | p |
      |---|--:|--:|--:|--:|--:|--:|--:|

      """
    for task in tasks {
      func figure(_ value: Double?, _ shown: (Double) -> String) -> String {
        value.map(shown) ?? "–"
      }
      let cells = [
        Markdown.code(task.name, inTable: true), figure(task.lowest?.estimate, percent),
        figure(task.shownDistribution?.median, percent), figure(task.original?.accuracy, percent),
        figure(task.highest?.estimate, percent), figure(task.spread, points),
        figure(task.test?.noise.mean, points), figure(task.test?.cochran.pValue, shortProbability),
      ]
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    return text
  }

  private func section(_ task: TaskReport) -> String {
    let sentence = verdict(
      task, model: model.map { Markdown.code($0) } ?? "the model", name: Markdown.code(task.name)
    ).sentence
    var text = "**" + sentence + "**\n\n"
    if let problems = problems(task) { text += problems + "\n\n" }
    guard let lowest = task.lowest, let highest = task.highest else { return text }
    text +=
      "| accuracy | found | \(confidenceName(task.confidence)) \(task.intervalName) | right/asked | |\n"
    text += "|---|--:|:-:|--:|---|\n"
    text += row("lowest", lowest.result, note: note(lowest))
    if let distribution = task.shownDistribution {
      let interval = distribution.medianInterval.map(shown) ?? ""
      text += "| median | \(percent(distribution.median)) | \(interval) | | "
      text +=
        "quartiles \(percent(distribution.lowerQuartile)) and "
        + "\(percent(distribution.upperQuartile)), mean \(percent(distribution.mean))"
      text += distribution.isEstimated ? ", estimated: formats were asked unequally |\n" : " |\n"
    }
    if let original = task.original, original.asked > 0 {
      text += row(
        "original", original,
        note: "the task's own format"
          + (task.originalRank.map { ", percentile rank \(wholePoints($0))" } ?? ""))
    }
    text += row("highest", highest.result, note: note(highest)) + "\n"
    text +=
      "- \(counted(task.evaluatedFormats, "format")) on \(counted(task.examples, "example")), "
    text += "\(counted(task.evaluations, "evaluation"))"
    text += task.ties > 0 ? ", \(counted(task.ties, "tied answer"))\n" : "\n"
    if let spread = task.spread, let raw = task.rawSpread, task.formats.count > 1 {
      text += "- spread: \(points(spread)) points"
      text +=
        points(raw) == points(spread)
        ? "\n"
        : ", as the search estimates; \(points(raw)) points between the raw accuracies\n"
    }
    for remark in task.searchRemarks { text += "- search: \(remark)\n" }
    if let test = task.test {
      text += "- noise only: \(points(test.noise.mean)) points on average if formats made no "
      text += "difference, at most \(points(test.noise.upper)) in 95 % of "
      text += "\(counted(test.noise.permutations, "permutation"))\n"
      text += "- Cochran's Q = \(decimal(test.cochran.statistic)), "
      text += "\(counted(test.cochran.degreesOfFreedom, "degree")) of freedom, "
      text += "p \(probability(test.cochran.pValue))\(test.qualification)\n"
    }
    text += inference(task)
    text += normalizations(task)
    if lowest.result.index != highest.result.index {
      text += "\nWorst format (number \(lowest.result.index)):\n\n"
      text += Markdown.block(lowest.result.format.template)
      text += "\nBest format (number \(highest.result.index)):\n\n"
      text += Markdown.block(highest.result.format.template)
      let both = [lowest, highest].map { VisibleText.template($0.result.format.template) }
      if let legend = VisibleText.legend(both) { text += "\n" + legend + "\n" }
    }
    return text + "\n"
  }

  private func row(_ label: String, _ result: FormatResult, note: String) -> String {
    "| \(label) | \(result.accuracy.map(percent) ?? "–") | \(shown(result.interval)) | "
      + "\(grouped(result.right))/\(grouped(result.asked)) | \(note) |\n"
  }

  private func note(_ extreme: Extreme) -> String {
    var note = "format \(extreme.result.index)"
    if extreme.sharedBy > 1 { note += " and \(grouped(extreme.sharedBy - 1)) more" }
    if let accuracy = extreme.result.accuracy, percent(accuracy) != percent(extreme.estimate) {
      note += ", the search's estimate is \(percent(extreme.estimate))"
    }
    return note
  }

  private func shown(_ interval: Interval) -> String {
    "\(percent(interval.lower)) to \(percent(interval.upper))"
  }

  private func normalizations(_ task: TaskReport) -> String {
    let known = task.normalizations.filter { $0.accuracy != nil }
    guard Set(known.map(\.right)).count > 1 else { return "" }
    let figures = known.map { result in
      "\(percent(result.accuracy ?? 0)) by \(result.name)\(result.isUsed ? " (used)" : "")"
    }
    return "- mean accuracy with log-probabilities compared by sum, per token or per byte: "
      + figures.joined(separator: ", ") + "\n"
  }

  private func problems(_ task: TaskReport) -> String? {
    var sentences: [String] = []
    if task.failed > 0 {
      let causes = task.failures.prefix(3).map { failure in
        "\(grouped(failure.count)) × \(Markdown.code(failure.message))"
      }
      sentences.append(
        "\(counted(task.failed, "cell")) failed and \(task.failed == 1 ? "counts" : "count") neither "
          + "as right nor as wrong: \(causes.joined(separator: ", "))"
          + (task.failures.count > 3 ? " and others." : "."))
    }
    let leftOut = task.evaluatedFormats - (task.distribution?.formats ?? 0)
    if leftOut > 0 {
      sentences.append(
        "\(counted(leftOut, "format")) with answers on less than half of the examples "
          + (leftOut == 1 ? "takes" : "take") + " no part in these figures.")
    }
    if task.missing > 0 {
      sentences.append(
        "The run is not finished: \(counted(task.missing, "cell")) still to be evaluated.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// How the figures came about, enough to repeat them.
  private var provenance: String {
    var parts = [
      "model \(model.map { Markdown.code($0) } ?? "none yet")",
      "backend \(Markdown.code(study.backend))", study.scoring.summary,
      "search \(study.search.rawValue)"
        + (study.budget.map { " with a budget of \(grouped($0))" } ?? ""),
      counted(study.shots, "demonstration"),
      "grammar \(Markdown.code(study.grammar.name))", "seed \(study.seed)",
      "study \(Markdown.code(String(study.digest.prefix(12))))",
      "formatspread \(version)",
    ]
    if let method, method != "generate" { parts[2] += " (\(Markdown.code(method)))" }
    return "How it was run: " + parts.joined(separator: ", ") + ".\n"
  }
}
