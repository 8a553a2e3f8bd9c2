/// What the model expects of answers that were not given.
extension ResponseModel {
  /// How much the uncertainty of a difficulty flattens the curve, κ (MacKay, 1992).
  func flattening(_ example: Int) -> Double {
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

  /// How likely an answer is before it comes, averaged over the uncertainty of format and example.
  func chance(of answer: UInt8, arm: Int, example: Int) -> Double {
    var spread = difficultyVariance[example] + abilityVariance[arm]
    if hasFactors { spread += quadratic(factor[arm], loadingVariance[example]) }
    let logit = ability[arm] - difficulty[example] + dot(factor[arm], loading[example])
    let right = Sigmoid.shared(logit / (1 + 0.3927 * spread).squareRoot())
    return answer == 1 ? right : 1 - right
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
