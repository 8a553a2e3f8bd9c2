import Basics

/// A request to one server.
package struct HTTPRequest: Sendable, Hashable {
  package var method: String
  /// The path and query, beginning with a slash.
  package var target: String
  /// Further fields; host, length and accepted encodings are added.
  package var fields: [HTTPField]
  package var body: [UInt8]

  package init(
    method: String, target: String, fields: [HTTPField] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.target = target
    self.fields = fields
    self.body = body
  }

  /// The bytes that go to the server, whose `Host` field says `authority`.
  package func bytes(authority: String) -> [UInt8] {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: \(authority)\r\nAccept-Encoding: identity\r\n"
    for field in fields { head += "\(field.name): \(field.value)\r\n" }
    if !body.isEmpty || method == "POST" { head += "Content-Length: \(body.count)\r\n" }
    head += "\r\n"
    return Array(head.utf8) + body
  }
}

/// One line of a message's head.
package struct HTTPField: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A whole response.
package struct HTTPResponse: Sendable, Hashable {
  package var status: Int
  /// The fields in their order; names in lower case.
  package var fields: [HTTPField]
  package var body: [UInt8]

  package init(status: Int, fields: [HTTPField] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// The first value of the field with this lower-case name.
  package subscript(name: String) -> String? {
    fields.first { $0.name == name }?.value
  }
}

/// What sends requests to one server.
package protocol HTTPTransport: Sendable {
  /// The server's response.
  ///
  /// - Throws: `HTTPFailure`, or `CancellationError` when the calling task was cancelled.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse

  /// Closes every connection; requests in flight and later ones fail.
  func close()
}

extension HTTPTransport {
  /// The server's response, given up after a time of its own.
  func send(_ request: HTTPRequest, within limit: Duration) async throws -> HTTPResponse {
    try await Self.racing(limit) { try await self.send(request) }
  }

  /// What `work` gives, or a time-out when it takes longer than `limit`; then it is cancelled.
  static func racing(
    _ limit: Duration, _ work: @escaping @Sendable () async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: limit)
        throw HTTPFailure.timedOut(.total, after: limit)
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw HTTPFailure.closed }
      return first
    }
  }
}

/// Why there was no response.
package enum HTTPFailure: Error, Sendable, Hashable, CustomStringConvertible {
  case unresolved(host: String, reason: String)
  case unreachable(reason: String)
  case timedOut(Phase, after: Duration)
  /// The connection ended before the response was complete.
  case cutOff(received: Int)
  case malformed(String)
  case tooLarge(String)
  case closed
  /// The server could not prove who it is (`https`).
  case untrusted(String)
  /// A failure of the system's own client (`https`).
  case other(String)

  package enum Phase: String, Sendable, Hashable {
    case connecting = "no connection"
    case idle = "no data"
    case total = "no complete response"
  }

  package var description: String {
    switch self {
    case .unresolved(let host, let reason): "the host '\(host)' has no address (\(reason))"
    case .unreachable(let reason): "cannot connect (\(reason))"
    case .timedOut(let phase, let time): "\(phase.rawValue) within \(time.inSeconds) s"
    case .cutOff(0): "the connection was closed without a response"
    case .cutOff(let count): "the connection was closed after \(count) bytes of a response"
    case .malformed(let reason): "the response is not HTTP: \(reason)"
    case .tooLarge(let reason): reason
    case .closed: "the connection was closed on our side"
    case .untrusted(let reason):
      "no secure connection (\(reason)); its certificate must be signed by an authority that this "
        + "system trusts and name this host"
    case .other(let reason): reason
    }
  }
}

extension Duration {
  /// Seconds without a needless fraction, to the millisecond: `120`, `0.25`.
  package var inSeconds: String {
    let (seconds, attoseconds) = components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    return milliseconds == 0
      ? String(seconds) : String(Double(seconds) + Double(milliseconds) / 1000)
  }
}
