import Basics
import Foundation
import Models
import Testing

/// Feeds `text` in pieces of `size` bytes; the response, and how many bytes were left over.
private func parse(
  _ text: String, pieces size: Int = .max, limits: HTTPResponseParser.Limits = .init(),
  ends: Bool = false
) throws -> (parser: HTTPResponseParser, left: Int) {
  var parser = HTTPResponseParser(limits: limits)
  let bytes = Array(text.utf8)
  var at = 0
  while at < bytes.count, !parser.isComplete {
    let piece = Array(bytes[at..<min(bytes.count, at + min(size, bytes.count))])
    at += try piece.withUnsafeBytes { try parser.take($0) }
  }
  if ends { try parser.end() }
  return (parser, bytes.count - at)
}

private func body(_ parser: HTTPResponseParser) -> String {
  String(decoding: parser.response.body, as: UTF8.self)
}

struct HTTPResponseParserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var status = 200
    var body = "hello"
    var keeps = true
    var ends = false
    var left = 0
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "length", text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
    Case(name: "no reason phrase", text: "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello"),
    Case(name: "bare newlines", text: "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"),
    Case(
      name: "same length twice",
      text: "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\nContent-Length: 5\r\n\r\nhello"),
    Case(name: "odd spelling", text: "HTTP/1.1 200 OK\r\ncONTENT-lENGTH:5\t \r\n\r\nhello"),
    Case(
      name: "chunks",
      text:
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n03;x=\"y\"\r\nllo\r\n0\r\n\r\n"
    ),
    Case(
      name: "trailers",
      text:
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n"
    ),
    Case(
      name: "chunked and length",
      text:
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
      keeps: false),
    Case(
      name: "interim responses",
      text:
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 5\r\n\r\nhello",
      status: 201),
    Case(
      name: "close",
      text: "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 5\r\n\r\nhello",
      keeps: false),
    Case(name: "HTTP/1.0", text: "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", keeps: false),
    Case(
      name: "HTTP/1.0 kept",
      text: "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello"),
    Case(
      name: "until the end", text: "HTTP/1.1 200 OK\r\n\r\nhello", keeps: false, ends: true),
    Case(name: "no body by status", text: "HTTP/1.1 204 None\r\n\r\n", status: 204, body: ""),
    Case(
      name: "empty", text: "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", status: 500, body: ""),
    Case(
      name: "more than asked for",
      text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200", left: 12),
  ]

  @Test(arguments: cases)
  func `a response is read in pieces of any size`(_ item: Case) throws {
    for size in 1...(item.text.utf8.count) {
      let (parser, left) = try parse(item.text, pieces: size, ends: item.ends)
      #expect(parser.isComplete)
      #expect(parser.response.status == item.status)
      #expect(body(parser) == item.body)
      #expect(parser.keepsConnection == item.keeps)
      if size == item.text.utf8.count { #expect(left == item.left) }
    }
  }

  @Test(arguments: [
    ("SSH-2.0-OpenSSH_9\r\n", "it begins with 'SSH-2.0-OpenSSH_9'"),
    ("HTTP/2 200\r\n", "it begins with 'HTTP/2 200'"),
    ("HTTP/1.1 20 OK\r\n", "it begins with 'HTTP/1.1 20 OK'"),
    ("HTTP/1.1 099 OK\r\n", "the status 99"),
    ("HTTP/1.1 200 OK\r\nno colon\r\n", "the header line 'no colon'"),
    ("HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n", "the header line ' folded'"),
    ("HTTP/1.1 200 OK\r\nA b: c\r\n", "the header line 'A b: c'"),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "the length '5, 6'"
    ),
    ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "the length '-5'"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n", "the length '5x'"),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "the length '99999999999999999999'"
    ),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
      "the transfer coding 'gzip, chunked'"
    ),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "the chunk size 'xyz'"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "the chunk size '-1'"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", "the chunk size ''"),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
      "a chunk is longer than its size says"
    ),
    ("HTTP/1.1 101 Switching\r\n\r\n", "a change of protocol that nobody asked for"),
  ])
  func `what is not HTTP is refused`(_ text: String, _ reason: String) {
    for size in [1, 7, 1000] {
      #expect(throws: HTTPFailure.malformed(reason)) { _ = try parse(text, pieces: size) }
    }
  }

  @Test func `an early end is named with what was received`() throws {
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    for cut in 0..<text.utf8.count {
      #expect(throws: HTTPFailure.cutOff(received: cut)) {
        _ = try parse(String(decoding: text.utf8.prefix(cut), as: UTF8.self), ends: true)
      }
    }
  }

  @Test func `heads and bodies have limits`() throws {
    let limits = HTTPResponseParser.Limits(head: 1000, body: 100)
    let long = HTTPFailure.tooLarge("the response's body is longer than 100 bytes")
    let head = HTTPFailure.tooLarge("the response's head is longer than 1000 bytes")
    let ok = "HTTP/1.1 200 OK\r\n"
    let hundred = String(repeating: "x", count: 100)
    _ = try parse(ok + "Content-Length: 100\r\n\r\n" + hundred, limits: limits)
    #expect(throws: long) { _ = try parse(ok + "Content-Length: 101\r\n\r\n", limits: limits) }
    #expect(throws: long) { _ = try parse(ok + "\r\n" + hundred + "x", limits: limits) }
    #expect(throws: long) {
      _ = try parse(
        ok + "Transfer-Encoding: chunked\r\n\r\n64\r\n" + hundred + "\r\n1\r\n", limits: limits)
    }
    #expect(throws: long) {
      _ = try parse(
        ok + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n", limits: limits)
    }
    let many = String(repeating: "A: b\r\n", count: 200)
    #expect(throws: head) { _ = try parse(ok + many, limits: limits) }
    #expect(throws: head) {
      _ = try parse(ok + "A: " + String(repeating: "x", count: 1000), pieces: 9, limits: limits)
    }
    #expect(throws: head) {
      _ = try parse(
        String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 50), limits: limits)
    }
    #expect(throws: head) {
      _ = try parse(ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + many, limits: limits)
    }
  }

  @Test func `many small chunks are no long head`() throws {
    let chunks = String(repeating: "1\r\nx\r\n", count: 50_000)
    let (parser, _) = try parse(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n")
    #expect(parser.response.body.count == 50_000)
  }

  static let rounds =
    ProcessInfo.processInfo.environment["FORMATSPREAD_SLOW"] == nil ? 5_000 : 200_000

  @Test func `mutated responses never crash, never hang and never exceed the limits`() {
    let limits = HTTPResponseParser.Limits(head: 2000, body: 4000)
    let seeds = Self.cases.map { Array($0.text.utf8) }
    let spice = ["\r\n", "\n", "0", "-", "Content-Length: 7\r\n", "ffffffff", "chunked", ":", "\0"]
    var generator = SeededGenerator(seed: 3)
    var outcomes = [0, 0, 0]
    for _ in 0..<Self.rounds {
      var bytes = seeds[generator.below(seeds.count)]
      for _ in 0...generator.below(4) {
        let at = generator.below(bytes.count + 1)
        switch generator.below(5) {
        case 0 where at < bytes.count: bytes[at] = UInt8(generator.below(256))
        case 1 where at < bytes.count: bytes.remove(at: at)
        case 2: bytes.insert(contentsOf: spice[generator.below(spice.count)].utf8, at: at)
        case 3: bytes.removeSubrange(at...)
        default: bytes.append(contentsOf: bytes[..<at])
        }
      }
      var parser = HTTPResponseParser(limits: limits)
      var at = 0
      do {
        while at < bytes.count, !parser.isComplete {
          let piece = Array(bytes[at..<min(bytes.count, at + 1 + generator.below(40))])
          let taken = try piece.withUnsafeBytes { try parser.take($0) }
          #expect(taken == piece.count || parser.isComplete)
          at += taken
        }
        try parser.end()
        outcomes[0] += 1
      } catch HTTPFailure.cutOff {
        outcomes[1] += 1
      } catch {
        outcomes[2] += 1
      }
      #expect(parser.response.body.count <= limits.body)
      #expect(parser.received <= bytes.count)
    }
    // The mutations must reach all three ends, or they test nothing.
    #expect(outcomes.allSatisfy { $0 > Self.rounds / 50 })
  }
}
