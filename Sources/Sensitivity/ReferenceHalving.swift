/// The halving of examples that the reference analysis used: numpy's `default_rng(1).permutation(n)`.
///
/// A split-half figure depends on the halves, so that a figure of that analysis can be repeated only
/// with the same ones. The generator is PCG64 (O'Neill, 2014) with the state that numpy's
/// `SeedSequence(1)` gives it; the shuffle is numpy's Fisher–Yates with masked draws.
struct ReferenceHalving {
  private var state: UInt128
  private let increment: UInt128
  private var spare: UInt32?

  private static let multiplier: UInt128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645

  init() {
    let seed = (UInt128(7_434_755_675_892_716_031) << 64) | 10_007_452_063_617_845_036
    let stream = (UInt128(5_266_248_848_659_119_178) << 64) | 15_045_448_681_910_192_573
    increment = (stream << 1) | 1
    state = 0
    step()
    state &+= seed
    step()
  }

  private mutating func step() { state = state &* Self.multiplier &+ increment }

  private mutating func next64() -> UInt64 {
    step()
    let folded = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let turn = UInt64(truncatingIfNeeded: state >> 122)
    return (folded >> turn) | (folded << ((64 - turn) & 63))
  }

  private mutating func next32() -> UInt32 {
    if let kept = spare {
      spare = nil
      return kept
    }
    let both = next64()
    spare = UInt32(truncatingIfNeeded: both >> 32)
    return UInt32(truncatingIfNeeded: both)
  }

  /// A number from 0 to `most`: bits under a mask, drawn again while too large.
  private mutating func upTo(_ most: UInt32) -> Int {
    let mask = UInt32.max >> UInt32(most.leadingZeroBitCount)
    while true {
      let draw = next32() & mask
      if draw <= most { return Int(draw) }
    }
  }

  /// The numbers from 0 in the shuffled order.
  mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, upTo(UInt32(last)))
    }
    return order
  }
}
