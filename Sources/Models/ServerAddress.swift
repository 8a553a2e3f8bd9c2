package import Basics

/// The base address of a model server, `http://HOST:PORT/PATH`.
package struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
  package let secure: Bool
  /// A name, an IPv4 address, or an IPv6 address without its brackets.
  package let host: String
  package let port: Int
  /// Empty, or begins with a slash and does not end with one.
  package let path: String

  /// Reads an `http` or `https` address.
  ///
  /// - Throws: `InputError` for an address without a host, a port outside 1…65535, user information (a
  ///   password would end up in records), a query, a fragment, or the path of one operation
  ///   (`/v1/completions`) instead of the base (`/v1`).
  package init(parsing text: String) throws(InputError) {
    func failure(_ reason: String) -> InputError {
      InputError("backend \(quoted(text)): \(reason)")
    }
    let secure = text.utf8.starts(with: "https://".utf8)
    #if HTTPOnly
      guard !secure else {
        throw failure(
          "this program was built for http only; reach the server by http, such as through a tunnel"
        )
      }
    #endif
    let rest = text.utf8.dropFirst(secure ? 8 : 7)
    let authority = rest.prefix { ![0x2F, 0x3F, 0x23].contains($0) }
    let tail = String(decoding: rest.dropFirst(authority.count), as: UTF8.self)
    guard !authority.contains(UInt8(ascii: "@")) else {
      throw InputError(
        "backend: an address must not hold a user name or password; give a key by environment "
          + "or file instead")
    }
    if tail.contains("?") || tail.contains("#") {
      throw failure("a query ('?') or fragment ('#') has no place in a base address")
    }
    guard tail.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw failure("white space or a character outside ASCII in the path; percent-encode it")
    }
    let (host, port) = try Self.split(
      String(decoding: authority, as: UTF8.self), failure: failure)
    var path = tail
    while path.hasSuffix("/") { path.removeLast() }
    for operation in ["/chat/completions", "/completions"] where path.hasSuffix(operation) {
      let base = text.prefix(upTo: text.start(ofLast: operation) ?? text.endIndex)
      throw failure("give the base address, without '\(operation)': \(quoted(String(base)))")
    }
    self.secure = secure
    self.host = host
    self.port = port ?? (secure ? 443 : 80)
    self.path = path
  }

  /// The address with a longer path.
  func appending(_ path: String) -> ServerAddress {
    ServerAddress(secure: secure, host: host, port: port, path: self.path + path)
  }

  private init(secure: Bool, host: String, port: Int, path: String) {
    self.secure = secure
    self.host = host
    self.port = port
    self.path = path
  }

  /// The address without a port that its scheme implies; parses to an equal value.
  package var description: String {
    "\(secure ? "https" : "http")://\(authority)\(path)"
  }

  /// Host and port as the `Host` header names them.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (secure ? 443 : 80) ? name : "\(name):\(port)"
  }

  private static func split(
    _ authority: String, failure: (String) -> InputError
  ) throws(InputError) -> (host: String, port: Int?) {
    var host = authority
    var digits: String?
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else {
        throw failure("the '[' of an IPv6 address is never closed")
      }
      host = String(authority[authority.index(after: authority.startIndex)..<close])
      let rest = authority[authority.index(after: close)...]
      guard rest.isEmpty || rest.hasPrefix(":") else {
        throw failure("expected ':PORT' after ']'")
      }
      digits = rest.isEmpty ? nil : String(rest.dropFirst())
      guard host.contains(":"), host.utf8.allSatisfy({ isHex($0) || $0 == 0x3A || $0 == 0x2E })
      else { throw failure("'\(host)' is not an IPv6 address") }
    } else if let colon = authority.firstIndex(of: ":") {
      host = String(authority[..<colon])
      digits = String(authority[authority.index(after: colon)...])
      if digits?.contains(":") == true {
        throw failure("an IPv6 address stands in brackets, such as http://[::1]:8000/v1")
      }
    }
    guard !host.isEmpty else {
      throw failure("no host; expected an address such as http://localhost:8000/v1")
    }
    guard authority.hasPrefix("[") || host.utf8.allSatisfy(isHostByte) else {
      throw failure("\(quoted(host)) is not a host name")
    }
    guard let digits else { return (host, nil) }
    guard let port = Int(digits), (1...65_535).contains(port),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { throw failure("\(quoted(digits)) is not a port; expected a number from 1 to 65535") }
    return (host, port)
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == 0x2D || byte == 0x2E || byte == 0x5F
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}

extension String {
  /// Where the last occurrence of `part` begins.
  fileprivate func start(ofLast part: String) -> Index? {
    indices.last { self[$0...].hasPrefix(part) }
  }
}
