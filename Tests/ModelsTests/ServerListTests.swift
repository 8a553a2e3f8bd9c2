import Models
import TestSupport
import Testing

/// Several prompts in one request to a server.
@Suite(.timeLimit(.minutes(5))) struct ServerListTests {
  private static let subject = "list of prompts, generating"

  private func withModel(
    _ kind: ToyServer.Kind, _ flaws: ToyServer.Flaws = .init(),
    body: (ServerModel, ScriptedServer) async throws -> Void
  ) async throws {
    try await ToyServer(kind, flaws: flaws).run { server in
      let model = ServerModel(try server.address)
      try await body(model, server)
      await model.close()
    }
  }

  private func requests(_ prompts: [String], stop: [String] = []) -> [GenerateRequest] {
    prompts.map { GenerateRequest(prompt: $0, maxTokens: 3, stop: stop, seed: 0) }
  }

  private let prompts = ["one", "two\nlines", "x:\t", "Answer: ", "日本", "\"quoted\" \\"]

  @Test(arguments: [ToyServer.Kind.vllm, .sglang, .llamacpp, .plain, .lmStudio])
  func `several prompts get in one request what each gets alone`(
    _ kind: ToyServer.Kind
  ) async throws {
    try await withModel(kind) { model, server in
      #expect(try await model.hello().mostPrompts == 8)
      let requests = requests(prompts, stop: [" no", " A"])
      var alone: [Generation] = []
      for request in requests { alone.append(try await model.generate(request)) }
      let before = server.requests
      let together = try await model.generateAll(requests)
      #expect(server.requests == before + 1)
      #expect(together.map(\.text) == alone.map(\.text))
      #expect(together.map(\.finish) == alone.map(\.finish))
      #expect(Set(together.map(\.text)).count > 2, "the texts tell their order")
      #expect(together.map(\.tokens) == Array(repeating: 3, count: prompts.count))
    }
  }

  @Test(arguments: [ToyServer.Kind.ollama, .tgi, .chatOnly, .llamaCppPython])
  func `servers that take one prompt are sent one`(_ kind: ToyServer.Kind) async throws {
    try await withModel(kind) { model, _ in
      let capabilities = try await model.hello()
      #expect(capabilities.generates)
      #expect(capabilities.mostPrompts == 1)
    }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let name: String
    let change: @Sendable (inout ToyServer.Flaws) -> Void
    let detail: String
    var testDescription: String { name }
  }

  static let refusals = [
    Refusal(
      name: "a refusal", change: { $0.refusesLists = true }, detail: "not used: status 400: '"),
    Refusal(
      name: "another order", change: { $0.mixesLists = true }, detail: "not used: the texts ' "),
    Refusal(
      name: "answers missing", change: { $0.dropsLists = true }, detail: "not used: bad answer: 1 "),
  ]

  @Test(arguments: refusals, [ToyServer.Kind.vllm, .llamacpp])
  func `lists that were not confirmed are not used, and the reason is said`(
    _ refusal: Refusal, _ kind: ToyServer.Kind
  ) async throws {
    var flaws = ToyServer.Flaws()
    refusal.change(&flaws)
    try await withModel(kind, flaws) { model, _ in
      let capabilities = try await model.hello()
      #expect(capabilities.generates)
      #expect(capabilities.mostPrompts == 1)
      let findings = try #require(capabilities.probe).findings
      let finding = try #require(findings.first { $0.subject == Self.subject })
      #expect(finding.verdict == .fails)
      #expect(finding.detail.hasPrefix(refusal.detail), "\(finding.detail)")
    }
  }

  @Test func `lists whose order cannot be seen are not used`() async throws {
    var flaws = ToyServer.Flaws()
    flaws.parrots = true
    try await withModel(.plain, flaws) { model, _ in
      let capabilities = try await model.hello()
      #expect(capabilities.mostPrompts == 1)
      let finding = capabilities.probe?.findings.first { $0.subject == Self.subject }
      #expect(
        finding?.detail == "not used: different prompts get one text, which shows no order")
    }
  }

  @Test func `a count of tokens that cannot be right counts for nothing`() async throws {
    var flaws = ToyServer.Flaws()
    flaws.undercounts = true
    try await withModel(.plain, flaws) { model, _ in
      let texts = try await model.generateAll(requests(["a", "b", "c"]))
      #expect(texts.map(\.tokens) == [nil, nil, nil])
    }
  }

  static let faults: [(name: String, change: @Sendable (String) -> String)] = [
    ("null", { _ in "null" }),
    ("an empty list", { _ in #"{"choices":[]}"# }),
    ("an answer too few", { _ in #"{"choices":[{"index":0,"text":"a"}]}"# }),
    (
      "an answer too many",
      { _ in #"{"choices":[{"text":"a"},{"text":"b"},{"text":"c"}]}"# }
    ),
    ("an index twice", { $0.replacing("\"index\":1", with: "\"index\":0") }),
    ("an index beyond", { $0.replacing("\"index\":1", with: "\"index\":2") }),
    ("an index that is none", { $0.replacing("\"index\":1", with: "\"index\":\"1\"") }),
    ("a text that is null", { $0.replacing(#/"(text|content)":"[^"]*"/#, with: "\"text\":null") }),
    ("cut off", { String($0.dropLast($0.count / 3)) }),
    ("an error with status 200", { _ in #"{"error":{"message":"boom"}}"# }),
  ]

  @Test(arguments: faults.map(\.name), [ToyServer.Kind.vllm, .llamacpp])
  func `a list with anything wrong gives no text`(
    _ fault: String, _ kind: ToyServer.Kind
  ) async throws {
    var flaws = ToyServer.Flaws()
    flaws.fault = try #require(Self.faults.first { $0.name == fault }).change
    try await withModel(kind, flaws) { model, _ in
      #expect(try await model.hello().mostPrompts == 8)
      do {
        let texts = try await model.generateAll(requests(["FAULT x", "y"]))
        Issue.record("\(texts)")
      } catch let error as ModelError {
        #expect(error.scope == .request)
        #expect(error.retry == .transient)
        #expect(!error.message.contains("\n"))
      }
    }
  }
}
