import Statistics
import Testing

struct PairedDropTests {
  /// scipy.stats.t.ppf of scipy 1.17.
  @Test(arguments: [
    (0.975, 19, 2.0930240544083087), (0.95, 4, 2.1318467863266495),
    (0.995, 299, 2.5923718841194776), (0.2, 7, -0.8960296443137649),
  ])
  func `Student's quantiles agree with scipy`(_ p: Double, _ degrees: Int, _ expected: Double) {
    #expect(near(SpecialFunctions.studentQuantile(p, degreesOfFreedom: degrees), expected, 1e-9))
  }

  private let before = ResponseMatrix(rows: [
    [1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1],
    [1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 2, 1, 1, 1, 0, 1],
  ])
  private let after = ResponseMatrix(rows: [
    [1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1],
    [1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 2, 1, 1, 1],
  ])

  /// Computed with numpy 2 and scipy 1.17.
  @Test func `the drop on shared cells agrees with numpy`() throws {
    let drop = try #require(PairedDrop(before: before, after: after))
    #expect(drop.cells == 42)
    #expect(drop.examples == 22)
    #expect(drop.formats == 2)
    #expect(near(drop.drop, 0.11904761904761904, 1e-12))
    #expect(near(drop.before, 0.7142857142857143, 1e-12))
    #expect(near(drop.after, 0.5952380952380952, 1e-12))
    #expect(near(drop.standardError, 0.058595007753867, 1e-12))
    let interval = try #require(drop.interval(confidence: 0.95))
    #expect(near(interval.lower, -0.0028073703092485053, 1e-9))
    #expect(near(interval.upper, 0.24090260840448657, 1e-9))
  }

  @Test func `few examples give no interval, and none in common no drop`() throws {
    let few = try #require(
      PairedDrop(
        before: ResponseMatrix(rows: [[1, 1, 0]]), after: ResponseMatrix(rows: [[0, 1, 0]])))
    #expect(few.interval(confidence: 0.95) == nil)
    #expect(
      PairedDrop(before: ResponseMatrix(rows: [[1, 2]]), after: ResponseMatrix(rows: [[2, 1]]))
        == nil)
  }

  @Test func `equal runs have no drop at all`() throws {
    let same = try #require(PairedDrop(before: before, after: before))
    #expect(same.drop == 0)
    #expect(try #require(same.interval(confidence: 0.99)) == Interval(0, 0))
  }
}
