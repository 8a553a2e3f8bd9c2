import Plots
import Statistics

/// A figure of sensitivity with its explanation in plain words.
package struct Measure: Sendable, Hashable {
  package let name: String
  /// As it is shown, with its unit.
  package let value: String
  package let explanation: String

  package init(_ name: String, _ value: String, _ explanation: String) {
    self.name = name
    self.value = value
    self.explanation = explanation
  }

  /// The figures that a task's answers allow.
  ///
  /// - Parameters:
  ///   - task: The task's report.
  ///   - matrix: The answers of the compared formats.
  /// - Returns: Fewer for answers that are not complete; none for fewer than two formats.
  static func all(_ task: TaskReport, _ matrix: ResponseMatrix) -> [Measure] {
    guard matrix.arms > 1, let raw = task.rawSpread else { return [] }
    var measures: [Measure] = []
    let fates = Fates(matrix)
    if fates.compared > 0 {
      measures.append(
        Measure(
          "Examples decided by the format", percent(fates.share(fates.mixed)),
          "Of the examples that two or more formats answered, so many were right under one and wrong "
            + "under another. \(percent(fates.share(fates.right))) were right and "
            + "\(percent(fates.share(fates.wrong))) wrong whatever the format."))
    }
    if let effect = task.effect { measures += Self.effect(effect, raw: raw) }
    if let rank = task.originalRank {
      measures.append(
        Measure(
          "Rank of the original format", "\(wholePoints(rank)) of 100",
          "The share of formats that do worse than the task's own, in percent, ties counted half. "
            + "Near 100, the task's author has tuned the prompt, or was lucky."))
    }
    return measures
  }

  /// How much of what was seen is format and how much is noise.
  private static func effect(_ effect: FormatEffect, raw: Double) -> [Measure] {
    var measures: [Measure] = []
    if let shares = effect.shares {
      measures.append(
        Measure(
          "Variation owed to the format", percent(shares.format),
          "How right and wrong answers vary divides into the format, the example "
            + "(\(percent(shares.example)): some are hard under every format) and the rest "
            + "(\(percent(shares.rest)): formats that suit single examples, and noise)."))
    }
    if let crossFit = effect.crossFitSpread {
      measures.append(
        Measure(
          "Spread without the luck of its choice", points(max(0, crossFit)) + " points",
          "The worst and the best format are chosen on one half of the examples and compared on the "
            + "other half, so the luck that made them extreme does not count."))
    }
    measures.append(
      Measure(
        "Spread without noise", points(effect.scaledSpread) + " points",
        "The spread of \(points(raw)) points scaled to what is not noise in the formats’ accuracies: "
          + "about what the same formats would show on very many examples."))
    if let reliability = effect.reliability {
      measures.append(
        Measure(
          "Reliability", PlotText.fixed(reliability, decimals: 2),
          "How well the order of the formats on one half of the examples foretells that on the "
            + "other, stepped up to all examples: 1 is perfectly, 0 not at all."))
    }
    if let detectable = effect.detectableSpread {
      measures.append(
        Measure(
          "Spread that could be found", points(detectable) + " points",
          "A study of this size finds a spread this wide four times in five; a smaller one may go "
            + "unnoticed."))
    }
    return measures
  }

  /// How many examples every format, no format, or some formats answered rightly.
  private struct Fates {
    var right = 0
    var wrong = 0
    var mixed = 0

    var compared: Int { right + wrong + mixed }

    func share(_ count: Int) -> Double { Double(count) / Double(max(1, compared)) }

    init(_ matrix: ResponseMatrix) {
      for example in 0..<matrix.examples {
        var seen = (right: 0, wrong: 0)
        for arm in 0..<matrix.arms {
          switch matrix[arm, example] {
          case 1: seen.right += 1
          case 0: seen.wrong += 1
          default: break
          }
        }
        guard seen.right + seen.wrong > 1 else { continue }
        if seen.wrong == 0 {
          right += 1
        } else if seen.right == 0 {
          wrong += 1
        } else {
          mixed += 1
        }
      }
    }
  }
}
