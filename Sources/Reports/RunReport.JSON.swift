package import Basics
import Estimation
import Runs
import Statistics

extension RunReport {
  package static let schema = "formatspread.report/1"

  /// The file `report.json`: fractions of 1 with six decimals, no clock, no path.
  package var json: JSON {
    .members([
      "schema": .string(Self.schema), "version": .string(version),
      "study": .members([
        "sha256": .string(study.digest),
        "grammar": .members([
          "name": .string(study.grammar.name), "sha256": .string(study.grammar.digest),
        ]),
        "backend": .string(study.backend), "formats": .integer(study.formats),
        "shots": .integer(study.shots), "pool": .integer(study.pool),
        "examples": .integer(study.examples), "paper_zero_shot": .bool(study.paperZeroShot),
        "scoring": study.scoring.json, "search": .string(study.search.rawValue),
        "budget": study.budget.map { .integer($0) }, "batch": .integer(study.batch),
        "accounting": .string(study.accounting.rawValue), "seed": .whole(UInt128(study.seed)),
        "inference": study.inference.json,
      ]),
      "model": model.map { .string($0) } ?? .null,
      "method": method.map { .string($0) } ?? .null,
      "finished": .bool(isFinished), "evaluations": .integer(evaluations),
      "failed": .integer(failed), "missing": .integer(missing),
      "tasks": .array(
        zip(tasks, study.tasks).map { task, reference in
          task.json(digest: reference.digest, verdict: verdict(task))
        }),
      "gates": gates?.json,
    ])
  }
}

extension TaskReport {
  func json(digest: String, verdict: Verdict) -> JSON {
    .members([
      "name": .string(name), "sha256": .string(digest),
      "verdict": .string(verdict.kind.rawValue), "sentence": .string(verdict.sentence),
      "finished": .bool(isFinished), "examples": .integer(examples),
      "formats_planned": .integer(formats.count), "formats_evaluated": .integer(evaluatedFormats),
      "formats_compared": .integer(distribution?.formats ?? 0),
      "evaluations": .integer(evaluations), "answered": .integer(answered),
      "failed": .integer(failed), "missing": .integer(missing), "ties": .integer(ties),
      "unlabelled": unlabelled > 0 ? .integer(unlabelled) : nil,
      "failures": .array(
        failures.map {
          .members(["error": .string($0.message), "cells": .integer($0.count)])
        }),
      "lowest": lowest?.json ?? .null, "highest": highest?.json ?? .null,
      "spread": .fraction(spread), "raw_spread": .fraction(rawSpread),
      "intervals": .array(guarantees.map(\.json)),
      "original": original.map { original in
        .members([
          "format": .integer(original.index), "right": .integer(original.right),
          "asked": .integer(original.asked), "accuracy": .fraction(original.accuracy),
          wilsonKey(confidence): original.wilsonJSON,
          sequenceKey(confidence): original.sequenceJSON,
          sequenceKey(confidence) + "_these_examples": original.theseExamplesJSON,
          "percentile_rank": .fraction(originalRank),
        ])
      } ?? .null,
      "distribution": distribution?.json(
        hasSequences ? sequenceKey(confidence) : wilsonKey(confidence)) ?? .null,
      "test": test?.json ?? .null,
      "effect": effect?.json ?? .null, "grammar": grammar.json,
      "stopped_early": stopped?.json, "estimated_distribution": estimate?.json(confidence),
      "normalizations": normalizations.isEmpty ? nil : .array(normalizations.map(\.json)),
      "formats": .array(formats.map(\.json)),
    ])
  }
}

extension Extreme {
  fileprivate var json: JSON {
    .members([
      "format": .integer(result.index), "right": .integer(result.right),
      "asked": .integer(result.asked), "accuracy": .fraction(result.accuracy),
      wilsonKey(result.confidence): result.wilsonJSON,
      sequenceKey(result.confidence): result.sequenceJSON,
      sequenceKey(result.confidence) + "_these_examples": result.theseExamplesJSON,
      "estimate": .fraction(estimate),
      "shared_by": .integer(sharedBy), "search_pick": .integer(pick),
      "template": .string(result.format.template),
    ])
  }
}

extension Distribution {
  fileprivate func json(_ key: String) -> JSON {
    .members([
      "basis": .string(isEstimated ? "estimates" : "accuracies"), "mean": .fraction(mean),
      "lower_quartile": .fraction(lowerQuartile),
      "median": .fraction(median), "median_" + key: medianInterval?.json ?? .null,
      "upper_quartile": .fraction(upperQuartile),
    ])
  }
}

extension FormatTest {
  fileprivate var json: JSON {
    .members([
      "examples": .integer(cochran.examples),
      "informative_examples": .integer(cochran.informativeExamples),
      "cochran_q": .fraction(cochran.statistic),
      "degrees_of_freedom": .integer(cochran.degreesOfFreedom),
      "p_value": .number(significant(cochran.pValue)),
      "method": .string(cochran.method.rawValue), "complete": .bool(cochran.isComplete),
      "noise_spread": .members([
        "permutations": .integer(noise.permutations), "mean": .fraction(noise.mean),
        "percentile_95": .fraction(noise.upper),
      ]),
    ])
  }
}

extension NormalizationResult {
  fileprivate var json: JSON {
    .members([
      "normalization": .string(name), "used": .bool(isUsed), "right": .integer(right),
      "asked": .integer(asked), "unresolved": .integer(unresolved),
      "accuracy": .fraction(accuracy),
    ])
  }
}

extension FormatResult {
  /// Nil, and so left out, where there is a sequence instead.
  fileprivate var wilsonJSON: JSON? { sequence == nil ? intervalJSON(interval) : nil }
  fileprivate var sequenceJSON: JSON? { sequence.map { intervalJSON($0.population) } }
  fileprivate var theseExamplesJSON: JSON? { sequence.map { intervalJSON($0.theseExamples) } }

  private func intervalJSON(_ interval: Interval) -> JSON { asked > 0 ? interval.json : .null }

  fileprivate var json: JSON {
    var atoms = JSONObject()
    for atom in format.atoms { atoms[atom.attribute] = .string(atom.value) }
    return .members([
      "format": .integer(index), "template": .string(format.template), "atoms": .object(atoms),
      "plausible": .bool(format.isPlausible), "right": .integer(right), "asked": .integer(asked),
      "failed": .integer(failed), "accuracy": .fraction(accuracy),
      wilsonKey(confidence): wilsonJSON, sequenceKey(confidence): sequenceJSON,
      sequenceKey(confidence) + "_these_examples": theseExamplesJSON,
    ])
  }
}

extension AccuracyDistribution {
  fileprivate func json(_ confidence: Double) -> JSON {
    .members([
      "target": .string(IntervalTarget.theseExamples.rawValue),
      "confidence": .number(confidence), "reliability": .fraction(reliability),
      "quantiles": .array(
        entries.map { entry in
          .members([
            "probability": .number(entry.probability), "accuracy": .fraction(entry.accuracy),
            "interval": entry.interval(confidence: confidence).json,
          ])
        }),
    ])
  }
}

/// The key of a Wilson interval: `wilson_95` where nothing else was asked for.
func wilsonKey(_ confidence: Double) -> String {
  "wilson_" + confidenceName(confidence).replacing(" %", with: "")
}

/// The key of a confidence sequence of one format on the population of examples.
func sequenceKey(_ confidence: Double) -> String {
  "sequence_" + confidenceName(confidence).replacing(" %", with: "")
}

extension Interval {
  fileprivate var json: JSON { .array([.fraction(lower), .fraction(upper)]) }
}

extension JSON {
  /// A figure with six decimals; null for none.
  static func fraction(_ value: Double?) -> JSON {
    value.map { .number(($0 * 1e6).rounded() / 1e6) } ?? .null
  }
}

/// A figure with six significant digits, so that a tiny p-value does not become 0.
private func significant(_ value: Double) -> Double {
  guard value > 0, value < 1 else { return value }
  var digits = value
  var places = 0
  while digits < 1e5 {
    digits *= 10
    places += 1
  }
  // Read back from its digits, a figure prints with just these.
  return Double("\(Int(digits.rounded()))e-\(places)") ?? value
}

extension SpreadInterval {
  /// The ends as fractions of 1; `separate_spread` is the spread's interval from separate ones.
  fileprivate var json: JSON {
    .members([
      "target": .string(target.rawValue), "confidence": .number(confidence),
      "spread": spread.json, "lowest": lowest.json, "highest": highest.json,
      "separate_spread": separateSpread.json,
    ])
  }
}
