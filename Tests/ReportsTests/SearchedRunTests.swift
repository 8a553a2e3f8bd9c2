import Basics
import Estimation
import Statistics
import Testing

@testable import Reports
@testable import Runs

struct SearchedRunTests {
  /// Right and wrong answers of formats whose true accuracy rises by a hundredth from one to the next.
  private func answers(_ formats: Int, _ examples: Int) -> [[Character]] {
    var generator = SeededGenerator(seed: 2)
    return (0..<formats).map { format in
      (0..<examples).map { _ in
        generator.unit() < 0.3 + 0.01 * Double(format) ? Character("1") : Character("0")
      }
    }
  }

  /// What a search asked, as rows of a sample, and what it named.
  private func search(
    _ rows: [[Character]], _ kind: SearchKind, budget: Int, batch: Int,
    accounting: Accounting = .everything
  ) throws -> (rows: [String], picks: SearchPicks, asked: Int) {
    var search = SearchSettings(
      kind: kind, arms: rows.count, examples: rows[0].count, budget: budget, batch: batch,
      accounting: accounting, seed: 5
    ).start()
    var asked = Set<Cell>()
    while true {
      let batch = search.nextBatch()
      if batch.isEmpty { break }
      asked.formUnion(batch)
      search.observe(batch.map { rows[$0.arm][$0.example] == "1" ? 1 : 0 })
    }
    let seen = rows.enumerated().map { format, row in
      String(
        row.enumerated().map { example, sign in
          asked.contains(Cell(arm: format, example: example)) ? sign : "-"
        })
    }
    return (seen, try #require(search.picks), asked.count)
  }

  /// Thompson sampling by the paper's accounting, whose picks are raw means as in the released code.
  private func released(
    _ rows: [[Character]], budget: Int, batch: Int
  ) throws -> (searched: (rows: [String], picks: SearchPicks, asked: Int), task: TaskReport) {
    let searched = try search(rows, .thompson, budget: budget, batch: batch, accounting: .paper)
    var sample = try SampleRun(searched.rows, search: .thompson, budget: budget, batch: batch)
    sample.study.accounting = .paper
    return (searched, try sample.task())
  }

  @Test(arguments: [SearchKind.thompson, .uniform, .ucb, .ucbRepaired])
  func `a search is replayed on its outcomes and names its own picks`(_ kind: SearchKind) throws {
    let searched = try search(answers(12, 60), kind, budget: 300, batch: 5)
    let task = try SampleRun(searched.rows, search: kind, budget: 300, batch: 5).task()
    #expect(task.isFinished)
    #expect(task.evaluations == searched.asked)
    let lowest = try #require(task.lowest)
    let highest = try #require(task.highest)
    if lowest.isPick {
      #expect(lowest.result.index == searched.picks.lowest)
      #expect(lowest.estimate == searched.picks.lowestAccuracy)
    }
    #expect(highest.isPick)
    #expect(highest.result.index == searched.picks.highest)
    #expect(highest.estimate == searched.picks.highestAccuracy)
    #expect((task.test == nil) == (kind != .uniform))
  }

  @Test(arguments: [SearchKind.thompson, .uniform])
  func `a search whose answers end early is not finished`(_ kind: SearchKind) throws {
    let searched = try search(answers(12, 60), kind, budget: 300, batch: 5)
    var rows = searched.rows
    rows[searched.picks.highest] = String(repeating: "-", count: 60)
    let task = try SampleRun(rows, search: kind, budget: 300, batch: 5).task()
    #expect(!task.isFinished)
    #expect(task.missing > 0)
    #expect(task.test == nil)
    #expect(task.lowest != nil)
  }

  @Test func `a format asked everything counts where the search had named another`() throws {
    let (searched, task) = try released(answers(40, 200), budget: 1000, batch: 20)
    // The original has 57 right of 200; the search had named a format that then did better.
    #expect(searched.picks.lowest != 0)
    #expect(searched.picks.lowestAccuracy > 0.285)
    let lowest = try #require(task.lowest)
    #expect(lowest.result.index == 0)
    #expect(lowest.estimate == 0.285)
    #expect(!lowest.isPick)
    #expect(lowest.pick == searched.picks.lowest)
    #expect(
      task.searchRemarks == ["it named format 7; format 0, asked on every example, lies beyond"])
    #expect(task.spread == searched.picks.highestAccuracy - 0.285)
  }

  @Test func `formats asked unequally have estimated quartiles inside the range`() throws {
    let searched = try search(answers(40, 200), .thompson, budget: 2000, batch: 20)
    let task = try SampleRun(searched.rows, search: .thompson, budget: 2000).task()
    let distribution = try #require(task.distribution)
    let lowest = try #require(task.lowest)
    let highest = try #require(task.highest)
    #expect(distribution.isEstimated)
    #expect(distribution.formats == task.evaluatedFormats)
    #expect(distribution.lowerQuartile > lowest.estimate)
    #expect(distribution.upperQuartile < highest.estimate)
    // Hardly any format is estimated lower than the original, which was asked everything.
    #expect(try #require(task.originalRank) < 0.1)
  }

  @Test func `the noise is set beside the raw spread where the search shrinks its figures`() throws
  {
    let searched = try search(answers(40, 200), .uniform, budget: 2000, batch: 20)
    let report = try SampleRun(searched.rows, search: .uniform, budget: 2000).report()
    let task = report.tasks[0]
    let spread = try #require(task.spread)
    let raw = try #require(task.rawSpread)
    #expect(spread == searched.picks.spread)
    #expect(raw > spread + 0.05)
    #expect(task.test?.cochran.examples == 50)
    #expect(
      report.verdict(task).sentence.contains(
        "the raw spread is \(points(raw)) points, where noise alone"))
  }

  @Test func `a median beyond the range is not shown beside it`() throws {
    // The original is right on 5 of 8; the others are right on all of the few examples they were
    // asked, and wrong on the rest.
    let rows: [[Character]] = (0..<10).map { $0 == 0 ? Array("11011010") : Array("11110000") }
    let (_, task) = try released(rows, budget: 12, batch: 2)
    let median = try #require(task.distribution?.median)
    let highest = try #require(task.highest)
    #expect(median > highest.estimate)
    #expect(task.shownDistribution == nil)
  }

  @Test func `finalists that changed places when asked everything still make a range`() throws {
    let rows = [
      "11101111100100001010", "11011100101010101100", "10010111111100111001",
      "01111100001010001000",
    ].map { Array($0) }
    let (searched, task) = try released(rows, budget: 18, batch: 3)
    #expect(searched.picks.lowestAccuracy == 0.65)
    #expect(searched.picks.highestAccuracy == 0.4)
    #expect(task.lowest?.result.index == searched.picks.highest)
    #expect(task.highest?.result.index == searched.picks.lowest)
    #expect(abs(try #require(task.spread) - 0.25) < 1e-12)
    #expect(
      task.searchRemarks == [
        "the two formats it named changed places when they were asked everything"
      ])
  }

  @Test func `a failed cell of a search counts as asked`() throws {
    let searched = try search(answers(6, 20), .uniform, budget: 60, batch: 5)
    var rows = searched.rows
    rows[2] = "x" + rows[2].dropFirst()
    let task = try SampleRun(rows, search: .uniform, budget: 60, batch: 5).task()
    #expect(task.isFinished)
    #expect(task.failed == 1)
    #expect(task.evaluations == 60)
  }
}
