import Basics

/// The completions interface, `POST /completions`, as most servers speak it.
struct Completions: ServerGenerating {
  let connection: ServerConnection
  /// Nil where the server serves one model and names none.
  let model: String?
  var sampling = Sampling.open

  /// One answer to one prompt.
  struct Choice: Sendable {
    let text: String
    let finish: String?
    let object: JSONObject
  }

  /// Asks for continuations of these prompts; a single one is sent as a text, several as a list.
  ///
  /// - Parameters:
  ///   - prompts: The prompts.
  ///   - maxTokens: How many tokens to generate for each.
  ///   - logprobs: How many alternatives to name at each position, or nil for no log-probabilities.
  ///   - echo: Whether the prompt is to be repeated.
  ///   - stop: Texts that end generation.
  ///   - temperature: 0 is greedy.
  /// - Returns: One choice for each prompt, in their order, each with a text.
  /// - Throws: `ModelError`; transient when a choice or its text is missing.
  func choices(
    _ prompts: [String], maxTokens: Int, logprobs: Int? = nil, echo: Bool = false,
    stop: [String] = [], temperature: Int = 0
  ) async throws -> [Choice] {
    let answer = try await ask(
      prompts, maxTokens: maxTokens, logprobs: logprobs, echo: echo, stop: stop,
      temperature: temperature)
    return try choices(answer, count: prompts.count)
  }

  func ask(
    _ prompts: [String], maxTokens: Int, logprobs: Int?, echo: Bool, stop: [String] = [],
    temperature: Int = 0
  ) async throws -> ServerConnection.Answer {
    try await ask(
      prompt: prompts.count == 1 ? .string(prompts[0]) : .strings(prompts), maxTokens: maxTokens,
      logprobs: logprobs, echo: echo, stop: stop, temperature: temperature)
  }

  /// Asks with a prompt in any form that the server takes: a text, texts, or the ids of tokens.
  func ask(
    prompt: JSON, maxTokens: Int, logprobs: Int?, echo: Bool, stop: [String] = [],
    temperature: Int = 0, forced: Int? = nil, namesIDs: Bool = false
  ) async throws -> ServerConnection.Answer {
    // Fields that are not needed are left out: a null is an error at some servers.
    var body = JSONObject([
      "model": model.map { .string($0) },
      "prompt": prompt,
      "max_tokens": .integer(maxTokens),
      "temperature": .integer(temperature),
      "logprobs": logprobs.map { .integer($0) },
      "echo": echo ? .bool(true) : nil,
      "stop": stop.isEmpty ? nil : .strings(stop.prefix(mostStops)),
      "return_tokens_as_token_ids": namesIDs ? .bool(true) : nil,
      // The most that the interface allows; it outweighs any difference between two tokens.
      "logit_bias": forced.map { .members([String($0): .integer(100)]) },
    ])
    sampling.add(to: &body)
    return try await connection.ask("POST", "/completions", body: .object(body))
  }

  func choices(
    _ answer: ServerConnection.Answer, count: Int
  ) throws(ModelError) -> [Choice] {
    try read(try connection.object(answer), count: count)
  }

  /// The choices of an answer, by their index.
  private func read(_ object: JSONObject, count: Int) throws(ModelError) -> [Choice] {
    guard case .array(let items) = object["choices"] else { throw bad("no list of choices") }
    guard items.count == count else { throw bad("\(items.count) choices for \(count) prompts") }
    var choices = [Choice?](repeating: nil, count: count)
    for (position, item) in items.enumerated() {
      guard case .object(let choice) = item else { throw bad("a choice that is \(item.kind)") }
      var index = position
      if let given = choice["index"] {
        guard case .integer(let number) = given, choices.indices.contains(number),
          choices[number] == nil
        else { throw bad("the choice index \(given.compact) among \(count)") }
        index = number
      }
      guard case .string(let text) = choice["text"] else {
        throw bad("a choice whose text is \(choice["text"]?.kind ?? "missing")")
      }
      var finish: String?
      if case .string(let reason) = choice["finish_reason"] { finish = reason }
      choices[index] = Choice(text: text, finish: finish, object: choice)
    }
    return choices.compactMap(\.self)
  }

  /// The error for an answer that must not count: the request is asked again, then recorded as failed.
  func bad(_ reason: String) -> ModelError {
    ModelError("\(connection.address): bad answer: \(reason)", retry: .transient)
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    let answer = try await ask(
      [request.prompt], maxTokens: request.maxTokens, logprobs: nil, echo: false,
      stop: request.stop)
    let object = try connection.object(answer)
    guard let choice = try read(object, count: 1).first else { throw bad("no choice") }
    return Generation(
      text: choice.text, finish: choice.finish, tokens: ServerConnection.generatedTokens(object)
    ).cut(at: request.stop)
  }

  func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation] {
    guard let first = requests.first else { return [] }
    let answer = try await ask(
      requests.map(\.prompt), maxTokens: first.maxTokens, logprobs: nil, echo: false,
      stop: first.stop)
    let object = try connection.object(answer)
    let choices = try read(object, count: requests.count)
    let tokens = Self.tokens(
      of: choices, sum: ServerConnection.generatedTokens(object), each: first.maxTokens)
    return zip(choices, tokens).map { choice, tokens in
      Generation(text: choice.text, finish: choice.finish, tokens: tokens).cut(at: first.stop)
    }
  }

  /// The tokens of each choice, where the server counts only those of all.
  ///
  /// A choice that was ended by the limit has as many as that; the others get even shares of the rest.
  /// Some servers count only one choice (llama.cpp does at this interface): a sum that cannot be right
  /// counts for nothing.
  ///
  /// - Parameters:
  ///   - choices: The choices of one answer.
  ///   - sum: What the server says.
  ///   - limit: The most that a choice can have.
  /// - Returns: One count for each choice, nil where nothing can be told.
  static func tokens(of choices: [Choice], sum: Int?, each limit: Int) -> [Int?] {
    let open = choices.indices.filter { choices[$0].finish != "length" }
    let rest = (sum ?? -1) - (choices.count - open.count) * limit
    guard rest >= 0, rest <= open.count * limit else {
      return Array(repeating: nil, count: choices.count)
    }
    var tokens = [Int?](repeating: limit, count: choices.count)
    for (place, index) in open.enumerated() {
      tokens[index] = rest / open.count + (place < rest % open.count ? 1 : 0)
    }
    return tokens
  }
}

/// Scores from echoed prompts: prompt + option is echoed with the log-probability of each token.
struct EchoScoring: ServerScoring {
  let completions: Completions
  /// How many tokens have to be generated for an echo; 0 where the server takes that.
  let maxTokens: Int
  /// Whether a generated token is listed after the prompt's.
  let listsGenerated: Bool
  /// Whether the server takes a list of prompts, so that all options go in one request.
  let batches: Bool

  var method: ScoringMethod { .echo }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    let texts = request.continuations.map { request.prompt + $0 }
    if batches {
      let answer = try await ask(texts)
      if let scores = EchoScanner.scores(
        answer.body, texts: texts, request: request, dropsLast: listsGenerated && maxTokens > 0),
        answer.isSuccess
      {
        return scores
      }
      return try align(try completions.choices(answer, count: texts.count), texts, request)
    }
    var choices: [Completions.Choice] = []
    for text in texts { choices += try completions.choices(try await ask([text]), count: 1) }
    return try align(choices, texts, request)
  }

  private func align(
    _ choices: [Completions.Choice], _ texts: [String], _ request: ScoreRequest
  ) throws(ModelError) -> [OptionScore] {
    var echoes: [[TokenLogprobs.Token]] = []
    do throws(TokenLogprobs.Misshapen) {
      for (choice, text) in zip(choices, texts) { echoes.append(try tokens(choice, of: text)) }
      return try EchoAlignment.scores(
        echoes, prompt: request.prompt, continuations: request.continuations)
    } catch {
      throw completions.bad(error.reason)
    }
  }

  private func ask(_ texts: [String]) async throws -> ServerConnection.Answer {
    try await completions.ask(texts, maxTokens: maxTokens, logprobs: 1, echo: true)
  }

  /// The tokens of the echoed text, without the generated one.
  func tokens(
    _ choice: Completions.Choice, of text: String
  ) throws(TokenLogprobs.Misshapen) -> [TokenLogprobs.Token] {
    guard choice.text.utf8.starts(with: text.utf8) else {
      throw .init(reason: "the echoed text is not the prompt")
    }
    var tokens = try TokenLogprobs(choice: choice.object).tokens
    if listsGenerated, maxTokens > 0 {
      guard !tokens.isEmpty else { throw .init(reason: "no tokens") }
      tokens.removeLast()
    }
    return tokens
  }
}
