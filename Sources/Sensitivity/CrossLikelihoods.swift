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
    let after = known
    let count = responses.count
    return mean { own, sum in
      let response = responses[own]
      guard response >= 0, tokens[response] > 0, !after[response * count + own].isNaN else {
        return 0
      }
      let likely = after[response * count + own]
      let length = Double(tokens[response])
      var pairs = 0
      for other in 0..<count where other != own {
        let there = after[response * count + other]
        guard !there.isNaN else { continue }
        sum += abs(there - likely) / length
        pairs += 1
      }
      return pairs
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
    let after = known
    let count = responses.count
    let length = Double(max(1, length))
    return mean { own, sum in
      let mine = responses[own]
      guard mine >= 0, tokens[mine] > 0, !after[mine * count + own].isNaN else { return 0 }
      let likely = after[mine * count + own]
      var pairs = 0
      for other in 0..<count where other != own {
        let theirs = responses[other]
        guard theirs >= 0, tokens[theirs] > 0, !after[theirs * count + own].isNaN else { continue }
        sum += abs(after[theirs * count + own] - likely) / length
        pairs += 1
      }
      return pairs
    }
  }

  /// The log-probability of each response after each prompt, response by response, with a floor;
  /// NaN where unknown.
  private var known: [Double] {
    var after: [Double] = []
    after.reserveCapacity(tokens.count * responses.count)
    for (response, length) in tokens.enumerated() {
      let least = Self.least * Double(max(1, length))
      for row in logProbabilities {
        after.append(row[response].isNaN ? .nan : max(row[response], least))
      }
    }
    return after
  }

  /// The mean over ordered pairs of different prompts, which `add` adds up for one prompt and counts.
  private func mean(_ add: (_ own: Int, _ sum: inout Double) -> Int) -> Double? {
    var sum = 0.0
    var pairs = 0
    for own in responses.indices { pairs += add(own, &sum) }
    return pairs > 0 ? sum / Double(pairs) : nil
  }
}

/// POSIX of every example of a grid, by both definitions; NaN where it was not measured.
package struct PromptSensitivityIndex: Sendable, Hashable {
  package let values: [Double]
  package let packageValues: [Double]

  /// - Parameters:
  ///   - examples: How many examples the grid has.
  ///   - length: The tokens that a response may have at most; nil takes the longest.
  ///   - likelihoods: What is known of an example, nil for nothing; asked for again rather than kept,
  ///     because a large run's likelihoods fill the memory.
  package init(
    _ examples: Int, length: Int?, _ likelihoods: (Int) -> CrossLikelihoods?
  ) {
    let longest =
      length ?? (0..<examples).compactMap { likelihoods($0)?.tokens.max() }.max() ?? 1
    var values: [Double] = []
    var packageValues: [Double] = []
    for example in 0..<examples {
      let known = likelihoods(example)
      values.append(known?.index ?? .nan)
      packageValues.append(known?.packageIndex(length: longest) ?? .nan)
    }
    self.values = values
    self.packageValues = packageValues
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
