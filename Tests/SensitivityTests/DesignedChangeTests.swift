import Basics
import Statistics
import Testing

@testable import Sensitivity

@Suite struct DesignedChangeTests {
  /// Accuracy 0.2 + 0.3·a + 0.1·b + 0.2·a·b of independent fair bits a and b, c idle, on 10,000 cells.
  private static func right(_ a: Int, _ b: Int) -> Int {
    2_000 + 3_000 * a + 1_000 * b + 2_000 * a * b
  }

  // Closed form: f has variance V = V_a + V_b + V_ab with V_a = (0.3 + 0.1)²/4 = 0.04,
  // V_b = (0.1 + 0.1)²/4 = 0.01 and V_ab = 0.2²/16 = 0.0025; T_a = (V_a + V_ab)/V, T_b likewise.
  @Test func `Jansen's totals are those of a function known in closed form`() throws {
    var rows: [[UInt8]] = []
    var pairs: [DesignedChanges.Pair] = []
    func add(_ a: Int, _ b: Int) -> Int {
      rows.append((0..<10_000).map { $0 < Self.right(a, b) ? 1 : 0 })
      return rows.count - 1
    }
    // Every combination once, so that the design's own sampling adds no error.
    for a in 0...1 {
      for b in 0...1 {
        let base = add(a, b)
        for (name, changed) in [("a", add(1 - a, b)), ("b", add(a, 1 - b)), ("c", add(a, b))] {
          pairs.append(.init(base: base, changed: changed, attribute: name, values: 2))
        }
      }
    }
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 10_000, resamples: 0, using: &generator)
    let found = try #require(
      DesignedChanges(AnswerGrid(ResponseMatrix(rows: rows)), pairs, bootstrap))
    // The four bases are a sample with divisor 3 where the closed form has all combinations.
    let scale = 4.0 / 3
    let expected = ["a": 0.0425 / 0.0525 / scale, "b": 0.0125 / 0.0525 / scale, "c": 0]
    for total in found.totals {
      let wanted = try #require(expected[total.attribute])
      #expect(abs(try #require(total.share.value) - wanted) < 0.003, "\(total)")
    }
    #expect(found.totals.map(\.attribute) == ["a", "b", "c"])
    #expect(abs(try #require(found.totals[0].size.value) - 0.4) < 1e-12)
  }
}
