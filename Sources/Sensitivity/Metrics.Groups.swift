import Basics
import Statistics

extension Metrics {
  static func spread(
    _ grid: AnswerGrid, hasOriginal: Bool, _ bootstrap: Bootstrap
  ) -> FigureGroup {
    let compared = grid.hasLabels ? grid.comparable : []
    let rows = grid.selecting(compared)
    let original = hasOriginal ? compared.firstIndex(of: 0) : nil
    let value = FormatFigures(rows.accuracies.map { $0 ?? .nan }, original: original)
    let accuracies = bootstrap.accuracies(rows.correct, rows: compared.count)
    let draws = (0..<bootstrap.resamples).compactMap { resample in
      FormatFigures(
        Array(accuracies[(resample * compared.count)..<((resample + 1) * compared.count)]),
        original: original)
    }
    let condition =
      "needs right answers, of formats known on at least half as many examples as the fullest"
    func figure(
      _ key: String, _ label: String, _ unit: Figure.Unit, _ explanation: String,
      condition: String = condition, _ read: (FormatFigures) -> Double?
    ) -> Figure {
      Figure(
        key, label, unit, value.flatMap(read),
        interval: Bootstrap.interval(draws.map { read($0) ?? .nan }), explanation: explanation,
        condition: condition)
    }
    return FigureGroup(
      key: "formatspread", title: "Accuracy over formats",
      source: "Sclar et al. 2024 (FormatSpread); Mizrahi et al. 2024",
      figures: [
        figure(
          "spread", "Spread", .points,
          "Highest minus lowest accuracy; picked as extremes, so chance alone makes some of it.",
          condition: condition + ", two or more"
        ) { compared.count > 1 ? $0.spread : nil },
        figure("lowest", "Lowest", .share, "Accuracy of the worst format.") { $0.lowest },
        figure("p05", "5 % quantile", .share, "One format in twenty is worse than this.") {
          $0.quantiles[0]
        },
        figure("median", "Median", .share, "Half of the formats are worse than this.") {
          $0.quantiles[2]
        },
        figure("p95", "95 % quantile", .share, "One format in twenty is better than this.") {
          $0.quantiles[4]
        },
        figure(
          "max_performance", "Highest (MaxP)", .share,
          "Accuracy of the best format: what the model can do if the format is chosen for it."
        ) { $0.highest },
        figure(
          "average_performance", "Mean (AvgP)", .share,
          "Mean accuracy over formats: what a format picked at random gives."
        ) { $0.mean },
        figure(
          "saturation", "Saturation", .number,
          "One minus the distance from the mean to the best format; 1 when the format does not "
            + "matter."
        ) { $0.saturation },
        figure(
          "combined_performance_score", "Combined performance score", .number,
          "Saturation times the highest accuracy: high only for a model that is good and robust."
        ) { $0.combined },
        figure(
          "original_percentile", "Original's percentile", .share,
          "The share of formats below the task's own, ties half: how lucky the own format is.",
          condition: condition + ", the task's own among them"
        ) { $0.originalRank },
        figure(
          "original_divergence", "Original's divergence", .number,
          "How many standard deviations of the formats the task's own lies above their mean.",
          condition: condition + ", the task's own among them, and that differ"
        ) { $0.divergence },
      ])
  }

  static func prosa(
    _ grid: AnswerGrid, _ scores: ExampleScores, _ bootstrap: Bootstrap,
    _ statistics: MatrixStatistics?, _ confidence: ConfidenceRelation?
  ) -> FigureGroup {
    let pss = bootstrap.mean(scores.promptSensitivity)
    let condition = "needs right answers of two formats on one example"
    let mean = scores.accuracy.filter { !$0.isNaN }
    let accuracy = mean.isEmpty ? .nan : mean.reduce(0, +) / Double(mean.count)
    let share = pss.value.map { $0 / 2 / (accuracy * (1 - accuracy)) }
    var figures = [
      Figure(
        "pss", "PromptSensiScore", .number, pss.value, interval: pss.interval,
        explanation: "The share of pairs of formats of which one is right and the other wrong on "
          + "the same example; 0 means that the format never decides.", condition: condition),
      Figure(
        "pss_max", "Largest possible", .number, PSSMaximum.value(formats: grid.formats),
        explanation: "The highest PromptSensiScore that this number of formats can reach.",
        condition: "needs at least two formats"),
      Figure(
        "pss_comparable", "Comparable over numbers of formats", .number,
        pss.value.map { $0 * Double(grid.formats - 1) / Double(max(1, grid.formats)) },
        interval: pss.interval.map {
          let scale = Double(grid.formats - 1) / Double(max(1, grid.formats))
          return Interval($0.lower * scale, $0.upper * scale)
        },
        explanation: "The score times (K−1)/K: set this one beside studies with other numbers of "
          + "formats.", condition: condition),
      Figure(
        "pss_share", "Share of the variance of one answer", .share, share,
        explanation: "How much of right or wrong is decided by the format and not by the example, "
          + "so that models of different accuracy can be compared.",
        condition: condition + ", and not all answers right or all wrong"),
      Figure(
        "cochran_q", "Cochran's Q", .number, statistics?.cochran.statistic,
        explanation: "Tests whether formats differ at all; equals 2·N·(K−1)·s²/PSS exactly.",
        condition: "needs examples that every format answered"),
      Figure(
        "cochran_p", "Its p-value", .probability, statistics?.cochran.pValue,
        explanation: "The chance of formats differing at least this much if none mattered.",
        condition: "needs examples that every format answered"),
    ]
    if let confidence { figures.append(confidence.correlation) }
    return FigureGroup(
      key: "prosa", title: "Examples that change with the format (ProSA)",
      source: "Zhuo et al. 2024 (ProSA); Cochran 1950", figures: figures)
  }

  static func errica(
    _ grid: AnswerGrid, _ scores: ExampleScores, _ consistency: Consistency,
    _ bootstrap: Bootstrap
  ) -> FigureGroup {
    let plain = bootstrap.mean(scores.entropy)
    let corrected = bootstrap.mean(scores.correctedEntropy)
    let weighed = bootstrap.mean(scores.probabilityEntropy)
    let condition =
      "needs what two formats answered to one example; whether it is right need not be known"
    var figures = [
      Figure(
        "sensitivity", "Sensitivity", .number, plain.value, interval: plain.interval,
        explanation: "How evenly the formats' answers to one example spread over the "
          + (grid.classes.isEmpty
            ? "possible answers (as many as formats)" : "\(grid.classes.count) answers")
          + "; 0 when all agree, 1 when they might as well be drawn by lot.", condition: condition),
      Figure(
        "sensitivity_miller_madow", "Sensitivity, corrected", .number, corrected.value,
        interval: corrected.interval,
        explanation: "The same with Miller and Madow's correction: few formats see too little of "
          + "the variety.", condition: condition),
    ]
    if grid.hasProbabilities {
      figures.append(
        Figure(
          "sensitivity_probabilities", "Sensitivity of probabilities", .number, weighed.value,
          interval: weighed.interval,
          explanation: "The same from the mean of the option probabilities instead of the choices.",
          condition: "needs option probabilities; right answers need not be known"))
    }
    guard grid.hasLabels else {
      return FigureGroup(
        key: "errica", title: "Sensitivity", source: "Errica et al. 2025", figures: figures)
    }
    figures.append(
      Figure(
        "consistency", "Consistency", .number, consistency.value, interval: consistency.interval,
        explanation: "How alike the answers to two examples with one right answer are, mean over "
          + "right answers; it is not accuracy.",
        condition: "needs right answers to group by, and two examples of one"))
    return FigureGroup(
      key: "errica", title: "Sensitivity and consistency", source: "Errica et al. 2025",
      figures: figures)
  }

  static func agreement(
    _ grid: AnswerGrid, _ scores: ExampleScores, hasOriginal: Bool, _ bootstrap: Bootstrap
  ) -> FigureGroup {
    let agreement = bootstrap.mean(scores.agreement)
    let ambiguous = bootstrap.mean(scores.isAmbiguous)
    let flips = hasOriginal ? bootstrap.mean(scores.flips) : (nil, nil)
    let condition =
      "needs what two formats answered to one example; whether it is right need not be known"
    return FigureGroup(
      key: "agreement", title: "Agreement of formats",
      source: "Arakelyan et al. 2024 (semantic sensitivities)",
      figures: [
        Figure(
          "self_consistency", "Self-consistency", .share, agreement.value,
          interval: agreement.interval,
          explanation: "The chance that two formats picked at random give the same answer.",
          condition: condition),
        Figure(
          "ambiguity", "Ambiguity", .share, ambiguous.value, interval: ambiguous.interval,
          explanation: "The share of examples to which not all formats give the same answer.",
          condition: condition),
        Figure(
          "flip_rate", "Flip rate", .share, flips.0, interval: flips.1,
          explanation: "How often another format gives another answer than the task's own format.",
          condition: "needs what the task's own format and another answered to one example"),
      ])
  }
}

/// The largest PromptSensiScore.
package enum PSSMaximum {
  /// Reached when half of the formats are right: `⌊K/2⌋·⌈K/2⌉ / (K(K−1)/2)`.
  package static func value(formats: Int) -> Double? {
    guard formats > 1 else { return nil }
    let half = formats / 2
    return Double(2 * half * (formats - half)) / Double(formats * (formats - 1))
  }
}
