package import Basics
package import Prompts

/// How a model's answer is turned into right or wrong.
package enum Scoring: Sendable, Hashable {
  /// The option with the highest log-probability is the answer.
  ///
  /// Without a normalization, options that are labels or the same for every example are compared by
  /// their sum, an example's own option texts by their mean per byte.
  case rank(Normalization?)
  /// The model writes text, which is compared with the answer.
  case generate(Matching, maxTokens: Int)

  /// How a generated text is compared, as the study stores it.
  package enum Matching: Sendable, Hashable {
    case prefix
    case exact
    case contains
    case pattern(String)

    /// - Throws: `InputError` when the pattern is no regular expression.
    package func match() throws(InputError) -> AnswerMatch {
      switch self {
      case .prefix: .prefix
      case .exact: .exact
      case .contains: .contains
      case .pattern(let source): .pattern(try AnswerMatch.Pattern(source))
      }
    }

    package var pattern: String? {
      if case .pattern(let source) = self { source } else { nil }
    }

    package var name: String {
      switch self {
      case .prefix: "prefix"
      case .exact: "exact"
      case .contains: "contains"
      case .pattern: "regex"
      }
    }
  }

  /// In a few words, for tables.
  package var summary: String {
    switch self {
    case .rank(nil): "ranking by log-probability"
    case .rank(let normalization?): "ranking by log-probability (\(normalization.rawValue))"
    case .generate(let matching, _): "generation, \(matching.name) match"
    }
  }

  package var json: JSON {
    switch self {
    case .rank(let normalization):
      .members([
        "kind": .string("rank"), "normalization": normalization.map { .string($0.rawValue) },
      ])
    case .generate(let matching, let maxTokens):
      .members([
        "kind": .string("generate"), "match": .string(matching.name),
        "pattern": matching.pattern.map { .string($0) }, "max_tokens": .integer(maxTokens),
      ])
    }
  }

  package init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: [
      "kind", "normalization", "match", "pattern", "max_tokens",
    ])
    let kind = try members.required("kind", in: reader)
    switch try kind.string() {
    case "rank":
      self = .rank(try members["normalization"]?.choice(of: Normalization.self))
    case "generate":
      let match = try members.required("match", in: reader)
      let matching: Matching
      switch try match.string() {
      case "prefix": matching = .prefix
      case "exact": matching = .exact
      case "contains": matching = .contains
      case "regex":
        matching = .pattern(try members.required("pattern", in: reader).string())
      default: throw match.failure("expected prefix, exact, contains or regex")
      }
      self = .generate(
        matching, maxTokens: try members.required("max_tokens", in: reader).int(in: 1...Int.max))
    default: throw kind.failure("expected rank or generate")
    }
  }
}

extension JSONReader {
  /// A text that names a case.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type
  ) throws(InputError) -> Choice where Choice.RawValue == String {
    let text = try string()
    guard let choice = Choice(rawValue: text) else {
      throw failure(
        "unknown value \(quoted(text)); known: "
          + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }
}
