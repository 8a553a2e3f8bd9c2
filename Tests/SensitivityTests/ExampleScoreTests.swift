import Basics
import Foundation
import Statistics
import Testing

@testable import Sensitivity

@Suite struct ExampleScoreTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `the PromptSensiScore is the mean over all pairs of formats`(_ seed: UInt64) {
    let grid = GridSamples.random(formats: 7, examples: 30, classes: 3, seed: seed)
    let scores = ExampleScores(grid)
    for example in 0..<grid.examples {
      let answers = (0..<7).map { grid.correct[$0 * 30 + example] }
      let votes = (0..<7).map { grid.predictions[$0 * 30 + example] }
      var differing = 0
      var agreeing = 0
      for a in 0..<7 {
        for b in 0..<7 where b > a {
          if answers[a] != answers[b] { differing += 1 }
          if votes[a] == votes[b] { agreeing += 1 }
        }
      }
      #expect(abs(scores.promptSensitivity[example] - Double(differing) / 21) < 1e-12)
      #expect(abs(scores.agreement[example] - Double(agreeing) / 21) < 1e-12)
      #expect(scores.isAmbiguous[example] == (agreeing < 21 ? 1 : 0))
    }
  }

  // scipy 1.17: entropy([3, 2, 1]) / log(4).
  @Test func `sensitivity is the entropy of the votes over that of all answers`() {
    let votes: [[Int32]] = [[0], [0], [0], [1], [1], [2]]
    let grid = GridSamples.grid(votes, gold: [0], classes: ["a", "b", "c", "d"])
    let scores = ExampleScores(grid)
    #expect(abs(scores.entropy[0] - 0.7295739585136223) < 1e-12)
    // Miller and Madow add (classes seen − 1) / 2Q nats.
    let corrected = 0.7295739585136223 + 2.0 / 12 / log(4.0)
    #expect(abs(scores.correctedEntropy[0] - corrected) < 1e-12)
  }

  @Test func `answers of another number of formats are counted among themselves`() {
    let scores = ExampleScores(GridSamples.grid())
    // The last example has three answers: 1, 2, 2; two of three formats leave format 0's answer.
    #expect(abs(scores.agreement[4] - 1.0 / 3) < 1e-12)
    #expect(scores.flips[4] == 1)
    #expect(abs(scores.promptSensitivity[4] - 2.0 / 3) < 1e-12)
    #expect(scores.flips[0] == 0)
  }

  @Test func `free text is compared within one example`() {
    let grid = GridSamples.grid(classes: [])
    let scores = ExampleScores(grid)
    #expect(scores.agreement[0] == 1)
    // As many answers as formats are possible.
    #expect(abs(scores.entropy[3] - (0.5 * log(2.0) + 2 * 0.25 * log(4.0)) / log(4.0)) < 1e-12)
  }

  @Test(arguments: 2...13) func `the largest PromptSensiScore is reached by halves`(_ formats: Int)
    throws
  {
    let all = (0...formats).compactMap { right in
      PromptSensiScore.value(
        ResponseMatrix(rows: (0..<formats).map { [$0 < right ? UInt8(1) : 0] }))
    }
    let largest = try #require(PSSMaximum.value(formats: formats))
    #expect(abs(try #require(all.max()) - largest) < 1e-12)
  }

  @Test func `consistency is the mean over all pairs of one right answer`() throws {
    let grid = GridSamples.random(formats: 6, examples: 24, classes: 3, seed: 9)
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 24, resamples: 50, using: &generator)
    let found = Consistency(grid, bootstrap, using: &generator)
    var values: [Double] = []
    for gold in Int32(0)..<3 {
      var sum = 0.0
      var pairs = 0
      for a in 0..<24 {
        for b in 0..<24 where a < b && grid.gold[a] == gold && grid.gold[b] == gold {
          var distance = 0.0
          for answer in Int32(0)..<3 {
            let first = (0..<6).count { grid.predictions[$0 * 24 + a] == answer }
            let second = (0..<6).count { grid.predictions[$0 * 24 + b] == answer }
            distance += abs(Double(first - second)) / 6
          }
          sum += 1 - distance / 2
          pairs += 1
        }
      }
      values.append(sum / Double(pairs))
    }
    for (class_, value) in zip(found.classes, values) {
      #expect(abs(try #require(class_.value) - value) < 1e-12)
    }
    #expect(abs(try #require(found.value) - values.reduce(0, +) / 3) < 1e-12)
    let interval = try #require(found.interval)
    #expect(interval.lower < interval.upper)
  }
}
