import Basics
import Testing

@testable import Sensitivity

@Suite struct CalibrationTests {
  private static let p: [Float] = [0.91, 0.83, 0.36, 0.62, 0.55, 0.21, 0.46, 0.72, 0.12, 0.95]
  private static let gold: [Int32] = [1, 1, 0, 0, 1, 0, 1, 1, 0, 0]

  private static func grid(_ rows: [[Float]], gold: [Int32]) -> AnswerGrid {
    var grid = AnswerGrid(formats: 1, examples: rows.count)
    grid.options = rows[0].count
    grid.probabilities = rows.flatMap(\.self)
    grid.gold = gold
    return grid
  }

  // numpy for the binned error and Brier's score; scipy 1.17's mannwhitneyu for the area.
  @Test func `binary calibration agrees with numpy and scipy`() throws {
    let grid = Self.grid(Self.p.map { [1 - $0, $0] }, gold: Self.gold)
    let once = [Int16](repeating: 1, count: 10)[...]
    let found = CalibrationCells(grid, format: 0).calibration(once)
    #expect(abs(try #require(found.expectedError) - 0.199000) < 1e-6)
    #expect(abs(try #require(found.brier) - 0.208450) < 1e-6)
    #expect(abs(try #require(found.area) - 0.72) < 1e-12)
  }

  // numpy: ((P − onehot)**2).sum(1).mean().
  @Test func `Brier's score of several options sums over them`() throws {
    let grid = Self.grid(
      [[0.5, 0.3, 0.2], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.25, 0.5, 0.25]], gold: [0, 1, 0, 2])
    let once = [Int16](repeating: 1, count: 4)[...]
    let found = CalibrationCells(grid, format: 0).calibration(once)
    #expect(abs(try #require(found.brier) - 0.51375) < 1e-6)
    #expect(found.area == nil)
  }

  @Test func `weights count an example as often as they say`() throws {
    let doubled = Self.grid(
      (Self.p + [Self.p[3], Self.p[8]]).map { [1 - $0, $0] },
      gold: Self.gold + [Self.gold[3], Self.gold[8]])
    let grid = Self.grid(Self.p.map { [1 - $0, $0] }, gold: Self.gold)
    let plain = CalibrationCells(doubled, format: 0)
      .calibration([Int16](repeating: 1, count: 12)[...])
    let weighted = CalibrationCells(grid, format: 0)
      .calibration([1, 1, 1, 2, 1, 1, 1, 1, 2, 1][...])
    #expect(abs(try #require(plain.brier) - #require(weighted.brier)) < 1e-12)
    #expect(abs(try #require(plain.expectedError) - #require(weighted.expectedError)) < 1e-12)
    #expect(abs(try #require(plain.area) - #require(weighted.area)) < 1e-12)
  }

  @Test func `a tie between the classes counts half`() throws {
    let grid = Self.grid([[0.5, 0.5], [0.5, 0.5], [0.2, 0.8]], gold: [0, 1, 1])
    let found = CalibrationCells(grid, format: 0).calibration([1, 1, 1][...])
    #expect(try #require(found.area) == 0.75)
  }
}
