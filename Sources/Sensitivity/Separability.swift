import Basics
import Statistics

/// How well the format can be told from a model's representation of the prompt (Sclar et al., 2024).
///
/// Representations are reduced to their principal components; a prompt is then given the format whose
/// centroid is nearest, centroids being drawn from other examples (five folds over examples).
package struct Separability: Sendable, Hashable {
  /// The representation of one prompt.
  package struct Point: Sendable, Hashable {
    package let format: Int
    /// A column of the grid.
    package let example: Int
    package let vector: [Float]

    package init(format: Int, example: Int, vector: [Float]) {
      self.format = format
      self.example = example
      self.vector = vector
    }
  }

  package let formats: Int
  package let examples: Int
  /// The accuracy of telling formats apart by two components.
  package let byTwo: Figure
  /// The same by ten.
  package let byTen: Figure
  /// The share of the variance along the first two components.
  package let variance: Figure
  /// Spearman's correlation, over pairs of formats, of their distance and the difference of accuracy.
  package let relation: Figure

  static let folds = 5

  /// Nil for fewer than two formats or examples, and for vectors of different lengths.
  ///
  /// - Parameters:
  ///   - points: One for each format and example that was measured.
  ///   - grid: What was answered.
  ///   - bootstrap: Gives the intervals.
  ///   - seed: Deals the examples into folds.
  init?(_ points: [Point], _ grid: AnswerGrid, _ bootstrap: Bootstrap, seed: UInt64) {
    let points = points.sorted { ($0.format, $0.example) < ($1.format, $1.example) }
    let formats = Set(points.map(\.format)).sorted()
    let examples = Set(points.map(\.example)).sorted()
    guard formats.count > 1, examples.count > 1, let size = points.first?.vector.count, size > 0,
      points.allSatisfy({ $0.vector.count == size })
    else { return nil }
    self.formats = formats.count
    self.examples = examples.count
    let components = PrincipalComponents(points.map(\.vector), count: 10)
    var generator = SeededGenerator(seed: seed, stream: "separability folds")
    var fold = [Int](repeating: 0, count: grid.examples)
    for (place, index) in generator.permutation(examples.count).enumerated() {
      fold[examples[index]] = place % min(Self.folds, examples.count)
    }
    let condition = "needs a run with --embed and a backend that gives embeddings"
    let chance = 1 / Double(formats.count)
    func told(_ count: Int, _ key: String, _ label: String) -> Figure {
      var right = [Double](repeating: 0, count: grid.examples)
      var asked = right
      for one in 0..<min(Self.folds, examples.count) {
        let centroids = formats.map { format in
          Self.centroid(
            points.indices.filter {
              points[$0].format == format && fold[points[$0].example] != one
            }.map { Array(components.places[$0].prefix(count)) })
        }
        for (index, point) in points.enumerated() where fold[point.example] == one {
          asked[point.example] += 1
          let place = Array(components.places[index].prefix(count))
          if Self.nearest(place, centroids).map({ formats[$0] }) == point.format {
            right[point.example] += 1
          }
        }
      }
      let found = bootstrap.ratio(right, asked)
      return Figure(
        key, label, .share, found.value, interval: found.interval,
        explanation: "How often the format is recognised from \(count) principal components of the "
          + "prompt's representation, on examples that it was not learnt from; guessing gives "
          + "\((chance * 1000).rounded() / 10) %.", condition: condition)
    }
    byTwo = told(2, "separability_2", "Format told by two components")
    byTen = told(10, "separability_10", "Format told by ten components")
    variance = Figure(
      "separability_variance", "Variance along two components", .share,
      components.shares.prefix(2).reduce(0, +),
      explanation:
        "How much of the variation between representations the first two components show.",
      condition: condition)
    relation = Self.relation(points, formats, grid, bootstrap, condition)
  }

  /// Whether tasks whose formats are easier to tell apart have the larger spread.
  ///
  /// Spearman's correlation over tasks; nil for fewer than three with both figures.
  package static func overTasks(_ tasks: [Metrics]) -> Double? {
    let known = tasks.compactMap { task -> (told: Double, spread: Double)? in
      guard let told = task.separability?.byTwo.value, let spread = task.figure("spread")?.value
      else { return nil }
      return (told, spread)
    }
    guard known.count > 2 else { return nil }
    return Ranks.spearman(known.map(\.told), known.map(\.spread))
  }

  package var figures: FigureGroup {
    FigureGroup(
      key: "separability", title: "Formats in the model's representation",
      source: "Sclar et al. 2024 (FormatSpread)", figures: [byTwo, byTen, variance, relation])
  }

  private static func relation(
    _ points: [Point], _ formats: [Int], _ grid: AnswerGrid, _ bootstrap: Bootstrap,
    _ condition: String
  ) -> Figure {
    let centroids = formats.map { format in
      centroid(points.filter { $0.format == format }.map { $0.vector.map(Double.init) })
    }
    let accuracies = grid.accuracies
    let compared = formats.indices.filter { accuracies[formats[$0]] != nil }
    var pairs: [(Int, Int)] = []
    for (place, first) in compared.enumerated() {
      for second in compared[(place + 1)...] { pairs.append((first, second)) }
    }
    let distances = pairs.map { a, b -> Double in
      guard let one = centroids[a], let other = centroids[b] else { return 0 }
      return distance(one, other).squareRoot()
    }
    func correlation(_ value: (Int) -> Double?) -> Double? {
      let differences = pairs.map { a, b in
        abs((value(formats[a]) ?? 0) - (value(formats[b]) ?? 0))
      }
      return pairs.count > 2 ? Ranks.spearman(distances, differences) : nil
    }
    let drawn = grid.hasLabels ? bootstrap.accuracies(grid.correct, rows: grid.formats) : []
    // A correlation over all pairs is slow to rank; two hundred resamples give its ends.
    let draws = (0..<(drawn.isEmpty ? 0 : min(200, bootstrap.resamples))).map { resample in
      correlation { drawn[resample * grid.formats + $0] } ?? .nan
    }
    return Figure(
      "separability_relation", "Distance and accuracy (Spearman)", .number,
      grid.hasLabels ? correlation { accuracies[$0] } : nil, interval: Bootstrap.interval(draws),
      explanation: "Whether formats that the model represents farther apart also differ more in "
        + "accuracy; 0 means that they do not.",
      condition: condition + ", right answers, and three formats")
  }

  private static func centroid(_ places: [[Double]]) -> [Double]? {
    guard var sum = places.first else { return nil }
    for place in places.dropFirst() {
      for index in sum.indices { sum[index] += place[index] }
    }
    return sum.map { $0 / Double(places.count) }
  }

  private static func nearest(_ place: [Double], _ centroids: [[Double]?]) -> Int? {
    var best: (index: Int, distance: Double)?
    for (index, centroid) in centroids.enumerated() {
      guard let centroid else { continue }
      let found = distance(place, centroid)
      if best.map({ found < $0.distance }) ?? true { best = (index, found) }
    }
    return best?.index
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += (a[index] - b[index]) * (a[index] - b[index]) }
    return sum
  }
}
