import Foundation

/// Two latent factors of formats and examples, `u_i·v_j` on the logit scale.
///
/// A factor analysis of what ability and difficulty leave over: u is `N(0, 1)` a factor, v is `N(0, ω²)`
/// with an ω² for each factor by empirical Bayes. Updates are variational: a step for one side averages
/// over the uncertainty of the other, which keeps few answers from looking like a pattern (Bishop,
/// "Variational principal components", 1999). The factors take part in predictions only while they have
/// predicted answers better before these came (prequential comparison; Dawid, 1984).
extension ResponseModel {
  /// The factors are fitted again when there are this many times as many answers.
  static let refit = 1.08
  /// The advantage in log-likelihood from which the factors are used; they are dropped below 0.
  private static let proof = 4.0

  /// Alternates between formats and examples.
  mutating func updateFactors(passes: Int) {
    for _ in 0..<passes {
      updateFormats()
      updateExamples()
    }
  }

  /// u·v where the factors are in use, else nothing.
  @inline(__always)
  func dot(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    hasFactors ? a.x * b.x + a.y * b.y : 0
  }

  /// aᵀVa of a symmetric V, stored as its upper triangle.
  @inline(__always)
  func quadratic(_ a: SIMD2<Double>, _ v: SIMD3<Double>) -> Double {
    a.x * a.x * v.x + 2 * a.x * a.y * v.y + a.y * a.y * v.z
  }

  /// Weighs the predictions with and without factors of an answer that is about to be filed.
  ///
  /// Old answers are forgotten over a third of all, because factors need many to be any good.
  mutating func compare(arm: Int, example: Int, answer: UInt8) {
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
    if advantage > Self.proof { hasFactors = true }
    if advantage < 0 { hasFactors = false }
  }

  @inline(__always)
  private func product(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    a.x * b.x + a.y * b.y
  }

  /// Newton step of each format's factors; the inverse curvature is their variance.
  private mutating func updateFormats() {
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

  /// Newton step of each example's loadings, and the variance of all by empirical Bayes.
  private mutating func updateExamples() {
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

  func times(_ m: SIMD3<Double>, _ v: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(m.x * v.x + m.y * v.y, m.y * v.x + m.z * v.y)
  }

  private func limited(_ step: SIMD2<Double>) -> SIMD2<Double> {
    step.clamped(lowerBound: SIMD2(repeating: -1), upperBound: SIMD2(repeating: 1))
  }
}
