/// The JSON schema (draft 2020-12) of `report.json`.
///
/// It names what every report of schema `formatspread.report/1` has; further keys may be added without
/// a new schema, so readers pass over what they do not know.
package enum ReportSchema {
  package static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:formatspread:report:1",
      "title": "Report of a formatspread run",
      "description": "Accuracies are fractions of 1. Keys wilson_95 hold Wilson intervals; where answers decided how often a format was asked, keys sequence_95 and sequence_95_these_examples hold confidence sequences in their place, for the population of examples and for those of the study; the number is the confidence in percent, so another study has, say, wilson_90. Further keys may be added; readers pass over what they do not know.",
      "type": "object",
      "required": ["schema", "version", "study", "model", "method", "finished", "evaluations", "failed", "missing", "tasks"],
      "properties": {
        "schema": { "const": "formatspread.report/1" },
        "version": { "type": "string", "description": "Of the tool." },
        "study": { "$ref": "#/$defs/study" },
        "model": { "type": ["string", "null"], "description": "By its own name; null before the first answer." },
        "method": { "type": ["string", "null"], "description": "How answers were obtained." },
        "finished": { "type": "boolean" },
        "evaluations": { "$ref": "#/$defs/count", "description": "Cells with an outcome, answered or failed." },
        "failed": { "$ref": "#/$defs/count", "description": "Cells whose every attempt failed." },
        "missing": { "$ref": "#/$defs/count", "description": "Cells still to be evaluated." },
        "tasks": { "type": "array", "items": { "$ref": "#/$defs/task" } },
        "gates": { "type": "object", "description": "How demands on the run came out; left out without demands." }
      },
      "$defs": {
        "count": { "type": "integer", "minimum": 0 },
        "share": { "type": "number", "minimum": 0, "maximum": 1 },
        "shareOrNull": { "type": ["number", "null"], "minimum": 0, "maximum": 1 },
        "digest": { "type": "string", "description": "SHA-256 in hexadecimal digits." },
        "interval": {
          "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2,
          "description": "Lower and upper end."
        },
        "intervalOrNull": { "anyOf": [{ "$ref": "#/$defs/interval" }, { "type": "null" }] },
        "study": {
          "type": "object",
          "description": "What decides the results.",
          "required": ["sha256", "grammar", "backend", "formats", "shots", "pool", "examples", "paper_zero_shot", "scoring", "search", "batch", "accounting", "seed"],
          "properties": {
            "sha256": { "$ref": "#/$defs/digest" },
            "grammar": {
              "type": "object", "required": ["name", "sha256"],
              "properties": { "name": { "type": "string" }, "sha256": { "$ref": "#/$defs/digest" } }
            },
            "backend": { "type": "string" },
            "formats": { "$ref": "#/$defs/count" },
            "shots": { "$ref": "#/$defs/count" },
            "pool": { "$ref": "#/$defs/count" },
            "examples": { "$ref": "#/$defs/count" },
            "paper_zero_shot": { "type": "boolean" },
            "scoring": {
              "type": "object", "required": ["kind"],
              "properties": { "kind": { "type": "string" } }
            },
            "search": { "type": "string" },
            "budget": { "$ref": "#/$defs/count", "description": "Evaluations allowed for each task." },
            "batch": { "$ref": "#/$defs/count" },
            "accounting": { "type": "string" },
            "seed": { "type": "integer", "minimum": 0, "maximum": 18446744073709551615 }
          }
        },
        "task": {
          "type": "object",
          "required": ["name", "sha256", "verdict", "sentence", "finished", "examples", "formats_planned", "formats_evaluated", "formats_compared", "evaluations", "answered", "failed", "missing", "ties", "failures", "lowest", "highest", "spread", "raw_spread", "intervals", "original", "distribution", "test", "formats"],
          "properties": {
            "name": { "type": "string" },
            "sha256": { "$ref": "#/$defs/digest" },
            "verdict": { "type": "string", "description": "Such as effect, no-detectable-effect or untested." },
            "sentence": { "type": "string", "description": "The verdict in words." },
            "finished": { "type": "boolean" },
            "examples": { "$ref": "#/$defs/count", "description": "Allowed for each format." },
            "formats_planned": { "$ref": "#/$defs/count" },
            "formats_evaluated": { "$ref": "#/$defs/count", "description": "With an answer." },
            "formats_compared": { "$ref": "#/$defs/count", "description": "Behind the distribution." },
            "evaluations": { "$ref": "#/$defs/count" },
            "answered": { "$ref": "#/$defs/count" },
            "failed": { "$ref": "#/$defs/count" },
            "missing": { "$ref": "#/$defs/count" },
            "ties": { "$ref": "#/$defs/count" },
            "unlabelled": { "$ref": "#/$defs/count" },
            "failures": {
              "type": "array",
              "items": {
                "type": "object", "required": ["error", "cells"],
                "properties": { "error": { "type": "string" }, "cells": { "type": "integer", "minimum": 1 } }
              }
            },
            "lowest": { "$ref": "#/$defs/extremeOrNull" },
            "highest": { "$ref": "#/$defs/extremeOrNull" },
            "spread": { "$ref": "#/$defs/shareOrNull", "description": "Highest minus lowest estimate." },
            "raw_spread": { "$ref": "#/$defs/shareOrNull", "description": "Between the shares of right answers." },
            "intervals": {
              "type": "array",
              "description": "Valid for all formats at once, however the search chose.",
              "items": {
                "type": "object",
                "required": ["target", "confidence", "spread", "lowest", "highest"],
                "properties": {
                  "target": { "type": "string" },
                  "confidence": { "$ref": "#/$defs/share" },
                  "spread": { "$ref": "#/$defs/interval" },
                  "lowest": { "$ref": "#/$defs/interval" },
                  "highest": { "$ref": "#/$defs/interval" },
                  "separate_spread": { "$ref": "#/$defs/interval" }
                }
              }
            },
            "original": {
              "type": ["object", "null"],
              "required": ["format", "right", "asked", "accuracy", "percentile_rank"],
              "properties": {
                "format": { "$ref": "#/$defs/count" },
                "right": { "$ref": "#/$defs/count" },
                "asked": { "$ref": "#/$defs/count" },
                "accuracy": { "$ref": "#/$defs/shareOrNull" },
                "percentile_rank": { "$ref": "#/$defs/shareOrNull" }
              },
              "patternProperties": { "^(wilson|sequence)_": { "$ref": "#/$defs/intervalOrNull" } }
            },
            "distribution": {
              "type": ["object", "null"],
              "required": ["basis", "mean", "lower_quartile", "median", "upper_quartile"],
              "properties": {
                "basis": { "enum": ["accuracies", "estimates"] },
                "mean": { "$ref": "#/$defs/share" },
                "lower_quartile": { "$ref": "#/$defs/share" },
                "median": { "$ref": "#/$defs/share" },
                "upper_quartile": { "$ref": "#/$defs/share" }
              },
              "patternProperties": { "^median_(wilson|sequence)_": { "$ref": "#/$defs/intervalOrNull" } }
            },
            "test": {
              "type": ["object", "null"],
              "description": "Whether formats differ by more than noise.",
              "properties": {
                "p_value": { "$ref": "#/$defs/share" },
                "noise_spread": {
                  "type": "object", "required": ["mean", "percentile_95"],
                  "properties": {
                    "mean": { "$ref": "#/$defs/share" }, "percentile_95": { "$ref": "#/$defs/share" }
                  }
                }
              }
            },
            "effect": {
              "type": ["object", "null"],
              "description": "How much is format and how much is noise; null without a test.",
              "properties": {
                "spread_cross_fit": { "type": ["number", "null"], "description": "On examples that did not choose the two formats; may be negative." },
                "spread_scaled": { "$ref": "#/$defs/shareOrNull", "description": "Scaled to what is not noise." },
                "split_half_reliability": { "type": ["number", "null"], "maximum": 1 },
                "detectable_spread": { "$ref": "#/$defs/shareOrNull", "description": "Found four times in five by a study of this size." }
              }
            },
            "grammar": {
              "type": "object",
              "description": "What follows for all plausible formats of the grammar.",
              "required": ["target", "confidence", "sampled_formats", "claim"],
              "properties": {
                "target": { "type": "string" },
                "confidence": { "$ref": "#/$defs/share" },
                "sampled_formats": { "$ref": "#/$defs/count" },
                "claim": { "enum": ["every-format", "share", "none"] },
                "share": { "$ref": "#/$defs/share" },
                "range": { "$ref": "#/$defs/interval" },
                "median": { "$ref": "#/$defs/intervalOrNull" },
                "reason": { "type": "string" }
              }
            },
            "stopped_early": {
              "type": "object", "required": ["reason", "planned", "asked", "saved"],
              "properties": {
                "reason": { "type": "string" }, "planned": { "$ref": "#/$defs/count" },
                "asked": { "$ref": "#/$defs/count" }, "saved": { "$ref": "#/$defs/count" }
              }
            },
            "estimated_distribution": {
              "type": "object", "required": ["confidence", "reliability", "quantiles"],
              "properties": {
                "confidence": { "$ref": "#/$defs/share" },
                "reliability": { "type": ["number", "null"] },
                "quantiles": {
                  "type": "array",
                  "items": {
                    "type": "object", "required": ["probability", "accuracy", "interval"],
                    "properties": {
                      "probability": { "$ref": "#/$defs/share" },
                      "accuracy": { "$ref": "#/$defs/share" },
                      "interval": { "$ref": "#/$defs/interval" }
                    }
                  }
                }
              }
            },
            "normalizations": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["normalization", "used", "right", "asked", "unresolved", "accuracy"],
                "properties": {
                  "normalization": { "type": "string" },
                  "used": { "type": "boolean" },
                  "right": { "$ref": "#/$defs/count" },
                  "asked": { "$ref": "#/$defs/count" },
                  "unresolved": { "$ref": "#/$defs/count" },
                  "accuracy": { "$ref": "#/$defs/shareOrNull" }
                }
              }
            },
            "formats": { "type": "array", "items": { "$ref": "#/$defs/format" } }
          }
        },
        "extremeOrNull": {
          "type": ["object", "null"],
          "required": ["format", "right", "asked", "accuracy", "estimate", "shared_by", "search_pick", "template"],
          "properties": {
            "format": { "$ref": "#/$defs/count", "description": "Number of the format; 0 is the task's own." },
            "right": { "$ref": "#/$defs/count" },
            "asked": { "$ref": "#/$defs/count" },
            "accuracy": { "$ref": "#/$defs/shareOrNull" },
            "estimate": { "$ref": "#/$defs/share" },
            "shared_by": { "type": "integer", "minimum": 1 },
            "search_pick": { "$ref": "#/$defs/count" },
            "template": { "type": "string", "description": "With {} for each text." }
          },
          "patternProperties": { "^(wilson|sequence)_": { "$ref": "#/$defs/intervalOrNull" } }
        },
        "format": {
          "type": "object",
          "required": ["format", "template", "atoms", "plausible", "right", "asked", "failed", "accuracy"],
          "properties": {
            "format": { "$ref": "#/$defs/count" },
            "template": { "type": "string" },
            "atoms": { "type": "object", "additionalProperties": { "type": "string" } },
            "plausible": { "type": "boolean" },
            "right": { "$ref": "#/$defs/count" },
            "asked": { "$ref": "#/$defs/count" },
            "failed": { "$ref": "#/$defs/count" },
            "accuracy": { "$ref": "#/$defs/shareOrNull" }
          },
          "patternProperties": { "^(wilson|sequence)_": { "$ref": "#/$defs/intervalOrNull" } }
        }
      }
    }

    """#
}
