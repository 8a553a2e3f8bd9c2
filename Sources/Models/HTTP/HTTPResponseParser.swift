import Basics
import Foundation

/// Reads one HTTP/1.1 response from pieces of any size (RFC 9112); a pure value.
///
/// Strict where laxness could pair an answer with the wrong request: two different lengths, a length
/// that is not a number and unknown transfer codings are errors. Interim responses (1xx) are passed over.
package struct HTTPResponseParser: Sendable {
  package struct Limits: Sendable, Hashable {
    /// Bytes of all heads and trailers together.
    package var head = 64 << 10
    package var body = 64 << 20

    package init(head: Int = 64 << 10, body: Int = 64 << 20) {
      self.head = head
      self.body = body
    }
  }

  private enum Stage {
    case statusLine
    case fields
    case body(left: Int)
    case chunkSize
    case chunk(left: Int)
    case chunkEnd
    case trailers
    case untilClose
    case complete
  }

  private let limits: Limits
  private var stage = Stage.statusLine
  /// A line that a piece ended in.
  private var line: [UInt8] = []
  private var headBytes = 0
  private var old = false

  /// The response, whole once `isComplete`.
  package private(set) var response = HTTPResponse(status: 0)
  /// How many bytes were taken.
  package private(set) var received = 0

  package init(limits: Limits = Limits()) {
    self.limits = limits
  }

  package var isComplete: Bool {
    if case .complete = stage { true } else { false }
  }

  /// Whether the connection may carry another request after this response.
  package private(set) var keepsConnection = false

  /// Takes the next bytes.
  ///
  /// - Parameter bytes: What arrived.
  /// - Returns: How many bytes belong to this response; fewer than given only when it is complete.
  /// - Throws: `HTTPFailure.malformed` or `.tooLarge`.
  package mutating func take(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) -> Int {
    var at = 0
    while at < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[at...])
      switch stage {
      case .complete:
        received += at
        return at
      case .statusLine, .fields, .chunkSize, .chunkEnd, .trailers:
        at += try takeLine(rest)
      case .body(let left):
        let count = min(left, rest.count)
        response.body.append(contentsOf: rest[..<count])
        stage = count == left ? .complete : .body(left: left - count)
        at += count
      case .chunk(let left):
        let count = min(left, rest.count)
        response.body.append(contentsOf: rest[..<count])
        stage = count == left ? .chunkEnd : .chunk(left: left - count)
        at += count
      case .untilClose:
        guard response.body.count + rest.count <= limits.body else { throw tooLong() }
        response.body.append(contentsOf: rest)
        at += rest.count
      }
    }
    received += at
    return at
  }

  /// Takes note of the connection's end.
  ///
  /// - Throws: `HTTPFailure.cutOff` unless that is what completes the response.
  package mutating func end() throws(HTTPFailure) {
    switch stage {
    case .complete: break
    case .untilClose: stage = .complete
    default: throw .cutOff(received: received)
    }
  }

  private mutating func takeLine(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    let newline = memchr(base, 0x0A, bytes.count)
    let count = newline.map { UnsafeRawPointer($0) - base + 1 } ?? bytes.count
    headBytes += count
    // Chunk sizes are heads too, but a body in many small chunks is no abuse.
    if case .chunkSize = stage { headBytes = min(headBytes, limits.head - 256) }
    if case .chunkEnd = stage { headBytes = min(headBytes, limits.head - 256) }
    guard headBytes <= limits.head, line.count + count <= limits.head else {
      throw .tooLarge("the response's head is longer than \(limits.head) bytes")
    }
    line.append(contentsOf: bytes[..<count])
    if newline == nil { return count }
    line.removeLast()
    if line.last == 0x0D { line.removeLast() }
    let whole = line
    line.removeAll(keepingCapacity: true)
    try read(whole)
    return count
  }

  private mutating func read(_ line: [UInt8]) throws(HTTPFailure) {
    switch stage {
    case .statusLine:
      // An empty line before a response is tolerated (RFC 9112, 2.2).
      if !line.isEmpty { try readStatus(line) }
    case .fields:
      if line.isEmpty { try beginBody() } else { try readField(line) }
    case .chunkSize:
      try readChunkSize(line)
    case .chunkEnd:
      guard line.isEmpty else { throw .malformed("a chunk is longer than its size says") }
      stage = .chunkSize
    case .trailers:
      if line.isEmpty { stage = .complete }
    case .body, .chunk, .untilClose, .complete:
      break
    }
  }

  private mutating func readStatus(_ line: [UInt8]) throws(HTTPFailure) {
    let digits = line.dropFirst(9).prefix(3)
    let known = line.starts(with: "HTTP/1.1 ".utf8) || line.starts(with: "HTTP/1.0 ".utf8)
    guard known, digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      line.count == 12 || line[12] == 0x20
    else { throw .malformed("it begins with \(Self.shown(line))") }
    old = line[7] == 0x30
    let status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard status >= 100 else { throw .malformed("the status \(status)") }
    response = HTTPResponse(status: status)
    stage = .fields
  }

  private mutating func readField(_ line: [UInt8]) throws(HTTPFailure) {
    guard let colon = line.firstIndex(of: 0x3A), colon > 0,
      line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .malformed("the header line \(Self.shown(line))") }
    var start = colon + 1
    var end = line.count
    while start < end, line[start] == 0x20 || line[start] == 0x09 { start += 1 }
    while end > start, line[end - 1] == 0x20 || line[end - 1] == 0x09 { end -= 1 }
    let name = String(decoding: line[..<colon].map(Self.lowered), as: UTF8.self)
    response.fields.append(HTTPField(name, String(decoding: line[start..<end], as: UTF8.self)))
  }

  /// Decides what follows the head (RFC 9112, 6.3).
  private mutating func beginBody() throws(HTTPFailure) {
    let status = response.status
    if status == 101 { throw .malformed("a change of protocol that nobody asked for") }
    if status < 200 {
      stage = .statusLine
      return
    }
    let connection = words("connection")
    keepsConnection =
      old ? connection.contains("keep-alive") : !connection.contains("close")
    let codings = words("transfer-encoding")
    let lengths = words("content-length")
    if status == 204 || status == 304 {
      stage = .complete
    } else if !codings.isEmpty {
      guard codings == ["chunked"] else {
        throw .malformed("the transfer coding \(quoted(codings.joined(separator: ", ")))")
      }
      // Both framings at once is how requests are smuggled; this connection ends here.
      if !lengths.isEmpty { keepsConnection = false }
      stage = .chunkSize
    } else if let length = lengths.first {
      guard lengths.allSatisfy({ $0 == length }),
        length.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let count = Int(length)
      else {
        let given = Set(lengths).sorted().joined(separator: ", ")
        throw .malformed("the length \(quoted(given))")
      }
      guard count <= limits.body else { throw tooLong() }
      response.body.reserveCapacity(count)
      stage = count == 0 ? .complete : .body(left: count)
    } else {
      keepsConnection = false
      stage = .untilClose
    }
  }

  private mutating func readChunkSize(_ line: [UInt8]) throws(HTTPFailure) {
    let digits = line.prefix { $0 != 0x3B && $0 != 0x20 && $0 != 0x09 }
    guard (1...15).contains(digits.count),
      let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), digits.first != 0x2B,
      digits.first != 0x2D
    else { throw .malformed("the chunk size \(Self.shown(line))") }
    guard size <= limits.body - response.body.count else { throw tooLong() }
    stage = size == 0 ? .trailers : .chunk(left: size)
  }

  private func tooLong() -> HTTPFailure {
    .tooLarge("the response's body is longer than \(limits.body) bytes")
  }

  /// The comma-separated words of every field with this name, in lower case.
  private func words(_ name: String) -> [String] {
    var words: [String] = []
    for field in response.fields where field.name == name {
      for part in field.value.utf8.split(separator: 0x2C) {
        let rest = part.drop { $0 == 0x20 || $0 == 0x09 }
        guard let last = rest.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
        words.append(String(decoding: rest[...last].map(Self.lowered), as: UTF8.self))
      }
    }
    return words
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
  }

  private static func shown(_ line: [UInt8]) -> String {
    quoted(String(decoding: line.prefix(200), as: UTF8.self), limit: 40)
  }
}
