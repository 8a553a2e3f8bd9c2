import Basics
import Estimation
import Statistics
import Testing

@testable import Reports
@testable import Runs

struct InferenceReportTests {
  /// Twelve formats of equal chance on forty examples, half of which are easy.
  private static let rows: [String] = (0..<12).map { format in
    (0..<40).map { example in
      example % 2 == 0 || (format * 7 + example * 3) % 5 == 0 ? "1" : "0"
    }.joined()
  }

  @Test func `the confidence of a study is that of all its intervals`() throws {
    var run = try SampleRun(["111000111000", "111111111110", "100000000000"])
    run.study.inference.confidence = 0.9
    let report = try run.report()
    let task = report.tasks[0]
    #expect(task.guarantees.allSatisfy { abs($0.confidence - 0.9) < 1e-12 })
    #expect(
      task.formats[0].interval == Proportions.wilson(successes: 6, trials: 12, confidence: 0.9))
    #expect(task.grammar.confidence == 0.9)
    let table = report.table(width: 80)
    #expect(table.contains("90 % Wilson interval"))
    #expect(table.contains("90 % sure"))
    #expect(!table.contains("95 % Wilson"))
    #expect(report.json.pretty().contains("\"wilson_90\""))
    #expect(report.markdown.contains("90 % Wilson interval"))
  }

  @Test func `without an effect the table says which would have been found`() throws {
    let report = try SampleRun(Self.rows).report()
    let task = report.tasks[0]
    let test = try #require(task.test)
    #expect(!test.showsEffect)
    let figure = try #require(task.effect?.detectableSpread)
    #expect((0.05...0.5).contains(figure))
    let table = report.table(width: 80)
    #expect(table.contains("no detectable format effect"))
    #expect(table.contains("Detectable    \(points(figure)) points"))
    #expect(
      report.verdict(task).sentence.hasSuffix(
        "A spread of \(points(figure)) points would have been found with a chance of 80 %."))
  }

  @Test func `shares of the variance are those of the two-way layout`() throws {
    let rows = ["110111111111", "100101001010", "110010110100"]
    let effect = try #require(try SampleRun(rows).task().effect)
    let shares = try #require(effect.shares)
    #expect(abs(shares.format + shares.example + shares.rest - 1) < 1e-12)
    let matrix = ResponseMatrix(rows: rows.map { $0.map { $0 == "1" ? 1 : 0 } })
    let variances = try #require(VarianceShares(matrix))
    let total = variances.format + variances.example + variances.rest
    #expect(abs(shares.format - variances.format / total) < 1e-12)
  }

  @Test func `the grammar is spoken of only when every format was asked everything`() throws {
    let whole = try SampleRun(Self.rows).task().grammar
    guard case .share(let share, _, _) = whole.claim else {
      Issue.record("a complete run has a share")
      return
    }
    // Eleven formats besides the task's own.
    #expect(whole.sampled == 11)
    #expect(abs(share - GrammarCoverage.share(formats: 11)) < 1e-12)
    var rows = Self.rows
    rows[3] = "x" + rows[3].dropFirst()
    #expect(try SampleRun(rows).task().grammar.claim == .none(.unfinished))
    var all = try SampleRun(Self.rows)
    all.study.formats = 50
    #expect(try all.task().grammar.claim == .everyFormat)
    #expect(try SampleRun(["10", "11"]).task().grammar.claim == .none(.tooFew))
    var designed = try SampleRun(Self.rows)
    designed.study.design = .sobol
    #expect(try designed.task().grammar.claim == .none(.chosen))
    var swept = try SampleRun(Self.rows)
    swept.study.axes = try StudyAxes(["instruction=top"])
    #expect(try swept.task().grammar.claim == whole.claim)
    swept.study.axes = try StudyAxes(["instruction=top,none"])
    #expect(try swept.task().grammar.claim == .none(.chosen))
  }

  @Test func `an estimated distribution is shown where the study asks for it`() throws {
    var run = try SampleRun(
      ["1110----", "1100----", "11110---", "0110----"], search: .balanced, budget: 16)
    #expect(try run.task().estimate == nil)
    run.study.inference.estimatesDistribution = true
    let report = try run.report()
    let estimate = try #require(report.tasks[0].estimate)
    #expect(estimate.entries.count == 5)
    #expect(report.table(width: 80).contains("Share of formats below"))
    #expect(report.json.pretty().contains("\"estimated_distribution\""))
  }

  @Test func `a run that stopped early says what it saved`() throws {
    let good = String(repeating: "1", count: 100)
    let bad = String(repeating: "0", count: 100)
    let rows = [good, bad].map { $0.prefix(16) + String(repeating: "-", count: 84) }
    var run = try SampleRun(rows.map(String.init))
    run.study.inference.gates.maxSpread = 0.2
    let report = try run.report()
    let stopped = try #require(report.tasks[0].stopped)
    #expect(stopped.reason == .failed)
    #expect(stopped.planned == 200)
    #expect(stopped.asked <= 32)
    #expect(report.isFinished)
    #expect(report.gates?.outcome == .failed)
    #expect(report.table(width: 80).contains("evaluations saved"))
  }
}
