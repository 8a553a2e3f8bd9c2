/// How likely the response to each prompt of one example is after every other prompt.
///
/// POSIX (Chatterjee et al., 2024) is drawn from it. The paper asks what other prompts make of one
/// response, its package what one prompt makes of other responses; both are here.
package struct CrossLikelihoods: Sendable, Hashable {
  /// For each prompt the number of its response; negative where there is none.
  package let responses: [Int]
  /// The length of each response.
  package let tokens: [Int]
  /// For each prompt, the natural-log probability of each response after it; NaN where unknown.
  package let logProbabilities: [[Double]]

  /// Nats a token below which a log-probability tells nothing: servers write -9999 for "unknown".
  static let least = -1_000.0

  /// - Parameters:
  ///   - responses: For each prompt the number of its response; negative where there is none.
  ///   - tokens: The length of each response.
  ///   - logProbabilities: For each prompt one value a response.
  package init(responses: [Int], tokens: [Int], logProbabilities: [[Double]]) {
    precondition(responses.count == logProbabilities.count, "one row for each prompt")
    self.responses = responses
    self.tokens = tokens
    self.logProbabilities = logProbabilities
  }

  /// The index of the paper: `1/(N(N−1)) · Σ 1/L_j · |log P(y_j|x_i) − log P(y_j|x_j)|`.
  ///
  /// In nats a token; 0 where every response is as likely after every prompt. Pairs with an unknown
  /// value or an empty response are left out of sum and count. Nil for fewer than two prompts.
  package var index: Double? {
    mean { own, other in
      let response = responses[own]
      guard response >= 0, tokens[response] > 0, let known = value(own, response),
        let there = value(other, response)
      else { return nil }
      return abs(there - known) / Double(tokens[response])
    }
  }

  /// The same as the authors' package computes it (commit 8e73401): the likelihoods are transposed,
  /// `|log P(y_i|x_j) − log P(y_j|x_j)|`, and divided by the greatest length that was allowed.
  ///
  /// 0 where all prompts have the same response, however likely it is.
  ///
  /// - Parameter length: The tokens that a response may have at most.
  /// - Returns: Nil for fewer than two prompts with a response.
  package func packageIndex(length: Int) -> Double? {
    mean { own, other in
      let (mine, theirs) = (responses[own], responses[other])
      guard mine >= 0, theirs >= 0, tokens[mine] > 0, tokens[theirs] > 0,
        let known = value(own, mine), let there = value(own, theirs)
      else { return nil }
      return abs(there - known) / Double(max(1, length))
    }
  }

  private func value(_ prompt: Int, _ response: Int) -> Double? {
    let value = logProbabilities[prompt][response]
    guard !value.isNaN else { return nil }
    return max(value, Self.least * Double(max(1, tokens[response])))
  }

  /// The mean over ordered pairs of different prompts.
  private func mean(_ term: (_ own: Int, _ other: Int) -> Double?) -> Double? {
    var sum = 0.0
    var pairs = 0
    for own in responses.indices {
      for other in responses.indices where other != own {
        guard let value = term(own, other) else { continue }
        sum += value
        pairs += 1
      }
    }
    return pairs > 0 ? sum / Double(pairs) : nil
  }
}

/// POSIX of every example of a grid, by both definitions; NaN where it was not measured.
package struct PromptSensitivityIndex: Sendable, Hashable {
  package let values: [Double]
  package let packageValues: [Double]

  /// - Parameters:
  ///   - examples: For each example of the grid what is known of it; nil for nothing.
  ///   - length: The tokens that a response may have at most; nil takes the longest.
  package init(_ examples: [CrossLikelihoods?], length: Int?) {
    let longest = length ?? examples.compactMap { $0?.tokens.max() }.max() ?? 1
    values = examples.map { $0?.index ?? .nan }
    packageValues = examples.map { $0?.packageIndex(length: longest) ?? .nan }
  }

  private init(values: [Double], packageValues: [Double]) {
    self.values = values
    self.packageValues = packageValues
  }

  /// Examples for which it was measured.
  package var measured: Int { values.count { !$0.isNaN } }

  package func keeping(_ chosen: [Int]) -> PromptSensitivityIndex {
    PromptSensitivityIndex(
      values: chosen.map { values[$0] }, packageValues: chosen.map { packageValues[$0] })
  }

  func figures(_ bootstrap: Bootstrap) -> FigureGroup {
    let index = bootstrap.mean(values)
    let package = bootstrap.mean(packageValues)
    let condition =
      "needs the log-probability of each format's response after the other formats' prompts: options "
      + "with the same texts in all formats, or a run with --posix"
    return FigureGroup(
      key: "posix", title: "Likelihood of responses (POSIX)", source: "Chatterjee et al. 2024",
      figures: [
        Figure(
          "posix", "POSIX\(measured > 0 ? ", on \(measured) examples" : "")", .number, index.value,
          interval: index.interval,
          explanation: "How far the log-probability of a response moves, in nats a token, when the "
            + "prompt is put in another format; 0 when every format makes every response as likely.",
          condition: condition),
        Figure(
          "posix_package", "POSIX as its package computes it", .number, package.value,
          interval: package.interval,
          explanation: "How far the responses to other formats are from the own one after the same "
            + "prompt; 0 wherever all formats are answered alike.", condition: condition),
      ])
  }
}
