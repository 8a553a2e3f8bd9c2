package import Basics
import Foundation
package import Sensitivity
import Statistics

extension Figure {
  /// Value, interval and meaning; `undefined` names the condition of a figure without a value.
  package var json: JSON {
    .members([
      "label": .string(label), "unit": .string(unit.rawValue), "value": .figure(value),
      "low": low.map { .figure($0) }, "high": high.map { .figure($0) },
      "explanation": .string(explanation), "condition": .string(condition),
    ])
  }

  /// Value and interval alone.
  package var shortJSON: JSON {
    .members([
      "value": .figure(value), "low": low.map { .figure($0) }, "high": high.map { .figure($0) },
    ])
  }
}

extension JSON {
  /// A number with eight significant digits; null for none.
  package static func figure(_ value: Double?) -> JSON {
    guard let value, value.isFinite else { return .null }
    // Read back from its digits, a figure prints with just these.
    return .number(Double(String(format: "%.8g", value)) ?? value)
  }
}

extension Metrics {
  /// All figures by group, and the tables behind them.
  ///
  /// - Parameters:
  ///   - example: The number of an example, as the task's file counts them.
  ///   - answer: The text of an answer to an example of the grid.
  /// - Returns: One object.
  package func json(
    example: (Int) -> Int, answer: (Int32, Int) -> String
  ) -> JSON {
    var groups = JSONObject()
    for group in self.groups {
      var figures = JSONObject()
      for figure in group.figures { figures[figure.key] = figure.json }
      groups[group.key] = .members([
        "title": .string(group.title), "source": .string(group.source),
        "figures": .object(figures),
      ])
    }
    return .members([
      "formats": .integer(formats), "examples": .integer(examples), "groups": .object(groups),
      "consistency": consistency.isEmpty
        ? nil
        : .array(
          consistency.map {
            .members([
              "answer": .string($0.name), "examples": .integer($0.examples),
              "consistency": $0.figure.shortJSON,
            ])
          }),
      "confidence_bins": confidence.map { relation in
        .array(
          relation.bins.map {
            .members([
              "sensitivity": .string($0.name), "examples": .integer($0.examples),
              "mean_pss": .figure($0.sensitivity), "confidence": $0.confidence.shortJSON,
            ])
          })
      },
      "recall": bias?.json, "recall_by_label": labelBias?.json,
      "calibration": calibration.map { summary in
        .array(
          summary.formats.enumerated().map { format, one in
            .members([
              "format": .integer(format), "ece": .figure(one.expectedError),
              "brier": .figure(one.brier), "auc": one.area.map { .figure($0) },
            ])
          })
      },
      "flips": flips.isEmpty
        ? nil
        : .array(
          flips.map { flip in
            .members([
              "example": .integer(example(flip.example)),
              "original": .string(answer(flip.original, flip.example)),
              "usual": .string(answer(flip.usual, flip.example)),
              "flipped": .integer(flip.flipped), "compared": .integer(flip.compared),
            ])
          }),
      "per_example": .array(
        (0..<examples).map { place in
          .members([
            "example": .integer(example(place)), "accuracy": .figure(scores.accuracy[place]),
            "pss": .figure(scores.promptSensitivity[place]),
            "sensitivity": scores.entropy[place].isNaN ? nil : .figure(scores.entropy[place]),
            "self_consistency": scores.agreement[place].isNaN
              ? nil : .figure(scores.agreement[place]),
            "confidence": scores.confidence[place].isNaN
              ? nil : .figure(scores.confidence[place]),
          ])
        }),
    ])
  }
}

extension AnswerBias {
  fileprivate var json: JSON {
    .members([
      "deviation": deviation.shortJSON,
      "answers": .array(
        lines.map {
          .members([
            "answer": .string($0.name), "cells": .integer($0.cells),
            "recall": $0.recall.shortJSON, "chosen": .figure($0.chosen),
          ])
        }),
    ])
  }
}

extension MatrixStatistics {
  /// The keys that other programs use for a matrix, rows and columns counted from 0.
  package func members(eta: [(name: String, share: Double?)]) -> [(key: String, value: JSON)] {
    var shares = JSONObject()
    for (name, share) in eta { shares[name] = .figure(share) }
    var members: [(key: String, value: JSON)] = [
      ("K", .integer(formats)), ("N", .integer(examples)), ("mean", .figure(mean)),
      ("min", .figure(lowest)), ("max", .figure(highest)), ("spread", .figure(highest - lowest)),
      ("p05", .figure(percentile5)), ("p95", .figure(percentile95)),
      ("PSS", .figure(promptSensitivity)), ("cochranQ", .figure(cochran.statistic)),
      ("cochran_df", .integer(cochran.degreesOfFreedom)), ("cochran_p", .figure(cochran.pValue)),
      ("sd_obs", .figure(observedDeviation)), ("sd_noise_paired", .figure(pairedNoise)),
      ("sd_noise_iid", .figure(independentNoise)), ("sd_true", .figure(trueDeviation)),
      ("reliability_split_half", .figure(splitHalf)),
    ]
    if !eta.isEmpty { members.append(("one_way_eta2", .object(shares))) }
    members += [
      ("best", .integer(best)), ("worst", .integer(worst)),
      ("mcnemar_b", .integer(comparison.firstOnly)), ("mcnemar_c", .integer(comparison.secondOnly)),
      ("examples_never_right", .integer(neverRight)),
      ("examples_always_right", .integer(alwaysRight)),
    ]
    return members
  }
}
