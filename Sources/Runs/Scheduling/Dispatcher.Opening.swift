import Basics
import Models

extension Dispatcher {
  /// More requests under way than this help no model that was measured.
  private static let ceiling = 128

  /// Makes the endpoints of a model, which has said hello, ready for requests.
  ///
  /// - Parameters:
  ///   - model: What answers, in one place or in several.
  ///   - concurrency: Requests under way at each endpoint; nil finds out how many it takes.
  ///   - mostPrompts: Prompts in one request at most, where it takes lists; nil for its own choice.
  ///   - sleep: Waits between the trials of a dead endpoint.
  ///   - notice: Told when an endpoint dies and when it is back.
  /// - Throws: `ModelError` of an endpoint that does not say hello.
  convenience init(
    _ model: any Model, concurrency: Int?, mostPrompts: Int?,
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    notice: @escaping @Sendable (String) -> Void
  ) async throws {
    var endpoints: [Endpoint] = []
    for member in model.members {
      var capabilities = try await member.hello()
      if let mostPrompts, capabilities.mostPrompts > 1 { capabilities.mostPrompts = mostPrompts }
      endpoints.append(
        Endpoint(label: member.endpoint, model: member, capabilities: capabilities))
    }
    let limits = endpoints.map { endpoint in
      let most = max(1, endpoint.capabilities.maxInFlight)
      if let concurrency { return ConcurrencyLimit(fixed: min(max(1, concurrency), most)) }
      return ConcurrencyLimit(from: 8, to: min(most, Self.ceiling))
    }
    self.init(endpoints, limits: limits, sleep: sleep, notice: notice)
  }
}
