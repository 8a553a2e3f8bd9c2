import Basics
import Estimation
import Statistics
import Testing

@testable import Reports
@testable import Runs

/// Where answers decided how often a format was asked, Wilson's interval has no place.
struct SequenceReportTests {
  /// Two formats far apart on sixty examples, both asked everything by a search.
  static func distant() throws -> SampleRun {
    try SampleRun(
      [String(repeating: "1", count: 60), String(repeating: "0", count: 60)], search: .thompson,
      budget: 120, batch: 20)
  }

  @Test func `formats of a search have sequences with their targets`() throws {
    let report = try Self.distant().report()
    let task = report.tasks[0]
    let population = ConfidenceSequence.interval(
      successes: 60, trials: 60, of: 60, alpha: 0.05, target: .population)
    #expect(task.formats[0].interval == population)
    #expect(task.formats[0].sequence?.theseExamples == Interval(1, 1))
    #expect(population.lower < Proportions.wilson(successes: 60, trials: 60).lower)
    let json = report.json.pretty()
    #expect(json.contains("\"sequence_95\": [\(six(population.lower)), 1.0]"))
    #expect(json.contains("\"sequence_95_these_examples\": [1.0, 1.0]"))
    #expect(!json.contains("wilson"))
    let table = report.table(width: 80)
    #expect(table.contains("95 % sequence"))
    #expect(!table.contains("Wilson"))
    #expect(table.contains("whenever the search stopped asking that"))
    #expect(report.markdown.contains("| 95 % sequence |"))
  }

  private func six(_ value: Double) -> String { "\((value * 1e6).rounded() / 1e6)" }

  @Test(arguments: [SearchKind.full, .uniform, .balanced])
  func `sizes fixed in advance keep Wilson's interval, unless a rule may stop the run`(
    _ search: SearchKind
  ) throws {
    var run = try SampleRun(
      ["110100", "111011"], search: search, budget: search == .full ? nil : 12)
    #expect(try run.task().formats.allSatisfy { $0.sequence == nil })
    run.study.inference.until = 0.5
    #expect(try run.task().formats.allSatisfy { $0.sequence != nil })
  }

  @Test func `a gap ends the answers that a sequence may use`() throws {
    let run = try SampleRun(["111x111", "0101010"], search: .thompson, budget: 14)
    let format = try run.task().formats[0]
    #expect(
      format.interval
        == ConfidenceSequence.interval(
          successes: 3, trials: 3, of: 7, alpha: 0.05, target: .population))
    #expect(format.sequence?.theseExamples.lower == 6.0 / 7)
  }

  @Test func `a search claims an effect only where its interval lies above zero`() throws {
    let report = try Self.distant().report()
    let task = report.tasks[0]
    let lower = try #require(task.guarantees.last?.spread.lower)
    #expect(lower > 0.5)
    #expect(report.verdict(task).kind == .effect)
    #expect(
      report.verdict(task).sentence.hasSuffix(
        "a spread of 100.0 points; at least \(points(lower)) of it would remain on the population "
          + "of examples (95 % sure)."))
    var unsure = try Self.distant()
    unsure.study.inference.confidence = 0.9
    let claim = try unsure.report()
    #expect(claim.verdict(claim.tasks[0]).kind == .untested)
    #expect(claim.verdict(claim.tasks[0]).sentence.hasSuffix("(90 % sure)."))
    let short = try SampleRun(["11101111", "11000011"], search: .thompson, budget: 16, batch: 4)
      .report()
    #expect(short.verdict(short.tasks[0]).kind == .untested)
    #expect(
      short.verdict(short.tasks[0]).sentence.hasSuffix(
        "; these answers do not show that it is more than noise."))
  }
}
