import Foundation

/// Where a socket connects to: an IPv4 or IPv6 address with its port.
struct SocketAddress: Sendable {
  let family: Int32
  private let storage: [UInt8]

  /// Every address of a host, in the system's order of preference.
  ///
  /// Blocks while a name is looked up; a numeric address is not looked up.
  static func resolve(host: String, port: Int) throws(HTTPFailure) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    guard code == 0 else {
      throw .unresolved(host: host, reason: String(cString: gai_strerror(code)))
    }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = entry.ai_addr {
        let bytes = UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen))
        addresses.append(SocketAddress(family: entry.ai_family, storage: Array(bytes)))
      }
      next = entry.ai_next
    }
    return addresses
  }

  /// Whether no lookup is needed.
  static func isNumeric(_ host: String) -> Bool {
    var four = in_addr()
    var six = in6_addr()
    return inet_pton(AF_INET, host, &four) == 1 || inet_pton(AF_INET6, host, &six) == 1
  }

  /// A socket on its way to this address, not blocking, not inherited by children.
  ///
  /// - Returns: The descriptor, or the system's error number.
  func connect() -> Result<Int32, ErrorNumber> {
    let kind =
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(family, kind, 0)
    guard descriptor >= 0 else { return .failure(ErrorNumber(errno)) }
    var one: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    let code = storage.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { addresses in
        Foundation.connect(descriptor, addresses.baseAddress, socklen_t(bytes.count))
      }
    }
    if code == 0 || errno == EINPROGRESS { return .success(descriptor) }
    let failure = ErrorNumber(errno)
    close(descriptor)
    return .failure(failure)
  }
}

/// A system error, as a value that can be thrown.
struct ErrorNumber: Error, Sendable {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  var text: String { String(cString: strerror(number)) }
}
