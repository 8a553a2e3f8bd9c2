import Basics
import Foundation
import Models
import TestSupport
import Testing

/// Runs `body` with a model behind a toy server.
private func withModel(
  _ kind: ToyServer.Kind, _ flaws: ToyServer.Flaws = .init(),
  _ settings: ServerModel.Settings = .init(),
  body: (ServerModel) async throws -> Void
) async throws {
  try await ToyServer(kind, flaws: flaws).run { server in
    let model = ServerModel(try server.address, settings: settings)
    try await body(model)
    await model.close()
  }
}

private let prompts = [
  "Question: what?\nAnswer:", "Question: what?\nAnswer: ", "a\tb || ", "(A) x (B) y\n\n(", "x y",
]

private let options = [
  [" good", " bad"], ["good", "bad", "no idea"], ["A)", "B)"], ["é", "日本"],
]

/// Scores of the model are those that the toy model is known to give.
private func checkScores(_ model: ServerModel, place: SourceLocation = #_sourceLocation)
  async throws
{
  for prompt in prompts {
    for continuations in options {
      let found = try await model.score(
        ScoreRequest(prompt: prompt, continuations: continuations))
      let exact = continuations.map { ToyModel.score($0, after: prompt) }
      // Where a token straddles the boundary for one option, all are scored from there.
      let straddles = Set(zip(found, exact).map { $0.tokens - $1.tokens }).count > 1
      if !straddles {
        for (one, right) in zip(found, exact) {
          #expect(abs(one.logprob - right.logprob) < 1e-9, sourceLocation: place)
        }
      }
      // Whatever is common to all options cancels out of their differences.
      let whole = continuations.map { ToyModel.score(prompt + $0, after: "").logprob }
      for index in found.indices {
        let difference = found[index].logprob - found[0].logprob
        #expect(abs(difference - (whole[index] - whole[0])) < 1e-9, sourceLocation: place)
      }
    }
  }
}

@Suite(.timeLimit(.minutes(5))) struct ServerModelTests {
  @Test func `vLLM is recognised, scored by echo in batches, and generates`() async throws {
    try await withModel(.vllm) { model in
      let capabilities = try await model.hello()
      #expect(capabilities.name == "toy")
      #expect(capabilities.scoring == .echo)
      #expect(capabilities.generates)
      let lines = try #require(capabilities.probe).lines
      #expect(lines[0].hasPrefix("server: vLLM 0.32.0 at http://127.0.0.1:"))
      let first = ToyModel.likely(after: "Question: Which animal says meow?\nAnswer:")[0]
      #expect(
        Array(lines.dropFirst(1).prefix(6)) == [
          "model: toy", "context length: 512 tokens", "scoring: echo",
          "also confirmed: stepwise, first-token", "alternatives per position: 7",
          "completions: works, it wrote '\(first)"
            + lines[6].dropFirst("completions: works, it wrote '\(first)".count),
        ])
      #expect(
        lines[7]
          == "list of prompts, generating: works, two prompts in one request get the texts that they "
          + "get alone")
      #expect(
        lines[8]
          == "echo: works, 9 tokens have the same log-probabilities as when they are generated")
      #expect(lines[9].hasPrefix("context: works, the token '\(first)' has -"))
      #expect(
        Array(lines.dropFirst(10)) == [
          "list of prompts: works, all options go in one request",
          "stepwise: works, 9 tokens have the same log-probabilities forced as when they are generated",
          "first token: works, 7 likely tokens are listed, and they differ between prompts",
          "raw values: note, yes, the temperature does not change them",
          "repetition: note, the same request gives the same values",
        ])
      try await checkScores(model)
      let prompt = "x y"
      let generation = try await model.generate(
        GenerateRequest(prompt: prompt, maxTokens: 1, stop: [], seed: 0))
      #expect(
        generation
          == Generation(text: ToyModel.likely(after: prompt)[0], finish: "length", tokens: 1))
    }
  }

  @Test(arguments: [
    (ToyServer.Kind.plain, ScoringMethod.echo), (.sglang, .echo), (.llamacpp, .forced),
    (.tgi, .echo), (.llamaCppPython, .echo), (.vllm, .stepwise), (.llamacpp, .stepwise),
    (.llamaCppPython, .stepwise),
  ])
  func `every way of exact scoring gives the model's own values`(
    _ kind: ToyServer.Kind, _ wanted: ScoringMethod
  ) async throws {
    var settings = ServerModel.Settings()
    // The best that the probe finds, or the one that is asked for.
    if wanted == .stepwise { settings.method = .stepwise }
    try await withModel(kind, .init(), settings) { model in
      let capabilities = try await model.hello()
      #expect(capabilities.scoring == wanted)
      #expect(capabilities.probe?.confirmed.first == wanted)
      try await checkScores(model)
    }
  }

  @Test func `token by token takes over where the echo is wrong`() async throws {
    var flaws = ToyServer.Flaws()
    flaws.shiftedEcho = true
    try await withModel(.llamaCppPython, flaws) { model in
      let report = try #require(try await model.hello().probe)
      #expect(report.kind == .llamaCppPython)
      #expect(report.confirmed == [.stepwise, .firstToken])
      try await checkScores(model)
    }
  }

  @Test func `values of forced tokens that a bias reached are looked up among all`() async throws {
    var flaws = ToyServer.Flaws()
    flaws.constrainedValues = true
    try await withModel(.llamacpp, flaws) { model in
      let report = try #require(try await model.hello().probe)
      #expect(report.confirmed == [.stepwise, .firstToken])
      let finding = try #require(report.findings.first { $0.subject == "stepwise" })
      #expect(finding.detail.contains("looked up among all (forced ones are not right)"))
      try await checkScores(model)
    }
  }

  @Test func `one prompt at a time where lists are refused`() async throws {
    var flaws = ToyServer.Flaws()
    flaws.refusesLists = true
    try await withModel(.plain, flaws) { model in
      let findings = try #require(try await model.hello().probe).findings
      #expect(
        findings.contains(
          .init("list of prompts", .fails, "status 400: 'prompt must be a string'")))
      try await checkScores(model)
    }
  }

  @Test func `a grammar that is met in other tokens is read token by token`() async throws {
    var flaws = ToyServer.Flaws()
    flaws.spells = true
    try await withModel(.llamacpp, flaws) { model in
      let method = try await model.hello().scoring
      #expect(method == .stepwise)
      try await checkScores(model)
    }
  }

  @Test func `tokens that llama.cpp does not report are looked up`() async throws {
    var flaws = ToyServer.Flaws()
    flaws.hidesParts = true
    try await withModel(.llamacpp, flaws) { model in
      let method = try await model.hello().scoring
      #expect(method == .forced)
      try await checkScores(model)
    }
  }

  @Test func `failures in passing do not mislead the probe`() async throws {
    var flaws = ToyServer.Flaws()
    flaws.failsEvery = 7
    try await withModel(.vllm, flaws) { model in
      let method = try await model.hello().scoring
      #expect(method == .echo)
    }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var name: String
    var kind = ToyServer.Kind.plain
    var flaws = ToyServer.Flaws()
    var subject: String
    var detail: String
    /// What is used instead.
    var method: ScoringMethod?
    var testDescription: String { name }

    init(
      _ name: String, _ kind: ToyServer.Kind = .plain, _ subject: String, _ detail: String,
      method: ScoringMethod? = nil, flaw: (inout ToyServer.Flaws) -> Void
    ) {
      self.name = name
      self.kind = kind
      self.subject = subject
      self.detail = detail
      self.method = method
      flaw(&flaws)
    }
  }

  static let refusals = [
    Refusal(
      "echo ignored", .plain, "echo", "it is ignored: the answer", method: .firstToken
    ) { $0.ignoresEcho = true },
    Refusal(
      "echo shifted", .plain, "echo", "so the values belong to other tokens", method: .firstToken
    ) { $0.shiftedEcho = true },
    Refusal(
      "values without context", .plain, "echo",
      "a token has the same value after different prompts"
    ) { $0.blind = true },
    Refusal(
      "values without context, token by token", .vllm, "stepwise",
      "a token has the same value after different prompts"
    ) { $0.blind = true },
    Refusal(
      "an ignored bias", .vllm, "stepwise", "was forced and another one came", method: .echo
    ) { $0.ignoresBias = true },
    Refusal(
      "no probabilities", .plain, "first token", "more than 1, so they are not the model's"
    ) { $0.louder = 1.9 },
    Refusal(
      "no probabilities of a chat answer", .chatOnly, "first token of a chat answer",
      "more than 1, so they are not the model's"
    ) { $0.louder = 1.9 },
    Refusal(
      "LM Studio", .lmStudio, "echo",
      "bad answer: it has no "
        + "log-probabilities (logprobs is null)"
    ) { _ in },
    Refusal(
      "transformers serve", .transformers, "first token",
      "bad answer: it has no "
        + "log-probabilities (logprobs is missing)"
    ) { $0.ignoresEcho = true },
    Refusal(
      "no log-probabilities", .plain, "first token",
      "bad answer: it has no "
        + "log-probabilities (logprobs is null)"
    ) { $0.noLogprobs = true },
    Refusal(
      "prefill off", .tgi, "prompt log-probabilities",
      "they are off; start the server with --enable-prefill-logprobs", method: .firstToken
    ) { $0.noPrefill = true },
    Refusal(
      "constrained values", .llamacpp, "forced options", "when it is generated freely",
      method: .stepwise
    ) { $0.constrainedValues = true },
    Refusal(
      "one alternative", .chatOnly, "first token of a chat answer", "only 1 token is listed"
    ) { $0.top = 1 },
  ]

  @Test(arguments: refusals)
  func `a method that is not confirmed is not used`(_ refusal: Refusal) async throws {
    try await withModel(refusal.kind, refusal.flaws) { model in
      let capabilities = try await model.hello()
      let findings = try #require(capabilities.probe).findings
      let finding = try #require(findings.first { $0.subject == refusal.subject })
      #expect(finding.verdict == .fails)
      #expect(finding.detail.contains(refusal.detail), "\(finding.detail)")
      #expect(capabilities.scoring == refusal.method)
      if refusal.method == nil {
        await #expect(throws: ModelError.self) {
          try await model.score(ScoreRequest(prompt: "x", continuations: [" A", " B"]))
        }
      }
    }
  }

  @Test func `a method that is asked for and not confirmed is an error that says what was seen`()
    async throws
  {
    var flaws = ToyServer.Flaws()
    flaws.ignoresEcho = true
    var settings = ServerModel.Settings()
    settings.method = .echo
    try await withModel(.plain, flaws, settings) { model in
      do {
        _ = try await model.hello()
        Issue.record("accepted")
      } catch let error as ModelError {
        #expect(error.message.contains("the method 'echo' could not be confirmed: it is ignored"))
        #expect(error.scope == .model)
      }
    }
  }

  @Test func `chat is used where there is nothing else, by first tokens`() async throws {
    try await withModel(.chatOnly) { model in
      let method = try await model.hello().scoring
      #expect(method == .firstToken)
      let turns = [ChatTurn(.system, "Label."), ChatTurn(.user, "x")]
      let scores = try await model.score(
        ScoreRequest(prompt: "ignored", continuations: ["good", " bad"], turns: turns))
      #expect(
        scores.map(\.logprob)
          == [" good", " bad"].map { ToyModel.logprob($0, after: "<system>Label.<user>x") })
      let single = try await model.generate(
        GenerateRequest(prompt: "x", maxTokens: 1, stop: [], seed: 0))
      #expect(single.text == String(ToyModel.likely(after: "<user>x")[0].dropFirst()))
    }
  }

  @Test func `Ollama is asked for first tokens, and the trailing space moves to the options`()
    async throws
  {
    try await withModel(.ollama) { model in
      let capabilities = try await model.hello()
      #expect(capabilities.name == "toy:latest")
      #expect(capabilities.scoring == .firstToken)
      #expect(capabilities.probe?.version == "0.34.4")
      let scores = try await model.score(
        ScoreRequest(prompt: "x: ", continuations: ["good", "bad"]))
      #expect(
        scores.map(\.logprob) == [" good", " bad"].map { ToyModel.logprob($0, after: "x:") })
      do {
        _ = try await model.score(ScoreRequest(prompt: "x", continuations: [" zebra", " yak"]))
        Issue.record("decided")
      } catch let error as ModelError {
        #expect(
          error.message.hasSuffix(
            ": undecided: none of the options is among the 7 most likely first tokens"))
        #expect(error.retry == .no)
      }
    }
  }

  @Test func `a key is sent, and a missing or refused one is named without being shown`()
    async throws
  {
    var flaws = ToyServer.Flaws()
    flaws.key = "s3cret-key"
    var settings = ServerModel.Settings()
    for (given, hint) in [(nil, "it needs an API key"), ("oth3r-key", "it refuses this API key")] {
      settings.key = try given.map { try APIKey($0) }
      try await withModel(.vllm, flaws, settings) { model in
        do {
          _ = try await model.hello()
          Issue.record("accepted")
        } catch let error as ModelError {
          #expect(error.message.contains("status 401; \(hint)"))
          #expect(!error.message.contains("oth3r-key"))
          #expect(error.retry == .no)
        }
      }
    }
    settings.key = try APIKey(" s3cret-key\n")
    #expect("\(settings)".contains("[key]"))
    #expect(!"\(settings)".contains("s3cret"))
    try await withModel(.vllm, flaws, settings) { model in
      let method = try await model.hello().scoring
      #expect(method == .echo)
    }
    #expect(throws: InputError.self) { try APIKey(" \n") }
    #expect(throws: InputError.self) { try APIKey("a\nb") }
  }

  @Test func `Ollama's chat goes to its own endpoint, with the context stated`() async throws {
    for refuses in [false, true] {
      var flaws = ToyServer.Flaws()
      flaws.refusesThink = refuses
      var settings = ServerModel.Settings()
      settings.chat = true
      try await withModel(.ollama, flaws, settings) { model in
        let capabilities = try await model.hello()
        #expect(capabilities.scoring == .firstToken)
        let scores = try await model.score(
          ScoreRequest(
            prompt: "", continuations: ["good", " bad"],
            turns: [ChatTurn(.system, "Label."), ChatTurn(.user, "x")]))
        #expect(
          scores.map(\.logprob)
            == [" good", " bad"].map { ToyModel.logprob($0, after: "<system>Label.<user>x") })
        let generation = try await model.generate(
          GenerateRequest(prompt: "x", maxTokens: 1, stop: [], seed: 0))
        #expect(generation.text == String(ToyModel.likely(after: "<user>x")[0].dropFirst()))
        let findings = try #require(capabilities.probe).findings
        #expect(
          findings.contains(
            .init("context length", .note, "each request states a context of 2048 tokens")))
      }
    }
  }

  @Test func `the new name of an answer's limit is used where the old one is refused`()
    async throws
  {
    var flaws = ToyServer.Flaws()
    flaws.renamesLimit = true
    try await withModel(.chatOnly, flaws) { model in
      let capabilities = try await model.hello()
      #expect(capabilities.generates)
      #expect(capabilities.scoring == .firstToken)
    }
  }

  @Test func `LM Studio's loaded model is the one that is asked`() async throws {
    try await withModel(.lmStudio) { model in
      let capabilities = try await model.hello()
      #expect(capabilities.name == "toy")
      #expect(capabilities.scoring == nil)
      #expect(capabilities.generates)
      #expect(capabilities.probe?.contextLength == 1024)
      #expect(capabilities.probe?.lines[3] == "scoring: none; use --scoring generate")
    }
  }

  @Test func `a server that lists no model answers without a name`() async throws {
    try await withModel(.transformers) { model in
      let capabilities = try await model.hello()
      #expect(capabilities.name == "the server's model")
      #expect(capabilities.scoring == nil)
      #expect(capabilities.generates)
    }
  }

  @Test(arguments: [(false, "yes, the temperature does not change them"), (true, "no, the temp")])
  func `whether values are raw is said`(_ scales: Bool, _ verdict: String) async throws {
    var flaws = ToyServer.Flaws()
    flaws.scales = scales
    try await withModel(.plain, flaws) { model in
      let findings = try #require(try await model.hello().probe).findings
      let finding = try #require(findings.first { $0.subject == "raw values" })
      #expect(finding.detail.hasPrefix(verdict), "\(finding.detail)")
    }
  }

  @Test(arguments: [ToyServer.Kind.vllm, .plain, .llamacpp, .ollama, .tgi, .sglang])
  func `a trailing space is the model's to write`(_ kind: ToyServer.Kind) async throws {
    try await withModel(kind) { model in
      let word = ToyModel.likely(after: "Answer:")[0]
      for (prompt, text) in [
        ("Answer: ", String(word.dropFirst())), ("Answer:", word), ("Answer:  ", word),
        ("Answer:\n", ToyModel.likely(after: "Answer:\n")[0]),
        ("Answer:\t", ToyModel.likely(after: "Answer:\t")[0]),
      ] where kind != .sglang || prompt == "Answer: " {
        let generation = try await model.generate(
          GenerateRequest(prompt: prompt, maxTokens: 1, stop: [], seed: 0))
        #expect(generation.text == text, "\(prompt.debugDescription)")
      }
    }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var change: @Sendable (String) -> String
    var testDescription: String { name }
  }

  static let faults = [
    Fault(name: "null") { _ in "null" },
    Fault(name: "an empty object") { _ in "{}" },
    Fault(name: "an empty list of choices") { _ in #"{"choices":[]}"# },
    Fault(name: "cut off") { String($0.dropLast($0.count / 3)) },
    Fault(name: "-9999") {
      $0.replacing(#/-[0-9]+\.[0-9]+(?:e-?[0-9]+)?/#, with: "-9999.0")
    },
    Fault(name: "-3.4e38") {
      $0.replacing(#/-[0-9]+\.[0-9]+(?:e-?[0-9]+)?/#, with: "-3.4028234663852886e38")
    },
    Fault(name: "null values") { $0.replacing(#/-[0-9]+\.[0-9]+(?:e-?[0-9]+)?/#, with: "null") },
    Fault(name: "values above 0") { $0.replacing(#/-([0-9]+\.[0-9]+)/#) { "\($0.output.1)" } },
    Fault(name: "texts for values") {
      $0.replacing(#/-[0-9]+\.[0-9]+(?:e-?[0-9]+)?/#, with: "\"x\"")
    },
    Fault(name: "an error with status 200") { _ in #"{"error":{"message":"boom"}}"# },
  ]

  @Test(arguments: faults, [ToyServer.Kind.vllm, .sglang, .llamacpp, .ollama, .tgi, .chatOnly])
  func `no answer that is not one becomes a score`(_ fault: Fault, _ kind: ToyServer.Kind)
    async throws
  {
    var flaws = ToyServer.Flaws()
    flaws.fault = fault.change
    try await withModel(kind, flaws) { model in
      let method = try await model.hello().scoring
      try #require(method != nil)
      do {
        // llama.cpp's ids do not show the prompt, so its fault is asked for by an option.
        let scores = try await model.score(
          ScoreRequest(prompt: "FAULT x", continuations: [" FAULT", " good"]))
        Issue.record("\(scores)")
      } catch let error as ModelError {
        #expect(error.scope == .request)
        #expect(!error.message.contains("\n"))
      }
    }
  }

  @Test func `an address without its v1 is completed`() async throws {
    try await ToyServer(.vllm).run { server in
      let model = ServerModel(try ServerAddress(parsing: "http://127.0.0.1:\(server.port)"))
      let report = try #require(try await model.hello().probe)
      #expect(report.findings.first == .init("path", .note, "/v1 was added"))
      #expect(report.address == "http://127.0.0.1:\(server.port)/v1")
      try await checkScores(model)
      await model.close()
    }
  }
}
