import Basics
import Estimation
import Foundation
import Statistics
import Testing

@testable import Reports
@testable import Runs

struct GatesTests {
  /// Accuracies 1/2, 3/4 and 1 on forty examples.
  private static let rows = [
    String(repeating: "10", count: 20), String(repeating: "1110", count: 10),
    String(repeating: "1", count: 40),
  ]

  private func judged(
    _ rows: [String], _ change: (inout GateSettings) -> Void
  ) throws -> GateReport {
    var report = try SampleRun(rows).report()
    var settings = GateSettings(Inference())
    change(&settings)
    report.judge(by: settings)
    return try #require(report.gates)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var spread: Double?
    var accuracy: Double?
    var median: Double?
    var rows = GatesTests.rows
    var basis = Inference.Basis.certain
    var accepts = false
    var signal: Int32?
    let outcome: GateReport.Outcome
    let status: Int32

    var testDescription: String { name }
  }

  /// One cell that failed in the last format.
  private static let failed = [rows[0], rows[1], "x" + String(repeating: "1", count: 39)]
  /// A run that was stopped after half of the last format.
  private static let unfinished = [
    rows[0], rows[1], String(repeating: "1", count: 20) + String(repeating: "-", count: 20),
  ]

  static let cases = [
    Case(name: "a spread at the limit", spread: 0.5, outcome: .passed, status: 0),
    Case(name: "a spread above", spread: 0.49, outcome: .failed, status: 1),
    Case(name: "the worst format is good", accuracy: 0.5, outcome: .passed, status: 0),
    Case(name: "the worst format is bad", accuracy: 0.51, outcome: .failed, status: 1),
    Case(name: "the median holds", median: 0.75, outcome: .passed, status: 0),
    Case(name: "the median fails", median: 0.76, outcome: .failed, status: 1),
    Case(
      name: "one of two fails", spread: 0.6, accuracy: 0.9, outcome: .failed, status: 1),
    Case(
      name: "a failed cell leaves a pass incomplete", accuracy: 0.4, rows: failed,
      outcome: .incomplete, status: 3),
    Case(
      name: "a certain failure stands without the failed cell", accuracy: 0.6, rows: failed,
      outcome: .failed, status: 1),
    Case(
      name: "what is open in an unfinished run is incomplete", spread: 0.4, rows: unfinished,
      outcome: .incomplete, status: 3),
    Case(
      name: "accepting doubt does not complete a run", spread: 0.4, rows: unfinished,
      accepts: true, outcome: .incomplete, status: 3),
    Case(
      name: "figures as found wait for the end", spread: 0.4, rows: unfinished, basis: .point,
      outcome: .incomplete, status: 3),
    Case(
      name: "figures as found fail", spread: 0.49, basis: .point, outcome: .failed, status: 1),
    Case(
      name: "a signal keeps its status", spread: 0.1, signal: 130, outcome: .failed, status: 130),
    Case(
      name: "one format has no interval", spread: 0.4, rows: [rows[0]], outcome: .undecided,
      status: 1),
    Case(
      name: "doubt may be accepted", spread: 0.4, rows: [rows[0]], accepts: true,
      outcome: .passed, status: 0),
  ]

  @Test(arguments: cases)
  func `outcome, status and verdict agree`(_ given: Case) throws {
    let gates = try judged(given.rows) { settings in
      settings.demands.maxSpread = given.spread
      settings.demands.minAccuracy = given.accuracy
      settings.demands.minMedian = given.median
      settings.demands.basis = given.basis
      settings.acceptsUndecided = given.accepts
      settings.signalStatus = given.signal
    }
    #expect(gates.outcome == given.outcome)
    #expect(gates.status == given.status)
    #expect(gates.verdict.hasSuffix("exit status \(given.status)"))
  }

  @Test func `without demands there are no gates and no key`() throws {
    let report = try SampleRun(Self.rows).report()
    #expect(report.gates == nil)
    #expect(!report.json.pretty().contains("\"gates\""))
    #expect(!report.table(width: 80).contains("Gates"))
  }

  @Test func `failed cells are borne up to the limit`() throws {
    #expect(try judged(Self.failed) { $0.maxFailures = 1 }.outcome == .passed)
    let gates = try judged(Self.failed) { $0.maxFailures = 0 }
    #expect(gates.outcome == .incomplete)
    #expect(gates.results.map(\.outcome) == [.error])
  }

  @Test func `a search that chose its cells can fail a gate and leaves others open`() throws {
    var run = try SampleRun(
      ["11101111", "1100----", "11111110"], search: .thompson, budget: 24, batch: 4)
    run.study.inference.gates.maxSpread = 0.1
    run.study.inference.stopsEarly = false
    // The second format has two wrong answers, the others one: at least 12.5 points for certain.
    #expect(try #require(try run.report().gates).results.map(\.outcome) == [.fail])
    run.study.inference.gates.maxSpread = 0.4
    #expect(try #require(try run.report().gates).results.map(\.outcome) == [.undecided])
  }

  /// The same report for the baseline of another.
  private func baseline(_ run: SampleRun, withAnswers: Bool) throws -> Baseline {
    let report = try run.report()
    let reader = JSONReader(
      try JSON.parse(Array(report.json.pretty().utf8), file: "b.json"), file: "b.json")
    return try Baseline(path: "b.json", report: reader, run: withAnswers ? report : nil)
  }

  @Test(arguments: [(0.0, true), (0.02, true), (0.3, true), (0.3, false)])
  func `an equal run drops by nothing`(_ limit: Double, _ withAnswers: Bool) throws {
    let before = try baseline(SampleRun(Self.rows), withAnswers: withAnswers)
    let gates = try judged(Self.rows) {
      $0.maxDrop = limit
      $0.baseline = before
    }
    #expect(gates.outcome == .passed)
    #expect(gates.results[0].found == 0)
  }

  @Test func `pairing decides what two samples leave open`() throws {
    // Two of forty examples are lost under every format.
    let worse = Self.rows.map { "00" + $0.dropFirst(2) }
    let run = try SampleRun(Self.rows)
    var outcomes: [GateResult.Outcome] = []
    for withAnswers in [true, false] {
      let before = try baseline(run, withAnswers: withAnswers)
      let gates = try judged(worse) {
        $0.maxDrop = 0.12
        $0.baseline = before
      }
      outcomes.append(gates.results[0].outcome)
      #expect(abs((gates.results[0].found ?? 0) - 5.0 / 120) < 1e-9)
    }
    #expect(outcomes == [.pass, .undecided])
  }

  @Test func `a fall beyond the limit fails`() throws {
    let before = try baseline(SampleRun(Self.rows), withAnswers: true)
    let gates = try judged(Self.rows.map { _ in String(repeating: "0", count: 40) }) {
      $0.maxDrop = 0.1
      $0.baseline = before
    }
    #expect(gates.outcome == .failed)
    #expect(gates.results[0].finding.contains("accuracy went from 75.0 % to 0.0 %"))
  }

  @Test func `a baseline of other formats says nothing`() throws {
    var other = SampleRun(["sums"], formats: 3, examples: 40)
    try other.add("sums", Self.rows, templates: ["a {}", "b {}", "c {}"])
    let before = try baseline(other, withAnswers: true)
    let gates = try judged(Self.rows) {
      $0.maxDrop = 0.1
      $0.baseline = before
    }
    #expect(gates.outcome == .undecided)
  }

  @Test func `a file that is no report is named`() throws {
    let reader = JSONReader(try JSON.parse(#"{"schema": "x"}"#), file: "b.json")
    #expect(throws: InputError.self) {
      _ = try Baseline(path: "b.json", report: reader, run: nil)
    }
  }

  @Test func `JUnit counts its cases and escapes its texts`() throws {
    let name = "a<b>&\"\u{0}\u{FFFE}]]>"
    var run = SampleRun([name, "b"], formats: 2, examples: 4)
    try run.add(name, ["1100", "1110"])
    try run.add("b", ["1x00", "1110"])
    var report = try run.report()
    var settings = GateSettings(Inference())
    settings.demands.maxSpread = 0.1
    settings.maxFailures = 2
    report.judge(by: settings)
    let xml = JUnit.text(report)
    #expect(xml.contains("<testsuite name=\"a&lt;b&gt;&amp;&quot;\u{FFFD}\u{FFFD}]]&gt;\""))
    #expect(
      xml.contains("<testsuites name=\"formatspread\" tests=\"5\" failures=\"2\" errors=\"0\""))
    #expect(xml.contains("<testsuite name=\"run\" tests=\"1\" failures=\"0\""))
    #expect(xml.contains("<failure type=\"failed\""))
    #expect(!xml.contains("type=\"undecided\""))
  }

  @Test func `JUnit of several runs is one file with a suite for each task`() throws {
    var reports: [RunReport] = []
    for (name, row) in [("a", "1100"), ("b", "1110")] {
      var run = SampleRun([name], formats: 2, examples: 4)
      try run.add(name, [row, "111x"])
      var report = try run.report()
      var settings = GateSettings(Inference())
      settings.demands.maxSpread = 0.2
      settings.demands.basis = .point
      settings.maxFailures = 1
      report.judge(by: settings)
      reports.append(report)
    }
    let xml = JUnit.text(reports)
    #expect(xml.contains("<testsuites name=\"formatspread\" tests=\"6\""))
    #expect(
      xml.matches(of: /<testsuite name="([^"]*)"/).map { String($0.output.1) }
        == ["a", "a run", "b", "b run"])
    #expect(JUnit.text([reports[0]]) == JUnit.text(reports[0]))
  }

  @Test func `annotations keep to one line and say what failed`() throws {
    var report = try SampleRun(Self.rows).report()
    var settings = GateSettings(Inference())
    settings.demands.maxSpread = 0.1
    report.judge(by: settings)
    #expect(
      Annotations.github(report)
        == "::error title=formatspread max-spread (sums)::failed, the spread is 50.0 points exactly "
        + "(95 %25 sure); demanded: spread at most 10.0 points\n")
    #expect(Annotations.property("a:b,c\n") == "a%3Ab%2Cc%0A")
    let findings = Annotations.gitlab(report, paths: ["sums": "tasks/sums.json"])
    let entry = JSON.array(findings).compact
    #expect(entry.contains("\"severity\":\"major\""))
    #expect(entry.contains("\"path\":\"tasks/sums.json\""))
    settings.demands.maxSpread = 0.6
    report.judge(by: settings)
    #expect(
      Annotations.github(report)
        == "::notice title=formatspread::gates passed; exit status 0\n")
    #expect(Annotations.gitlab(report, paths: [:]).isEmpty)
  }
}
