package import Basics

/// What the user named with `--backend`.
package enum BackendSpecification: Sendable, Hashable {
  /// The built-in reference model.
  case reference
  /// A child process that speaks the protocol on its standard input and output.
  case process(Command)
  /// A model server.
  case server(ServerAddress)

  /// Reads `reference`, `process:COMMAND`, `http://HOST:PORT/v1` or `https://HOST/v1`.
  ///
  /// - Throws: `InputError` that names the value and what would be accepted.
  package static func parse(_ text: String) throws(InputError) -> BackendSpecification {
    if text == "reference" { return .reference }
    if let command = text.after("process:") { return .process(try Command(parsing: command)) }
    if text.after("http://") != nil || text.after("https://") != nil {
      return .server(try ServerAddress(parsing: text))
    }
    throw InputError("backend \(quoted(text)): \(complaint(text)); accepted: \(accepted)")
  }

  /// The backend as records store it; parses to an equal value.
  package var description: String {
    switch self {
    case .reference: "reference"
    case .process(let command): "process:" + command.shown
    case .server(let address): address.description
    }
  }

  private static let accepted =
    "'reference', 'process:COMMAND', 'http://HOST:PORT/v1', 'https://HOST/v1'"

  private static func complaint(_ text: String) -> String {
    if text.isEmpty { return "empty" }
    if text == "process" { return "a command must follow (process:COMMAND)" }
    if let colon = text.firstIndex(of: ":") {
      let scheme = String(text[..<colon])
      let rest = String(text[text.index(after: colon)...])
      if rest.hasPrefix("//") {
        let hint = nearest(to: scheme, among: ["http", "https"]).map { "\($0):\(rest)" }
        return "unknown scheme '\(scheme)://'" + suggestion(hint)
      }
      if nearest(to: scheme, among: ["process"]) != nil {
        return "unknown backend" + suggestion("process:" + rest)
      }
      // The beginning of an address: a port must follow the colon.
      if rest.hasPrefix("/") {
        let hint = nearest(to: scheme, among: ["http", "https"]).map { "\($0):/\(rest)" }
        return "unknown backend" + suggestion(hint)
      }
      let port = rest.prefix { $0.isASCII && $0.isNumber }
      if !port.isEmpty { return "no scheme" + suggestion("http://" + text) }
      return "unknown backend"
    }
    if let word = nearest(to: text, among: ["reference"]) {
      return "unknown backend" + suggestion(word)
    }
    if text == "localhost" || text.contains("/") || text.hasPrefix("127.") {
      return "unknown backend (an address begins with http://, a command with process:)"
    }
    return "unknown backend"
  }

  private static func suggestion(_ text: String?) -> String {
    text.map { " (did you mean \(quoted($0))?)" } ?? ""
  }
}

extension String {
  /// What follows `prefix` (compared by code point), or nil when the text does not begin with it.
  fileprivate func after(_ prefix: String) -> String? {
    guard utf8.starts(with: prefix.utf8) else { return nil }
    return String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }
}
