import Basics

/// `POST /responses`, the one interface of LM Studio that may tell log-probabilities: those of the likely
/// tokens at the beginning of an answer.
///
/// It takes the prompt as messages, as a chat endpoint does.
struct Responses: FirstTokenSource {
  let connection: ServerConnection
  let model: String?

  var ignoresSpace: Bool { true }

  func alternatives(
    _ request: ScoreRequest, count: Int, temperature: Int
  ) async throws -> [TokenLogprobs.Alternative] {
    var body = JSONObject([
      "model": model.map { .string($0) },
      "input": Chat.messages(Chat.turns(request.turns, request.prompt)),
      "max_output_tokens": .integer(1),
      "temperature": .integer(temperature),
      "include": .strings(["message.output_text.logprobs"]),
      "top_logprobs": .integer(count),
    ])
    Sampling(.lmStudio).add(to: &body)
    let object = try await connection.object("POST", "/responses", body: .object(body))
    do throws(TokenLogprobs.Misshapen) {
      guard let first = try TokenLogprobs(content: Self.content(object)).tokens.first else {
        throw .init(reason: "it has no log-probabilities (logprobs is empty)")
      }
      return first.listed
    } catch {
      throw ModelError("\(connection.address): bad answer: \(error.reason)", retry: .transient)
    }
  }

  /// The log-probabilities of the first text of `output`; thoughts may stand before it.
  private static func content(_ object: JSONObject) -> JSON? {
    guard case .array(let items) = object["output"] else { return nil }
    for case .object(let item) in items {
      guard case .array(let parts) = item["content"] else { continue }
      for case .object(let part) in parts where part["type"] == .string("output_text") {
        return part["logprobs"]
      }
    }
    return nil
  }
}
