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
    let model = try modelName(identity)
    var report = ProbeReport(
      address: connection.address.description, kind: identity.kind, version: identity.version,
      model: model, contextLength: identity.contextLength, scoring: nil, alternatives: nil,
      findings: [])
    let (scoring, generating) = try await methods(identity, model: model)
    report.scoring = scoring?.method
    report.alternatives = alternatives
    report.findings = findings
    guard scoring != nil || generating != nil else {
      throw ModelError(
        "\(connection.address): neither generation nor scoring works: "
          + findings.filter { $0.verdict == .fails }.map { "\($0.subject): \($0.detail)" }
          .joined(separator: "; "), retry: .no, scope: .model)
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
      scoring: scoring, generating: generating, maxInFlight: serial ? 2 : settings.maxInFlight,
      report: report)
  }

  private func modelName(_ identity: ServerIdentity) throws(ModelError) -> String {
    if let name = settings.model { return name }
    if identity.models.count == 1 { return identity.models[0] }
    if identity.models.isEmpty {
      if [.llamacpp, .tgi, .sglang].contains(identity.kind) { return identity.kind.rawValue }
      throw ModelError(
        "\(connection.address): it lists no models; name one with --model", retry: .no,
        scope: .model)
    }
    let shown = identity.models.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    let more = identity.models.count > 8 ? ", …" : ""
    throw ModelError(
      "\(connection.address): it has \(identity.models.count) models; name one with --model: "
        + shown + more, retry: .no, scope: .model)
  }

  /// The best confirmed ways to score and to generate.
  private func methods(
    _ identity: ServerIdentity, model: String
  ) async throws -> ((any ServerScoring)?, (any ServerGenerating)?) {
    let completions = Completions(connection: connection, model: model)
    switch identity.kind {
    case .llamacpp where !settings.chat:
      let server = LlamaServer(
        connection: connection, vocabulary: identity.vocabulary ?? 300_000)
      var scoring: (any ServerScoring)?
      if wants(.forced), try await confirmForced(server) { scoring = server }
      if scoring == nil, wants(.firstToken) {
        scoring = try await confirmFirstToken(completions, subject: "first token")
      }
      return (scoring, try await confirmGeneration(server) ? server : nil)
    case .ollama where !settings.chat:
      let server = Ollama(
        connection: connection, model: model,
        contextLength: min(identity.contextLength ?? 8192, 8192))
      let generating = try await confirmGeneration(server)
      var scoring: (any ServerScoring)?
      if wants(.firstToken) {
        scoring = try await confirmFirstToken(server, subject: "first token")
        if scoring != nil { try await compareTemperatures(server) }
      }
      return (scoring, generating ? server : nil)
    case .tgi where !settings.chat:
      let server = TextGenerationInference(connection: connection)
      let generating = try await confirmGeneration(server)
      let scoring = wants(.echo) ? try await confirmPrefill(server) : false
      return (scoring ? server : nil, generating ? server : nil)
    case .sglang where !settings.chat:
      let server = SGLang(connection: connection)
      let generating = try await confirmGeneration(completions)
      let scoring = wants(.echo) ? try await confirmInputTokens(server) : false
      return (scoring ? server : nil, generating ? completions : nil)
    default:
      return try await overOpenInterface(completions, identity, model: model)
    }
  }

  /// Completions where they exist, chat otherwise.
  private func overOpenInterface(
    _ completions: Completions, _ identity: ServerIdentity, model: String
  ) async throws -> ((any ServerScoring)?, (any ServerGenerating)?) {
    if !settings.chat, try await confirmGeneration(completions, subject: "completions") {
      var scoring: (any ServerScoring)?
      if wants(.echo) { scoring = try await confirmEcho(completions, identity.kind) }
      if scoring == nil, wants(.firstToken) {
        scoring = try await confirmFirstToken(completions, subject: "first token")
      }
      return (scoring, completions)
    }
    let chat = Chat(connection: connection, model: model)
    let generating = try await confirmGeneration(chat, subject: "chat")
    var scoring: (any ServerScoring)?
    if generating, wants(.firstToken) {
      scoring = try await confirmFirstToken(chat, subject: "first token of a chat answer")
    }
    return (scoring, generating ? chat : nil)
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
