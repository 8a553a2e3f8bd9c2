import Basics

/// Ollama's own interface: text, and the likely first tokens (from 0.12.11).
struct Ollama: ServerGenerating, FirstTokenSource {
  let connection: ServerConnection
  let model: String
  /// Stated with every request, because the default is small and longer prompts are cut in silence.
  let contextLength: Int

  var ignoresSpace: Bool { false }

  func bad(_ reason: String) -> ModelError {
    ModelError("\(connection.address): bad answer: \(reason)", retry: .transient)
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    let object = try await ask(
      request.prompt,
      options: [
        "temperature": .integer(0), "seed": .integer(Int(request.seed & 0x7FFF_FFFF)),
        "num_predict": .integer(request.maxTokens), "num_ctx": .integer(contextLength),
        "repeat_penalty": .integer(1),
        "stop": request.stop.isEmpty ? nil : .strings(request.stop),
      ])
    guard case .string(let text) = object["response"] else {
      throw bad("response is \(object["response"]?.kind ?? "missing")")
    }
    var generation = Generation(text: text)
    if case .string(let reason) = object["done_reason"] { generation.finish = reason }
    if case .integer(let count) = object["eval_count"] { generation.tokens = count }
    return generation.cut(at: request.stop)
  }

  func alternatives(_ request: ScoreRequest, count: Int) async throws
    -> [TokenLogprobs.Alternative]
  {
    try await alternatives(request.prompt, count: count, temperature: 1)
  }

  /// The listed first tokens, with sampling that keeps the whole distribution.
  func alternatives(
    _ prompt: String, count: Int, temperature: Int
  ) async throws -> [TokenLogprobs.Alternative] {
    let object = try await ask(
      prompt,
      options: [
        "temperature": .integer(temperature), "top_k": .integer(0), "top_p": .integer(1),
        "min_p": .integer(0), "repeat_penalty": .integer(1), "num_predict": .integer(1),
        "num_ctx": .integer(contextLength), "seed": .integer(1),
      ], top: count)
    do throws(TokenLogprobs.Misshapen) {
      guard let first = try TokenLogprobs(content: object["logprobs"]).tokens.first else {
        throw .init(reason: "no token with a log-probability")
      }
      return first.withItself
    } catch {
      throw bad(error.reason)
    }
  }

  private func ask(
    _ prompt: String, options: KeyValuePairs<String, JSON?>, top: Int? = nil
  ) async throws -> JSONObject {
    let body = JSON.members([
      "model": .string(model), "prompt": .string(prompt), "raw": .bool(true),
      "stream": .bool(false), "logprobs": top.map { _ in .bool(true) },
      "top_logprobs": top.map { .integer($0) }, "options": .members(options),
    ])
    let object = try await connection.object("POST", "/api/generate", root: true, body: body)
    if case .integer(let count) = object["prompt_eval_count"], count >= contextLength - 1 {
      throw ModelError(
        "\(connection.address): the prompt fills the context of \(contextLength) tokens and was "
          + "cut", retry: .no)
    }
    return object
  }
}
