import Basics

/// A server that tells the log-probability of any one token after any others.
protocol TokenStepping: Sendable {
  var connection: ServerConnection { get }

  /// The ids of a text, with the model's own beginning-of-text token where prompts get one.
  func tokenize(_ text: String) async throws -> [Int]

  /// The unconstrained log-probability of a token after others, in nats.
  func logprob(of id: Int, after context: [Int]) async throws -> Double
}

/// Scores token by token: exact for options of any length, at one request for each token.
struct StepwiseScoring<Source: TokenStepping>: ServerScoring {
  let source: Source

  var method: ScoringMethod { .stepwise }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    let spans = try await source.spans(request)
    var scores: [OptionScore] = []
    for option in spans.options {
      let sum = try await source.stepwise(option, after: spans.context)
      scores.append(OptionScore(logprob: sum, tokens: option.count))
    }
    return scores
  }
}

/// The ids that all options of a request share, and those that each has after them.
struct OptionSpans: Sendable {
  var context: [Int]
  var options: [[Int]]
  /// Whether the shared ids are those of the whole prompt; no token straddles its end.
  var isWholePrompt: Bool
}

extension TokenStepping {
  /// Where the options of a request begin: at the first token at which one of them departs from the prompt.
  func spans(_ request: ScoreRequest) async throws -> OptionSpans {
    let prompt = try await tokenize(request.prompt)
    var texts: [[Int]] = []
    for continuation in request.continuations {
      texts.append(try await tokenize(request.prompt + continuation))
    }
    let start = texts.map { zip($0, prompt).prefix { $0 == $1 }.count }.min() ?? 0
    guard start > 0 else {
      throw ModelError(
        "\(connection.address): a prompt without a token before its options", retry: .no)
    }
    return OptionSpans(
      context: Array(prompt[..<start]), options: texts.map { Array($0[start...]) },
      isWholePrompt: start == prompt.count)
  }

  /// The sum of the log-probabilities of an option's tokens, each after those before it.
  func stepwise(_ option: [Int], after context: [Int]) async throws -> Double {
    var sum = 0.0
    var context = context
    for id in option {
      sum += try await logprob(of: id, after: context)
      context.append(id)
    }
    return sum
  }
}

/// Single tokens at a completions endpoint: a bias forces the token, and its own value comes with it.
///
/// The server must have a tokeniser endpoint. Where prompts cannot be ids, the context goes as text, and
/// only when the tokeniser makes the same ids of it.
struct BiasedCompletions: TokenStepping {
  enum Tokenizer: Sendable, Hashable, CaseIterable {
    /// `POST /tokenize {model, prompt}` (vLLM, SGLang).
    case prompt
    /// `POST /extras/tokenize {input}` (llama-cpp-python).
    case extras
  }

  let completions: Completions
  let tokenizer: Tokenizer
  /// Whether prompts may be lists of ids.
  let sendsIDs: Bool

  var connection: ServerConnection { completions.connection }

  func tokenize(_ text: String) async throws -> [Int] {
    let object =
      switch tokenizer {
      case .prompt:
        try await connection.object(
          "POST", "/tokenize", root: true,
          body: .members([
            "model": completions.model.map { .string($0) }, "prompt": .string(text),
            "add_special_tokens": .bool(true),
          ]))
      case .extras:
        try await connection.object(
          "POST", "/extras/tokenize", root: true, body: .members(["input": .string(text)]))
      }
    guard case .array(let items) = object["tokens"] else {
      throw completions.bad("no list of tokens")
    }
    return try items.map { item throws(ModelError) in
      guard case .integer(let id) = item else {
        throw completions.bad("a token that is \(item.kind)")
      }
      return id
    }
  }

  func logprob(of id: Int, after context: [Int]) async throws -> Double {
    let prompt: JSON
    let name: String
    if sendsIDs {
      prompt = .array(context.map { .integer($0) })
      name = "token_id:\(id)"
    } else {
      let text = try await text(context)
      guard try await tokenize(text) == context else { throw insideCharacter }
      let longer = try await self.text(context + [id])
      guard longer.utf8.starts(with: text.utf8) else { throw insideCharacter }
      prompt = .string(text)
      name = String(decoding: longer.utf8.dropFirst(text.utf8.count), as: UTF8.self)
    }
    let answer = try await completions.ask(
      prompt: prompt, maxTokens: 1, logprobs: 1, echo: false, forced: id, namesIDs: sendsIDs)
    guard let choice = try completions.choices(answer, count: 1).first else {
      throw completions.bad("no choice")
    }
    return try value(choice, of: name)
  }

  /// The log-probability of the one token in an answer, which must be the one that was forced.
  private func value(
    _ choice: Completions.Choice, of name: String
  ) throws(ModelError) -> Double {
    do throws(TokenLogprobs.Misshapen) {
      let tokens = try TokenLogprobs(choice: choice.object).tokens
      guard tokens.count == 1 else {
        throw .init(reason: "\(tokens.count) tokens where one was asked for")
      }
      guard tokens[0].bytes.elementsEqual(name.utf8) else {
        throw .init(reason: "the token \(quoted(name)) was forced and another one came")
      }
      guard let logprob = tokens[0].logprob else {
        throw .init(reason: "a token without a log-probability")
      }
      return logprob
    } catch {
      throw completions.bad(error.reason)
    }
  }

  private func text(_ ids: [Int]) async throws -> String {
    let object = try await connection.object(
      "POST", "/extras/detokenize", root: true,
      body: .members(["tokens": .array(ids.map { .integer($0) })]))
    guard case .string(let text) = object["text"] else { throw completions.bad("no text") }
    return text
  }

  private var insideCharacter: ModelError {
    ModelError(
      "\(connection.address): an option begins or goes on inside a character, which cannot be "
        + "asked for as text", retry: .no)
  }
}
