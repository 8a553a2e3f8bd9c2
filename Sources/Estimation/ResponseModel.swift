import Basics
import Foundation

/// A logistic model of formats and examples that lends strength across both.
///
/// `logit P(right) = θ_i − b_j`, the model of Rasch (1960): θ the ability of a format, b the difficulty
/// of an example. Difficulties are `N(0, σ²)`. Abilities are `N(m + Σ g, τ²)` where g are the effects
/// of the format's atoms, each `N(0, ω²)` with one ω for each attribute; without atoms they share m.
/// All variances are estimated from the answers (empirical Bayes by EM), so that an attribute or a
/// difficulty that does not help fades out. Fitted by alternating Newton steps that start from
/// the last fit.
///
/// Formats that answer by another pattern, such as one label for almost everything, break this. With
/// `mayUseFactors` two latent factors are learnt on the side (`ResponseModel.Factors.swift`), and the model
/// becomes `θ_i − b_j + u_i·v_j` while they predict new answers better than it does without.
struct ResponseModel: Sendable {
  let arms: Int
  let examples: Int
  /// Level of each attribute of each arm, attribute by attribute.
  private let levels: [[Int]]
  private(set) var ability: [Double]
  private(set) var abilityVariance: [Double]
  private(set) var difficulty: [Double]
  private(set) var difficultyVariance: [Double]
  private(set) var isTouched: [Bool]
  private var center = 0.0
  private var residual: [Double]
  private var effects: [[Double]]
  private var effectVariances: [[Double]]
  private(set) var abilitySpread = 0.1
  /// Where set, the variance of abilities about their means instead of the one estimated here.
  var givenAbilitySpread: Double?
  private(set) var difficultySpread = 1.0
  private var effectSpreads: [Double]
  let mayUseFactors: Bool
  /// Whether the factors have predicted answers better before they came than the rest alone.
  var hasFactors = false
  /// Log-likelihood of recent answers before they came, with factors less without.
  var advantage = 0.0
  /// Answers filed when the factors were last fitted.
  var filedAtFactors = 0
  /// v of each example with its variance, u of each format with its own, and the variances of all v.
  var loading: [SIMD2<Double>]
  var loadingVariance: [SIMD3<Double>]
  var factor: [SIMD2<Double>]
  var factorVariance: [SIMD3<Double>]
  var loadingSpread = SIMD2<Double>(repeating: 0.3)
  var seenExamples: [[Int32]]
  var seenAnswers: [[UInt8]]
  /// Whether the examples asked so far stand for the rest, which suits even designs; otherwise the
  /// normal distribution of difficulties does.
  var averagesUnasked = false
  private var right = 0
  var filed = 0

  /// - Parameters:
  ///   - arms: Formats.
  ///   - examples: Examples of each.
  ///   - atoms: For each arm the value of each attribute as a number from 0, or empty without atoms.
  ///   - mayUseFactors: Whether latent factors may join in where they help.
  init(arms: Int, examples: Int, atoms: [[Int]], mayUseFactors: Bool = false) {
    self.mayUseFactors = mayUseFactors
    self.arms = arms
    self.examples = examples
    let attributes = atoms.first?.count ?? 0
    levels = (0..<attributes).map { attribute in atoms.map { $0[attribute] } }
    effects = levels.map { Array(repeating: 0, count: ($0.max() ?? 0) + 1) }
    effectSpreads = Array(repeating: 0.05, count: attributes)
    effectVariances = effects
    ability = Array(repeating: 0, count: arms)
    abilityVariance = Array(repeating: 1, count: arms)
    residual = ability
    difficulty = Array(repeating: 0, count: examples)
    difficultyVariance = Array(repeating: 1, count: examples)
    isTouched = Array(repeating: false, count: examples)
    var generator = SeededGenerator(seed: 0, stream: "starting loadings")
    factor = Array(repeating: .zero, count: arms)
    factorVariance = Array(repeating: SIMD3(1, 0, 1), count: arms)
    loading = (0..<examples).map { _ in
      mayUseFactors ? 0.5 * SIMD2(generator.normal(), generator.normal()) : .zero
    }
    loadingVariance = Array(repeating: SIMD3(0.3, 0, 0.3), count: examples)
    seenExamples = Array(repeating: [], count: arms)
    seenAnswers = Array(repeating: [], count: arms)
  }

  /// Whether abilities depend on atoms.
  var hasAtoms: Bool { !levels.isEmpty }

  /// What the model expects of an arm's ability before its own answers.
  func expectedAbility(_ arm: Int) -> Double { ability[arm] - residual[arm] }

  /// How many answers of an arm are filed.
  func answers(_ arm: Int) -> Int { seenAnswers[arm].count }

  /// Files one answer.
  mutating func add(arm: Int, example: Int, answer: UInt8) {
    if mayUseFactors, filedAtFactors > 0, isTouched[example] {
      compare(arm: arm, example: example, answer: answer)
    }
    seenExamples[arm].append(Int32(example))
    seenAnswers[arm].append(answer)
    isTouched[example] = true
    right += Int(answer)
    filed += 1
  }

  /// Newton passes from the current state.
  mutating func fit(passes: Int) {
    guard filed > 0 else { return }
    for _ in 0..<passes {
      updateDifficulties()
      updateAbilities()
    }
    if mayUseFactors, Double(filed) >= Self.refit * Double(filedAtFactors) {
      filedAtFactors = filed
      updateFactors(passes: 4)
    }
  }

  /// Starts all abilities at the overall rate; to be called once, after the first answers.
  mutating func startAtOverallRate() {
    let rate = (Double(right) + 1) / (Double(filed) + 2)
    center = log(rate / (1 - rate))
    for arm in 0..<arms { ability[arm] = center }
  }

  private mutating func updateDifficulties() {
    let sigmoid = Sigmoid.shared
    var slope = [Double](repeating: 0, count: examples)
    var curvature = slope
    for arm in 0..<arms {
      let theta = ability[arm]
      let cells = seenExamples[arm]
      let answers = seenAnswers[arm]
      for index in cells.indices {
        let example = Int(cells[index])
        let p = sigmoid(theta - difficulty[example] + dot(factor[arm], loading[example]))
        slope[example] += p - Double(answers[index])
        curvature[example] += p * (1 - p)
      }
    }
    var squares = 1.0
    var count = 2.0
    let precision = 1 / difficultySpread
    for example in 0..<examples {
      if isTouched[example] {
        let h = curvature[example] + precision
        difficulty[example] += bounded((slope[example] - difficulty[example] * precision) / h)
        difficultyVariance[example] = 1 / h
        squares += difficulty[example] * difficulty[example] + 1 / h
        count += 1
      } else {
        difficultyVariance[example] = difficultySpread
      }
    }
    difficultySpread = max(1e-3, squares / count)
  }

  private mutating func updateAbilities() {
    let sigmoid = Sigmoid.shared
    var slope = [Double](repeating: 0, count: arms)
    var curvature = slope
    for arm in 0..<arms {
      let theta = ability[arm]
      var gradient = 0.0
      var information = 0.0
      let cells = seenExamples[arm]
      let answers = seenAnswers[arm]
      for index in cells.indices {
        let example = Int(cells[index])
        let p = sigmoid(theta - difficulty[example] + dot(factor[arm], loading[example]))
        gradient += Double(answers[index]) - p
        information += p * (1 - p)
      }
      slope[arm] = gradient
      curvature[arm] = information
    }
    updateCenter(&slope, curvature)
    for attribute in effects.indices { updateEffects(attribute, &slope, curvature) }
    updateResiduals(slope, curvature)
  }

  private mutating func updateCenter(_ slope: inout [Double], _ curvature: [Double]) {
    let total = curvature.reduce(0, +)
    guard total > 0 else { return }
    let step = bounded(slope.reduce(0, +) / total)
    center += step
    for arm in 0..<arms { slope[arm] -= curvature[arm] * step }
  }

  private mutating func updateEffects(
    _ attribute: Int, _ slope: inout [Double], _ curvature: [Double]
  ) {
    let count = effects[attribute].count
    var slopes = [Double](repeating: 0, count: count)
    var curvatures = slopes
    for (arm, level) in levels[attribute].enumerated() {
      // The residual of an arm soaks up part of its slope; only what it leaves informs the level.
      let kept = 1 / (1 + curvature[arm] * abilitySpread)
      slopes[level] += (slope[arm] + curvature[arm] * residual[arm]) * kept
      curvatures[level] += curvature[arm] * kept
    }
    let precision = 1 / effectSpreads[attribute]
    var squares = 0.0
    for level in 0..<count {
      let h = curvatures[level] + precision
      let old = effects[attribute][level]
      let step = bounded((slopes[level] - old * precision) / h)
      effects[attribute][level] = old + step
      effectVariances[attribute][level] = 1 / h
      squares += (old + step) * (old + step) + 1 / h
      slopes[level] = step
    }
    effectSpreads[attribute] = max(1e-4, (squares + 0.02) / (Double(count) + 2))
    for (arm, level) in levels[attribute].enumerated() {
      slope[arm] -= curvature[arm] * slopes[level]
    }
  }

  private mutating func updateResiduals(_ slope: [Double], _ curvature: [Double]) {
    let precision = 1 / abilitySpread
    var squares = 0.04
    for arm in 0..<arms {
      let h = curvature[arm] + precision
      residual[arm] += bounded((slope[arm] - residual[arm] * precision) / h)
      squares += residual[arm] * residual[arm] + 1 / h
      var mean = center
      var prior = 0.0
      for attribute in effects.indices {
        let level = levels[attribute][arm]
        mean += effects[attribute][level]
        prior += effectVariances[attribute][level]
      }
      ability[arm] = mean + residual[arm]
      let passed = precision / h
      abilityVariance[arm] = 1 / h + passed * passed * prior
    }
    abilitySpread = givenAbilitySpread ?? max(2e-3, squares / (Double(arms) + 2))
  }

  private func bounded(_ step: Double) -> Double { min(1.5, max(-1.5, step)) }
}
