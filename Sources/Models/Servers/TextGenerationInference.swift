import Basics

/// Text Generation Inference's own interface, `POST /generate`.
///
/// Prompt log-probabilities need the server to be started with `--enable-prefill-logprobs`.
struct TextGenerationInference: ServerScoring, ServerGenerating, FirstTokenSource {
  let connection: ServerConnection

  var method: ScoringMethod { .echo }

  func bad(_ reason: String) -> ModelError {
    ModelError("\(connection.address): bad answer: \(reason)", retry: .transient)
  }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    var echoes: [[TokenLogprobs.Token]] = []
    for continuation in request.continuations {
      echoes.append(try await prefill(request.prompt + continuation))
    }
    do throws(TokenLogprobs.Misshapen) {
      return try EchoAlignment.scores(
        echoes, prompt: request.prompt, continuations: request.continuations)
    } catch {
      throw bad(error.reason)
    }
  }

  /// The tokens of a prompt with their log-probabilities.
  func prefill(_ prompt: String) async throws -> [TokenLogprobs.Token] {
    try await tokens("prefill", prompt)
  }

  /// The token that follows a prompt.
  func next(_ prompt: String) async throws -> TokenLogprobs.Token? {
    try await tokens("tokens", prompt).first
  }

  private func tokens(_ list: String, _ prompt: String) async throws -> [TokenLogprobs.Token] {
    let body = JSON.members([
      "inputs": .string(prompt),
      "parameters": .members([
        "max_new_tokens": .integer(1), "details": .bool(true),
        "decoder_input_details": .bool(true), "do_sample": .bool(false),
      ]),
    ])
    let object = try await connection.object("POST", "/generate", root: true, body: body)
    do throws(TokenLogprobs.Misshapen) {
      guard case .object(let details) = object["details"] else {
        throw .init(reason: "no details")
      }
      return try TokenLogprobs(content: details[list]).tokens
    } catch {
      throw bad(error.reason)
    }
  }

  var ignoresSpace: Bool { false }

  /// The likely first tokens, of which a server lists five unless it was started otherwise.
  ///
  /// Nothing is sampled, so a temperature has no place here.
  func alternatives(
    _ request: ScoreRequest, count: Int, temperature: Int
  ) async throws -> [TokenLogprobs.Alternative] {
    let body = JSON.members([
      "inputs": .string(request.prompt),
      "parameters": .members([
        "max_new_tokens": .integer(1), "details": .bool(true), "do_sample": .bool(false),
        "top_n_tokens": .integer(count),
      ]),
    ])
    let object = try await connection.object("POST", "/generate", root: true, body: body)
    do throws(TokenLogprobs.Misshapen) {
      guard case .object(let details) = object["details"],
        case .array(let positions) = details["top_tokens"], let first = positions.first
      else { throw .init(reason: "no top_tokens") }
      return try TokenLogprobs(content: first).tokens.compactMap { token in
        token.logprob.map { .init(bytes: token.bytes, logprob: $0, id: token.id) }
      }
    } catch {
      throw bad(error.reason)
    }
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    // A temperature of 0 is refused here; without sampling the answer is greedy.
    let body = JSON.members([
      "inputs": .string(request.prompt),
      "parameters": .members([
        "max_new_tokens": .integer(request.maxTokens), "do_sample": .bool(false),
        "return_full_text": .bool(false), "details": .bool(true),
        "stop": request.stop.isEmpty ? nil : .strings(request.stop.prefix(mostStops)),
      ]),
    ])
    let object = try await connection.object("POST", "/generate", root: true, body: body)
    guard case .string(let text) = object["generated_text"] else {
      throw bad("generated_text is \(object["generated_text"]?.kind ?? "missing")")
    }
    var generation = Generation(text: text)
    if case .object(let details) = object["details"] {
      if case .string(let reason) = details["finish_reason"] { generation.finish = reason }
      if case .integer(let count) = details["generated_tokens"] { generation.tokens = count }
    }
    return generation.cut(at: request.stop)
  }
}
