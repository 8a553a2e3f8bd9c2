/// How the log-probabilities of options of different length are compared.
package enum Normalization: String, Sendable, Hashable, CaseIterable {
  /// The whole continuation's log-probability.
  case sum
  /// Its mean per token.
  case token
  /// Its mean per UTF-8 byte.
  case byte
}

/// The choice of the option with the highest log-probability.
package struct Ranking: Sendable, Hashable {
  /// The position of the chosen option; the first of several that tie.
  package let choice: Int
  /// Whether another option has exactly the same value.
  package let isTied: Bool

  /// One option's evidence.
  package struct Option: Sendable, Hashable {
    /// Of the whole continuation given the prompt, in nats.
    package let logProbability: Double
    package let tokens: Int
    package let bytes: Int

    package init(logProbability: Double, tokens: Int, bytes: Int) {
      self.logProbability = logProbability
      self.tokens = tokens
      self.bytes = bytes
    }

    package func value(_ normalization: Normalization) -> Double {
      switch normalization {
      case .sum: logProbability
      case .token: logProbability / Double(max(tokens, 1))
      case .byte: logProbability / Double(max(bytes, 1))
      }
    }
  }

  /// - Precondition: There is at least one option.
  package init(_ options: [Option], by normalization: Normalization) {
    precondition(!options.isEmpty, "a choice needs options")
    let values = options.map { $0.value(normalization) }
    var best = 0
    for index in values.indices where values[index] > values[best] { best = index }
    choice = best
    isTied = values.indices.contains { $0 != best && values[$0] == values[best] }
  }
}
