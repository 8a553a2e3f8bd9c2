import Basics
import Foundation
import Models
import TestSupport
import Testing

/// A server that is vLLM until it was probed, and then gives one answer to every request.
private func afterProbe(
  _ answer: @escaping @Sendable (ScriptedServer.Request) -> [ScriptedServer.Action],
  body: (ServerModel) async throws -> Void
) async throws {
  let toy = ToyServer(.vllm)
  let script: ScriptedServer.Script = { request in
    request.text.contains("FAULT") ? answer(request) : toy.answer(request)
  }
  try await ScriptedServer.run(script: script) { server in
    let model = ServerModel(try server.address)
    let method = try await model.hello().scoring
    try #require(method == .echo)
    try await body(model)
    await model.close()
  }
}

private func failure(_ call: () async throws -> Void) async throws -> ModelError {
  do {
    try await call()
  } catch {
    return try #require(error as? ModelError)
  }
  Issue.record("nothing failed")
  return .closed
}

private let scored = ScoreRequest(prompt: "FAULT a b", continuations: [" x", " y"])

private let generated = GenerateRequest(prompt: "FAULT", maxTokens: 1, stop: ["\n"], seed: 0)

/// Two choices of an echo answer in which `" b", " x"` and `" b", " y"` end the lists.
private func echo(
  tokens: String = #"["FAULT"," a"," b"," x"]"#, values: String = "[null,-1,-2,-3]",
  text: String = "FAULT a b x", indices: (Int, Int) = (0, 1)
) -> String {
  let first =
    "{\"index\":\(indices.0),\"text\":\"\(text)\",\"logprobs\":{\"tokens\":\(tokens),"
    + "\"token_logprobs\":\(values)}}"
  let second =
    "{\"index\":\(indices.1),\"text\":\"FAULT a b y\",\"logprobs\":{\"tokens\":"
    + "[\"FAULT\",\" a\",\" b\",\" y\"],\"token_logprobs\":[null,-1,-2,-4]}}"
  return "{\"choices\":[\(second),\(first)]}"
}

@Suite(.timeLimit(.minutes(5))) struct ServerAnswerTests {
  @Test func `a right answer is scored, whatever the order of its choices`() async throws {
    try await afterProbe { _ in
      [.json(echo())]
    } body: { model in
      let scores = try await model.score(scored)
      #expect(
        scores == [OptionScore(logprob: -3, tokens: 1), OptionScore(logprob: -4, tokens: 1)])
    }
  }

  @Test(arguments: [
    ("{}", "no list of choices"),
    (#"{"choices":[]}"#, "0 choices for 2 prompts"),
    (#"{"choices":[{"index":0,"text":"x"}]}"#, "1 choices for 2 prompts"),
    (
      #"{"choices":[{"index":0,"text":null},{"index":1,"text":"x"}]}"#,
      "a choice whose text is null"
    ),
    (echo(indices: (1, 1)), "the choice index 1 among 2"),
    (echo(indices: (2, 1)), "the choice index 2 among 2"),
    (echo(indices: (1, 0)), "the echoed text is not the prompt"),
    (echo(text: "x"), "the echoed text is not the prompt"),
    (echo(values: "[null,-1,-2]"), "4 tokens but 3 log-probabilities"),
    (echo(values: "[null,-1,-2,null]"), "no log-probability for the token ' x' of option 1"),
    (echo(values: "[null,-1,-2,-9999.0]"), "no log-probability for the token ' x' of option 1"),
    (
      echo(values: "[null,-1,-2,-3.4028234663852886e38]"),
      "no log-probability for the token ' x' of option 1"
    ),
    (
      echo(values: "[null,-1,-2,0.5]"), "token_logprobs[3]: a log-probability above 0, 0.5"
    ),
    (
      echo(values: #"[null,-1,-2,"-3"]"#), "token_logprobs[3]: a log-probability that is a text"
    ),
    (
      echo(tokens: #"["FAULT"," a"," b"," z"]"#),
      "the echoed tokens do not end with the option ' x'"
    ),
    (
      echo(tokens: #"["FAULT"," c"," b"," x"]"#),
      "the options' tokens differ before the options begin"
    ),
    (echo(tokens: #"["FAULT"," a"," b",5]"#), "tokens[3] is a whole number"),
  ])
  func `an answer that is not one is an error for its request`(
    _ answer: String, _ reason: String
  ) async throws {
    try await afterProbe { _ in
      [.json(answer)]
    } body: { model in
      let error = try await failure { _ = try await model.score(scored) }
      #expect(error.message.hasSuffix("/v1: bad answer: " + reason), "\(error.message)")
      #expect(error.retry == .transient)
      #expect(error.scope == .request)
    }
  }

  @Test func `the fast reader of echoes never contradicts the general one`() {
    var generator = SeededGenerator(seed: 5)
    var accepted = 0
    for _ in 0..<5_000 {
      var body = Array(echo().utf8)
      for _ in 0..<generator.below(3) {
        let at = generator.below(body.count)
        switch generator.below(4) {
        case 0: body[at] = UInt8(0x20 + generator.below(95))
        case 1: body.remove(at: at)
        case 2: body.insert(contentsOf: "\\u0062 ".utf8, at: at)
        default: body.swapAt(at, generator.below(body.count))
        }
      }
      guard
        let fast = EchoScanner.scores(
          body, texts: scored.continuations.map { scored.prompt + $0 }, request: scored,
          dropsLast: false)
      else { continue }
      accepted += 1
      // Where the general reader understands the answer too, both say the same.
      if let general = generally(body) { #expect(fast == general) }
    }
    #expect(accepted > 1_000)
  }

  /// The scores in an answer by way of a whole JSON tree.
  private func generally(_ body: [UInt8]) -> [OptionScore]? {
    guard case .object(let answer) = try? JSON.parse(body),
      case .array(let items) = answer["choices"]
    else { return nil }
    var echoes: [Int: [TokenLogprobs.Token]] = [:]
    for case .object(let choice) in items {
      guard case .integer(let index) = choice["index"],
        let tokens = try? TokenLogprobs(choice: choice).tokens
      else { return nil }
      echoes[index] = tokens
    }
    guard let first = echoes[0], let second = echoes[1] else { return nil }
    return try? EchoAlignment.scores(
      [first, second], prompt: scored.prompt, continuations: scored.continuations)
  }

  @Test(arguments: [
    ("{\"choices\":[{\"te", "an answer that is not a JSON object: '{\"choices\":[{\"te'"),
    ("[1]", "an answer that is not a JSON object: '[1]'"),
    ("", "an answer that is not a JSON object: no text"),
    (#"{"error":{"message":"boom"}}"#, "'boom'"),
    (#"{"choices":[{"index":0,"text":null}]}"#, "bad answer: a choice whose text is null"),
    (#"{"choices":[{"index":0}]}"#, "bad answer: a choice whose text is missing"),
    (#"{"choices":["x"]}"#, "bad answer: a choice that is a text"),
  ])
  func `generated text that is missing is an error`(_ answer: String, _ reason: String) async throws
  {
    try await afterProbe { _ in
      [.json(answer)]
    } body: { model in
      let error = try await failure { _ = try await model.generate(generated) }
      #expect(error.message.hasSuffix("/v1: " + reason), "\(error.message)")
      #expect(error.retry == .transient)
    }
  }

  @Test(arguments: [
    (400, "", "status 400: 'no'", RetryDecision.no, ModelError.Scope.request),
    (404, "", "status 404: 'no'", .no, .request),
    (
      403, "",
      "status 403; it needs an API key (in FORMATSPREAD_API_KEY or a file for --api-key-file): "
        + "'no'",
      .no, .model
    ),
    (408, "", "status 408: 'no'", .transient, .request),
    (
      429, "Retry-After: 2\r\n", "status 429, too many requests: 'no'",
      .rateLimit(after: .seconds(2)), .request
    ),
    (429, "", "status 429, too many requests: 'no'", .rateLimit(after: nil), .request),
    (503, "", "status 503: 'no'", .transient, .request),
    (
      503, "Retry-After: 0.5\r\n", "status 503, overloaded: 'no'", .rateLimit(after: .seconds(0.5)),
      .request
    ),
    (500, "", "status 500: 'no'", .transient, .request),
    (307, "", "status 307, a redirection; give the address that it leads to", .no, .model),
  ])
  func `a status carries its retry decision`(
    _ status: Int, _ extra: String, _ reason: String, _ retry: RetryDecision,
    _ scope: ModelError.Scope
  ) async throws {
    try await afterProbe { _ in
      [.json(#"{"error":{"message":"no"}}"#, status: status, extra: extra)]
    } body: { model in
      let error = try await failure { _ = try await model.generate(generated) }
      #expect(error.message.hasSuffix("/v1: " + reason), "\(error.message)")
      #expect(error.retry == retry)
      #expect(error.scope == scope)
    }
  }

  @Test func `a broken connection is transient`() async throws {
    try await afterProbe { _ in
      [.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), .reset]
    } body: { model in
      let error = try await failure { _ = try await model.generate(generated) }
      #expect(error.retry == .transient)
      #expect(error.scope == .request)
    }
  }

  @Test func `a server that is not there is gone for all requests`() async throws {
    let server = try ScriptedServer { _ in [.close] }
    let model = ServerModel(try server.address)
    server.stop()
    let error = try await failure { _ = try await model.hello() }
    #expect(error.retry == .transient)
    await model.close()
    #expect(try await failure { _ = try await model.hello() } == .closed)
  }

  @Test(arguments: [
    ("2", 2.0), ("0", 0), ("1.5", 1.5), ("1e9", 86_400), ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
    ("Sunday, 06-Nov-94 08:49:47 GMT", 10), ("Sun Nov  6 08:49:47 1994", 10),
    ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
  ])
  func `a Retry-After field is seconds or a date`(_ field: String, _ seconds: Double) {
    let now = Date(timeIntervalSince1970: 784_111_777)
    #expect(RetryAfter.duration(field, now: now) == .seconds(seconds))
  }

  @Test(arguments: ["soon", "-1", ""])
  func `any other Retry-After field says nothing`(_ field: String) {
    #expect(RetryAfter.duration(field, now: Date()) == nil)
  }

  @Test func `text ends before the first stop text, wherever it was left in`() {
    let text = Generation(text: "yes\nno###", finish: "length")
    #expect(text.cut(at: ["###", "\n", ""]) == Generation(text: "yes", finish: "stop"))
    #expect(text.cut(at: ["x"]) == text)
    #expect(Generation(text: "e\u{301}").cut(at: ["e"]).text == "")
  }

  @Test func `a grammar literal spells any option`() {
    #expect(LlamaServer.grammarLiteral(" a\"b\\\n\t\r\u{1}é") == #"" a\"b\\\n\t\r\x01é""#)
  }
}

struct FirstTokenTests {
  private func listed(_ pairs: KeyValuePairs<String, Double>) -> [TokenLogprobs.Alternative] {
    pairs.map { .init(bytes: Array($0.utf8), logprob: $1) }
  }

  @Test func `options that are listed have their values`() throws {
    let scores = try FirstToken.scores(
      listed([" yes": -0.5, " no": -1.5, " maybe": -3]), options: [" no", " yes please"],
      ignoresSpace: false)
    #expect(scores.map(\.logprob) == [-1.5, -0.5])
    #expect(scores.allSatisfy { !$0.censored && $0.tokens == 1 })
  }

  @Test func `an option that is not listed is censored at the last listed value`() throws {
    let scores = try FirstToken.scores(
      listed([" A": -0.5, " x": -4, " y": -6]), options: [" A", " B"], ignoresSpace: false)
    #expect(
      scores == [
        OptionScore(logprob: -0.5, tokens: 1), OptionScore(logprob: -6, tokens: 1, censored: true),
      ])
  }

  @Test
  func `a listed beginning of an option is a bound, and refuses the example when it could win`()
    throws
  {
    let likely = listed([" n": -0.5, " yes": -1.5, " x": -9])
    #expect(
      throws: FirstToken.Undecided(
        reason: "the first token of ' no' is not listed and could decide")
    ) { try FirstToken.scores(likely, options: [" no", " yes"], ignoresSpace: false) }
    let unlikely = try FirstToken.scores(
      listed([" n": -3, " yes": -1.5, " x": -9]), options: [" no", " yes"], ignoresSpace: false)
    #expect(unlikely[0] == OptionScore(logprob: -3, tokens: 1, censored: true))
  }

  @Test func `no listed option, or one token for two, refuses the example`() {
    #expect(
      throws: FirstToken.Undecided(
        reason: "none of the options is among the 2 most likely first tokens")
    ) {
      try FirstToken.scores(
        listed([" x": -1, " y": -2]), options: [" A", " B"], ignoresSpace: false)
    }
    #expect(
      throws: FirstToken.Undecided(
        reason: "the options ' very good' and ' very bad' begin with the same token")
    ) {
      try FirstToken.scores(
        listed([" very": -1, " y": -2]), options: [" very good", " very bad"],
        ignoresSpace: false)
    }
  }

  @Test func `a drawn token below the list does not lower the bound of what is not listed`() throws
  {
    var token = TokenLogprobs.Token(bytes: Array(" rare".utf8), logprob: -11)
    token.alternatives = listed([" A": -0.5, " x": -4, " y": -6])
    let scores = try FirstToken.scores(
      token.listed, options: [" A", " B"], ignoresSpace: false)
    #expect(scores[1] == OptionScore(logprob: -6, tokens: 1, censored: true))
    token.alternatives = []
    #expect(token.listed.map(\.logprob) == [-11])
  }

  @Test func `in a chat answer leading spaces do not matter and probabilities add up`() throws {
    let scores = try FirstToken.scores(
      listed(["A": log(0.25), " A": log(0.125), "B": log(0.5)]), options: [" A", "B"],
      ignoresSpace: true)
    #expect(abs(scores[0].logprob - log(0.375)) < 1e-12)
    #expect(abs(scores[1].logprob - log(0.5)) < 1e-12)
  }
}

struct TokenLogprobsTests {
  private func read(_ text: String) throws -> [TokenLogprobs.Token] {
    try TokenLogprobs(content: try JSON.parse(Array(text.utf8))).tokens
  }

  @Test(arguments: [
    #"[{"id":7,"token":" a","bytes":[32,97],"logprob":-0.5,"top_logprobs":[{"id":7,"token":" a","bytes":[32,97],"logprob":-0.5},{"id":8,"token":" b","bytes":[32,98],"logprob":-1.5}]}]"#,
    #"[{"id":7,"token":" a","bytes":[32,97],"prob":0.6065306597126334,"top_probs":[{"id":7,"token":" a","bytes":[32,97],"prob":0.6065306597126334},{"id":8,"token":" b","bytes":[32,98],"prob":0.22313016014842982}]}]"#,
    #"[{"content":" a","probs":[{"tok_str":" a","prob":0.6065306597126334},{"tok_str":" b","prob":0.22313016014842982},{"tok_str":" c","prob":0}]}]"#,
  ])
  func `each of llama dot cpp's shapes is read`(_ text: String) throws {
    let token = try #require(try read(text).first)
    #expect(token.bytes == Array(" a".utf8))
    #expect(abs(try #require(token.logprob) + 0.5) < 1e-12)
    #expect(token.alternatives.count == 2)
    #expect(abs(token.alternatives[1].logprob + 1.5) < 1e-12)
  }

  @Test(arguments: [
    (#"[{"token":"a","prob":1.5}]"#, "token 0: the probability 1.5"),
    (#"[{"token":"a","prob":"x"}]"#, "token 0: a probability that is a text"),
    (#"[{"logprob":-1}]"#, "token 0 has no text"),
    (#"{}"#, "the list of tokens is an object"),
  ])
  func `any other shape is refused`(_ text: String, _ reason: String) {
    #expect(throws: TokenLogprobs.Misshapen(reason: reason)) { try read(text) }
  }
}
