import Basics

/// llama.cpp's own interface: exact scores of options that it is made to write.
///
/// `/tokenize` gives the ids of prompt + option; the prompt's ids are sent, a grammar allows nothing but
/// the option, and the log-probabilities that come back are those of the unconstrained model. The ids
/// that were written must be the tokenizer's own, because a grammar fixes the text and not its tokens;
/// otherwise the option is read token by token, each forced by a bias. Tokens that are part of a character
/// are not reported when they are written; they are looked up among all alternatives.
package struct LlamaServer: ServerScoring, ServerGenerating, TokenStepping {
  let connection: ServerConnection
  /// How many tokens the model has; more is harmless.
  let vocabulary: Int
  /// Whether a token that a bias forces has its own value; otherwise it is looked up among all.
  var trustsBias = true

  var method: ScoringMethod { .forced }

  func bad(_ reason: String) -> ModelError {
    ModelError("\(connection.address): bad answer: \(reason)", retry: .transient)
  }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    let spans = try await spans(request)
    var scores: [OptionScore] = []
    for (option, continuation) in zip(spans.options, request.continuations) {
      var logprob: Double? = option.isEmpty ? 0 : nil
      // The grammar knows texts; when a token straddles the boundary the option's is not the one.
      if logprob == nil, spans.isWholePrompt {
        logprob = try await forced(option, after: spans.context, continuation)
      }
      let sum: Double
      if let logprob {
        sum = logprob
      } else {
        sum = try await stepwise(option, after: spans.context)
      }
      scores.append(OptionScore(logprob: sum, tokens: option.count))
    }
    return scores
  }

  /// The ids of a text, with the model's own beginning-of-text token.
  func tokenize(_ text: String) async throws -> [Int] {
    let body = JSON.members(["content": .string(text), "add_special": .bool(true)])
    let object = try await connection.object("POST", "/tokenize", root: true, body: body)
    guard case .array(let items) = object["tokens"] else { throw bad("no list of tokens") }
    let ids = items.compactMap { item -> Int? in
      if case .integer(let id) = item { id } else { nil }
    }
    guard ids.count == items.count else { throw bad("a token that is not a number") }
    return ids
  }

  /// The option's score under a grammar, or nil when it was written in other tokens.
  func forced(_ option: [Int], after context: [Int], _ text: String) async throws -> Double? {
    var body = Self.body(prompt: context, count: option.count)
    body["grammar"] = .string("root ::= " + Self.grammarLiteral(text))
    guard let tokens = try await reported(.object(body)),
      tokens.map(\.id) == option.map({ Optional($0) })
    else { return nil }
    return try sum(tokens)
  }

  func logprob(of id: Int, after context: [Int]) async throws -> Double {
    guard trustsBias else { return try await lookedUp(id, after: context) }
    var body = Self.body(prompt: context, count: 1)
    body["logit_bias"] = .array([.array([.integer(id), .number(1e6)])])
    guard let tokens = try await reported(.object(body)) else {
      return try await lookedUp(id, after: context)
    }
    guard tokens.count == 1, tokens[0].id == id else {
      throw bad("token \(id) was forced and another one came")
    }
    return try sum(tokens)
  }

  /// The token that the model writes next of itself, with the likely others.
  func first(after context: [Int], count: Int) async throws -> TokenLogprobs.Token? {
    try await first(after: .array(context.map { .integer($0) }), count: count)
  }

  /// The same after a prompt that is a text or ids.
  func first(
    after prompt: JSON, count: Int, temperature: Int = 0
  ) async throws -> TokenLogprobs.Token? {
    var body = Self.body(prompt: [], count: 1)
    body["prompt"] = prompt
    body["n_probs"] = .integer(count)
    body["temperature"] = .integer(temperature)
    return try await reported(.object(body))?.first
  }

  private func sum(_ tokens: [TokenLogprobs.Token]) throws(ModelError) -> Double {
    var sum = 0.0
    for token in tokens {
      guard let logprob = token.logprob else { throw bad("a token without a log-probability") }
      sum += logprob
    }
    return sum
  }

  /// The value of a token among all alternatives at a position where a whole character is written.
  private func lookedUp(_ id: Int, after context: [Int]) async throws -> Double {
    guard let plain = try await tokenize("a").last else { throw bad("no token for 'a'") }
    var body = Self.body(prompt: context, count: 1)
    body["n_probs"] = .integer(vocabulary)
    body["logit_bias"] = .array([.array([.integer(plain), .number(1e6)])])
    guard let token = try await reported(.object(body))?.first,
      let found = token.alternatives.first(where: { $0.id == id })
    else { throw bad("token \(id) is not among the alternatives") }
    return found.logprob
  }

  /// The tokens that an answer reports as written; nil when it reports none at all.
  private func reported(_ body: JSON) async throws -> [TokenLogprobs.Token]? {
    let object = try await connection.object("POST", "/completion", root: true, body: body)
    try refuseTruncated(object)
    guard let list = object["completion_probabilities"] else { return nil }
    do throws(TokenLogprobs.Misshapen) {
      return try TokenLogprobs(content: list).tokens
    } catch {
      throw bad(error.reason)
    }
  }

  /// Every sampling parameter that could change a value is stated: defaults differ between builds.
  private static func body(prompt: [Int], count: Int) -> JSONObject {
    JSONObject([
      "prompt": .array(prompt.map { .integer($0) }),
      "n_predict": .integer(count),
      "n_probs": .integer(1),
      "temperature": .integer(0),
      "top_k": .integer(0),
      "top_p": .integer(1),
      "min_p": .integer(0),
      "repeat_penalty": .integer(1),
      "presence_penalty": .integer(0),
      "frequency_penalty": .integer(0),
      "dry_multiplier": .integer(0),
      "xtc_probability": .integer(0),
      "post_sampling_probs": .bool(false),
      "backend_sampling": .bool(false),
      "cache_prompt": .bool(true),
      "stream": .bool(false),
    ])
  }

  /// A text as a string of the grammar language (GBNF).
  package static func grammarLiteral(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case "\0"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        literal += "\\x" + (digits.count == 1 ? "0" : "") + digits
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    try generation(
      try await connection.object(
        "POST", "/completion", root: true, body: Self.body(request, .string(request.prompt))),
      request)
  }

  func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation] {
    guard let first = requests.first else { return [] }
    let items = try connection.list(
      try await connection.ask(
        "POST", "/completion", root: true,
        body: Self.body(first, .strings(requests.map(\.prompt)))))
    guard items.count == requests.count else {
      throw bad("\(items.count) answers for \(requests.count) prompts")
    }
    var generations = [Generation?](repeating: nil, count: items.count)
    for item in items {
      guard case .object(let object) = item, case .integer(let index) = object["index"],
        generations.indices.contains(index), generations[index] == nil
      else { throw bad("an answer without an index of its own among \(items.count)") }
      generations[index] = try generation(object, requests[index])
    }
    return generations.compactMap(\.self)
  }

  private static func body(_ request: GenerateRequest, _ prompt: JSON) -> JSON {
    .members([
      "prompt": prompt,
      "n_predict": .integer(request.maxTokens),
      "stop": .strings(request.stop),
      "temperature": .integer(0),
      "repeat_penalty": .integer(1),
      "presence_penalty": .integer(0),
      "frequency_penalty": .integer(0),
      "dry_multiplier": .integer(0),
      "xtc_probability": .integer(0),
      "seed": .integer(Int(request.seed & 0x7FFF_FFFF)),
      "cache_prompt": .bool(true),
      "stream": .bool(false),
    ])
  }

  private func generation(
    _ object: JSONObject, _ request: GenerateRequest
  ) throws(ModelError) -> Generation {
    guard case .string(let text) = object["content"] else {
      throw bad("content is \(object["content"]?.kind ?? "missing")")
    }
    var generation = Generation(text: text)
    if case .integer(let count) = object["tokens_predicted"] { generation.tokens = count }
    if case .string(let kind) = object["stop_type"] {
      generation.finish = kind == "limit" ? "length" : "stop"
    }
    try refuseTruncated(object)
    return generation.cut(at: request.stop)
  }

  /// Older builds cut a prompt that is longer than the context and answer all the same.
  private func refuseTruncated(_ object: JSONObject) throws(ModelError) {
    if object["truncated"] == .bool(true) {
      throw ModelError(
        "\(connection.address): the prompt was cut: it is longer than the context", retry: .no)
    }
  }
}
