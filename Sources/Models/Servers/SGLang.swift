import Basics

/// SGLang's own interface, `POST /generate`, for prompt log-probabilities.
struct SGLang: ServerScoring {
  let connection: ServerConnection

  var method: ScoringMethod { .echo }

  func bad(_ reason: String) -> ModelError {
    ModelError("\(connection.address): bad answer: \(reason)", retry: .transient)
  }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    var echoes: [[TokenLogprobs.Token]] = []
    for continuation in request.continuations {
      echoes.append(try await tokens("input_token_logprobs", request.prompt + continuation))
    }
    do throws(TokenLogprobs.Misshapen) {
      return try EchoAlignment.scores(
        echoes, prompt: request.prompt, continuations: request.continuations)
    } catch {
      throw bad(error.reason)
    }
  }

  /// The tokens of one of the answer's lists: `[[log-probability, id, text], …]`.
  func tokens(_ list: String, _ prompt: String) async throws -> [TokenLogprobs.Token] {
    let body = JSON.members([
      "text": .string(prompt),
      "sampling_params": .members(["max_new_tokens": .integer(1), "temperature": .integer(0)]),
      "return_logprob": .bool(true), "logprob_start_len": .integer(0),
      "return_text_in_logprobs": .bool(true),
    ])
    let object = try await connection.object("POST", "/generate", root: true, body: body)
    guard case .object(let meta) = object["meta_info"], case .array(let items) = meta[list] else {
      throw bad("no \(list)")
    }
    // The same shape as other servers', so that the same checks apply.
    let content = items.map { item -> JSON in
      guard case .array(let parts) = item, parts.count >= 3 else { return .null }
      return .members(["logprob": parts[0], "id": parts[1], "token": parts[2]])
    }
    do throws(TokenLogprobs.Misshapen) {
      return try TokenLogprobs(content: .array(content)).tokens
    } catch {
      throw bad(error.reason)
    }
  }
}
