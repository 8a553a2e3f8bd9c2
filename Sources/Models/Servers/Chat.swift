import Basics

/// The chat interface, `POST /chat/completions`.
struct Chat: ServerGenerating {
  let connection: ServerConnection
  /// Nil where the server serves one model and names none.
  let model: String?
  var sampling = Sampling.open
  /// What the limit of an answer is called; newer models of OpenAI refuse the old name.
  var limit = "max_tokens"

  struct Choice: Sendable {
    let text: String
    let finish: String?
    /// Generated tokens, where the server counts them.
    let tokens: Int?
    let object: JSONObject
  }

  /// Asks for the assistant's next message.
  func choice(
    _ turns: [ChatTurn], maxTokens: Int, topLogprobs: Int? = nil, stop: [String] = [],
    temperature: Int = 0
  ) async throws -> Choice {
    var body = JSONObject([
      "model": model.map { .string($0) },
      "messages": Self.messages(turns),
      limit: .integer(maxTokens),
      "temperature": .integer(temperature),
      "logprobs": topLogprobs.map { _ in .bool(true) },
      "top_logprobs": topLogprobs.map { .integer($0) },
      "stop": stop.isEmpty ? nil : .strings(stop.prefix(mostStops)),
    ])
    sampling.add(to: &body)
    let object = try await connection.object("POST", "/chat/completions", body: .object(body))
    guard case .array(let choices) = object["choices"], choices.count == 1,
      case .object(let choice) = choices[0], case .object(let message) = choice["message"]
    else { throw bad("expected one choice with a message") }
    guard case .string(let text) = message["content"] else {
      throw bad("a message whose content is \(message["content"]?.kind ?? "missing")")
    }
    var finish: String?
    if case .string(let reason) = choice["finish_reason"] { finish = reason }
    return Choice(
      text: text, finish: finish, tokens: ServerConnection.generatedTokens(object), object: choice)
  }

  func bad(_ reason: String) -> ModelError {
    ModelError("\(connection.address): bad answer: \(reason)", retry: .transient)
  }

  static func messages(_ turns: [ChatTurn]) -> JSON {
    .array(
      turns.map { turn in
        .members(["role": .string(turn.role.rawValue), "content": .string(turn.text)])
      })
  }

  /// The messages of a request: its turns, or the whole prompt as one message of the user.
  static func turns(_ turns: [ChatTurn], _ prompt: String) -> [ChatTurn] {
    turns.isEmpty ? [ChatTurn(.user, prompt)] : turns
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    let choice = try await choice(
      Self.turns(request.turns, request.prompt), maxTokens: request.maxTokens,
      stop: request.stop)
    return Generation(text: choice.text, finish: choice.finish, tokens: choice.tokens)
      .cut(at: request.stop)
  }
}
