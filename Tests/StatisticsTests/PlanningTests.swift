import Foundation
import Statistics
import Testing

struct PlanningTests {
  /// Expected values: scipy.stats.ncx2.sf of scipy 1.17.
  @Test(arguments: [
    (54.57, 39, 20.0, 0.6154647946231138), (18.3, 10, 5.5, 0.2954962026280212),
    (3.84, 1, 7.85, 0.8001610939114071), (400, 319, 80, 0.4771063007489062),
  ])
  func `noncentral chi-square agrees with scipy`(
    _ x: Double, _ degrees: Int, _ noncentrality: Double, _ expected: Double
  ) {
    let found = DetectableSpread.noncentralSurvival(
      x, degreesOfFreedom: degrees, noncentrality: noncentrality)
    #expect(near(found, expected, 1e-9))
  }

  /// Expected values: scipy.optimize.brentq over scipy.stats.ncx2.sf at r = 0.11, 5 %, power 80 %.
  @Test(arguments: [
    (10, 100, 0.18555202873968804), (40, 100, 0.24495873186485687),
    (100, 300, 0.1720802766372452), (320, 1000, 0.1225394652314338),
  ])
  func `the detectable spread agrees with scipy`(
    _ formats: Int, _ examples: Int, _ expected: Double
  ) {
    #expect(
      near(DetectableSpread.spread(formats: formats, examples: examples), expected, 1e-8))
  }

  @Test func `four times the examples detect half the spread`() {
    let few = DetectableSpread.spread(formats: 20, examples: 100)
    #expect(near(DetectableSpread.spread(formats: 20, examples: 400), few / 2, 1e-9))
  }

  /// The power table of the article "What the intervals mean", cell by cell.
  @Test func `the power table of the article is what the code computes`() throws {
    let article = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Statistics/Statistics.docc/Intervals.md")
    let lines = try String(contentsOf: article, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let head = try #require(lines.firstIndex { $0.hasPrefix("| formats |") })
    func cells(_ line: String) -> [String] {
      line.split(separator: "|").map { String($0).trimmingCharacters(in: .whitespaces) }
    }
    let examples = try cells(lines[head]).dropFirst().map { cell in
      try #require(Int(cell.filter(\.isNumber)))
    }
    let rows = lines[(head + 2)...].prefix { $0.hasPrefix("|") }.map(cells)
    #expect(rows.count == 5 && examples.count == 5)
    for row in rows {
      let formats = try #require(Int(row[0]))
      let expected = examples.map {
        String(format: "%.1f", 100 * DetectableSpread.spread(formats: formats, examples: $0))
      }
      #expect(Array(row.dropFirst()) == expected)
    }
  }

  /// Accuracies 0.25 and 0.75 on all of four examples, so the spread is certainly one half.
  private let certain = SpreadInterval(ResponseMatrix(rows: [[1, 0, 0, 0], [1, 1, 1, 0]]))
  private let unknown = SpreadInterval(ResponseMatrix(rows: [[1, 2, 2, 2], [1, 2, 2, 2]]))

  @Test func `gates on a certain spread decide either way`() {
    #expect(StoppingRule(maxSpread: 0.5).spreadVerdict(certain) == .certainlyHolds)
    #expect(StoppingRule(maxSpread: 0.4).spreadVerdict(certain) == .certainlyFails)
    #expect(StoppingRule(minAccuracy: 0.25).accuracyVerdict(certain) == .certainlyHolds)
    #expect(StoppingRule(minAccuracy: 0.3).accuracyVerdict(certain) == .certainlyFails)
    #expect(StoppingRule().spreadVerdict(certain) == nil)
  }

  @Test func `a run goes on while anything that was asked for is open`() {
    #expect(!StoppingRule().mayStop(certain))
    #expect(StoppingRule(width: 0.02).mayStop(certain))
    #expect(!StoppingRule(width: 0.02).mayStop(unknown))
    #expect(!StoppingRule(maxSpread: 0.1, minAccuracy: 0.1).mayStop(unknown))
    #expect(StoppingRule(maxSpread: 0.4, minAccuracy: 0.1).mayStop(certain))
    #expect(StoppingRule(maxSpread: 0.6, minAccuracy: 0.2).mayStop(certain))
  }
}
