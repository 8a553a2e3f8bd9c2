import Foundation
package import Models
import Synchronization

/// A small HTTP server whose every byte a test decides.
///
/// One thread accepts, one more serves each connection. The script sees each request and says what
/// happens next on that connection.
package final class ScriptedServer: Sendable {
  package struct Request: Sendable {
    package var method: String
    package var target: String
    /// Names in lower case.
    package var fields: [String: String]
    package var body: [UInt8]
    /// Counted from 0 over the server's life.
    package var connection: Int
    /// Counted from 0 on this connection.
    package var turn: Int

    package var text: String { String(decoding: body, as: UTF8.self) }
  }

  package enum Action: Sendable {
    case send(String)
    case sendBytes([UInt8])
    /// Byte by byte, each in a segment of its own as far as the system allows.
    case dribble(String)
    case pause(Double)
    case close
    /// Ends the connection with a reset instead of an orderly end.
    case reset
    /// Says nothing until the server stops.
    case hang

    package static func json(_ text: String, status: Int = 200, extra: String = "") -> Action {
      .send(
        "HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\n\(extra)"
          + "Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
    }
  }

  package typealias Script = @Sendable (Request) -> [Action]

  /// The system refused a socket.
  private struct SocketFailure: Error {
    let code = errno
  }

  private struct State {
    var open: Set<Int32> = []
    var accepted = 0
    var requests = 0
    var stopped = false
  }

  package let port: Int
  private let listener: Int32
  private let script: Script
  private let state = Mutex(State())

  /// Runs `body` with a server on a free port of the loopback interface.
  package static func run(
    ipv6: Bool = false, script: @escaping Script,
    body: (ScriptedServer) async throws -> Void
  ) async throws {
    let server = try ScriptedServer(ipv6: ipv6, script: script)
    defer { server.stop() }
    try await body(server)
  }

  package init(ipv6: Bool = false, script: @escaping Script) throws {
    self.script = script
    listener = socket(ipv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw SocketFailure() }
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var one: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, 4)
    port = try ipv6 ? Self.bindSix(listener) : Self.bindFour(listener)
    guard listen(listener, 512) == 0 else { throw SocketFailure() }
    let thread = Thread { [self] in accept() }
    thread.start()
  }

  package var address: ServerAddress {
    get throws { try ServerAddress(parsing: "http://127.0.0.1:\(port)/v1") }
  }

  package var connections: Int { state.withLock { $0.accepted } }

  package var requests: Int { state.withLock { $0.requests } }

  package func stop() {
    state.withLock { state in
      guard !state.stopped else { return }
      state.stopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  private static func bindFour(_ listener: Int32) throws -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) + getsockname(listener, generic, &size)
      }
    }
    guard code == 0 else { throw SocketFailure() }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func bindSix(_ listener: Int32) throws -> Int {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) + getsockname(listener, generic, &size)
      }
    }
    guard code == 0 else { throw SocketFailure() }
    return Int(UInt16(bigEndian: address.sin6_port))
  }

  private func accept() {
    while true {
      let descriptor = Foundation.accept(listener, nil, nil)
      guard descriptor >= 0 else {
        if errno == EINTR { continue }
        break
      }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      let number = state.withLock { state -> Int? in
        if state.stopped { return nil }
        state.open.insert(descriptor)
        state.accepted += 1
        return state.accepted - 1
      }
      guard let number else {
        close(descriptor)
        break
      }
      let thread = Thread { [self] in serve(descriptor, number) }
      thread.start()
    }
    close(listener)
  }

  private func serve(_ descriptor: Int32, _ number: Int) {
    var pending: [UInt8] = []
    var turn = 0
    while let request = receive(descriptor, number, turn, &pending) {
      turn += 1
      state.withLock { $0.requests += 1 }
      guard script(request).allSatisfy({ perform($0, descriptor) }) else { break }
    }
    state.withLock { state in
      state.open.remove(descriptor)
      close(descriptor)
    }
  }

  /// Does one thing; false when the connection is over.
  private func perform(_ action: Action, _ descriptor: Int32) -> Bool {
    switch action {
    case .send(let text): return write(Array(text.utf8), descriptor)
    case .sendBytes(let bytes): return write(bytes, descriptor)
    case .dribble(let text):
      var one: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
      return text.utf8.allSatisfy { write([$0], descriptor) }
    case .pause(let seconds):
      Thread.sleep(forTimeInterval: seconds)
      return true
    case .close: return false
    case .reset:
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
      return false
    case .hang:
      var byte: UInt8 = 0
      while recv(descriptor, &byte, 1, 0) > 0 {}
      return false
    }
  }

  private func write(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        Foundation.send(
          descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  private func receive(
    _ descriptor: Int32, _ number: Int, _ turn: Int, _ pending: inout [UInt8]
  ) -> Request? {
    let mark = Array("\r\n\r\n".utf8)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if let request = Self.split(&pending, mark, number, turn) { return request }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      pending.append(contentsOf: buffer[..<count])
    }
  }

  /// Takes a whole request off the front of what arrived.
  private static func split(
    _ pending: inout [UInt8], _ mark: [UInt8], _ number: Int, _ turn: Int
  ) -> Request? {
    guard pending.count >= mark.count,
      let end = (0...(pending.count - mark.count)).first(where: {
        pending[$0] == 0x0D && pending[$0...].starts(with: mark)
      })
    else { return nil }
    let lines = String(decoding: pending[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ").map(String.init)
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      fields[parts[0].lowercased()] = parts.last?.trimmingCharacters(in: .whitespaces)
    }
    let length = fields["content-length"].flatMap { Int($0) } ?? 0
    let start = end + mark.count
    guard pending.count >= start + length, words.count == 3 else { return nil }
    let body = Array(pending[start..<start + length])
    pending.removeFirst(start + length)
    return Request(
      method: words[0], target: words[1], fields: fields, body: body, connection: number,
      turn: turn)
  }
}
