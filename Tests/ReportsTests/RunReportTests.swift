import Basics
import Estimation
import Prompts
import Statistics
import Testing

@testable import Reports
@testable import Runs

struct RunReportTests {
  @Test func `a complete run gives extremes, spread, quartiles and the original's rank`() throws {
    let task = try SampleRun(["11110000", "11111100", "11000000", "11111110", "11111111"]).task()
    #expect(task.evaluations == 40)
    #expect(task.failed == 0)
    #expect(task.missing == 0)
    #expect(task.evaluatedFormats == 5)
    let lowest = try #require(task.lowest)
    #expect(lowest.result.index == 2)
    #expect(lowest.result.right == 2)
    #expect(lowest.result.asked == 8)
    #expect(lowest.estimate == 0.25)
    #expect(try #require(task.highest).result.index == 4)
    #expect(task.spread == 0.75)
    let distribution = try #require(task.distribution)
    #expect(distribution.median == 0.75)
    #expect(distribution.lowerQuartile == 0.5)
    #expect(distribution.upperQuartile == 0.875)
    #expect(distribution.mean == 0.675)
    #expect(distribution.medianInterval == Proportions.wilson(successes: 6, trials: 8))
    // One of five is lower, the original itself counts half.
    #expect(task.originalRank == 0.3)
  }

  @Test func `the median of an even number lies between two formats, its interval too`() throws {
    let distribution = try #require(
      try SampleRun(["1000", "1100", "1110", "1111"]).task().distribution)
    let below = Proportions.wilson(successes: 2, trials: 4)
    let above = Proportions.wilson(successes: 3, trials: 4)
    #expect(distribution.median == 0.625)
    #expect(distribution.medianInterval?.lower == (below.lower + above.lower) / 2)
    #expect(distribution.medianInterval?.upper == (below.upper + above.upper) / 2)
  }

  @Test func `ties name the first format and how many share its place`() throws {
    let task = try SampleRun(["1100", "1000", "0100", "0111", "1110"]).task()
    let lowest = try #require(task.lowest)
    let highest = try #require(task.highest)
    #expect(lowest.result.index == 1)
    #expect(lowest.sharedBy == 2)
    #expect(highest.result.index == 3)
    #expect(highest.sharedBy == 2)
  }

  @Test func `formats that all score alike have one name at both ends and no spread`() throws {
    let report = try SampleRun(["1100", "1100", "1100"]).report()
    let task = report.tasks[0]
    #expect(task.lowest?.result.index == 0)
    #expect(task.highest?.result.index == 0)
    #expect(task.spread == 0)
    #expect(report.verdict(task).kind == .noDetectableEffect)
  }

  @Test func `Cochran's Q is that of the whole grid`() throws {
    // The formula in numpy; on so few examples all ways to deal the answers are counted (chi-square's
    // tail would be 0.0450).
    let rows = ["110111111111", "100101001010", "110010110100"]
    let test = try #require(try SampleRun(rows).task().test)
    #expect(abs(test.cochran.statistic - 6.2) < 1e-6)
    #expect(abs(test.cochran.pValue - 2295.0 / 59049) < 1e-6)
    #expect(test.cochran.method == .exact)
  }

  @Test func `the journal's order does not matter`() throws {
    var run = try SampleRun(["1101x0", "111011", "010101"])
    // A cell that failed twice, and one that failed before it was answered.
    var failure = try #require(run.journal.records.first { $0.error != nil })
    failure.error = "connection refused"
    run.journal.records.append(failure)
    var early = run.journal.records[0]
    early.isCorrect = nil
    early.error = "timed out"
    run.journal.records.insert(early, at: 0)
    let expected = try run.report()
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<20 {
      generator.shuffle(&run.journal.records)
      let shuffled = try run.report()
      #expect(shuffled == expected)
      #expect(shuffled.json.pretty() == expected.json.pretty())
    }
    #expect(expected.tasks[0].failures.map(\.message) == ["connection refused"])
  }

  @Test func `times and attempts leave no trace`() throws {
    var run = try SampleRun(["1101", "1110"])
    let expected = try run.report().json.pretty()
    for index in run.journal.records.indices {
      run.journal.records[index].milliseconds = nil
      run.journal.records[index].attempt = 3
    }
    run.study.tasks[0].path = "/elsewhere/sums.json"
    #expect(try run.report().json.pretty() == expected)
  }

  @Test func `a failed cell is neither right nor wrong`() throws {
    let task = try SampleRun(["11x0", "1110", "0110"]).task()
    #expect(task.evaluations == 12)
    #expect(task.answered == 11)
    #expect(task.failed == 1)
    #expect(task.missing == 0)
    #expect(task.formats[0].accuracy == 2.0 / 3)
    #expect(task.failures == [TaskReport.Failure(message: "timed out", count: 1)])
    #expect(task.test?.cochran.examples == 4)
    #expect(task.test?.cochran.isComplete == false)
  }

  @Test func `a run with many failures is tested on what was answered`() throws {
    let task = try SampleRun(["1xx0", "11x0", "x110"]).task()
    #expect(task.test?.cochran.isComplete == false)
    #expect(task.test?.cochran.examples == 3)
    // One example in four is too little for shares of the variance.
    #expect(task.effect == nil)
  }

  @Test func `an unfinished run counts what is missing and compares formats that are far enough`()
    throws
  {
    let report = try SampleRun(["1101", "1110", "0---", "----"]).report()
    let task = report.tasks[0]
    #expect(task.missing == 7)
    #expect(!report.isFinished)
    #expect(task.evaluatedFormats == 3)
    #expect(task.distribution?.formats == 2)
    #expect(task.lowest?.estimate == 0.75)
    #expect(task.test == nil)
    #expect(report.verdict(task).kind == .untested)
  }

  @Test func `a run without answers reports nothing and invents nothing`() throws {
    var run = try SampleRun(["----", "----"])
    run.journal.model = nil
    let report = try run.report()
    let task = report.tasks[0]
    #expect(task.lowest == nil)
    #expect(task.spread == nil)
    #expect(task.distribution == nil)
    #expect(task.missing == 8)
    #expect(report.verdict(task).sentence == "Nothing is known yet: no cell of sums has an answer.")
  }

  @Test func `a single format has an accuracy and no range`() throws {
    let report = try SampleRun(["1101"]).report()
    #expect(
      report.verdict(report.tasks[0]).sentence
        == "Accuracy of tiny on sums is 75.0 % under the only format with answers; a range needs at "
        + "least two.")
  }

  @Test func `other normalizations are judged by what the records tell`() throws {
    var run = SampleRun(["sums"], formats: 2, examples: 2)
    try run.add("sums", ["10", "11"])
    // Two options; the first is longer, so the sum and the mean per byte may disagree.
    func scores(_ first: Double, _ second: Double) -> [Ranking.Option] {
      [
        Ranking.Option(logProbability: first, tokens: 2, bytes: 4),
        Ranking.Option(logProbability: second, tokens: 1, bytes: 1),
      ]
    }
    // Format 0: example 0 answered 1 by sum (right) and 0 per byte; example 1 answered 1 (wrong).
    let given = [(-3.0, -2.0, 1), (-9.0, -1.0, 1), (-3.5, -1.0, 1), (-1.0, -2.0, 0)]
    for (index, cell) in given.enumerated() {
      run.journal.records[index].scores = scores(cell.0, cell.1)
      run.journal.records[index].choice = cell.2
    }
    let results = try run.task().normalizations
    #expect(results.map(\.name) == ["sum", "token", "byte"])
    #expect(results.map(\.right) == [3, 2, 1])
    #expect(results.map(\.isUsed) == [true, false, false])
    #expect(results[0].accuracy == 0.75)
  }

  @Test func `a run without a budget that its search needs is refused`() throws {
    let run = try SampleRun(["1101", "1110"], search: .thompson)
    #expect(throws: InputError("study.json: the search 'thompson' needs a budget")) {
      try run.report()
    }
  }

  @Test func `records outside the plan are refused by name`() throws {
    var run = try SampleRun(["1101", "1110"])
    let known = run.journal.records[0]
    run.journal.records[0].format = 2
    #expect(throws: InputError("journal: format 2 of the task 'sums', which has 2 formats")) {
      try run.report()
    }
    run.journal.records[0] = known
    run.journal.records[0].example = 99
    #expect(
      throws: InputError("journal: example 99 of the task 'sums' is not among the 4 evaluated")
    ) {
      try run.report()
    }
    run.journal.records[0].task = "other"
    #expect(throws: InputError("journal: the task 'other' is not part of the study")) {
      try run.report()
    }
  }

  @Test func `answers obtained by different methods are never mixed`() throws {
    var run = try SampleRun(["1101", "1110"])
    run.journal.records[3].method = "generate"
    #expect(
      throws: InputError(
        "journal: answers were obtained by different methods (echo, generate); their accuracies "
          + "cannot be compared")
    ) {
      try run.report()
    }
  }
}
