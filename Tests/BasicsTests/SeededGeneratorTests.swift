import Testing

@testable import Basics

/// Expected values: an independent implementation in Python 3.11 integers of xoshiro256** and
/// SplitMix64, written from the authors' published C.
struct SeededGeneratorTests {
  @Test(
    arguments: [
      (
        UInt64(0),
        [
          0x99ec_5f36_cb75_f2b4, 0xbf6e_1f78_4956_452a, 0x1a5f_849d_4933_e6e0,
          0x6aa5_94f1_262d_2d2c,
        ]
      ),
      (
        1,
        [
          0xb3f2_af6d_0fc7_10c5, 0x853b_5596_4736_4cea, 0x92f8_9756_082a_4514,
          0x642e_1c7b_c266_a3a7,
        ]
      ),
      (
        42,
        [
          0x1578_0b2e_0c2e_c716, 0x6104_d986_6d11_3a7e, 0xae17_5332_39e4_99a1,
          0xecb8_ad47_03b3_60a1,
        ]
      ),
      (
        UInt64.max,
        [
          0x8f55_20d5_2a7e_ad08, 0xc476_a018_caa1_802d, 0x81de_31c0_d260_469e,
          0xbf65_8d7e_065f_3c2f,
        ]
      ),
    ] as [(UInt64, [UInt64])])
  func `a seed fixes the stream`(seed: UInt64, expected: [UInt64]) {
    var generator = SeededGenerator(seed: seed)
    #expect(expected.indices.map { _ in generator.next() } == expected)
  }

  @Test(
    arguments: [
      (
        UInt64(0), "formats",
        [0xe039_59d2_e51d_c833, 0x005a_95c1_97a4_e3b1, 0x167d_e047_92e6_8ef5]
      ),
      (7, "demonstrations", [0xec14_2492_b46d_d16e, 0x93ef_a308_93f5_c211, 0x249e_7721_5046_682c]),
      (7, "", [0x7a5b_1491_418e_f44c, 0xe13d_bcdc_9e71_3677, 0xb6f8_b3e2_4a40_594a]),
    ] as [(UInt64, String, [UInt64])])
  func `a label names another stream of the same seed`(
    seed: UInt64, label: String, expected: [UInt64]
  ) {
    var generator = SeededGenerator(seed: seed, stream: label)
    #expect(expected.indices.map { _ in generator.next() } == expected)
  }

  @Test func `whole numbers follow the multiply-and-reject recipe`() {
    var generator = SeededGenerator(seed: 1)
    let bounds = [
      1, 2, 3, 10, 1_000, 1_000_000_000_000, Int.max, 1 << 62 | 1, 1 << 62 | 1, 6,
    ]
    let expected = [
      0, 1, 1, 3, 697, 143_572_036_744, 655_276_459_245_078_642, 1_757_902_983_245_101_607,
      2_544_312_663_319_080_052, 5,
    ]
    #expect(bounds.map { generator.below($0) } == expected)
  }

  @Test func `bounds beyond 64 bits draw two words and reject`() throws {
    var generator = SeededGenerator(seed: 1)
    let word = UInt128(1) << 64
    let million = UInt128(1_000_000)
    let bounds: [UInt128] = [
      5, UInt128(1) << 63, word, word + 1, million * million * million * million * million,
      UInt128.max, UInt128(1) << 127 + 1,
    ]
    let expected = [
      "3", "1367008882666915092", "12860671823995680371", "1310552918490157286",
      "972926464239718325655406725665", "187737138174981622492846321051196597969",
      "167201121962232804065284126543969477056",
    ].map { UInt128($0) }
    #expect(bounds.map { generator.below($0) } == expected)
  }

  @Test func `a permutation is the Fisher–Yates shuffle from the end`() {
    var generator = SeededGenerator(seed: 9)
    #expect(generator.permutation(10) == [4, 9, 7, 8, 3, 6, 5, 1, 2, 0])
    #expect(generator.permutation(0).isEmpty)
    #expect(generator.permutation(1) == [0])
  }

  @Test func `equal states are equal, and drawing moves on`() {
    var a = SeededGenerator(seed: 5)
    let b = SeededGenerator(seed: 5)
    #expect(a == b)
    #expect(a.hashValue == b.hashValue)
    _ = a.next()
    #expect(a != b)
  }

  @Test func `an empty range has no draw`() async {
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 0)
      _ = generator.below(0)
    }
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 0)
      _ = generator.gamma(shape: 0)
    }
  }
}
