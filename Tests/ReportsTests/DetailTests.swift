import Foundation
import Statistics
import Testing

@testable import Plots
@testable import Prompts
@testable import Reports
@testable import Runs

extension SampleRun {
  func dossier() throws -> RunDossier {
    try RunDossier(study: study, formats: formats, journal: journal, version: "0.0.1")
  }
}

struct DetailTests {
  @Test func `pieces that differ are told apart word by word`() {
    let difference = TemplateDifference("Review: {}⏎Answer: {}", "Review- {}⏎ANSWER- {}")
    #expect(
      difference.first.filter(\.differs).map(\.text) == [":", "Answer:"])
    #expect(difference.second.filter(\.differs).map(\.text) == ["-", "ANSWER-"])
    #expect(difference.first.map(\.text).joined() == "Review: {}⏎Answer: {}")
    #expect(difference.second.map(\.text).joined() == "Review- {}⏎ANSWER- {}")
  }

  @Test(arguments: [("", ""), ("a", ""), ("", "b {}"), ("same {}", "same {}")])
  func `empty and equal texts have their pieces too`(_ a: String, _ b: String) {
    let difference = TemplateDifference(a, b)
    #expect(difference.first.map(\.text).joined() == a)
    #expect(difference.second.map(\.text).joined() == b)
    if a == b { #expect(difference.first.filter(\.differs).isEmpty) }
  }

  @Test func `long texts are compared without a table of all pairs`() {
    let a = (0..<5000).map { "a\($0) " }.joined()
    let b = (0..<5000).map { "b\($0) " }.joined()
    let difference = TemplateDifference("same " + a, "same " + b)
    #expect(difference.first.first?.text == "same ")
    #expect(difference.first.first?.differs == false)
  }

  // Means by hand: a 0.75 and 0.25, b 1.0; all formats 2/3.
  @Test func `each value is set against the mean of all formats`() throws {
    var run = SampleRun(["sums"], formats: 3, examples: 4)
    try run.add("sums", ["1110", "1000", "1111"])
    run.formats["sums"] = ["a", "a", "b"].enumerated().map { index, value in
      FormatLine(
        task: "sums", index: index, template: "\(index) {}",
        atoms: [
          .init(attribute: "one", value: value), .init(attribute: "fixed", value: "x"),
        ], isPlausible: true)
    }
    let groups = try run.dossier().details[0].attribution
    #expect(groups.map(\.attribute) == ["one"])
    let values = try #require(groups.first?.values)
    #expect(values.map(\.name) == ["a", "b"])
    #expect(values.map(\.formats) == [2, 1])
    #expect(abs(values[0].difference - (0.5 - 2.0 / 3)) < 1e-12)
    #expect(abs(values[1].difference - (1 - 2.0 / 3)) < 1e-12)
    // Within the values the variance is ((0.25)² + (0.25)²) / 1 = 0.125.
    #expect(abs(values[1].interval.width - 2 * 1.96 * 0.125.squareRoot()) < 1e-12)
  }

  @Test func `calls count repetitions, and times only answers`() {
    var cost = RunCost()
    var record = EvaluationRecord(task: "t", format: 0, example: 0)
    record.isCorrect = true
    record.milliseconds = 10
    record.attempt = 3
    record.scores = [
      .init(logProbability: -1, tokens: 2, bytes: 3),
      .init(logProbability: -2, tokens: 4, bytes: 3),
    ]
    record.endpoint = "b"
    cost.add(record)
    record.isCorrect = nil
    record.error = "gone"
    record.scores = []
    record.milliseconds = 5000
    record.attempt = 1
    record.tokens = 7
    record.endpoint = "a"
    cost.add(record)
    let closed = cost.closed()
    #expect(closed.calls == 4)
    #expect(closed.repeats == 2)
    #expect(closed.scoredTokens == 6)
    #expect(closed.writtenTokens == 7)
    #expect(closed.milliseconds == 10)
    #expect(closed.median == 10)
    #expect(closed.endpoints.map(\.name) == ["a", "b"])
  }

  @Test func `probabilities are those among the options`() throws {
    var counts = ReliabilityTable.Counts()
    for (index, isRight) in [true, true, true, false].enumerated() {
      var record = EvaluationRecord(task: "t", format: 0, example: index)
      record.isCorrect = isRight
      record.choice = 0
      // 0.6 and 0.2 of the whole: three quarters among the two.
      record.scores = [
        .init(logProbability: log(0.6), tokens: 1, bytes: 1),
        .init(logProbability: log(0.2), tokens: 1, bytes: 1),
      ]
      counts.add(record)
    }
    let table = try #require(ReliabilityTable(counts))
    #expect(table.rows.count == 1)
    #expect(abs(table.rows[0].confidence - 0.75) < 1e-12)
    #expect(table.rows[0].accuracy == 0.75)
    #expect(abs(table.error) < 1e-12)
  }

  @Test func `answers whose scores are bounds tell nothing of probabilities`() {
    var counts = ReliabilityTable.Counts()
    var record = EvaluationRecord(task: "t", format: 0, example: 0)
    record.isCorrect = true
    record.choice = 0
    record.scores = [
      .init(logProbability: -1, tokens: 1, bytes: 1),
      .init(logProbability: -9, tokens: 1, bytes: 1),
    ]
    record.censored = [1]
    counts.add(record)
    #expect(ReliabilityTable(counts) == nil)
  }

  @Test func `the heat map has the worst format on top and the easiest example last`() throws {
    let dossier = try SampleRun(["1111", "0100", "0101"]).dossier()
    let map = dossier.details[0].heatMap(dossier.report.tasks[0])
    let order: [HeatMap.Cell] = [
      .wrong, .wrong, .wrong, .right, .wrong, .wrong, .right, .right, .right, .right, .right,
      .right,
    ]
    #expect(map == HeatMap(cells: order, rows: 3, columns: 4))
  }

  @Test func `answers are told apart by task, however their records lie`() throws {
    var run = SampleRun(["one", "two"], formats: 2, examples: 4)
    try run.add("one", ["1111", "0000"])
    try run.add("two", ["0001", "1111"])
    for place in run.journal.records.indices {
      run.journal.records[place].prediction = run.journal.records[place].task
    }
    let halves = [run.journal.records.prefix(8), run.journal.records.suffix(8)].map(Array.init)
    run.journal.records = zip(halves[0], halves[1]).flatMap { [$0, $1] }
    let dossier = try run.dossier()
    for (task, details) in zip(dossier.report.tasks, dossier.details) {
      let order = try run.evaluated(task.name)
      for format in 0..<2 {
        for example in order {
          let answer = try #require(details.ends[format, example])
          #expect(answer.text == task.name)
        }
      }
      let accuracies = task.formats.compactMap(\.accuracy)
      #expect(accuracies == (task.name == "one" ? [1, 0] : [0.25, 1]))
      #expect(details.sensitivity != nil)
    }
  }

  @Test func `examples decided by the format are counted`() throws {
    // Positions: all right, mixed, all wrong, mixed.
    let dossier = try SampleRun(["1100", "1001"]).dossier()
    let measure = try #require(dossier.details[0].measures.first)
    #expect(measure.value == "50.0 %")
    #expect(measure.explanation.contains("25.0 % were right and 25.0 % wrong"))
  }
}
