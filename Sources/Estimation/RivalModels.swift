import Foundation

/// The response model with the atoms of formats and the same model without, on the same answers.
///
/// Atoms that act alike in every format find extremes sooner; where they act together in ways of their
/// own, as in real formats that make a model give one label to everything, they mislead. Each model
/// predicts every answer before it is filed (prequential comparison; Dawid, 1984), and the two are
/// averaged with the weight that their log-likelihoods on recent answers give (Bayesian model
/// averaging), where atoms have to prove themselves first.
///
/// Better predictions are mostly of formats in the middle, and say little of the extremes. So atoms have
/// half a say at most, a format that the plain model finds plausible stays in its front, and the plain
/// model chooses the examples. That costs little of what atoms give where they act alike, and
/// loses next to nothing where they do not. Without atoms there is one model.
struct RivalModels: Sendable {
  /// With atoms, where there are any.
  private var informed: ResponseModel
  private var plain: ResponseModel?
  /// Log-likelihood of recent answers before they came, with atoms less without.
  private var advantage = 0.0
  private var compared = 0

  /// Answers of a search depend on each other, so a unit of advantage counts for half.
  private static let trust = 0.5
  /// The advantage at which atoms have half of the most that they may have.
  private static let proof = 4.0
  /// The most that the model with atoms may weigh.
  private static let most = 0.5
  /// Old answers are forgotten over a third of all, and over seven at least.
  private static let memory = 3.0
  private static let fewest = 20

  init(arms: Int, examples: Int, atoms: [[Int]]) {
    informed = ResponseModel(arms: arms, examples: examples, atoms: atoms, mayUseFactors: true)
    guard !atoms.isEmpty else { return }
    plain = ResponseModel(arms: arms, examples: examples, atoms: [], mayUseFactors: true)
  }

  /// Whether arms that were never asked can be told apart.
  var hasAtoms: Bool { plain != nil }

  /// The model that says which examples tell most.
  var chooser: ResponseModel { plain ?? informed }

  /// How many answers of an arm are filed.
  func answers(_ arm: Int) -> Int { informed.answers(arm) }

  /// Files one answer, after both models have predicted it.
  mutating func add(arm: Int, example: Int, answer: UInt8, isCompared: Bool) {
    if let plain, isCompared {
      compared += 1
      let with = informed.chance(of: answer, arm: arm, example: example)
      let without = plain.chance(of: answer, arm: arm, example: example)
      let span = Double(max(Self.fewest, compared))
      advantage += log(with / without) - Self.memory * advantage / span
    }
    informed.add(arm: arm, example: example, answer: answer)
    plain?.add(arm: arm, example: example, answer: answer)
  }

  /// Starts all abilities at the overall rate; to be called once, after the first answers.
  mutating func startAtOverallRate() {
    informed.startAtOverallRate()
    plain?.startAtOverallRate()
  }

  /// Newton passes from the current state.
  mutating func fit(passes: Int) {
    informed.fit(passes: passes)
    plain?.fit(passes: passes)
  }

  /// What is expected of an arm's accuracy on all examples.
  struct Expectation {
    let mean: Double
    /// One standard deviation either way.
    let plausible: ClosedRange<Double>
  }

  /// The accuracies of some arms, in their order.
  func accuracies(_ arms: [Int]) -> [Expectation] {
    let known = Self.accuracies(arms, informed)
    guard let plain else { return known }
    let weight = Self.most / (1 + exp(Self.trust * (Self.proof - advantage)))
    func average(_ with: Double, _ without: Double) -> Double {
      weight * with + (1 - weight) * without
    }
    return zip(known, Self.accuracies(arms, plain)).map { with, without in
      let other = without.plausible
      let low = min(other.lowerBound, average(with.plausible.lowerBound, other.lowerBound))
      let high = max(other.upperBound, average(with.plausible.upperBound, other.upperBound))
      return Expectation(mean: average(with.mean, without.mean), plausible: low...high)
    }
  }

  private static func accuracies(_ arms: [Int], _ model: ResponseModel) -> [Expectation] {
    let flattenings = model.flattenings
    return arms.map { arm in
      let figures = model.accuracy(arm: arm, flattenings: flattenings)
      let deviation = figures.variance.squareRoot()
      return Expectation(
        mean: figures.mean, plausible: (figures.mean - deviation)...(figures.mean + deviation))
    }
  }
}
