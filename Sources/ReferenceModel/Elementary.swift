/// Logarithm and exponential from basic arithmetic only, so that every machine gives the same bits.
///
/// The C library's own functions may differ in the last place from one system to another.
enum Elementary {
  /// The natural logarithm of a positive, normal number, to about 1e-16 relative.
  static func log(_ x: Double) -> Double {
    // x = m · 2^e with m in [√½, √2); then log m = 2 artanh((m − 1) / (m + 1)).
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.414_213_562_373_095_1 {
      mantissa *= 0.5
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var sum = 0.0
    for denominator in stride(from: 21.0, through: 1.0, by: -2.0) {
      sum = sum * square + 1 / denominator
    }
    return 2 * s * sum + exponent * 0.693_147_180_559_945_3
  }

  /// The exponentials of eight numbers, to about 1e-7 relative; arguments are clamped to ±80.
  @inline(__always)
  static func exp(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let clamped = x.clamped(lowerBound: SIMD8(repeating: -80), upperBound: SIMD8(repeating: 80))
    // exp x = 2^k · exp r with k whole and |r| at most half of log 2; 12,582,912 = 1.5 · 2^23
    // pushes the fraction out of a Float and leaves k in its low bits.
    let shifted = clamped * 1.442_695_04 + 12_582_912
    let k = shifted - 12_582_912
    let r = (clamped - k * 0.693_359_375) - k * -2.121_944_4e-4
    var p = SIMD8<Float>(repeating: 1.0 / 5040)
    p = p * r + 1.0 / 720
    p = p * r + 1.0 / 120
    p = p * r + 1.0 / 24
    p = p * r + 1.0 / 6
    p = p * r + 0.5
    p = p * r + 1
    p = p * r + 1
    let bits = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
    let scaled = unsafeBitCast(p, to: SIMD8<Int32>.self) &+ bits
    return unsafeBitCast(scaled, to: SIMD8<Float>.self)
  }

  /// The sum of eight numbers in a fixed order.
  @inline(__always)
  static func sum(_ x: SIMD8<Float>) -> Float {
    let four = x.lowHalf + x.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
