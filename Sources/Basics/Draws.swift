import Foundation

extension SeededGenerator {
  /// A whole number in `0..<bound`, unbiased (Lemire's multiply-and-reject).
  ///
  /// - Precondition: `bound` is positive.
  @inlinable package mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "an empty range has no draw")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A whole number in `0..<bound`, unbiased, for bounds beyond 64 bits.
  ///
  /// - Precondition: `bound` is positive.
  package mutating func below(_ bound: UInt128) -> UInt128 {
    precondition(bound > 0, "an empty range has no draw")
    if bound <= UInt128(Int.max) { return UInt128(below(Int(bound))) }
    let mask = UInt128.max >> UInt128((bound - 1).leadingZeroBitCount)
    while true {
      let draw = ((UInt128(next()) << 64) | UInt128(next())) & mask
      if draw < bound { return draw }
    }
  }

  /// A number in `0..<1` with 53 random bits.
  @inlinable package mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A standard normal draw (Marsaglia's polar method; the second value is not kept).
  package mutating func normal() -> Double {
    while true {
      let x = 2 * unit() - 1
      let y = 2 * unit() - 1
      let radius = x * x + y * y
      if radius > 0, radius < 1 { return x * (-2 * log(radius) / radius).squareRoot() }
    }
  }

  /// A gamma draw with the given shape and scale 1 (Marsaglia and Tsang, 2000).
  ///
  /// - Precondition: `shape` is positive.
  package mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0, "a gamma distribution has a positive shape")
    if shape < 1 {
      let boost = pow(1 - unit(), 1 / shape)
      return gamma(shape: shape + 1) * boost
    }
    let d = shape - 1.0 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if log(1 - unit()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// A Beta(a, b) draw as X / (X + Y) of two gammas.
  ///
  /// - Precondition: Both parameters are positive.
  package mutating func beta(_ a: Double, _ b: Double) -> Double {
    let x = gamma(shape: a)
    let y = gamma(shape: b)
    return x + y > 0 ? x / (x + y) : a / (a + b)
  }

  /// Puts `items` in a uniformly random order (Fisher–Yates).
  package mutating func shuffle<Item>(_ items: inout [Item]) {
    guard items.count > 1 else { return }
    for last in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(last, below(last + 1))
    }
  }

  /// The numbers `0..<count` in a uniformly random order.
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }
}
