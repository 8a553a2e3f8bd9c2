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
  /// Whether formats and examples interact through two latent factors.
  private let mayUseFactors: Bool
  /// Whether the factors have predicted answers better before they came than the rest alone.
  private(set) var hasFactors = false
  /// Log-likelihood of recent answers before they came, with factors less without.
  private var advantage = 0.0
  private var filedAtFactors = 0
  private var loading: [SIMD2<Double>]
  private var loadingVariance: [SIMD3<Double>]
  private var factor: [SIMD2<Double>]
  private var factorVariance: [SIMD3<Double>]
  private var loadingSpread = SIMD2<Double>(repeating: 0.3)
  private var seenExamples: [[Int32]]
  private var seenAnswers: [[UInt8]]
  /// Whether the examples asked so far stand for the rest, which suits even designs; otherwise the
  /// normal distribution of difficulties does.
  var averagesUnasked = false
  private var right = 0
  private var filed = 0

  /// - Parameters:
  ///   - arms: Formats.
  ///   - examples: Examples of each.
  ///   - atoms: For each arm the value of each attribute as a number from 0, or empty without atoms.
  init(arms: Int, examples: Int, atoms: [[Int]], hasFactors: Bool = false) {
    mayUseFactors = hasFactors
    let mayUse = hasFactors
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
      mayUse ? 0.5 * SIMD2(generator.normal(), generator.normal()) : .zero
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
    if mayUseFactors, Double(filed) >= 1.08 * Double(filedAtFactors) {
      filedAtFactors = filed
      for _ in 0..<4 {
        updateFactors()
        updateLoadings()
      }
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

  @inline(__always)
  private func dot(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    hasFactors ? a.x * b.x + a.y * b.y : 0
  }

  @inline(__always)
  private func quadratic(_ a: SIMD2<Double>, _ v: SIMD3<Double>) -> Double {
    a.x * a.x * v.x + 2 * a.x * a.y * v.y + a.y * a.y * v.z
  }

  private mutating func compare(arm: Int, example: Int, answer: UInt8) {
    let sigmoid = Sigmoid.shared
    let u = factor[arm]
    let v = loading[example]
    let logit = ability[arm] - difficulty[example]
    let alone = sigmoid(flattening(example) * logit)
    let spread = difficultyVariance[example] + quadratic(u, loadingVariance[example])
    let k = 1 / (1 + 0.3927 * spread).squareRoot()
    let both = sigmoid(k * (logit + product(u, v)))
    let gain = answer == 1 ? log(both / alone) : log((1 - both) / (1 - alone))
    advantage += gain - 3 * advantage / Double(filed)
    if advantage > 4 { hasFactors = true }
    if advantage < 0 { hasFactors = false }
  }

  @inline(__always)
  private func product(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    a.x * b.x + a.y * b.y
  }

  /// Newton step of each format's factors; the inverse curvature is their variance.
  private mutating func updateFactors() {
    let sigmoid = Sigmoid.shared
    for arm in 0..<arms where !seenExamples[arm].isEmpty {
      let theta = ability[arm]
      let u = factor[arm]
      var g = -u
      var h = SIMD3<Double>(1, 0, 1)
      let cells = seenExamples[arm]
      let answers = seenAnswers[arm]
      for index in cells.indices {
        let example = Int(cells[index])
        let v = loading[example]
        let p = sigmoid(theta - difficulty[example] + product(u, v))
        let w = p * (1 - p)
        let c = w * loadingVariance[example]
        g += (Double(answers[index]) - p) * v
        g -= SIMD2(c.x * u.x + c.y * u.y, c.y * u.x + c.z * u.y)
        h += w * SIMD3(v.x * v.x, v.x * v.y, v.y * v.y) + c
      }
      let inverse = inverted(h)
      factor[arm] = u + limited(times(inverse, g))
      factorVariance[arm] = inverse
    }
  }

  private mutating func updateLoadings() {
    let sigmoid = Sigmoid.shared
    let precision = SIMD3(1 / loadingSpread.x, 0, 1 / loadingSpread.y)
    var g = loading.map { -SIMD2($0.x * precision.x, $0.y * precision.z) }
    var h = Array(repeating: precision, count: examples)
    for arm in 0..<arms {
      let theta = ability[arm]
      let u = factor[arm]
      let cells = seenExamples[arm]
      let answers = seenAnswers[arm]
      for index in cells.indices {
        let example = Int(cells[index])
        let v = loading[example]
        let p = sigmoid(theta - difficulty[example] + product(u, v))
        let w = p * (1 - p)
        let c = w * factorVariance[arm]
        g[example] += (Double(answers[index]) - p) * u
        g[example] -= SIMD2(c.x * v.x + c.y * v.y, c.y * v.x + c.z * v.y)
        h[example] += w * SIMD3(u.x * u.x, u.x * u.y, u.y * u.y) + c
      }
    }
    var squares = SIMD2<Double>(repeating: 0.1)
    var count = 2.0
    for example in 0..<examples {
      if isTouched[example] {
        let inverse = inverted(h[example])
        loading[example] += limited(times(inverse, g[example]))
        loadingVariance[example] = inverse
        squares += loading[example] * loading[example] + SIMD2(inverse.x, inverse.z)
        count += 1
      } else {
        loading[example] = .zero
        loadingVariance[example] = SIMD3(loadingSpread.x, 0, loadingSpread.y)
      }
    }
    loadingSpread = squares / count
  }

  private func inverted(_ h: SIMD3<Double>) -> SIMD3<Double> {
    let determinant = h.x * h.z - h.y * h.y
    return SIMD3(h.z, -h.y, h.x) / determinant
  }

  private func times(_ m: SIMD3<Double>, _ v: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(m.x * v.x + m.y * v.y, m.y * v.x + m.z * v.y)
  }

  private func limited(_ step: SIMD2<Double>) -> SIMD2<Double> {
    step.clamped(lowerBound: SIMD2(repeating: -1), upperBound: SIMD2(repeating: 1))
  }

  private func bounded(_ step: Double) -> Double { min(1.5, max(-1.5, step)) }

  /// How much the uncertainty of a difficulty flattens the curve, κ (MacKay, 1992).
  private func flattening(_ example: Int) -> Double {
    1 / (1 + 0.3927 * difficultyVariance[example]).squareRoot()
  }

  /// Mean and variance of an arm's accuracy on all examples, given what is seen of it.
  func accuracy(arm: Int, flattenings: [Double]) -> (mean: Double, variance: Double) {
    let sigmoid = Sigmoid.shared
    var right = 0.0
    var unseen = flattenings
    for (example, answer) in zip(seenExamples[arm], seenAnswers[arm]) {
      unseen[Int(example)] = 0
      right += Double(answer)
    }
    var information = 0.0
    var direction = SIMD2<Double>.zero
    let theta = ability[arm]
    let u = factor[arm]
    var untouched = 0
    var untouchedFlattening = 1.0
    for example in 0..<examples {
      let kappa = unseen[example]
      if kappa == 0 { continue }
      if !isTouched[example] {
        untouched += 1
        untouchedFlattening = kappa
        continue
      }
      if hasFactors {
        let v = loading[example]
        let spread = difficultyVariance[example] + quadratic(u, loadingVariance[example])
        let k = 1 / (1 + 0.3927 * spread).squareRoot()
        let p = sigmoid(k * (theta - difficulty[example] + dot(u, v)))
        right += p
        let w = k * p * (1 - p)
        information += w
        direction += w * v
      } else {
        let p = sigmoid(kappa * (theta - difficulty[example]))
        right += p
        information += kappa * p * (1 - p)
      }
    }
    if untouched > 0 {
      let likely = unaskedAnswer(theta, flattenings, untouchedFlattening)
      right += likely.mean * Double(untouched)
      information += likely.information * Double(untouched)
    }
    let total = Double(examples)
    var variance = information + information * information * abilityVariance[arm]
    if hasFactors { variance += quadratic(direction, factorVariance[arm]) }
    return (right / total, variance / (total * total))
  }

  /// What to expect of an example that nobody was asked, and the variance that an answer would settle.
  private func unaskedAnswer(
    _ theta: Double, _ flattenings: [Double], _ prior: Double
  ) -> (mean: Double, information: Double) {
    let sigmoid = Sigmoid.shared
    let p = sigmoid(prior * theta)
    guard averagesUnasked else { return (p, prior * p * (1 - p)) }
    var mean = 0.0
    var count = 0.0
    for example in 0..<examples where isTouched[example] {
      mean += sigmoid(flattenings[example] * (theta - difficulty[example]))
      count += 1
    }
    return (count > 0 ? mean / count : p, prior * p * (1 - p))
  }

  /// The arms with the lowest and the highest expected accuracy among those with an answer.
  var extremes: SearchPicks? {
    let shared = flattenings
    let known = (0..<arms).filter { answers($0) > 0 }
    let figures = known.map { accuracy(arm: $0, flattenings: shared).mean }
    guard let low = figures.indices.min(by: { figures[$0] < figures[$1] }),
      let high = figures.indices.max(by: { figures[$0] < figures[$1] })
    else { return nil }
    return SearchPicks(
      lowest: known[low], highest: known[high], lowestAccuracy: figures[low],
      highestAccuracy: figures[high])
  }

  /// κ of every example, which all arms share.
  var flattenings: [Double] { (0..<examples).map(flattening) }

  /// The `count` unseen examples where an answer of an arm tells most, equal ones from `start` on.
  ///
  /// The figure `κ·p·(1−p)` is the variance of the answer averaged over its example's uncertain
  /// difficulty, and also how fast its expectation grows with the ability.
  func mostInformative(
    _ count: Int, arm: Int, isSeen: [Bool], flattenings: [Double], from start: Int
  ) -> [Int] {
    let sigmoid = Sigmoid.shared
    let theta = ability[arm]
    let u = factor[arm]
    var toAbility = 0.0
    var toFactor = SIMD2<Double>.zero
    if hasFactors {
      for example in 0..<examples where !isSeen[example] {
        let p = sigmoid(theta - difficulty[example] + dot(u, loading[example]))
        let w = p * (1 - p)
        toAbility += w
        toFactor += w * loading[example]
      }
      toAbility *= abilityVariance[arm]
      toFactor = times(factorVariance[arm], toFactor)
      // In the direction of the ability alone the figure is that without factors.
      toFactor /= max(1e-9, toAbility)
    }
    var best: [Int] = []
    var values: [Double] = []
    var example = start % examples
    for _ in 0..<examples {
      defer { example = example + 1 == examples ? 0 : example + 1 }
      if isSeen[example] { continue }
      var value: Double
      if hasFactors {
        let v = loading[example]
        let spread = difficultyVariance[example] + quadratic(u, loadingVariance[example])
        let k = 1 / (1 + 0.3927 * spread).squareRoot()
        let p = sigmoid(k * (theta - difficulty[example] + dot(u, v)))
        let gain = 1 + dot(toFactor, v)
        value = k * p * (1 - p) * gain * gain
      } else {
        let kappa = flattenings[example]
        let p = sigmoid(kappa * (theta - difficulty[example]))
        value = kappa * p * (1 - p)
      }
      if best.count == count, value <= values[count - 1] { continue }
      if best.count == count {
        best.removeLast()
        values.removeLast()
      }
      var place = values.count
      while place > 0, values[place - 1] < value { place -= 1 }
      best.insert(example, at: place)
      values.insert(value, at: place)
    }
    return best
  }
}
