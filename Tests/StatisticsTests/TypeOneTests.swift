import Basics
import Foundation
import Statistics
import Testing

/// How often the tests of an effect reject where formats make no difference.
struct TypeOneTests {
  struct Setting: Sendable {
    let formats: Int
    let examples: Int
    /// The standard deviation of the examples' difficulties, in logits.
    let difficulty: Double
  }

  static let settings = [(2, 60), (4, 12), (10, 60), (40, 100), (100, 60)].flatMap { size in
    [0.0, 2.0].map { Setting(formats: size.0, examples: size.1, difficulty: $0) }
  }

  /// The shares of null matrices that Cochran's Q and the shuffle test of an incomplete grid reject.
  static func rejections(_ setting: Setting, simulations: Int) -> (
    q: Double, incompleteQ: Double, shuffle: Double
  ) {
    var generator = SeededGenerator(seed: UInt64(setting.formats), stream: "type one")
    var found = (q: 0.0, incompleteQ: 0.0, shuffle: 0.0)
    for simulation in 0..<simulations {
      var matrix = ResponseMatrix(arms: setting.formats, examples: setting.examples)
      for example in 0..<setting.examples {
        let rate = 1 / (1 + exp(setting.difficulty * generator.normal() - 0.5))
        for format in 0..<setting.formats {
          matrix[format, example] = generator.unit() < rate ? 1 : 0
        }
      }
      if CochranQ(matrix, seed: UInt64(simulation)).pValue <= 0.05 {
        found.q += 1 / Double(simulations)
      }
      for format in 0..<setting.formats {
        let missing = setting.examples * (format % 3) / 4
        for example in 0..<missing { matrix[format, example] = ResponseMatrix.missing }
      }
      if CochranQ(matrix, seed: UInt64(simulation)).pValue <= 0.05 {
        found.incompleteQ += 1 / Double(simulations)
      }
      let test = ShuffleTest(matrix, shuffles: 99, using: &generator)
      if let test, test.pValue <= 0.05 { found.shuffle += 1 / Double(simulations) }
    }
    return found
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["FORMATSPREAD_SLOW"] != nil))
  func `no test rejects more null matrices than it says`() {
    print("formats | examples | difficulties | % rejected by Q | incomplete grid, Q | shuffled")
    for setting in Self.settings {
      let found = Self.rejections(setting, simulations: 2000)
      print(
        setting.formats, setting.examples, setting.difficulty,
        String(
          format: "%.1f | %.1f | %.1f", 100 * found.q, 100 * found.incompleteQ,
          100 * found.shuffle), separator: " | ")
      // Two standard errors of 2,000 simulations are one point.
      #expect(found.q <= 0.06)
      #expect(found.incompleteQ <= 0.06)
      #expect(found.shuffle <= 0.06)
    }
  }
}
