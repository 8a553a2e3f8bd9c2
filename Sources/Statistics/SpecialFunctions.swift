import Foundation

/// The special functions behind the intervals and tests, without shared state.
///
/// `lgamma` of the C library writes the global `signgam`, so the logarithm of the gamma function is
/// computed here. Sources: Abramowitz and Stegun, 6.1.40 (Stirling series), 6.5.29 and 6.5.31
/// (incomplete gamma), 26.5.8 (incomplete beta, evaluated by the modified Lentz method).
package enum SpecialFunctions {
  /// The natural logarithm of the gamma function.
  ///
  /// - Precondition: `x` is positive.
  package static func logGamma(_ x: Double) -> Double {
    precondition(x > 0, "the logarithm of gamma is computed for positive arguments")
    // The series below needs a large argument; smaller ones are shifted up by the recurrence.
    var shifted = x
    var product = 1.0
    while shifted < 10 {
      product *= shifted
      shifted += 1
    }
    let inverse = 1 / shifted
    let square = inverse * inverse
    let tail = stirling.reversed().reduce(0) { $0 * square + $1 } * inverse
    return (shifted - 0.5) * log(shifted) - shifted + halfLogTwoPi + tail - log(product)
  }

  /// The natural logarithm of the number of ways to choose `k` of `n`.
  package static func logChoose(_ n: Int, _ k: Int) -> Double {
    if k <= 0 || k >= n { return 0 }
    return logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
  }

  /// The natural logarithm of the beta function.
  package static func logBeta(_ a: Double, _ b: Double) -> Double {
    logGamma(a) + logGamma(b) - logGamma(a + b)
  }

  /// The regularised incomplete beta function, P(X ≤ x) for X ~ Beta(a, b).
  ///
  /// - Parameters:
  ///   - x: The argument; values outside `0...1` count as the nearer end.
  ///   - a: The first shape, positive.
  ///   - b: The second shape, positive.
  /// - Returns: A probability.
  package static func regularizedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "both shapes of a beta distribution are positive")
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(a * log(x) + b * log1p(-x) - logBeta(a, b))
    // The continued fraction converges fast only on its own side of the mean.
    if x < (a + 1) / (a + b + 2) { return front * betaFraction(x, a, b) / a }
    return 1 - front * betaFraction(1 - x, b, a) / b
  }

  /// The `p`-quantile of Beta(a, b), to the last digits of a Double, by bisection.
  package static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    if p <= 0 { return 0 }
    if p >= 1 { return 1 }
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { break }
      if regularizedBeta(middle, a, b) < p { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// The upper regularised incomplete gamma function, P(X > x) for X ~ Gamma(shape).
  package static func regularizedGammaUpper(_ shape: Double, _ x: Double) -> Double {
    precondition(shape > 0, "a gamma distribution has a positive shape")
    if x <= 0 { return 1 }
    let front = exp(shape * log(x) - x - logGamma(shape))
    return x < shape + 1 ? 1 - front * gammaSeries(shape, x) : front * gammaFraction(shape, x)
  }

  /// P(X > x) for a chi-square variable with the given degrees of freedom.
  package static func chiSquareSurvival(_ x: Double, degreesOfFreedom: Int) -> Double {
    regularizedGammaUpper(Double(degreesOfFreedom) / 2, x / 2)
  }

  /// P(Z ≤ z) for a standard normal variable.
  package static func normalCDF(_ z: Double) -> Double {
    0.5 * erfc(-z / 2.0.squareRoot())
  }

  /// The `p`-quantile of the standard normal distribution.
  ///
  /// Acklam's rational approximation (2003, relative error 1.2e-9) followed by two Halley steps.
  ///
  /// - Precondition: `p` lies strictly between 0 and 1.
  package static func normalQuantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a normal quantile exists strictly between 0 and 1")
    if p > 0.5 { return -normalQuantile(1 - p) }
    var z = acklam(p)
    for _ in 0..<2 {
      let density = exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      let step = (normalCDF(z) - p) / density
      z -= step / (1 + 0.5 * z * step)
    }
    return z
  }
}

private let halfLogTwoPi = 0.5 * log(2 * Double.pi)

/// Coefficients of the Stirling series in odd powers of 1/x.
private let stirling: [Double] = [
  1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
  -3617.0 / 122_400,
]

/// Keeps the modified Lentz method away from division by zero.
private let tiny = 1e-300

private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  var c = 1.0
  var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
  var result = d
  for m in 1...20_000 {
    let index = Double(m)
    let even = index * (b - index) * x / ((a + 2 * index - 1) * (a + 2 * index))
    d = 1 / nonzero(1 + even * d)
    c = nonzero(1 + even / c)
    result *= d * c
    let odd = -(a + index) * (a + b + index) * x / ((a + 2 * index) * (a + 2 * index + 1))
    d = 1 / nonzero(1 + odd * d)
    c = nonzero(1 + odd / c)
    result *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return result
}

private func gammaSeries(_ shape: Double, _ x: Double) -> Double {
  var term = 1 / shape
  var sum = term
  var denominator = shape
  for _ in 0..<20_000 {
    denominator += 1
    term *= x / denominator
    sum += term
    if term < sum * 1e-17 { break }
  }
  return sum
}

private func gammaFraction(_ shape: Double, _ x: Double) -> Double {
  var b = x + 1 - shape
  var c = 1 / tiny
  var d = 1 / nonzero(b)
  var result = d
  for index in 1...20_000 {
    let step = Double(index)
    let numerator = -step * (step - shape)
    b += 2
    d = 1 / nonzero(numerator * d + b)
    c = nonzero(b + numerator / c)
    result *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return result
}

private func nonzero(_ value: Double) -> Double {
  abs(value) < tiny ? tiny : value
}

/// Acklam's approximation of the normal quantile for `p` up to one half.
private func acklam(_ p: Double) -> Double {
  if p < 0.02425 {
    let q = (-2 * log(p)).squareRoot()
    let top = horner(
      [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
        -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
      ], q)
    let bottom = horner(
      [
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
        3.754408661907416e+00, 1,
      ], q)
    return top / bottom
  }
  let q = p - 0.5
  let r = q * q
  let top = horner(
    [
      -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
      1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00,
    ], r)
  let bottom = horner(
    [
      -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
      6.680131188771972e+01, -1.328068155288572e+01, 1,
    ], r)
  return top * q / bottom
}

private func horner(_ coefficients: [Double], _ x: Double) -> Double {
  coefficients.reduce(0) { $0 * x + $1 }
}
