import Basics
import Foundation

extension ServerProbe {
  // MARK: Token by token

  /// Confirms llama.cpp's ways of scoring what it is made to write: whole options under a grammar, and
  /// token by token.
  func confirmLlama(_ given: LlamaServer) async throws -> [any ServerScoring] {
    guard wants(.forced) || wants(.stepwise) else { return [] }
    var server = given
    let likely = { (prompt: String) async throws -> [TokenLogprobs.Alternative] in
      try await server.first(after: .string(prompt), count: 5)?.listed ?? []
    }
    var steps = try await confirmSteps(server, likely: likely)
    if !steps {
      // Biases and samplers may reach the values; the list of all tokens is the last resort.
      server.trustsBias = false
      let seen = findings.removeLast()
      steps = try await confirmSteps(
        server, likely: likely, how: "looked up among all (forced ones are not right)")
      if !steps { findings[findings.count - 1] = seen }
    }
    guard steps else { return [] }
    var scorings: [any ServerScoring] = []
    if wants(.forced), try await confirmGrammar(server, likely: likely) { scorings.append(server) }
    if wants(.stepwise) { scorings.append(StepwiseScoring(source: server)) }
    return scorings
  }

  /// Confirms single tokens at a completions endpoint whose server has a tokeniser.
  func confirmStepwise(
    _ completions: Completions, _ kind: ServerKind
  ) async throws -> (any ServerScoring)? {
    for tokenizer in BiasedCompletions.Tokenizer.allCases {
      let source = BiasedCompletions(
        completions: completions, tokenizer: tokenizer, sendsIDs: tokenizer == .prompt)
      do {
        _ = try await patiently { try await source.tokenize(Self.prompts[0]) }
      } catch let error as ModelError where concernsMethod(error) {
        continue
      }
      let confirmed = try await confirmSteps(source) { prompt in
        try await completions.alternatives(
          ScoreRequest(prompt: prompt, continuations: []), count: 5, temperature: 0)
      }
      return confirmed ? StepwiseScoring(source: source) : nil
    }
    if settings.method == .stepwise {
      note("stepwise", .fails, "there is no tokeniser at /tokenize or /extras/tokenize")
    }
    return nil
  }

  /// Holds the values of single tokens against those that they have when they are free.
  private func confirmSteps(
    _ source: some TokenStepping,
    likely: (String) async throws -> [TokenLogprobs.Alternative],
    how: String = "forced"
  ) async throws -> Bool {
    let subject = "stepwise"
    do {
      var contexts: [[Int]] = []
      var token: (text: String, id: Int)?
      var compared = 0
      for prompt in Self.prompts {
        let context = try await patiently { try await source.tokenize(prompt) }
        contexts.append(context)
        let listed = try await patiently { try await likely(prompt) }
        for (text, free) in visible(listed) {
          if prompt == Self.prompts[0], words.count < 2 { words.append(text) }
          let whole = try await patiently { try await source.tokenize(prompt + text) }
          // A token that joins the prompt's end in another way cannot be compared.
          guard whole.count == context.count + 1, whole.starts(with: context) else { continue }
          let value = try await patiently {
            try await source.stepwise([whole[context.count]], after: context)
          }
          guard Self.agree(value, free) else {
            note(subject, .fails, contradiction(text, value, free))
            return false
          }
          compared += 1
          token = token ?? (text, whole[context.count])
        }
      }
      guard compared >= 2, let token else {
        note(subject, .fails, "its values could not be compared with free ones")
        return false
      }
      guard try await confirmPair(source, likely: likely) else { return false }
      note(
        subject, .works,
        "\(compared) tokens have the same log-probabilities \(how) as when they are generated")
      return try await confirmContext(source, token, contexts)
    } catch let error as ModelError where concernsMethod(error) {
      note(subject, .fails, detail(error))
      return false
    }
  }

  /// The same token after different prompts: a value that ignores its context is no probability.
  private func confirmContext(
    _ source: some TokenStepping, _ token: (text: String, id: Int), _ contexts: [[Int]]
  ) async throws -> Bool {
    var values: Set<Double> = []
    for context in contexts {
      values.insert(try await patiently { try await source.stepwise([token.id], after: context) })
    }
    guard values.count > 1 else {
      findings.removeLast()
      note("stepwise", .fails, "a token has the same value after different prompts")
      return false
    }
    noteContext(token.text, values)
    return true
  }

  /// Says how much a token's value depends on the prompt, once.
  func noteContext(_ text: String, _ values: Set<Double>) {
    guard !findings.contains(where: { $0.subject == "context" }) else { return }
    note(
      "context", .works,
      "the token \(quoted(text)) has " + values.sorted(by: >).map(shown).joined(separator: ", ")
        + " after different prompts")
  }

  /// Two tokens after one another: the second must be read after the first.
  private func confirmPair(
    _ source: some TokenStepping, likely: (String) async throws -> [TokenLogprobs.Alternative]
  ) async throws -> Bool {
    let prompt = Self.prompts[0]
    let context = try await patiently { try await source.tokenize(prompt) }
    guard let (first, one) = visible(try await patiently { try await likely(prompt) }).first,
      let (second, two) = visible(
        try await patiently { try await likely(prompt + first) }
      ).first
    else { return true }
    let whole = try await patiently { try await source.tokenize(prompt + first + second) }
    guard whole.count == context.count + 2, whole.starts(with: context) else { return true }
    let sum = try await patiently {
      try await source.stepwise(Array(whole.suffix(2)), after: context)
    }
    if Self.agree(sum, one + two) { return true }
    note("stepwise", .fails, contradiction(first + second, sum, one + two))
    return false
  }

  /// Confirms whole options under a grammar.
  private func confirmGrammar(
    _ server: LlamaServer, likely: (String) async throws -> [TokenLogprobs.Alternative]
  ) async throws -> Bool {
    let subject = "forced options"
    do {
      var compared = 0
      for prompt in Self.prompts {
        let context = try await patiently { try await server.tokenize(prompt) }
        for (text, free) in visible(try await patiently { try await likely(prompt) }) {
          let whole = try await patiently { try await server.tokenize(prompt + text) }
          guard whole.count == context.count + 1, whole.starts(with: context) else { continue }
          let forced = try await patiently {
            try await server.forced([whole[context.count]], after: context, text)
          }
          // Written in other tokens: read token by token then.
          guard let forced else { continue }
          guard Self.agree(forced, free) else {
            note(subject, .fails, contradiction(text, forced, free))
            return false
          }
          compared += 1
        }
      }
      guard compared >= 2 else {
        note(subject, .fails, "a grammar does not make the server write the option's tokens")
        return false
      }
      note(
        subject, .works,
        "\(compared) options under a grammar have the unconstrained model's log-probabilities")
      return true
    } catch let error as ModelError where concernsMethod(error) {
      note(subject, .fails, detail(error))
      return false
    }
  }

  /// The three likeliest tokens that are whole characters with something to see.
  private func visible(
    _ listed: [TokenLogprobs.Alternative]
  ) -> [(text: String, logprob: Double)] {
    let texts = listed.sorted { $0.logprob > $1.logprob }.compactMap {
      alternative -> (text: String, logprob: Double)? in
      guard let text = String(validating: alternative.bytes, as: UTF8.self),
        text.utf8.contains(where: { $0 > 0x20 }), !text.contains("\u{FFFD}"),
        !text.hasPrefix("<")
      else { return nil }
      return (text, alternative.logprob)
    }
    return Array(texts.prefix(3))
  }

  private func contradiction(_ text: String, _ value: Double, _ free: Double) -> String {
    "the token \(quoted(text)) has \(shown(value)) when it is forced and \(shown(free)) when it is "
      + "generated freely, so the values are not the unconstrained model's"
  }

  func shown(_ value: Double) -> String {
    String((value * 1000).rounded() / 1000)
  }

  // MARK: First tokens

  /// Confirms that likely first tokens are listed, and finds out how many.
  func confirmFirstToken<Source: FirstTokenSource>(
    _ source: Source, subject: String = "first token"
  ) async throws -> FirstTokenScoring<Source>? {
    var failure = "no likely tokens are listed"
    // More alternatives decide more examples; vLLM and OpenAI allow 20, others fewer or any number.
    for count in [100, 20, 10, 5] {
      do {
        var lists: [[TokenLogprobs.Alternative]] = []
        for prompt in Self.prompts {
          let request = ScoreRequest(prompt: prompt, continuations: [])
          lists.append(
            try await patiently(attempts: 4) {
              try await source.alternatives(
                request, count: count, temperature: source.scoringTemperature)
            })
        }
        if let reason = fault(lists) {
          failure = reason
          continue
        }
        let few = lists.map(\.count).min() ?? 0
        alternatives = few
        if words.count < 2 { words = visible(lists[0]).prefix(2).map(\.text) }
        note(subject, .works, "\(few) likely tokens are listed, and they differ between prompts")
        try await compareTemperatures(source, count: count)
        return FirstTokenScoring(source: source, count: count)
      } catch let error as ModelError where concernsMethod(error) {
        failure = detail(error)
      }
    }
    note(subject, .fails, failure)
    return nil
  }

  /// Why lists of likely tokens cannot be believed, or nil.
  private func fault(_ lists: [[TokenLogprobs.Alternative]]) -> String? {
    if lists.contains(where: \.isEmpty) { return "no likely tokens are listed" }
    if lists.contains(where: { $0.count == 1 }) { return "only 1 token is listed" }
    let sum = lists.map { $0.reduce(0) { $0 + exp($1.logprob) } }.max() ?? 0
    if sum > 1.01 {
      return
        "the probabilities listed for one position add up to \(shown(sum)), more than 1, so they are "
        + "not the model's"
    }
    if lists.allSatisfy({ $0 == lists[0] }) {
      return "the same tokens with the same values are listed after different prompts"
    }
    return nil
  }

  /// Says whether the listed values are those of the model or of its sampler.
  private func compareTemperatures(
    _ source: some FirstTokenSource, count: Int
  ) async throws {
    let request = ScoreRequest(prompt: Self.prompts[0], continuations: [])
    let used = source.scoringTemperature
    do {
      let plain = try await patiently(attempts: 4) {
        try await source.alternatives(request, count: count, temperature: used)
      }
      let warm = try await patiently(attempts: 4) {
        try await source.alternatives(request, count: count, temperature: 2)
      }
      // Control tokens have no bytes and would be taken for one another.
      let differences = plain.compactMap { one in
        warm.first { $0.id == one.id && $0.bytes == one.bytes && !one.bytes.isEmpty }
          .map { abs($0.logprob - one.logprob) }
      }
      let raw = !differences.isEmpty && differences.allSatisfy { $0 < 0.05 }
      note(
        "raw values", .note,
        raw
          ? "yes, the temperature does not change them"
          : "no, the temperature changes them; temperature \(used) is asked for")
    } catch let error as ModelError where concernsMethod(error) {
      note("raw values", .note, "not known: \(detail(error))")
    }
  }

  // MARK: Repetition

  /// Says whether the same request gives the same answer again.
  func compareRepeated(
    _ scoring: (any ServerScoring)?, _ generating: (any ServerGenerating)?
  ) async throws {
    do {
      if let scoring, words.count == 2 {
        let request = ScoreRequest(prompt: Self.prompts[0], continuations: words)
        let first = try await patiently { try await scoring.score(request) }
        let second = try await patiently { try await scoring.score(request) }
        let difference = zip(first, second).map { abs($0.logprob - $1.logprob) }.max() ?? 0
        note(
          "repetition", .note,
          difference == 0
            ? "the same request gives the same values"
            : "the same request gives values that differ by up to \(difference) nats")
      } else if let generating {
        let request = GenerateRequest(prompt: Self.prompts[1], maxTokens: 8, stop: [], seed: 0)
        let first = try await patiently { try await generating.generate(request) }
        let second = try await patiently { try await generating.generate(request) }
        note(
          "repetition", .note,
          first.text == second.text
            ? "the same request gives the same text"
            : "the same request gives different texts")
      }
    } catch let error as ModelError where concernsMethod(error) {
      note("repetition", .note, "could not be tried: \(detail(error))")
    }
  }
}
