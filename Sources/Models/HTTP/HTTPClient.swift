import Basics
import Foundation
import Synchronization

/// A small HTTP/1.1 client for one server, on POSIX sockets.
///
/// Callers only enqueue; one thread polls every connection (`HTTPLoop`), so no call blocks the
/// cooperative pool. Connections are kept alive and reused. Proxies of the environment are not used:
/// the server is the one that the user named.
package final class HTTPClient: HTTPTransport {
  package struct Settings: Sendable {
    package var connectTimeout: Duration = .seconds(10)
    /// The longest silence while a response is awaited or arriving.
    package var idleTimeout: Duration = .seconds(300)
    /// The time for the whole exchange, waiting for a connection included.
    package var totalTimeout: Duration = .seconds(600)
    package var maxConnections = 256
    package var limits = HTTPResponseParser.Limits()
    /// Told the bytes of every request before it leaves; for the benchmark.
    package var tap: (@Sendable ([UInt8]) -> Void)?

    package init() {}
  }

  private let authority: String
  private let settings: Settings
  private let loop: HTTPLoop

  package init(_ address: ServerAddress, settings: Settings = Settings()) {
    authority = address.authority
    self.settings = settings
    loop = HTTPLoop(host: address.host, port: address.port, settings: settings)
  }

  deinit {
    loop.close()
  }

  package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let bytes = request.bytes(authority: authority)
    settings.tap?(bytes)
    let exchange = HTTPExchange(
      bytes: bytes,
      deadline: ContinuousClock.now + settings.totalTimeout)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        if exchange.begin(continuation) { loop.add(exchange) }
      }
    } onCancel: {
      if exchange.finish(.failure(CancellationError())) { loop.wakeForCancelled() }
    }
  }

  package func close() {
    loop.close()
  }
}

/// One request and whoever waits for its response.
final class HTTPExchange: Sendable {
  typealias Continuation = CheckedContinuation<HTTPResponse, any Error>

  private enum State {
    case new
    case waiting(Continuation)
    case done
  }

  let bytes: [UInt8]
  let deadline: ContinuousClock.Instant
  private let state = Mutex(State.new)

  init(bytes: [UInt8], deadline: ContinuousClock.Instant) {
    self.bytes = bytes
    self.deadline = deadline
  }

  var isDone: Bool {
    state.withLock { if case .done = $0 { true } else { false } }
  }

  /// Takes the continuation; false when the caller was cancelled before, which it then learns.
  func begin(_ continuation: Continuation) -> Bool {
    let begun = state.withLock { state in
      guard case .new = state else { return false }
      state = .waiting(continuation)
      return true
    }
    if !begun { continuation.resume(throwing: CancellationError()) }
    return begun
  }

  /// Hands over the result, the first time; true when somebody waited for it.
  @discardableResult
  func finish(_ result: Result<HTTPResponse, any Error>) -> Bool {
    let continuation = state.withLock { state -> Continuation? in
      defer { state = .done }
      if case .waiting(let continuation) = state { return continuation }
      return nil
    }
    continuation?.resume(with: result)
    return continuation != nil
  }
}
