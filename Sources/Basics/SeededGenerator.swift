/// The one random number generator of the tool: xoshiro256** seeded through SplitMix64.
///
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021). Every draw
/// in the package takes one of these, so that a study's seed fixes every byte of its results. The
/// standard library's own `shuffle` and `random(in:)` may change between releases and are not used.
package struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
  @usableFromInline package var state: (UInt64, UInt64, UInt64, UInt64)

  package init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// A generator for one purpose of a study: independent of the streams with other labels.
  ///
  /// - Parameters:
  ///   - seed: The study's seed.
  ///   - stream: A label such as `formats` or `demonstrations`.
  package init(seed: UInt64, stream: String) {
    // FNV-1a spreads the label over 64 bits; SplitMix64 then decorrelates near seeds.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var mixer = SplitMix64(state: seed)
    self.init(seed: mixer.next() ^ hash)
  }

  // Inlined into other rooms, whose inner loops draw hundreds of millions of numbers.
  @inlinable package mutating func next() -> UInt64 {
    let result = rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  package static func == (a: Self, b: Self) -> Bool { a.state == b.state }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(state.0)
    hasher.combine(state.1)
    hasher.combine(state.2)
    hasher.combine(state.3)
  }

  @inlinable @inline(__always)
  func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    value &<< count | value &>> (64 &- count)
  }
}

/// Steele, Lea and Flood's mixer, used only to expand a seed into the state above.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
