import Basics
import Foundation
import Synchronization

/// A server around the toy model that behaves, or misbehaves, as real ones do.
package final class ToyServer: Sendable {
  package enum Kind: Sendable, Hashable {
    case vllm
    case sglang
    case llamacpp
    case ollama
    case tgi
    case llamaCppPython
    case lmStudio
    case transformers
    /// Completions and chat, and nothing that names the program.
    case plain
    case chatOnly
  }

  package struct Flaws: Sendable {
    package var ignoresEcho = false
    /// Each echoed token has the value of its right neighbour, as in llama-cpp-python.
    package var shiftedEcho = false
    package var noLogprobs = false
    package var refusesLists = false
    /// Each of several prompts gets the text of the one after it.
    package var mixesLists = false
    /// Only the first of several prompts is answered.
    package var dropsLists = false
    /// Every prompt gets one text.
    package var parrots = false
    /// Of several prompts, only the first one's tokens are counted, as by llama.cpp.
    package var undercounts = false
    /// Values do not depend on the context.
    package var blind = false
    /// No prompt log-probabilities (Text Generation Inference since 3.0).
    package var noPrefill = false
    /// A grammar is satisfied letter by letter.
    package var spells = false
    /// Tokens outside ASCII are not reported, as parts of characters are not by llama.cpp.
    package var hidesParts = false
    /// The value of a forced token is that of the constrained distribution.
    package var constrainedValues = false
    /// A bias towards a token is ignored.
    package var ignoresBias = false
    /// Listed alternatives at most.
    package var top = 20
    /// Added to every listed value of a first token, so that they are no probabilities.
    package var louder = 0.0
    /// Some answers end at once, with an end token that is not listed (llama-cpp-python).
    package var endsSilently = false
    /// Divides values by the temperature, as a server that reports its sampler's values.
    package var scales = false
    /// LM Studio tells log-probabilities at /responses; some of its runtimes leave the list empty.
    package var responds = false
    package var respondsEmptily = false
    /// Refuses the field that tells a model not to reason.
    package var refusesThink = false
    /// Refuses the old name of an answer's limit.
    package var renamesLimit = false
    /// Applied to the text of each answer to a prompt that holds FAULT.
    package var fault: (@Sendable (String) -> String)?
    package var key: String?
    /// A status for every so many requests.
    package var failsEvery: Int?

    package init() {}
  }

  let kind: Kind
  let flaws: Flaws
  let vocabulary = Mutex<[String]>([])
  let count = Mutex(0)

  package init(_ kind: Kind, flaws: Flaws = Flaws()) {
    self.kind = kind
    self.flaws = flaws
  }

  /// Runs `body` with the server's base address.
  package func run(body: (ScriptedServer) async throws -> Void) async throws {
    try await ScriptedServer.run(script: { self.answer($0) }, body: body)
  }

  package func answer(_ request: ScriptedServer.Request) -> [ScriptedServer.Action] {
    if let key = flaws.key, request.fields["authorization"] != "Bearer \(key)" {
      return [
        .json(
          #"{"error":{"message":"wrong key \#(request.fields["authorization"] ?? "")"}}"#,
          status: 401)
      ]
    }
    let number = count.withLock { count in
      count += 1
      return count
    }
    if let every = flaws.failsEvery, number % every == 0 {
      return [
        .json(
          #"{"error":{"message":"in passing"}}"#, status: number % 2 == 0 ? 500 : 429,
          extra: "Retry-After: 0.01\r\n")
      ]
    }
    let body = (try? JSON.parse(request.body)).flatMap { json -> JSONObject? in
      if case .object(let object) = json { object } else { nil }
    }
    guard let answer = answer(request.method + " " + request.target, body ?? JSONObject()) else {
      return [.json(#"{"detail":"Not Found"}"#, status: 404)]
    }
    let text = answer.0.compact
    if let fault = flaws.fault, request.text.contains("FAULT") { return [.json(fault(text))] }
    return [.json(text, status: answer.1)]
  }

  func answer(_ what: String, _ body: JSONObject) -> (JSON, Int)? {
    switch (kind, what) {
    case (.tgi, "GET /v1/models"), (.ollama, "GET /v1/models"): nil
    case (.transformers, "GET /v1/models"): (.members(["data": .array([])]), 200)
    case (.transformers, "GET /openapi.json"):
      (.members(["paths": .members(["/load_model": .members([:])])]), 200)
    case (.llamaCppPython, "GET /openapi.json"):
      (.members(["info": .members(["title": .string("🦙 llama.cpp Python API")])]), 200)
    case (.lmStudio, "GET /api/v0/models"): (Self.studioModels, 200)
    case (_, "GET /v1/models"):
      (
        .members([
          "data": .array([
            .members([
              "id": .string("toy"), "owned_by": .string(owner),
              "max_model_len": kind == .vllm ? .integer(512) : nil,
            ])
          ])
        ]), 200
      )
    case (.vllm, "GET /version"): (.members(["version": .string("0.32.0")]), 200)
    case (.tgi, "GET /info"):
      (
        .members([
          "model_id": .string("toy"), "version": .string("3.0"), "max_total_tokens": .integer(99),
        ]), 200
      )
    case (.ollama, "GET /api/version"): (.members(["version": .string("0.34.4")]), 200)
    case (.ollama, "GET /api/tags"):
      (.members(["models": .array([.members(["name": .string("toy:latest")])])]), 200)
    case (.llamacpp, "GET /props"):
      (
        .members([
          "default_generation_settings": .members(["n_ctx": .integer(512)]),
          "total_slots": .integer(4), "build_info": .string("b1-toy"),
        ]), 200
      )
    case (.chatOnly, "POST /v1/completions"): nil
    case (.ollama, "POST /v1/completions"), (.tgi, "POST /v1/completions"): nil
    case (.lmStudio, "POST /v1/responses"): flaws.responds ? responses(body) : nil
    case (_, "POST /v1/completions"): completions(body)
    case (_, "POST /v1/chat/completions"): chat(body)
    case (.ollama, "POST /api/show"):
      (.members(["model_info": .members(["toy.context_length": .integer(2048)])]), 200)
    case (.ollama, "POST /api/chat"): ollama(body)
    case (.vllm, "POST /tokenize"): tokenize(body, body["prompt"])
    case (.llamaCppPython, "POST /extras/tokenize"): tokenize(body, body["input"])
    case (.llamaCppPython, "POST /extras/detokenize"):
      (.members(["text": .string(spelled(body["tokens"]))]), 200)
    case (.llamacpp, "POST /tokenize"): tokenize(body, body["content"])
    case (.llamacpp, "POST /completion"): llamas(body)
    case (.ollama, "POST /api/generate"): ollama(body)
    case (.tgi, "POST /generate"): tgi(body)
    case (.sglang, "POST /generate"): sglang(body)
    default: nil
    }
  }

  /// One model is loaded of the three that lie on the disk.
  private static let studioModels = JSON.members([
    "data": .array([
      .members(["id": .string("big"), "type": .string("llm"), "state": .string("not-loaded")]),
      .members([
        "id": .string("toy"), "type": .string("llm"), "state": .string("loaded"),
        "max_context_length": .integer(4096), "loaded_context_length": .integer(1024),
      ]),
      .members([
        "id": .string("embed"), "type": .string("embeddings"), "state": .string("loaded"),
      ]),
    ])
  ])

  private var owner: String {
    switch kind {
    case .vllm: "vllm"
    case .sglang: "sglang"
    case .llamacpp: "llamacpp"
    case .lmStudio: "organization_owner"
    default: "me"
    }
  }

  func logprob(_ token: String, _ context: String) -> Double {
    ToyModel.logprob(token, after: flaws.blind ? "" : context)
  }

  func text(_ value: JSON?) -> String {
    if case .string(let text) = value { text } else { "" }
  }

  func whole(_ value: JSON?) -> Int? {
    if case .integer(let number) = value { number } else { nil }
  }

  // MARK: Completions and chat

  func completions(_ body: JSONObject) -> (JSON, Int) {
    var prompts: [String] = []
    switch body["prompt"] {
    case .string(let text): prompts = [text]
    case .array(let items):
      if case .integer = items.first {
        prompts = [spelled(body["prompt"])]
      } else {
        prompts = items.map { text($0) }
      }
    default: break
    }
    if prompts.count > 1, flaws.refusesLists || kind == .llamaCppPython {
      return (.members(["error": .members(["message": .string("prompt must be a string")])]), 400)
    }
    let echo = body["echo"] == .bool(true) && !flaws.ignoresEcho
    // Backwards, because only the index says which is which.
    let choices = prompts.enumerated().reversed().map { index, prompt in
      choice(
        flaws.mixesLists ? (index + 1) % prompts.count : index, prompt, body, echo: echo)
    }
    let counted = flaws.undercounts ? 1 : prompts.count
    return (
      .members([
        "choices": .array(flaws.dropsLists ? [choices[choices.count - 1]] : choices),
        "usage": .members([
          "completion_tokens": .integer(counted * (whole(body["max_tokens"]) ?? 16))
        ]),
      ]), 200
    )
  }

  func choice(_ index: Int, _ prompt: String, _ body: JSONObject, echo: Bool) -> JSON {
    var tokens: [JSON] = []
    var values: [JSON] = []
    var tops: [JSON] = []
    let echoed = ToyModel.tokens(prompt)
    var context = ""
    var written = ""
    if echo {
      var numbers: [JSON] = []
      for token in echoed {
        numbers.append(context.isEmpty ? .null : .number(logprob(token, context)))
        tokens.append(.string(token))
        tops.append(.null)
        context += token
      }
      values = flaws.shiftedEcho ? Array(numbers.dropFirst()) + [.number(-1)] : numbers
      written = prompt
    }
    context = prompt
    for _ in 0..<(whole(body["max_tokens"]) ?? 16) {
      let free = ToyModel.likely(after: flaws.blind || flaws.parrots ? "" : context)[0]
      if flaws.endsSilently, [" yes", " no", " A"].contains(free) { break }
      let token = forced(body) ?? free
      let named = body["return_tokens_as_token_ids"] == .bool(true)
      tokens.append(.string(named ? "token_id:\(id(token))" : token))
      values.append(.number(logprob(token, context)))
      let count = min(whole(body["logprobs"]) ?? 0, flaws.top)
      let listed = ToyModel.likely(after: flaws.blind ? "" : context).prefix(count)
      var top = JSONObject()
      for word in listed { top[word] = .number(listedValue(word, context, body)) }
      tops.append(.object(top))
      context += token
      written += token
    }
    let wanted = body["logprobs"] != nil && !flaws.noLogprobs && kind != .lmStudio
    let logprobs = JSON.members([
      "tokens": .array(tokens), "token_logprobs": .array(values), "top_logprobs": .array(tops),
    ])
    return .members([
      "index": .integer(index), "text": .string(written), "finish_reason": .string("length"),
      "logprobs": kind == .transformers ? nil : wanted ? logprobs : .null,
    ])
  }

  /// The token that a bias asks for.
  func forced(_ body: JSONObject) -> String? {
    guard case .object(let biases) = body["logit_bias"], let first = biases.keys.first,
      let id = Int(first), !flaws.ignoresBias
    else { return nil }
    return vocabulary.withLock { $0[id - 100] }
  }

  /// The texts of ids, without the beginning of the text.
  func spelled(_ ids: JSON?) -> String {
    guard case .array(let items) = ids else { return "" }
    let numbers = items.compactMap { whole($0) }.filter { $0 >= 100 }
    return vocabulary.withLock { words in numbers.map { words[$0 - 100] }.joined() }
  }

  /// The value of a listed first token.
  func listedValue(_ word: String, _ context: String, _ body: JSONObject) -> Double {
    let value = logprob(word, context) + flaws.louder
    guard flaws.scales, case .integer(let heat)? = body["temperature"] else { return value }
    return heat == 0 ? value : value / Double(heat) - 0.5 * Double(heat - 1)
  }

  func responses(_ body: JSONObject) -> (JSON, Int) {
    guard body["include"] == .strings(["message.output_text.logprobs"]) else {
      return (.members(["output": .array([])]), 200)
    }
    var asked = body
    asked["messages"] = body["input"]
    asked["logprobs"] = .bool(true)
    let first = firstToken(asked)
    let text = JSON.members([
      "type": .string("output_text"), "text": first["token"],
      "logprobs": .array(flaws.respondsEmptily ? [] : [.object(first)]),
    ])
    return (
      .members([
        "object": .string("response"), "status": .string("incomplete"),
        "output": .array([
          .members(["type": .string("reasoning"), "summary": .array([])]),
          .members([
            "type": .string("message"), "role": .string("assistant"), "content": .array([text]),
          ]),
        ]),
      ]), 200
    )
  }

  /// The first token of a chat answer, with the likely ones.
  func firstToken(_ body: JSONObject) -> JSONObject {
    var prompt = ""
    if case .array(let messages) = body["messages"] {
      for case .object(let message) in messages {
        prompt += "<\(text(message["role"]))>" + text(message["content"])
      }
    }
    let likely = ToyModel.likely(after: prompt)
    let listed = likely.prefix(min(whole(body["top_logprobs"]) ?? 0, flaws.top)).map { word in
      JSON.members([
        "token": .string(String(word.dropFirst())),
        "logprob": .number(listedValue(word, prompt, body)),
      ])
    }
    return JSONObject([
      "token": .string(String(likely[0].dropFirst())),
      "logprob": .number(ToyModel.logprob(likely[0], after: prompt)),
      "top_logprobs": .array(Array(listed)),
    ])
  }

  func chat(_ body: JSONObject) -> (JSON, Int) {
    var prompt = ""
    if case .array(let messages) = body["messages"] {
      for case .object(let message) in messages {
        prompt += "<\(text(message["role"]))>" + text(message["content"])
      }
    }
    let likely = ToyModel.likely(after: prompt)
    if flaws.renamesLimit, body["max_tokens"] != nil {
      let reason = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
      return (.members(["error": .members(["message": .string(reason)])]), 400)
    }
    let first = JSON.object(firstToken(body))
    let wanted = body["logprobs"] == .bool(true) && !flaws.noLogprobs && kind != .lmStudio
    return (
      .members([
        "choices": .array([
          .members([
            "index": .integer(0), "finish_reason": .string("stop"),
            "message": .members(["content": .string(String(likely[0].dropFirst()))]),
            "logprobs": wanted ? .members(["content": .array([first])]) : .null,
          ])
        ])
      ]), 200
    )
  }
}
