import Basics
package import Foundation

/// JSON requests to one server, and what its failures mean.
struct ServerConnection: Sendable {
  let address: ServerAddress
  let transport: any HTTPTransport
  let key: APIKey?
  var pacer: RequestPacer?

  /// What a server answered, whatever its status.
  struct Answer: Sendable {
    let status: Int
    let body: [UInt8]
    let retryAfter: String?

    var isSuccess: Bool { (200...299).contains(status) }

    var json: JSON? { try? JSON.parse(body) }
  }

  /// Sends a request below the base path; `root` paths begin at the server's root instead.
  func ask(
    _ method: String = "POST", _ path: String, root: Bool = false, body: JSON? = nil,
    within limit: Duration? = nil
  ) async throws -> Answer {
    var fields = [HTTPField("Accept", "application/json")]
    if let key { fields.append(key.field) }
    var bytes: [UInt8] = []
    if let body {
      fields.append(HTTPField("Content-Type", "application/json"))
      body.write(to: &bytes)
    }
    let base = root ? rootPath : address.path
    try await pacer?.wait()
    let response: HTTPResponse
    do {
      let request = HTTPRequest(method: method, target: base + path, fields: fields, body: bytes)
      response =
        if let limit {
          try await transport.send(request, within: limit)
        } else {
          try await transport.send(request)
        }
    } catch let failure as HTTPFailure {
      throw explain(failure)
    }
    return Answer(
      status: response.status, body: key?.redacted(response.body) ?? response.body,
      retryAfter: response["retry-after"])
  }

  /// The JSON object of a successful answer.
  func object(
    _ method: String = "POST", _ path: String, root: Bool = false, body: JSON? = nil
  ) async throws -> JSONObject {
    try object(await ask(method, path, root: root, body: body))
  }

  func object(_ answer: Answer) throws(ModelError) -> JSONObject {
    guard answer.isSuccess else { throw explain(answer) }
    guard case .object(let object) = answer.json else { throw misshapen(answer, "object") }
    // Some servers report a failure with status 200.
    if let error = object["error"], error != .null {
      throw ModelError("\(address): \(message(of: error))", retry: .transient)
    }
    return object
  }

  /// The JSON array of a successful answer.
  func list(_ answer: Answer) throws(ModelError) -> [JSON] {
    guard answer.isSuccess else { throw explain(answer) }
    guard case .array(let items) = answer.json else { throw misshapen(answer, "array") }
    return items
  }

  private func misshapen(_ answer: Answer, _ wanted: String) -> ModelError {
    ModelError(
      "\(address): an answer that is not a JSON \(wanted): \(shown(answer.body))",
      retry: .transient)
  }

  /// The tokens that an answer of the open interface says it generated.
  static func generatedTokens(_ object: JSONObject) -> Int? {
    guard case .object(let usage) = object["usage"],
      case .integer(let count) = usage["completion_tokens"], count >= 0
    else { return nil }
    return count
  }

  /// Where the server's own endpoints are: the base path without its `/v1`.
  private var rootPath: String {
    address.path.hasSuffix("/v1") ? String(address.path.dropLast(3)) : address.path
  }

  // MARK: Failures

  func explain(_ failure: HTTPFailure) -> ModelError {
    switch failure {
    case .unresolved, .unreachable:
      ModelError("\(address): \(failure)", retry: .transient, scope: .model)
    case .closed: .closed
    case .timedOut, .cutOff, .malformed, .other:
      ModelError("\(address): \(failure)", retry: .transient)
    case .untrusted: ModelError("\(address): \(failure)", retry: .no, scope: .model)
    case .tooLarge: ModelError("\(address): \(failure)", retry: .no)
    }
  }

  /// The error for an answer whose status is not 2xx.
  func explain(_ answer: Answer, now: Date = Date()) -> ModelError {
    var text = shown(answer.body)
    if case .object(let object) = answer.json, let error = object["error"] ?? object["detail"] {
      text = message(of: error)
    }
    let status = "\(address): status \(answer.status)"
    let wait = answer.retryAfter.flatMap { RetryAfter.duration($0, now: now) }
    switch answer.status {
    case 401, 403:
      let hint =
        key == nil
        ? "; it needs an API key (in FORMATSPREAD_API_KEY or a file for --api-key-file)"
        : "; it refuses this API key"
      return ModelError("\(status)\(hint): \(text)", retry: .no, scope: .model)
    case 429:
      return ModelError("\(status), too many requests: \(text)", retry: .rateLimit(after: wait))
    case 503 where wait != nil, 529:
      return ModelError("\(status), overloaded: \(text)", retry: .rateLimit(after: wait))
    case 408, 409, 425, 500...599:
      return ModelError("\(status): \(text)", retry: .transient)
    case 300...399:
      return ModelError(
        "\(status), a redirection; give the address that it leads to", retry: .no, scope: .model)
    default:
      return ModelError("\(status): \(text)", retry: .no)
    }
  }

  private func message(of error: JSON) -> String {
    let text: String
    switch error {
    case .string(let plain): text = plain
    case .object(let object):
      if case .string(let message) = object["message"], !message.isEmpty {
        text = message
      } else if case .string(let type) = object["type"], !type.isEmpty {
        // llama-cpp-python names what failed inside it by nothing else.
        text = type
      } else {
        text = error.compact
      }
    default: text = error.compact
    }
    return quoted(key?.redacted(text) ?? text, limit: 200)
  }

  private func shown(_ body: [UInt8]) -> String {
    if body.isEmpty { return "no text" }
    let text = String(decoding: body.prefix(1000), as: UTF8.self)
    return quoted(key?.redacted(text) ?? text, limit: 120)
  }
}

/// The `Retry-After` field: seconds, or a date (RFC 9110, 10.2.3).
package enum RetryAfter {
  /// The time to wait from `now`; nil when the field is neither.
  package static func duration(_ value: String, now: Date) -> Duration? {
    // A day is longer than any limit that is worth waiting for.
    if let seconds = Double(value), seconds >= 0 { return .seconds(min(seconds, 86_400)) }
    let reader = DateFormatter()
    reader.locale = Locale(identifier: "en_US_POSIX")
    reader.timeZone = TimeZone(identifier: "GMT")
    for format in [
      "EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
      "EEE MMM d HH:mm:ss yyyy",
    ] {
      reader.dateFormat = format
      if let date = reader.date(from: value) {
        return .seconds(min(max(date.timeIntervalSince(now), 0), 86_400))
      }
    }
    return nil
  }
}
