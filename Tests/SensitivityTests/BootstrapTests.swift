import Basics
import Statistics
import Testing

@testable import Sensitivity

@Suite struct BootstrapTests {
  @Test func `the interval of a mean is as wide as its standard error says`() throws {
    var generator = SeededGenerator(seed: 3)
    let bootstrap = Bootstrap(examples: 200, resamples: 4_000, using: &generator)
    let values = (0..<200).map { _ in generator.normal() }
    let (value, interval) = bootstrap.mean(values)
    let mean = values.reduce(0, +) / 200
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200).squareRoot()
    #expect(abs(try #require(value) - mean) < 1e-12)
    // The normal interval, within the resampling's own error.
    let width = 2 * 1.959963985 * deviation / 200.0.squareRoot()
    #expect(abs(try #require(interval).width / width - 1) < 0.06)
  }

  @Test func `accuracies of a resample are those of the drawn cells`() {
    var generator = SeededGenerator(seed: 8)
    let bootstrap = Bootstrap(examples: 37, resamples: 5, using: &generator)
    let cells = (0..<(3 * 37)).map { _ in UInt8(generator.below(3)) }
    let found = bootstrap.accuracies(cells, rows: 3)
    for resample in 0..<5 {
      let weights = Array(bootstrap.draw(resample))
      #expect(weights.reduce(0, +) == 37)
      for row in 0..<3 {
        var right = 0.0
        var known = 0.0
        for (example, weight) in weights.enumerated() where cells[row * 37 + example] != 2 {
          right += Double(weight) * Double(cells[row * 37 + example])
          known += Double(weight)
        }
        #expect(found[resample * 3 + row] == right / known)
      }
    }
  }

  @Test func `undefined examples are left out of a mean`() {
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 4, resamples: 10, using: &generator)
    #expect(bootstrap.mean([1, .nan, 3, .nan]).value == 2)
    #expect(bootstrap.mean([.nan, .nan, .nan, .nan]).value == nil)
  }

  // numpy: numpy.random.default_rng(1).permutation(37).
  @Test func `the reference halving is numpy's`() {
    var halving = ReferenceHalving()
    #expect(
      halving.permutation(37) == [
        6, 7, 24, 9, 0, 30, 15, 3, 25, 16, 36, 17, 1, 11, 28, 22, 23, 34, 20, 27, 33, 31, 14, 21,
        35,
        26, 2, 29, 12, 10, 19, 4, 5, 8, 32, 18, 13,
      ])
  }
}
