import Basics
import Foundation
import Models
import Synchronization

/// The floor that the tool is held against: threads that send prepared bytes over kept connections and
/// look only for the end of each answer.
final class SocketLoop: Sendable {
  private let addresses: [ServerAddress]
  private let requests: [[UInt8]]
  private let concurrency: Int
  private let next = Atomic<Int>(0)
  private let failed = Mutex<String?>(nil)
  private let kept = Mutex<[(request: Int, answer: [UInt8])]>([])

  /// - Parameters:
  ///   - addresses: The servers, which get the same share each.
  ///   - requests: What is sent, in turn; at least one.
  ///   - concurrency: Connections to each server.
  init(_ addresses: [ServerAddress], requests: [[UInt8]], concurrency: Int) {
    self.addresses = addresses
    self.requests = requests
    self.concurrency = concurrency
  }

  /// Some of the answers with the position of their request.
  var answers: [(request: Int, answer: [UInt8])] { kept.withLock { $0 } }

  /// Sends `count` requests.
  ///
  /// - Throws: `InputError` when a server does not answer.
  func run(_ count: Int) async throws -> Int {
    next.store(0, ordering: .relaxed)
    let threads = concurrency * addresses.count
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let counter = Counter(left: threads) { continuation.resume() }
      for index in 0..<threads {
        let thread = Thread { [self] in
          drive(addresses[index % addresses.count], count)
          counter.leave()
        }
        thread.stackSize = 256 << 10
        thread.start()
      }
    }
    if let reason = failed.withLock({ $0 }) { throw InputError("bench: \(reason)") }
    return count
  }

  private func drive(_ address: ServerAddress, _ count: Int) {
    var descriptor: Int32 = -1
    defer { if descriptor >= 0 { close(descriptor) } }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while failed.withLock({ $0 == nil }) {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      let position = index % requests.count
      var answer: Answer?
      // A kept connection may have been closed meanwhile.
      for _ in 0..<3 where answer == nil {
        if descriptor < 0 { descriptor = Self.connect(address) }
        guard descriptor >= 0 else { break }
        answer = Self.exchange(requests[position], descriptor, &buffer)
        if answer?.isLast ?? true {
          close(descriptor)
          descriptor = -1
        }
      }
      guard let answer else {
        return failed.withLock { $0 = "\(address) does not answer the socket loop" }
      }
      if index < 2_000, index % 4 == 0 {
        kept.withLock { $0.append((position, answer.bytes)) }
      }
    }
  }

  private struct Answer {
    var bytes: [UInt8] = []
    var isLast = false
  }

  private static func exchange(
    _ request: [UInt8], _ descriptor: Int32, _ buffer: inout [UInt8]
  ) -> Answer? {
    var sent = 0
    while sent < request.count {
      let count = request.withUnsafeBytes { bytes in
        send(
          descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return nil }
      sent += count
    }
    var answer = Answer()
    var end: Int?
    while end.map({ answer.bytes.count < $0 }) ?? true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      answer.bytes.append(contentsOf: buffer[..<count])
      if end == nil, let head = Self.end(ofHead: answer.bytes) {
        let text = String(decoding: answer.bytes[..<head], as: UTF8.self).lowercased()
        answer.isLast = text.contains("connection: close")
        if let range = text.range(of: "content-length:") {
          let digits = text[range.upperBound...].drop { $0 == " " }.prefix { $0.isNumber }
          end = head + (Int(digits) ?? 0)
        }
      }
      // Chunked bodies end with an empty chunk.
      if end == nil, answer.bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8) { break }
    }
    return answer
  }

  private static func end(ofHead bytes: [UInt8]) -> Int? {
    var at = 3
    while at < bytes.count {
      if bytes[at] == 0x0A, bytes[at - 1] == 0x0D, bytes[at - 2] == 0x0A, bytes[at - 3] == 0x0D {
        return at + 1
      }
      at += 1
    }
    return nil
  }

  private static func connect(_ address: ServerAddress) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address.host, String(address.port), &hints, &list) == 0 else { return -1 }
    defer { freeaddrinfo(list) }
    var entry = list
    while let this = entry?.pointee {
      let descriptor = socket(this.ai_family, this.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
      var one: Int32 = 1
      setsockopt(
        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
      if descriptor >= 0, Foundation.connect(descriptor, this.ai_addr, this.ai_addrlen) == 0 {
        return descriptor
      }
      if descriptor >= 0 { close(descriptor) }
      entry = this.ai_next
    }
    return -1
  }

  /// Calls back when all threads have left.
  private final class Counter: Sendable {
    private let left: Mutex<Int>
    private let done: @Sendable () -> Void

    init(left: Int, done: @escaping @Sendable () -> Void) {
      self.left = Mutex(left)
      self.done = done
    }

    func leave() {
      let isLast = left.withLock { left in
        left -= 1
        return left == 0
      }
      if isLast { done() }
    }
  }
}
