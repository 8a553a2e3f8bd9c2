import Basics

/// Ollama's own interface: text, and the likely first tokens (from 0.12.11).
///
/// Prompts go to `/api/generate` without a template, or as messages to `/api/chat`. Its OpenAI interface
/// is not used: it cannot be told the length of the context.
struct Ollama: ServerGenerating, FirstTokenSource {
  let connection: ServerConnection
  let model: String
  /// Stated with every request, because the default is small and longer prompts are cut in silence.
  let contextLength: Int
  /// Whether the model's chat template is used.
  var chat = false
  /// Whether models that reason are told not to; others refuse the field.
  var forbidsThinking = false

  var ignoresSpace: Bool { chat }

  /// Where values are scaled and where they are not, 1 gives the model's own.
  var scoringTemperature: Int { 1 }

  func bad(_ reason: String) -> ModelError {
    ModelError("\(connection.address): bad answer: \(reason)", retry: .transient)
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    let object = try await ask(
      request.prompt, request.turns,
      options: [
        "temperature": .integer(0), "seed": .integer(Int(request.seed & 0x7FFF_FFFF)),
        "num_predict": .integer(request.maxTokens), "num_ctx": .integer(contextLength),
        "repeat_penalty": .integer(1), "presence_penalty": .integer(0),
        "frequency_penalty": .integer(0),
        "stop": request.stop.isEmpty ? nil : .strings(request.stop),
      ])
    var generation = Generation(text: try text(object))
    if case .string(let reason) = object["done_reason"] { generation.finish = reason }
    if case .integer(let count) = object["eval_count"] { generation.tokens = count }
    return generation.cut(at: request.stop)
  }

  private func text(_ object: JSONObject) throws(ModelError) -> String {
    if chat {
      guard case .object(let message) = object["message"],
        case .string(let text) = message["content"]
      else { throw bad("no message with a content") }
      return text
    }
    guard case .string(let text) = object["response"] else {
      throw bad("response is \(object["response"]?.kind ?? "missing")")
    }
    return text
  }

  /// The listed first tokens, with sampling that keeps the whole distribution.
  func alternatives(
    _ request: ScoreRequest, count: Int, temperature: Int
  ) async throws -> [TokenLogprobs.Alternative] {
    let object = try await ask(
      request.prompt, request.turns,
      options: [
        "temperature": .integer(temperature), "top_k": .integer(0), "top_p": .integer(1),
        "min_p": .integer(0), "repeat_penalty": .integer(1), "presence_penalty": .integer(0),
        "frequency_penalty": .integer(0), "num_predict": .integer(1),
        "num_ctx": .integer(contextLength), "seed": .integer(1),
      ], top: count)
    do throws(TokenLogprobs.Misshapen) {
      guard let first = try TokenLogprobs(content: object["logprobs"]).tokens.first else {
        throw .init(reason: "no token with a log-probability")
      }
      return first.listed
    } catch {
      throw bad(error.reason)
    }
  }

  private func ask(
    _ prompt: String, _ turns: [ChatTurn], options: KeyValuePairs<String, JSON?>, top: Int? = nil
  ) async throws -> JSONObject {
    let body = JSON.members([
      "model": .string(model),
      "prompt": chat ? nil : .string(prompt),
      "raw": chat ? nil : .bool(true),
      "messages": chat ? Chat.messages(Chat.turns(turns, prompt)) : nil,
      "think": forbidsThinking ? .bool(false) : nil,
      "stream": .bool(false), "logprobs": top.map { _ in .bool(true) },
      "top_logprobs": top.map { .integer($0) }, "options": .members(options),
    ])
    let object = try await connection.object(
      "POST", chat ? "/api/chat" : "/api/generate", root: true, body: body)
    if case .integer(let count) = object["prompt_eval_count"], count >= contextLength - 1 {
      throw ModelError(
        "\(connection.address): the prompt fills the context of \(contextLength) tokens and was "
          + "cut", retry: .no)
    }
    return object
  }
}
