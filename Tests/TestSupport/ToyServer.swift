import Basics
import Foundation
import Synchronization

/// A language model that is known exactly: its log-probabilities are a hash of context and token.
package enum ToyModel {
  /// The tokens that it lists as likely and generates.
  package static let words = [" good", " bad", " cat", " A", " B", " yes", " no"]

  /// An optional space and a run of letters and digits, or else one character.
  package static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    let characters = Array(text)
    var at = 0
    while at < characters.count {
      var end = at + 1
      let isWord = { (index: Int) in
        index < characters.count && (characters[index].isLetter || characters[index].isNumber)
      }
      if isWord(at) || (characters[at] == " " && isWord(at + 1)) {
        while isWord(end) { end += 1 }
      }
      tokens.append(String(characters[at..<end]))
      at = end
    }
    return tokens
  }

  /// In -6...-2, so that the words' probabilities never add up to more than 1.
  package static func logprob(_ token: String, after context: String) -> Double {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in (context + "\u{0}" + token).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var generator = SeededGenerator(seed: hash)
    return -2 - 4 * generator.unit()
  }

  package static func likely(after context: String) -> [String] {
    words.sorted { logprob($0, after: context) > logprob($1, after: context) }
  }

  /// What a right scorer says, from the first token that holds a byte of the continuation.
  package static func score(_ continuation: String, after prompt: String) -> (
    logprob: Double, tokens: Int
  ) {
    let all = tokens(prompt + continuation)
    var context = ""
    var sum = 0.0
    var count = 0
    for token in all {
      if (context + token).utf8.count > prompt.utf8.count {
        sum += logprob(token, after: context)
        count += 1
      }
      context += token
    }
    return (sum, count)
  }
}

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
    /// Divides values by the temperature, as a server that reports its sampler's values.
    package var scales = false
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

  private let kind: Kind
  private let flaws: Flaws
  private let vocabulary = Mutex<[String]>([])
  private let count = Mutex(0)

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

  private func answer(_ what: String, _ body: JSONObject) -> (JSON, Int)? {
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

  private func logprob(_ token: String, _ context: String) -> Double {
    ToyModel.logprob(token, after: flaws.blind ? "" : context)
  }

  private func text(_ value: JSON?) -> String {
    if case .string(let text) = value { text } else { "" }
  }

  private func whole(_ value: JSON?) -> Int? {
    if case .integer(let number) = value { number } else { nil }
  }

  // MARK: Completions and chat

  private func completions(_ body: JSONObject) -> (JSON, Int) {
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

  private func choice(_ index: Int, _ prompt: String, _ body: JSONObject, echo: Bool) -> JSON {
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
  private func forced(_ body: JSONObject) -> String? {
    guard case .object(let biases) = body["logit_bias"], let first = biases.keys.first,
      let id = Int(first), !flaws.ignoresBias
    else { return nil }
    return vocabulary.withLock { $0[id - 100] }
  }

  /// The texts of ids, without the beginning of the text.
  private func spelled(_ ids: JSON?) -> String {
    guard case .array(let items) = ids else { return "" }
    let numbers = items.compactMap { whole($0) }.filter { $0 >= 100 }
    return vocabulary.withLock { words in numbers.map { words[$0 - 100] }.joined() }
  }

  /// The value of a listed first token.
  private func listedValue(_ word: String, _ context: String, _ body: JSONObject) -> Double {
    let value = logprob(word, context) + flaws.louder
    guard flaws.scales, case .integer(let heat)? = body["temperature"] else { return value }
    return heat == 0 ? value : value / Double(heat) - 0.5 * Double(heat - 1)
  }

  private func chat(_ body: JSONObject) -> (JSON, Int) {
    var prompt = ""
    if case .array(let messages) = body["messages"] {
      for case .object(let message) in messages {
        prompt += "<\(text(message["role"]))>" + text(message["content"])
      }
    }
    let likely = ToyModel.likely(after: prompt)
    // A chat answer begins without a space.
    let entry = { (word: String) -> JSON in
      .members([
        "token": .string(String(word.dropFirst())),
        "logprob": .number(self.listedValue(word, prompt, body)),
      ])
    }
    if flaws.renamesLimit, body["max_tokens"] != nil {
      let reason = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
      return (.members(["error": .members(["message": .string(reason)])]), 400)
    }
    let count = min(whole(body["top_logprobs"]) ?? 0, flaws.top)
    let first = JSON.members([
      "token": .string(String(likely[0].dropFirst())),
      "logprob": .number(ToyModel.logprob(likely[0], after: prompt)),
      "top_logprobs": .array(likely.prefix(count).map(entry)),
    ])
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

  // MARK: llama.cpp

  private func id(_ token: String) -> Int {
    vocabulary.withLock { words in
      if let index = words.firstIndex(of: token) { return index + 100 }
      words.append(token)
      return words.count + 99
    }
  }

  private func tokenize(_ body: JSONObject, _ given: JSON?) -> (JSON, Int) {
    let ids = ToyModel.tokens(text(given)).map { JSON.integer(id($0)) }
    return (.members(["tokens": .array([.integer(1)] + ids)]), 200)
  }

  /// Several texts are several prompts, whose answers come as a list.
  private func llamas(_ body: JSONObject) -> (JSON, Int) {
    guard case .array(let items) = body["prompt"], case .string = items.first else {
      return llama(body)
    }
    if flaws.refusesLists {
      return (.members(["error": .members(["message": .string("one prompt only")])]), 400)
    }
    // Backwards, because only the index says which is which.
    let answers = items.enumerated().reversed().map { index, prompt -> JSON in
      var single = body
      single["prompt"] = prompt
      guard case .object(var answer) = llama(single).0 else { return .null }
      answer["index"] = .integer(flaws.mixesLists ? (index + 1) % items.count : index)
      return .object(answer)
    }
    return (.array(flaws.dropsLists ? [answers[answers.count - 1]] : answers), 200)
  }

  private func llama(_ body: JSONObject) -> (JSON, Int) {
    var context = ""
    if case .array = body["prompt"] {
      context = spelled(body["prompt"])
    } else {
      context = text(body["prompt"])
    }
    let count = whole(body["n_predict"]) ?? 1
    var tokens: [String] = []
    if case .string(let grammar) = body["grammar"] {
      let literal = String(grammar.dropFirst("root ::= ".count))
      let option = (try? JSON.parse(literal)).map { text($0) } ?? ""
      tokens = flaws.spells ? option.map { String($0) } : ToyModel.tokens(option)
    } else if case .array(let biases) = body["logit_bias"], case .array(let pair) = biases.first,
      let forced = whole(pair.first)
    {
      tokens = [vocabulary.withLock { $0[forced - 100] }]
    }
    let isForced = !tokens.isEmpty
    var items: [JSON] = []
    var written = ""
    for position in 0..<count {
      if isForced, position >= tokens.count { break }
      let token = isForced ? tokens[position] : ToyModel.likely(after: context)[0]
      let value = isForced && flaws.constrainedValues ? 0 : logprob(token, context)
      let wanted = whole(body["n_probs"]) ?? 0
      let listed =
        wanted > 1000
        ? vocabulary.withLock { $0 } : Array(ToyModel.likely(after: context).prefix(wanted))
      if flaws.hidesParts, !token.utf8.allSatisfy({ $0 < 0x80 }) {
        context += token
        continue
      }
      items.append(
        .members([
          "id": .integer(id(token)), "token": .string(token),
          "bytes": .array(token.utf8.map { .integer(Int($0)) }), "logprob": .number(value),
          "top_logprobs": .array(
            listed.map { word in
              .members([
                "id": .integer(id(word)), "token": .string(word),
                "bytes": .array(word.utf8.map { .integer(Int($0)) }),
                "logprob": .number(logprob(word, context)),
              ])
            }),
        ]))
      context += token
      written += token
    }
    return (
      .members([
        "content": .string(written), "tokens_predicted": .integer(items.count),
        "stop_type": .string("limit"),
        "completion_probabilities": items.isEmpty ? nil : .array(items),
      ]), 200
    )
  }

  // MARK: Others

  private func ollama(_ body: JSONObject) -> (JSON, Int) {
    if flaws.refusesThink, body["think"] != nil {
      return (.members(["error": .string("\"toy\" does not support thinking")]), 400)
    }
    // Without this it streams.
    guard body["stream"] == .bool(false) else {
      return (.members(["error": .string("the toy does not stream")]), 400)
    }
    let top = whole(body["top_logprobs"]) ?? 0
    guard (0...20).contains(top) else {
      return (.members(["error": .string("top_logprobs must be between 0 and 20")]), 400)
    }
    var prompt = text(body["prompt"])
    let chat = body["messages"] != nil
    if case .array(let messages) = body["messages"] {
      for case .object(let message) in messages {
        prompt += "<\(text(message["role"]))>" + text(message["content"])
      }
    }
    let likely = ToyModel.likely(after: prompt)
    let written = { (word: String) in chat ? String(word.dropFirst()) : word }
    let entry = { (word: String) -> JSON in
      .members([
        "token": .string(written(word)),
        "logprob": .number(ToyModel.logprob(word, after: prompt)),
        "bytes": .array(written(word).utf8.map { .integer(Int($0)) }),
      ])
    }
    let first = JSON.members([
      "token": .string(written(likely[0])),
      "logprob": .number(ToyModel.logprob(likely[0], after: prompt)),
      "bytes": .array(written(likely[0]).utf8.map { .integer(Int($0)) }),
      "top_logprobs": .array(likely.prefix(top).map(entry)),
    ])
    return (
      .members([
        "model": body["model"], "created_at": .string("2026-11-21T00:00:00Z"),
        "response": chat ? nil : .string(likely[0]),
        "message": chat
          ? .members(["role": .string("assistant"), "content": .string(written(likely[0]))]) : nil,
        "done": .bool(true), "done_reason": .string("length"),
        "prompt_eval_count": .integer(prompt.count), "eval_count": .integer(1),
        "logprobs": body["logprobs"] == .bool(true) ? .array([first]) : nil,
      ]), 200
    )
  }

  private func tgi(_ body: JSONObject) -> (JSON, Int) {
    let prompt = text(body["inputs"])
    var context = ""
    var prefill: [JSON] = []
    for token in ToyModel.tokens(prompt) {
      prefill.append(
        .members([
          "id": .integer(id(token)), "text": .string(token),
          "logprob": context.isEmpty ? .null : .number(logprob(token, context)),
        ]))
      context += token
    }
    let likely = ToyModel.likely(after: prompt)
    let next = likely[0]
    var parameters = JSONObject()
    if case .object(let given) = body["parameters"] { parameters = given }
    func refuse(_ reason: String) -> (JSON, Int) {
      (.members(["error": .string(reason), "error_type": .string("validation")]), 422)
    }
    let top = whole(parameters["top_n_tokens"]) ?? 0
    if top > 5 { return refuse("`top_n_tokens` must be >= 0 and <= 5.") }
    if case .array(let stops) = parameters["stop"], stops.count > 4 {
      return refuse("`stop` supports up to 4 stop sequences.")
    }
    // Greedy is what is not sampled; 0 is no temperature here.
    if parameters["temperature"] != nil { return refuse("`temperature` must be strictly positive") }
    guard let most = whole(parameters["max_new_tokens"]), most > 0 else {
      return refuse("`max_new_tokens` must be strictly positive")
    }
    let listed = likely.prefix(top).map { word in
      JSON.members([
        "id": .integer(id(word)), "text": .string(word), "logprob": .number(logprob(word, prompt)),
        "special": .bool(false),
      ])
    }
    return (
      .members([
        "generated_text": .string(next),
        "details": .members([
          "finish_reason": .string("length"), "generated_tokens": .integer(1), "seed": .null,
          "top_tokens": top > 0 ? .array([.array(listed)]) : nil,
          "prefill": .array(
            flaws.noPrefill || parameters["decoder_input_details"] != .bool(true) ? [] : prefill),
          "tokens": .array([
            .members([
              "id": .integer(id(next)), "text": .string(next),
              "logprob": .number(logprob(next, prompt)), "special": .bool(false),
            ])
          ]),
        ]),
      ]), 200
    )
  }

  private func sglang(_ body: JSONObject) -> (JSON, Int) {
    let prompt = text(body["text"])
    var context = ""
    var input: [JSON] = []
    for token in ToyModel.tokens(prompt) {
      input.append(
        .array([
          context.isEmpty ? .null : .number(logprob(token, context)), .integer(id(token)),
          .string(token),
        ]))
      context += token
    }
    let next = ToyModel.likely(after: prompt)[0]
    guard body["return_logprob"] == .bool(true), whole(body["logprob_start_len"]) == 0 else {
      return (.members(["text": .string(next), "meta_info": .members([:])]), 200)
    }
    return (
      .members([
        "text": .string(next),
        "meta_info": .members([
          "prompt_tokens": .integer(input.count), "completion_tokens": .integer(1),
          "finish_reason": .members(["type": .string("length"), "length": .integer(1)]),
          "input_token_logprobs": .array(input),
          "output_token_logprobs": .array([
            .array([.number(logprob(next, prompt)), .integer(id(next)), .string(next)])
          ]),
        ]),
      ]), 200
    )
  }
}
