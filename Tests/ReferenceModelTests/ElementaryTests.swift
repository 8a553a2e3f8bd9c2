import Foundation
import Testing

@testable import ReferenceModel

@Suite struct `Elementary functions` {
  @Test func `have the C library's logarithm`() {
    for step in -300...300 {
      let x = pow(10, Double(step) / 1.7) * 1.234_567
      #expect(abs(Elementary.log(x) - log(x)) <= 1e-14 * max(1, abs(log(x))), "\(x)")
    }
    #expect(Elementary.log(1) == 0)
  }

  @Test func `have the C library's exponential`() {
    for step in -790...790 {
      let x = Float(step) / 10
      let value = Double(Elementary.exp(SIMD8(repeating: x))[3])
      #expect(abs(value / exp(Double(x)) - 1) < 1e-6, "\(x)")
    }
    #expect(Elementary.exp(.zero) == SIMD8(repeating: 1))
  }

  @Test func `sum eight numbers`() {
    #expect(Elementary.sum([1, 2, 4, 8, 16, 32, 64, 128]) == 255)
  }
}
