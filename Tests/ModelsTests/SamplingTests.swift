import Basics
import Foundation
import Models
import Synchronization
import Testing

/// Every request body that a server of some kind got while it was probed, scored and generated with.
private func bodies(
  _ kind: ToyServer.Kind, chat: Bool = false
) async throws -> [(target: String, body: JSONObject)] {
  let toy = ToyServer(kind)
  let seen = Mutex<[(target: String, body: JSONObject)]>([])
  try await ScriptedServer.run { request in
    if case .object(let body) = try? JSON.parse(request.body) {
      seen.withLock { $0.append((request.target, body)) }
    }
    return toy.answer(request)
  } body: { server in
    var settings = ServerModel.Settings()
    settings.chat = chat
    let model = ServerModel(try server.address, settings: settings)
    if try await model.hello().scoring != nil {
      _ = try await model.score(ScoreRequest(prompt: "x", continuations: [" good", " bad"]))
    }
    _ = try await model.generate(
      GenerateRequest(
        prompt: "x", maxTokens: 3, stop: ["a", "b", "c", "d", "e"], seed: 1))
    await model.close()
  }
  return seen.withLock { $0 }
}

private let tokenizers = ["/tokenize", "/extras/tokenize", "/extras/detokenize", "/api/show"]

@Suite(.timeLimit(.minutes(5))) struct SamplingTests {
  /// The members that must stand in every request for tokens.
  static let stated: [(ToyServer.Kind, [String: JSON])] = [
    (
      .vllm,
      [
        "top_p": .integer(1), "top_k": .integer(-1), "min_p": .integer(0),
        "repetition_penalty": .integer(1), "presence_penalty": .integer(0),
        "frequency_penalty": .integer(0),
      ]
    ),
    (
      .llamaCppPython,
      [
        "top_p": .integer(1), "top_k": .integer(0), "min_p": .integer(0),
        "repeat_penalty": .integer(1),
      ]
    ),
    (
      .lmStudio,
      ["top_p": .integer(1), "top_k": .integer(0), "repeat_penalty": .integer(1)]
    ),
    (.plain, ["top_p": .integer(1), "presence_penalty": .integer(0)]),
    (
      .llamacpp,
      [
        "repeat_penalty": .integer(1), "presence_penalty": .integer(0),
        "dry_multiplier": .integer(0), "xtc_probability": .integer(0), "stream": .bool(false),
      ]
    ),
  ]

  @Test(arguments: stated.map(\.0), [false, true])
  func `what could change a value is stated in every request`(
    _ kind: ToyServer.Kind, _ chat: Bool
  ) async throws {
    // llama.cpp's chat is reached by its OpenAI interface, whose penalties are named alike.
    let wanted = try #require(Self.stated.first { $0.0 == kind }?.1)
    let requests = try await bodies(kind, chat: chat).filter { !tokenizers.contains($0.target) }
    #expect(requests.count > 3)
    for (target, body) in requests {
      for (key, value) in wanted where !chat || kind != .llamacpp || key.hasSuffix("penalty") {
        #expect(body[key] == value, "\(target) \(key)")
      }
      #expect(body["temperature"] != nil)
    }
  }

  @Test func `a strict server gets no field that it refuses`() async throws {
    let allowed: Set = [
      "prompt", "messages", "max_tokens", "temperature", "logprobs", "top_logprobs", "echo", "stop",
    ]
    for chat in [false, true] {
      let requests = try await bodies(.transformers, chat: chat).filter {
        !tokenizers.contains($0.target)
      }
      #expect(!requests.isEmpty)
      for (_, body) in requests { #expect(Set(body.keys).isSubset(of: allowed), "\(body.keys)") }
    }
  }

  @Test(arguments: [false, true])
  func `Ollama is told the context and every option, and not to stream`(_ chat: Bool) async throws {
    let requests = try await bodies(.ollama, chat: chat).filter { $0.target != "/api/show" }
    #expect(requests.allSatisfy { $0.target == (chat ? "/api/chat" : "/api/generate") })
    for (_, body) in requests {
      #expect(body["stream"] == .bool(false))
      #expect(body["raw"] == (chat ? nil : .bool(true)))
      guard case .object(let options) = body["options"] else {
        Issue.record("no options")
        return
      }
      #expect(options["num_ctx"] == .integer(2048))
      #expect(options["repeat_penalty"] == .integer(1))
      if body["logprobs"] != nil {
        #expect(options["top_k"] == .integer(0))
        #expect(options["top_p"] == .integer(1))
        #expect(options["min_p"] == .integer(0))
        #expect(options["num_predict"] == .integer(1))
      }
    }
  }

  @Test func `Text Generation Inference is never told a temperature or more than four stop texts`()
    async throws
  {
    for (_, body) in try await bodies(.tgi) {
      guard case .object(let parameters) = body["parameters"] else {
        Issue.record("no parameters")
        return
      }
      #expect(parameters["temperature"] == nil)
      #expect(parameters["do_sample"] == .bool(false))
      if case .array(let stops) = parameters["stop"] { #expect([1, 4].contains(stops.count)) }
    }
  }
}
