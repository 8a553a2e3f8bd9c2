import Basics
import Foundation

extension ServerProbe {
  /// Confirms llama.cpp's scoring of forced options, both by grammar and token by token.
  func confirmForced(_ server: LlamaServer) async throws -> Bool {
    do {
      var compared = 0
      var values: Set<Double> = []
      for prompt in Self.prompts {
        let context = try await patiently { try await server.tokenize(prompt) }
        guard !context.isEmpty else {
          note("forced options", .fails, "the tokeniser gives no tokens")
          return false
        }
        let listed = try await patiently { try await server.likely(after: context, count: 5) }
        for alternative in listed.prefix(3) {
          guard let id = alternative.id else {
            note("forced options", .fails, "listed tokens have no ids")
            return false
          }
          let stepped = try await patiently { try await server.stepwise([id], after: context) }
          var readings = [("forced by a bias", stepped)]
          if let text = String(validating: alternative.bytes, as: UTF8.self), !text.isEmpty,
            let forced = try await patiently({ try await server.forced([id], after: context, text) }
            )
          {
            readings.append(("forced by a grammar", forced))
          }
          for (how, value) in readings where !Self.agree(value, alternative.logprob) {
            let text = quoted(String(decoding: alternative.bytes, as: UTF8.self))
            note(
              "forced options", .fails,
              "the token \(text) has \(value) when \(how) and \(alternative.logprob) when it is free"
            )
            return false
          }
          compared += readings.count
          values.insert(stepped)
        }
      }
      guard compared >= 4, values.count > 1 else {
        note("forced options", .fails, "their values could not be compared with free ones")
        return false
      }
      note(
        "forced options", .works,
        "\(compared) values of forced tokens are those of the unconstrained model")
      return true
    } catch let error as ModelError where concernsMethod(error) {
      note("forced options", .fails, detail(error))
      return false
    }
  }

  /// Confirms that likely first tokens are listed, and finds out how many.
  func confirmFirstToken<Source: FirstTokenSource>(
    _ source: Source, subject: String
  ) async throws -> FirstTokenScoring<Source>? {
    let request = ScoreRequest(prompt: Self.prompts[0], continuations: [])
    var failure = "no likely tokens are listed"
    // More alternatives decide more examples; vLLM and OpenAI allow 20, others fewer or any number.
    for count in [100, 20, 10, 5] {
      do {
        let listed = try await patiently(attempts: 4) {
          try await source.alternatives(request, count: count)
        }
        let sum = listed.reduce(0) { $0 + exp($1.logprob) }
        guard listed.count >= 2, sum <= 1.01 else {
          failure =
            listed.count < 2
            ? "only \(listed.count) token is listed" : "the listed probabilities add up to \(sum)"
          continue
        }
        alternatives = listed.count
        note(subject, .works, "\(listed.count) likely tokens are listed")
        return FirstTokenScoring(source: source, count: count)
      } catch let error as ModelError where concernsMethod(error) {
        failure = detail(error)
      }
    }
    note(subject, .fails, failure)
    return nil
  }

  /// Says whether Ollama's values are those of the model or of its sampler.
  func compareTemperatures(_ server: Ollama) async throws {
    let cold = try await patiently {
      try await server.alternatives(Self.prompts[0], count: 5, temperature: 0)
    }
    let warm = try await patiently {
      try await server.alternatives(Self.prompts[0], count: 5, temperature: 1)
    }
    let differences = cold.compactMap { one in
      warm.first { $0.bytes == one.bytes }.map { abs($0.logprob - one.logprob) }
    }
    let raw = (differences.max() ?? .infinity) < 0.05
    note(
      "raw values", .note,
      raw ? "the temperature does not change them" : "the temperature changes them; 1 is used")
  }
}

extension LlamaServer {
  /// The most likely tokens after some ids.
  func likely(after context: [Int], count: Int) async throws -> [TokenLogprobs.Alternative] {
    try await first(after: context, count: count)?.withItself.sorted { $0.logprob > $1.logprob }
      ?? []
  }
}
