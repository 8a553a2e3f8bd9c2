import Basics

/// Finds out what a server is and what it can really do.
///
/// No flag is believed: some servers accept `echo` and ignore it, one returns the log-probabilities of
/// the neighbouring tokens. A method counts only when the value that it gives for a token equals the
/// value that the server gives when it generates that token itself.
package final class ServerProbe {
  var connection: ServerConnection
  let settings: ServerModel.Settings
  var findings: [ProbeReport.Finding] = []
  var alternatives: Int?
  /// Whether several prompts may be continued by one request.
  var takesLists = false
  /// Two likely continuations of the first prompt, once some were seen.
  var words: [String] = []

  init(connection: ServerConnection, settings: ServerModel.Settings) {
    self.connection = connection
    self.settings = settings
  }

  /// Texts that most models continue with one of a few tokens.
  static let prompts = [
    "Question: Which animal says meow?\nAnswer:",
    "Monday, Tuesday, Wednesday,",
    "The word is good or bad. Choose one:\nAnswer:",
  ]

  func run() async throws -> ProbedServer {
    let identity = try await identify()
    let model = try await servedModel(identity)
    var report = blankReport(identity, model.title)
    let (scorings, generating) = try await methods(identity, model)
    let scoring = scorings.first
    report.confirmed = scorings.map(\.method)
    report.scoring = scoring?.method
    report.alternatives = alternatives
    try await compareRepeated(scoring, generating)
    report.findings = findings
    guard scoring != nil || generating != nil else {
      throw ModelError(
        "\(connection.address): neither generation nor scoring works: "
          + findings.filter { $0.verdict == .fails }.map { "\($0.subject): \($0.detail)" }
          .joined(separator: "; ") + hint, retry: .no, scope: .model)
    }
    if let wanted = settings.method, scoring?.method != wanted {
      throw ModelError(
        "\(connection.address): the method '\(wanted.rawValue)' could not be confirmed: "
          + (findings.last { $0.verdict == .fails }?.detail ?? "this server does not offer it"),
        retry: .no, scope: .model)
    }
    // These two answer one request at a time, whatever they are sent.
    let serial = identity.kind == .llamaCppPython || identity.kind == .transformers
    return ProbedServer(
      scoring: scoring, generating: generating, takesLists: takesLists,
      maxInFlight: serial ? 2 : settings.maxInFlight,
      report: report)
  }

  /// What is known before any method was tried.
  func blankReport(_ identity: ServerIdentity, _ model: String) -> ProbeReport {
    ProbeReport(
      address: connection.address.description, kind: identity.kind, version: identity.version,
      model: model, contextLength: identity.contextLength, scoring: nil, alternatives: nil,
      findings: [])
  }

  /// What may be the reason when nothing works.
  private var hint: String {
    let seen = findings.filter { $0.verdict == .fails }
    guard !seen.isEmpty, seen.allSatisfy({ $0.detail.hasPrefix("status 404") }) else { return "" }
    return settings.chat
      ? "; without --chat, the completions endpoint is tried first"
      : "; is the address what stands before /completions, such as http://localhost:8000/v1?"
  }

  // MARK: Methods

  /// The ways to score that were confirmed, the best first, and the way to generate.
  private typealias Methods = (scorings: [any ServerScoring], generating: (any ServerGenerating)?)

  private func methods(_ identity: ServerIdentity, _ model: ServedModel) async throws -> Methods {
    switch identity.kind {
    case .llamacpp where !settings.chat:
      let server = LlamaServer(
        connection: connection, vocabulary: identity.vocabulary ?? 300_000)
      let generating = try await confirmGeneration(server)
      if generating { try await confirmLists(server) }
      var scorings = try await confirmLlama(server)
      if wants(.firstToken), let scoring = try await confirmFirstToken(server) {
        scorings.append(scoring)
      }
      return (scorings, generating ? SpacedGenerating(base: server) : nil)
    case .ollama: return try await overOllama(identity, model)
    case .tgi where !settings.chat:
      let server = TextGenerationInference(connection: connection)
      let generating = try await confirmGeneration(server)
      var scorings: [any ServerScoring] = []
      if wants(.echo), try await confirmPrefill(server) { scorings.append(server) }
      if wants(.firstToken), let scoring = try await confirmFirstToken(server) {
        scorings.append(scoring)
      }
      return (scorings, generating ? SpacedGenerating(base: server) : nil)
    case .sglang where !settings.chat:
      let server = SGLang(connection: connection)
      let completions = Completions(
        connection: connection, model: model.name, sampling: Sampling(identity.kind))
      let generating = try await confirmGeneration(completions)
      if generating { try await confirmLists(completions) }
      var scorings: [any ServerScoring] = []
      if wants(.echo), try await confirmInputTokens(server) { scorings.append(server) }
      if generating, wants(.firstToken), let scoring = try await confirmFirstToken(completions) {
        scorings.append(scoring)
      }
      return (scorings, generating ? SpacedGenerating(base: completions) : nil)
    default: return try await overOpenInterface(identity, model)
    }
  }

  /// Completions where they exist, chat otherwise.
  private func overOpenInterface(
    _ identity: ServerIdentity, _ model: ServedModel
  ) async throws -> Methods {
    let sampling = Sampling(identity.kind)
    let completions = Completions(connection: connection, model: model.name, sampling: sampling)
    if !settings.chat, try await confirmGeneration(completions, subject: "completions") {
      try await confirmLists(completions)
      var scorings: [any ServerScoring] = []
      if wants(.echo), let scoring = try await confirmEcho(completions, identity.kind) {
        scorings.append(scoring)
      }
      if wants(.stepwise), let scoring = try await confirmStepwise(completions, identity.kind) {
        scorings.append(scoring)
      }
      if wants(.firstToken), let scoring = try await confirmFirstToken(completions) {
        scorings.append(scoring)
      } else if scorings.isEmpty, let scoring = try await confirmResponses(identity, model) {
        scorings.append(scoring)
      }
      return (scorings, SpacedGenerating(base: completions))
    }
    var chat = Chat(connection: connection, model: model.name, sampling: sampling)
    var generating = try await confirmGeneration(chat, subject: "chat")
    if !generating, findings.last?.detail.contains("max_completion_tokens") == true {
      findings.removeLast()
      chat.limit = "max_completion_tokens"
      generating = try await confirmGeneration(chat, subject: "chat")
    }
    guard generating else { return ([], nil) }
    if wants(.firstToken),
      let scoring = try await confirmFirstToken(chat, subject: "first token of a chat answer")
    {
      return ([scoring], chat)
    }
    return (try await confirmResponses(identity, model).map { [$0] } ?? [], chat)
  }

  /// The last resort with LM Studio, which has log-probabilities nowhere else.
  private func confirmResponses(
    _ identity: ServerIdentity, _ model: ServedModel
  ) async throws -> (any ServerScoring)? {
    guard identity.kind == .lmStudio, wants(.firstToken) else { return nil }
    return try await confirmFirstToken(
      Responses(connection: connection, model: model.name),
      subject: "first token of a response, where the prompt is a message of the user")
  }

  private func overOllama(
    _ identity: ServerIdentity, _ model: ServedModel
  ) async throws -> Methods {
    let length = try await contextOfOllama(model.title)
    var server = Ollama(
      connection: connection, model: model.title, contextLength: min(length ?? 8192, 8192),
      chat: settings.chat, forbidsThinking: settings.chat)
    note("context length", .note, "each request states a context of \(server.contextLength) tokens")
    let subject = settings.chat ? "chat" : "generation"
    var generating = try await confirmGeneration(server, subject: subject)
    if !generating, server.forbidsThinking {
      findings.removeLast()
      server.forbidsThinking = false
      generating = try await confirmGeneration(server, subject: subject)
    }
    let way: any ServerGenerating = settings.chat ? server : SpacedGenerating(base: server)
    guard wants(.firstToken),
      let scoring = try await confirmFirstToken(
        server, subject: settings.chat ? "first token of a chat answer" : "first token")
    else { return ([], generating ? way : nil) }
    return ([scoring], generating ? way : nil)
  }

  func wants(_ method: ScoringMethod) -> Bool {
    settings.method.map { $0 == method } ?? true
  }

  // MARK: Tools

  /// Does something again while it fails in passing; a probe must not be misled by one bad moment.
  ///
  /// The pauses grow to two seconds, so 40 attempts wait for more than a minute.
  func patiently<Value>(
    attempts: Int = 6, _ work: () async throws -> Value
  ) async throws -> Value {
    let end = ContinuousClock.now + .seconds(120)
    for attempt in 0..<(attempts - 1) where ContinuousClock.now < end {
      do {
        return try await work()
      } catch let error as ModelError {
        switch error.retry {
        case .no: throw error
        case .transient where error.scope == .model: throw error
        case .transient: try await Task.sleep(for: .milliseconds(min(50 << min(attempt, 6), 2000)))
        case .rateLimit(let after):
          try await Task.sleep(for: min(after ?? .seconds(1), .seconds(30)))
        }
      }
    }
    return try await work()
  }

  func note(
    _ subject: String, _ verdict: ProbeReport.Finding.Verdict, _ detail: String
  ) {
    findings.append(.init(subject, verdict, detail))
  }

  /// The part of a message after the address, which the report names anyway.
  func detail(_ error: ModelError) -> String {
    let prefix = "\(connection.address): "
    return error.message.hasPrefix(prefix)
      ? String(error.message.dropFirst(prefix.count)) : error.message
  }

  /// Whether a failure concerns what was tried and not the server as a whole.
  func concernsMethod(_ error: ModelError) -> Bool {
    error.scope == .request
  }

  func confirmGeneration(
    _ generating: some ServerGenerating, subject: String = "generation"
  ) async throws -> Bool {
    let request = GenerateRequest(prompt: Self.prompts[0], maxTokens: 4, stop: ["\n"], seed: 0)
    do {
      let generation = try await patiently { try await generating.generate(request) }
      note(subject, .works, "it wrote \(quoted(generation.text, limit: 30))")
      return true
    } catch let error as ModelError where concernsMethod(error) {
      note(subject, .fails, detail(error))
      return false
    }
  }
}
