import Basics
import Testing

@testable import Sensitivity

@Suite struct SeparabilityTests {
  // numpy 2.3: singular values of the centred matrix, squared over their sum, and |u·s|.
  @Test func `principal components are those of a singular value decomposition`() throws {
    let vectors: [[Float]] = [
      [1, 2, 0, 1], [2, 1, 1, 0], [0, 3, 1, 2], [4, 0, 2, 1], [1, 1, 3, 5],
    ]
    let found = PrincipalComponents(vectors, count: 3)
    let shares = [0.5600709, 0.41748431, 0.0137167]
    let places = [
      [0.7836696, 1.55670397, 0.53106556], [1.87113348, 0.11885277, 0.23091865],
      [0.91817382, 2.0718592, 0.3596402], [1.66152495, 2.42590508, 0.02216448],
      [3.3981542, 1.32151087, 0.08165777],
    ]
    for (share, wanted) in zip(found.shares, shares) { #expect(abs(share - wanted) < 1e-7) }
    #expect(found.places.count == 5)
    for (row, wanted) in zip(found.places, places) {
      for (value, size) in zip(row, wanted) { #expect(abs(abs(value) - size) < 1e-6) }
    }
  }

  private func points(
    formats: Int, examples: Int, offset: Float, seed: UInt64
  ) -> [Separability.Point] {
    var generator = SeededGenerator(seed: seed)
    return (0..<formats).flatMap { format in
      (0..<examples).map { example in
        let vector = (0..<12).map { place in
          Float(generator.normal()) + (place == format ? offset : 0)
        }
        return Separability.Point(format: format, example: example, vector: vector)
      }
    }
  }

  private func measured(_ points: [Separability.Point]) throws -> Separability {
    let grid = GridSamples.random(formats: 4, examples: 50, classes: 2, seed: 2)
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 50, resamples: 200, using: &generator)
    return try #require(Separability(points, grid, bootstrap, seed: 4))
  }

  @Test func `formats far apart are told without error, and equal ones by chance`() throws {
    let apart = try measured(points(formats: 4, examples: 50, offset: 40, seed: 3))
    #expect(apart.byTen.value == 1)
    #expect(try #require(apart.variance.value) > 0.6)
    let alike = try measured(points(formats: 4, examples: 50, offset: 0, seed: 5))
    // 200 guesses of one in four: 0.25 ± four standard errors.
    #expect(abs(try #require(alike.byTen.value) - 0.25) < 4 * (0.25 * 0.75 / 200).squareRoot())
  }

  @Test func `distances that follow the accuracies are found to do so`() throws {
    var grid = AnswerGrid(formats: 4, examples: 20)
    for format in 0..<4 {
      for example in 0..<20 {
        grid.correct[format * 20 + example] = example < 4 + format * format ? 1 : 0
      }
    }
    let points = (0..<4).flatMap { format in
      (0..<20).map { example in
        Separability.Point(
          format: format, example: example, vector: [Float(format * format), 1, Float(example)])
      }
    }
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 20, resamples: 50, using: &generator)
    let found = try #require(Separability(points, grid, bootstrap, seed: 0))
    #expect(abs(try #require(found.relation.value) - 1) < 1e-12)
  }

  @Test func `one format, one example or odd lengths have no separability`() {
    let grid = AnswerGrid(formats: 2, examples: 2)
    var generator = SeededGenerator(seed: 1)
    let bootstrap = Bootstrap(examples: 2, resamples: 0, using: &generator)
    let one = Separability.Point(format: 0, example: 0, vector: [1])
    let other = Separability.Point(format: 1, example: 0, vector: [2])
    let odd = Separability.Point(format: 1, example: 1, vector: [2, 3])
    #expect(Separability([], grid, bootstrap, seed: 0) == nil)
    #expect(Separability([one, other], grid, bootstrap, seed: 0) == nil)
    #expect(Separability([one, other, odd], grid, bootstrap, seed: 0) == nil)
  }
}
