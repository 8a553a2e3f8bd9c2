import Basics
import Testing

@testable import Sensitivity

@Suite struct CrossLikelihoodTests {
  /// Three prompts; the first two have the same response of two tokens.
  private let example = CrossLikelihoods(
    responses: [0, 0, 1], tokens: [2, 1], logProbabilities: [[-1, -3], [-2, -2.5], [-4, -0.5]])

  // By hand: the shifts of the own responses are (1 + 3)/2, (1 + 2)/2 and 2.5 + 2, their sum 8 over 6
  // pairs. numpy 2.3 on the matrix of all pairs gives the same.
  @Test func `the index is the mean shift of a response over the other prompts`() throws {
    #expect(abs(try #require(example.index) - 8.0 / 6) < 1e-12)
  }

  // By hand: 0 + 2, 0 + 0.5 and 3.5 + 3.5, their sum 9.5 over 6 pairs and 5 tokens.
  @Test func `the package compares responses after one prompt`() throws {
    #expect(abs(try #require(example.packageIndex(length: 5)) - 9.5 / 30) < 1e-12)
  }

  @Test func `equal responses leave the package at zero, and the paper not`() throws {
    let alike = CrossLikelihoods(
      responses: [0, 0], tokens: [1], logProbabilities: [[-0.5], [-1.25]])
    #expect(alike.packageIndex(length: 5) == 0)
    #expect(abs(try #require(alike.index) - 0.75) < 1e-12)
  }

  @Test func `what is unknown, empty or alone has no part in it`() throws {
    let one = CrossLikelihoods(responses: [0], tokens: [1], logProbabilities: [[-1]])
    #expect(one.index == nil)
    let empty = CrossLikelihoods(
      responses: [0, 0], tokens: [0], logProbabilities: [[0], [0]])
    #expect(empty.index == nil)
    // The third prompt has no response and one unknown value: two pairs are left, and one from it.
    let partial = CrossLikelihoods(
      responses: [0, 1, -1], tokens: [1, 1],
      logProbabilities: [[-1, -2], [-3, -1], [-2, .nan]])
    let index = try #require(partial.index)
    #expect(abs(index - 4.0 / 3) < 1e-12)
    let package = try #require(partial.packageIndex(length: 1))
    #expect(abs(package - 1.5) < 1e-12)
  }

  @Test func `a log-probability of minus infinity counts as a thousand nats a token`() throws {
    let odd = CrossLikelihoods(
      responses: [0, 0], tokens: [2], logProbabilities: [[-1], [-.infinity]])
    #expect(abs(try #require(odd.index) - 1_999.0 / 2) < 1e-9)
  }

  @Test func `a run without limit takes the longest response, and slices keep their examples`() {
    let index = PromptSensitivityIndex(3, length: nil) { $0 == 1 ? nil : example }
    #expect(index.measured == 2)
    #expect(abs(index.packageValues[0] - 9.5 / 6 / 2) < 1e-12)
    #expect(index.keeping([1]).measured == 0)
    #expect(index.keeping([2, 1]).values[0] == index.values[2])
  }
}
