import Basics
import Foundation
import ReferenceModel
import Testing

@Suite struct `The reference model` {
  static let prompts = [
    "",
    "R",
    "Review: The soup was cold and the waiter was rude.\nSentiment: ",
    "Review: The soup was cold and the waiter was rude.\nSentiment: neg",
    "NOUN\t\tbaby <sep> PLURAL\t\tbab",
    "First::: 512 || Second::: 9041 || Larger::: ",
    "Überraschung naïve 東京 \u{1F600}\n\n\n",
    String(repeating: "All the same words again. ", count: 200),
  ]

  @Test(arguments: prompts)
  func `gives the 256 next bytes probabilities that sum to one`(_ prompt: String) {
    let distribution = model.distribution(after: prompt)
    #expect(distribution.count == 256)
    #expect(distribution.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(abs(distribution.reduce(0, +) - 1) < 1e-5)
  }

  @Test(arguments: prompts)
  func `scores a continuation as the sum of its bytes' log-probabilities`(_ prompt: String) {
    // None of these ends within a character, so that every prefix is a text of its own.
    let continuation = "Posit 7\n"
    var expected = 0.0
    var read = prompt
    for scalar in continuation.unicodeScalars {
      expected += log(model.distribution(after: read)[Int(scalar.value)])
      read.unicodeScalars.append(scalar)
    }
    let score = model.score(prompt: prompt, continuations: [continuation])
    #expect(score.count == 1)
    #expect(score[0].byteCount == 8)
    #expect(abs(score[0].logprob - expected) < 1e-9)
  }

  @Test func `scores continuations alike alone, together, in any order and twice`() {
    let prompt = Self.prompts[2]
    let continuations = ["positive", "negative", "neither", "", "né", "neg", "positive"]
    let together = model.score(prompt: prompt, continuations: continuations)
    let alone = continuations.map { model.score(prompt: prompt, continuations: [$0])[0] }
    let reversed = model.score(prompt: prompt, continuations: continuations.reversed())
    #expect(together == alone)
    #expect(together == reversed.reversed())
    #expect(together[3].logprob == 0 && together[3].byteCount == 0)
    #expect(together[4].byteCount == 3)
    #expect(together.allSatisfy { $0.logprob <= 0 })
  }

  @Test func `depends on the text alone and not on where the prompt ends`() {
    let whole = model.score(prompt: "Noun: city\nPlural: ", continuations: ["cities"])[0].logprob
    let start = model.score(prompt: "Noun: city\nPlural: ", continuations: ["cit"])[0].logprob
    let rest = model.score(prompt: "Noun: city\nPlural: cit", continuations: ["ies"])[0].logprob
    #expect(abs(whole - start - rest) < 1e-9)
  }

  // Recorded on x86-64 Linux with Swift 6.3.1; the arithmetic has no step that a system's
  // mathematics library or a compiler's choice could change.
  @Test func `gives the same bits everywhere`() {
    var bits: [UInt8] = []
    for prompt in Self.prompts {
      for score in model.score(
        prompt: prompt, continuations: ["positive", "babies", "second", "\u{E9}"])
      {
        for shift in stride(from: 56, through: 0, by: -8) {
          bits.append(UInt8(truncatingIfNeeded: score.logprob.bitPattern >> UInt64(shift)))
        }
      }
    }
    #expect(
      SHA256.hex(bits) == "e3b9c8f3e4a0250c9c6ccc574fd5e73395c8aa609a3c2d399e19315965a724e3")
  }

  @Test func `learns the same twice`() {
    let other = ReferenceModel()
    for prompt in Self.prompts.prefix(6) {
      #expect(
        other.score(prompt: prompt, continuations: ["negative", "first"])
          == model.score(prompt: prompt, continuations: ["negative", "first"]))
    }
  }

  @Test func `generates its most probable bytes up to a stop or a limit`() {
    let prompt = "Review: Delicious food, wonderful staff, a perfect evening.\nSentiment: "
    #expect(model.generate(prompt: prompt, maxTokens: 40, stop: ["\n"]) == "positive")
    #expect(model.generate(prompt: prompt, maxTokens: 40, stop: ["ti", ""]) == "posi")
    #expect(model.generate(prompt: prompt, maxTokens: 3, stop: []) == "pos")
    #expect(model.generate(prompt: prompt, maxTokens: 0, stop: []) == "")
  }
}
