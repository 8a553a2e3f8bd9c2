import Basics
import Foundation
import Testing

@testable import Reports
@testable import Runs

struct MarkdownTests {
  @Test func `the summary of a small run, word for word`() throws {
    var run = try SampleRun(["1100", "1110", "1000", "11x1"])
    run.study.shots = 1
    let study = run.study.digest.prefix(12)
    #expect(try run.report().markdown == expected(study: String(study)))
  }

  private func expected(study: String) -> String {
    """
    # Accuracy over prompt formats

    **No detectable format effect: `tiny` on `sums` scores between 25.0 % and 100.0 %, a spread \
    of 75.0 points, and noise alone would give about 46.0 (Cochran's Q, p = 0.315).**

    1 cell failed and counts neither as right nor as wrong: 1 × `timed out`.

    | accuracy | found | 95 % Wilson interval | right/asked | |
    |---|--:|:-:|--:|---|
    | lowest | 25.0 % | 4.6 % to 69.9 % | 1/4 | format 2 |
    | median | 62.5 % | 22.5 % to 90.2 % | | quartiles 43.8 % and 81.3 %, mean 62.5 % |
    | original | 50.0 % | 15.0 % to 85.0 % | 2/4 | the task's own format, percentile rank 38 |
    | highest | 100.0 % | 43.9 % to 100.0 % | 3/3 | format 3 |

    - 4 formats on 4 examples, 16 evaluations
    - spread: 75.0 points
    - noise only: 46.0 points on average if formats made no difference, at most 75.0 in 95 % of \
    500 permutations
    - Cochran's Q = 5.1, 3 degrees of freedom, p = 0.315 (by random permutations, by \
    Cochran-Mantel-Haenszel as answers are missing)
    - 95 % sure of the spread, these formats on these examples: 50.0 to 75.0 points
    - 95 % sure of the spread, these formats on the population of examples: 0.0 to 99.0 points
    - 95 % sure of the ends: lowest 25.0 %, highest 75.0 to 100.0 % (these formats on these examples)
    - 95 % sure of the ends: lowest 0.0 to 95.3 %, highest 4.7 to 100.0 % (these formats on the \
    population of examples)
    - corrected spread: 0.0 points on examples that did not choose the two formats; 40.8 once \
    noise is taken out of the formats' variance
    - variance of right or wrong: format 10 %, example 40 %, the rest 50 %
    - all plausible formats of the grammar: no claim, because not every format was asked every \
    example

    Worst format (number 2):

    ```text
    Question:: {}⏎
    Answer {}
    ```

    Best format (number 3):

    ```text
    Question::: {}⏎
    Answer {}
    ```

    (⏎ newline, {} text)

    A Wilson interval covers the accuracy of its one format on the population that the examples \
    were drawn from. Lowest and highest were picked after the fact, so luck makes them more \
    extreme than they would be on new examples.

    How it was run: model `tiny`, backend `reference`, ranking by log-probability (`echo`), \
    search full, 1 demonstration, grammar `paper`, seed 5, study `\(study)`, formatspread 0.0.1.

    """
  }

  @Test func `hostile text neither breaks the table nor becomes markup`() throws {
    let hostile = "a|b`c``\n<script>alert(1)</script>\n```\n# @team *x* [y](z)"
    var run = SampleRun([hostile, "b"], formats: 2, examples: 4)
    try run.add(hostile, ["1x00", "1110"], templates: [hostile, "````\n" + hostile])
    try run.add("b", ["1100", "1110"])
    run.journal.model = hostile
    for index in run.journal.records.indices where run.journal.records[index].error != nil {
      run.journal.records[index].error = hostile
    }
    let lines = try run.report().markdown.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    // Rows of a table keep their columns: a bar is a border or it is escaped.
    for line in lines where line.hasPrefix("| `") {
      #expect(line.replacing("\\|", with: "").count { $0 == "|" } == 9, "\(line)")
    }
    // Fences open and close, each with the same run of backticks, longer than any inside.
    var fence: String?
    for line in lines {
      if let open = fence {
        if line == open { fence = nil } else { #expect(!line.hasPrefix(open)) }
      } else if line.hasPrefix("```") {
        fence = String(line.prefix { $0 == "`" })
        #expect(line.hasSuffix("text"))
      } else {
        #expect(!line.hasPrefix("# @"))
        // Outside of blocks the script stands between backticks only.
        if let place = line.range(of: "<script>") {
          #expect(line[..<place.lowerBound].contains("```"))
        }
      }
    }
    #expect(fence == nil)
  }

  @Test(arguments: [
    ("plain", "`plain`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("", "`·`"), ("  ", "`··`"),
    ("a``b`", "``` a``b` ```"), ("a\nb", "`a\\u{A}b`"),
  ])
  func `a code span holds any name`(_ name: String, _ span: String) {
    #expect(Markdown.code(name) == span)
  }

  @Test func `a block is cut where it is too long`() {
    let block = Markdown.block(String(repeating: "y", count: 2100))
    #expect(block.hasSuffix("y… (100 characters more)\n```\n"))
  }
}

struct ReportFileTests {
  @Test func `the JSON file of a small run, word for word`() throws {
    let run = try SampleRun(["110", "1x1"])
    let expected = expected(study: run.study.digest, task: run.study.tasks[0].digest)
    #expect(try run.report().json.pretty() == expected)
  }

  private func expected(study: String, task: String) -> String {
    """
    {
      "schema": "formatspread.report/1",
      "version": "0.0.1",
      "study": {
        "sha256": "\(study)",
        "grammar": {"name": "paper", "sha256": "g"},
        "backend": "reference",
        "formats": 2,
        "shots": 0,
        "pool": 1,
        "examples": 3,
        "paper_zero_shot": false,
        "scoring": {"kind": "rank"},
        "search": "full",
        "batch": 20,
        "accounting": "everything",
        "seed": 5
      },
      "model": "tiny",
      "method": "echo",
      "finished": true,
      "evaluations": 6,
      "failed": 1,
      "missing": 0,
      "tasks": [
        {
          "name": "sums",
          "sha256": "\(task)",
          "verdict": "no-detectable-effect",
          "sentence": "No detectable format effect: tiny on sums scores between 66.7 % and \
    100.0 %, a spread of 33.3 points, and noise alone would give about 42.3 (Cochran's Q, p = \
    1.000).",
          "finished": true,
          "examples": 3,
          "formats_planned": 2,
          "formats_evaluated": 2,
          "formats_compared": 2,
          "evaluations": 6,
          "answered": 5,
          "failed": 1,
          "missing": 0,
          "ties": 0,
          "failures": [
            {"error": "timed out", "cells": 1}
          ],
          "lowest": {
            "format": 0,
            "right": 2,
            "asked": 3,
            "accuracy": 0.666667,
            "wilson_95": [0.20766, 0.938508],
            "estimate": 0.666667,
            "shared_by": 1,
            "search_pick": 0,
            "template": "Question {}\\nAnswer {}"
          },
          "highest": {
            "format": 1,
            "right": 2,
            "asked": 2,
            "accuracy": 1.0,
            "wilson_95": [0.34238, 1.0],
            "estimate": 1.0,
            "shared_by": 1,
            "search_pick": 1,
            "template": "Question: {}\\nAnswer {}"
          },
          "spread": 0.333333,
          "raw_spread": 0.333333,
          "intervals": [
            {
              "target": "these formats on these examples",
              "confidence": 0.95,
              "spread": [0.0, 0.333333],
              "lowest": [0.666667, 0.666667],
              "highest": [0.666667, 1.0],
              "separate_spread": [0.0, 0.333333]
            },
            {
              "target": "these formats on the population of examples",
              "confidence": 0.95,
              "spread": [0.0, 0.989746],
              "lowest": [0.0025, 0.999687],
              "highest": [0.017837, 1.0],
              "separate_spread": [0.0, 0.9875]
            }
          ],
          "original": {
            "format": 0,
            "right": 2,
            "asked": 3,
            "accuracy": 0.666667,
            "wilson_95": [0.20766, 0.938508],
            "percentile_rank": 0.25
          },
          "distribution": {
            "basis": "accuracies",
            "mean": 0.833333,
            "lower_quartile": 0.75,
            "median": 0.833333,
            "median_wilson_95": [0.27502, 0.969254],
            "upper_quartile": 0.916667
          },
          "test": {
            "examples": 2,
            "informative_examples": 1,
            "cochran_q": 1.0,
            "degrees_of_freedom": 1,
            "p_value": 1.0,
            "method": "exact permutation distribution",
            "complete": true,
            "noise_spread": {"permutations": 500, "mean": 0.422667, "percentile_95": 0.5}
          },
          "effect": {
            "formats": 2,
            "examples": 2,
            "variance_shares": {"format": 0.0, "example": 0.0, "rest": 1.0},
            "spread_cross_fit": 0.0,
            "spread_scaled": 0.0,
            "split_half_reliability": null,
            "detectable_spread": null
          },
          "grammar": {
            "target": "all plausible formats of the grammar",
            "confidence": 0.95,
            "sampled_formats": 1,
            "claim": "none",
            "reason": "fewer than two formats were sampled"
          },
          "formats": [
            {
              "format": 0,
              "template": "Question {}\\nAnswer {}",
              "atoms": {"separator": ":"},
              "plausible": true,
              "right": 2,
              "asked": 3,
              "failed": 0,
              "accuracy": 0.666667,
              "wilson_95": [0.20766, 0.938508]
            },
            {
              "format": 1,
              "template": "Question: {}\\nAnswer {}",
              "atoms": {"separator": ":"},
              "plausible": true,
              "right": 2,
              "asked": 2,
              "failed": 1,
              "accuracy": 1.0,
              "wilson_95": [0.34238, 1.0]
            }
          ]
        }
      ]
    }

    """
  }

  @Test func `the file is read back as it was written, whatever text it holds`() throws {
    let hostile = "]]>\u{0}\u{1B}\u{2028}\u{202E}\"\\</script>\u{FFFD}😀"
    var run = SampleRun([hostile], formats: 2, examples: 4)
    try run.add(
      hostile, ["1x00", "1110"], templates: [hostile, String(repeating: "z", count: 20_000)])
    run.journal.model = hostile
    let json = try run.report().json
    let text = json.pretty()
    #expect(try JSON.parse(Array(text.utf8), file: "report.json").compact == json.compact)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func `a tiny p-value keeps its digits`() throws {
    let rows = (0..<6).map { String(repeating: $0 < 3 ? "1" : "0", count: 200) }
    let text = try SampleRun(rows).report().json.pretty()
    // Q = 1000 with 5 degrees of freedom; scipy 1.17: chi2.sf(1000, 5) = 6.010078e-214.
    #expect(text.contains("\"cochran_q\": 1000.0"))
    #expect(text.contains("\"p_value\": 6.01008e-214"))
  }

  @Test func `a directory gives the same report as its contents, a torn line included`() throws {
    let folder = NSTemporaryDirectory() + "formatspread-report-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let run = try SampleRun(["1101", "1110", "0x01"])
    let directory = RunDirectory(folder)
    try TextFile.replace(directory.file("study.json"), with: run.study.json.pretty())
    let lines = try #require(run.formats["sums"]).map { $0.json.compact + "\n" }
    try TextFile.replace(directory.file("formats.jsonl"), with: lines.joined())
    do {
      let journal = try Journal(path: directory.journal, digest: run.study.digest, model: "tiny")
      for record in run.journal.records.reversed() { try journal.append(record) }
    }
    let whole = try TextFile.bytes(directory.journal)
    let torn = String(decoding: whole, as: UTF8.self) + "{\"task\":\"sums\",\"form"
    try TextFile.replace(directory.journal, with: torn)
    let report = try RunReport(directory: directory, version: "0.0.1")
    #expect(try report.json.pretty() == run.report().json.pretty())
    #expect(!report.json.pretty().contains(folder))
    // Reading repairs nothing.
    #expect(try TextFile.bytes(directory.journal) == Array(torn.utf8))
  }
}
