import Basics
import Foundation
import Synchronization

/// A model behind a server, asked only in ways that a probe confirmed.
package final class ServerModel: Model {
  package struct Settings: Sendable {
    /// The model's name, needed where a server has several.
    package var model: String?
    /// What the server is; nil finds out.
    package var kind: ServerKind?
    /// The scoring method to use; nil takes the best that the probe confirms.
    package var method: ScoringMethod?
    package var key: APIKey?
    /// Whether prompts go to the chat endpoint even where there is a completions endpoint.
    package var chat = false
    /// Whether it is asked for representations only; neither scoring nor generation is probed then.
    package var onlyEmbeds = false
    package var maxInFlight = 64
    package var http = HTTPClient.Settings()
    /// Spaces the requests of all endpoints of a run; nil sends them at once.
    package var pacer: RequestPacer?

    package init() {}
  }

  /// Prompts in one request at most: with eight, its cost hardly counts any more, and few wait for
  /// the slowest among them.
  static let mostPrompts = 8

  private enum State {
    case idle
    case probing(Task<ProbedServer, any Error>)
    case closed
  }

  let connection: ServerConnection
  private let settings: Settings
  private let state = Mutex(State.idle)

  package init(_ address: ServerAddress, settings: Settings = Settings()) {
    self.settings = settings
    #if HTTPOnly
      let transport = HTTPClient(address, settings: settings.http)
    #else
      let transport: any HTTPTransport =
        address.secure
        ? SystemHTTPClient(address, settings: settings.http)
        : HTTPClient(address, settings: settings.http)
    #endif
    connection = ServerConnection(
      address: address, transport: transport, key: settings.key, pacer: settings.pacer)
  }

  /// Host and port, with the path where it is not the usual one.
  package var endpoint: String? {
    let address = connection.address
    return address.authority + (["", "/v1"].contains(address.path) ? "" : address.path)
  }

  /// Probes the server again; it may have come back as another.
  package func renew() async throws -> Capabilities {
    state.withLock { state in
      if case .probing = state { state = .idle }
    }
    return try await hello()
  }

  /// Probes the server once; a failed probe is tried again by the next call.
  package func hello() async throws -> Capabilities {
    let server = try await probed()
    var capabilities = Capabilities(
      name: server.report.model, scoring: server.scoring?.method,
      generates: server.generating != nil, maxInFlight: server.maxInFlight,
      probe: server.report)
    capabilities.embeds = settings.onlyEmbeds
    capabilities.mostPrompts = server.takesLists ? Self.mostPrompts : 1
    capabilities.isPaced = settings.pacer != nil
    return capabilities
  }

  package func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    let server = try await probed()
    guard let scoring = server.scoring else {
      throw ModelError(
        "\(connection.address): no way of scoring was confirmed here; use --scoring generate",
        retry: .no, scope: .model)
    }
    let scores = try await scoring.score(request)
    guard scores.count == request.continuations.count, scores.allSatisfy(\.logprob.isFinite) else {
      throw ModelError("\(connection.address): a score is missing", retry: .transient)
    }
    return scores
  }

  package func generate(_ request: GenerateRequest) async throws -> Generation {
    guard let generating = try await probed().generating else {
      throw ModelError("\(connection.address): it cannot generate", retry: .no, scope: .model)
    }
    return try await generating.generate(request)
  }

  package func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation] {
    guard let generating = try await probed().generating else {
      throw ModelError("\(connection.address): it cannot generate", retry: .no, scope: .model)
    }
    return try await generating.generateAll(requests)
  }

  package func close() async {
    let probe = state.withLock { state -> Task<ProbedServer, any Error>? in
      defer { state = .closed }
      if case .probing(let task) = state { return task }
      return nil
    }
    probe?.cancel()
    connection.transport.close()
  }

  func probed() async throws -> ProbedServer {
    let task = try state.withLock { state throws(ModelError) in
      switch state {
      case .closed: throw ModelError.closed
      case .probing(let task): return task
      case .idle:
        let connection = connection
        let settings = settings
        let task = Task {
          let probe = ServerProbe(connection: connection, settings: settings)
          return try await settings.onlyEmbeds ? probe.representing() : probe.run()
        }
        state = .probing(task)
        return task
      }
    }
    do {
      return try await task.value
    } catch {
      state.withLock { state in
        if case .probing(let failed) = state, failed == task { state = .idle }
      }
      throw error
    }
  }
}

/// What a probe found, ready to be used.
struct ProbedServer: Sendable {
  var scoring: (any ServerScoring)?
  var generating: (any ServerGenerating)?
  /// Whether several prompts may be continued by one request.
  var takesLists: Bool
  var maxInFlight: Int
  var report: ProbeReport
}
