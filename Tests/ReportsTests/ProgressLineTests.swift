import Testing

@testable import Reports

struct ProgressLineTests {
  private let sample = ProgressLine(
    task: "sentiment", done: 12_340, total: 31_000, reused: 0, failed: 0, elapsed: 5.12,
    range: 0.48...0.714)

  @Test func `a line names counts, rate, time left, range and failures`() {
    #expect(
      sample.line(width: 80)
        == "sentiment  12,340/31,000 · 2,410/s · 8 s left · range 48–71 % · 0 failed")
  }

  @Test func `requests under way fit beside everything else in 80 columns`() {
    var progress = sample
    progress.failed = 113
    progress.underWay = 64
    #expect(
      progress.line(width: 79)
        == "sentiment  12,340/31,000 · 2,410/s · 8 s left · 48–71 % · 64 open · 113 failed")
    #expect(progress.line(width: 100).contains(" · range 48–71 % · 64 at once · 113 failed"))
    progress.done = progress.total
    #expect(!progress.line(width: 100).contains("at once"))
  }

  @Test func `reused cells do not make the rate look better`() {
    var progress = sample
    progress.reused = 12_000
    #expect(
      progress.line(width: 100)
        == "sentiment  12,340/31,000 · 66/s · 4 min 41 s left · range 48–71 % · 12,000 reused · 0 failed"
    )
  }

  @Test func `before the first answer there is neither rate nor range`() {
    let progress = ProgressLine(
      task: "a", done: 0, total: 10, reused: 0, failed: 0, elapsed: 0, range: nil)
    #expect(progress.line(width: 80) == "a  0/10 · 0 failed")
    #expect(progress.rate == nil)
  }

  @Test func `a finished task has no time left`() {
    var progress = sample
    progress.done = progress.total
    #expect(!progress.line(width: 80).contains("left"))
  }

  @Test(arguments: [
    (70, "sentiment  12,340/31,000 · 2,410/s · 8 s left · 48–71 % · 0 failed"),
    (60, "sentiment  12,340/31,000 · 2,410/s · 8 s left · 48–71 %"),
    (50, "sentiment  12,340/31,000 · 8 s left · 48–71 %"),
    (40, "sentiment  12,340/31,000 · 8 s left"), (30, "sentiment  12,340/31,000"),
    (20, "sent…  12,340/31,000"), (5, "12,3…"),
  ])
  func `what does not fit is left out by urgency`(_ width: Int, _ line: String) {
    #expect(sample.line(width: width) == line)
    #expect(line.cells <= width)
  }

  @Test func `failures stay when other figures go`() {
    var progress = sample
    progress.failed = 3
    #expect(progress.line(width: 40) == "sentiment  12,340/31,000 · 3 failed")
  }

  @Test(arguments: [
    (0.5, "1 s"), (59.0, "59 s"), (59.5, "1 min"), (200, "3 min 20 s"), (3600, "1 h 0 min"),
    (7500, "2 h 5 min"),
  ])
  func `the time left is rounded up and short`(_ seconds: Double, _ shown: String) {
    let progress = ProgressLine(
      task: "a", done: 1, total: 2, reused: 0, failed: 0, elapsed: seconds, range: nil)
    #expect(progress.line(width: 80).contains(" · \(shown) left · "))
  }

  @Test func `a log gets a line for every tenth`() {
    var progress = sample
    var lines: [String] = []
    for done in 1...31_000 {
      progress.done = done
      if let line = progress.milestone(after: done - 1) { lines.append(line) }
    }
    #expect(lines.count == 10)
    #expect(lines[0].hasPrefix("10 %  sentiment  3,100/31,000 · "))
    #expect(lines[9].hasPrefix("100 %  sentiment  31,000/31,000 · "))
  }

  @Test func `a leap over several tenths is one line`() {
    #expect(sample.milestone(after: 100)?.hasPrefix("40 %  ") == true)
    #expect(sample.milestone(after: 12_339) == nil)
    #expect(sample.milestone(after: 12_340) == nil)
  }
}
