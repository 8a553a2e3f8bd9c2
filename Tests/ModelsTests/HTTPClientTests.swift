import Basics
import Foundation
import Models
import Testing

private let get = HTTPRequest(method: "GET", target: "/x")

private func client(
  _ server: ScriptedServer, change: (inout HTTPClient.Settings) -> Void = { _ in }
) throws -> HTTPClient {
  var settings = HTTPClient.Settings()
  change(&settings)
  return HTTPClient(try server.address, settings: settings)
}

private func failure(_ client: HTTPClient, _ request: HTTPRequest = get) async -> HTTPFailure? {
  do {
    _ = try await client.send(request)
    return nil
  } catch {
    return error as? HTTPFailure
  }
}

@Suite(.timeLimit(.minutes(5))) struct HTTPClientTests {
  @Test func `a request arrives as it was meant and its response comes back`() async throws {
    try await ScriptedServer.run { request in
      [
        .json(
          "\(request.method) \(request.target) \(request.fields["host"] ?? "") "
            + "\(request.fields["x-a"] ?? "") \(request.text)",
          status: 418)
      ]
    } body: { server in
      let response = try await client(server).send(
        HTTPRequest(
          method: "POST", target: "/v1/é?x", fields: [HTTPField("X-A", "b c")],
          body: Array("body".utf8)))
      #expect(response.status == 418)
      #expect(response["content-type"] == "application/json")
      #expect(
        String(decoding: response.body, as: UTF8.self)
          == "POST /v1/é?x 127.0.0.1:\(server.port) b c body")
    }
  }

  @Test func `a connection is kept and used again`() async throws {
    try await ScriptedServer.run { _ in
      [.json("{}")]
    } body: { server in
      let client = try client(server)
      for _ in 0..<20 { #expect(try await client.send(get).status == 200) }
      #expect(server.connections == 1)
      #expect(server.requests == 20)
    }
  }

  @Test func `answers at once go to whoever asked, over few connections`() async throws {
    try await ScriptedServer.run { request in
      [.json(request.text)]
    } body: { server in
      let client = try client(server) { $0.maxConnections = 8 }
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<400 {
          group.addTask {
            let body = Array("number \(number)".utf8)
            let request = HTTPRequest(method: "POST", target: "/", body: body)
            return try await client.send(request).body == body
          }
        }
        for try await right in group { #expect(right) }
      }
      #expect(server.connections <= 8)
      #expect(server.requests == 400)
    }
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
  ])
  func `a response may come byte by byte`(_ text: String) async throws {
    try await ScriptedServer.run { _ in
      [.dribble(text)]
    } body: { server in
      let client = try client(server)
      for _ in 0..<3 {
        let response = try await client.send(get)
        #expect(response.body == Array("hello".utf8))
      }
      #expect(server.connections == 1)
    }
  }

  @Test(arguments: [
    ("Connection: close\r\nContent-Length: 2\r\n", true),
    ("Connection: close\r\nContent-Length: 2\r\n", false),
    ("", true),
  ])
  func `a connection that the server closes is not used again`(
    _ fields: String, _ closes: Bool
  ) async throws {
    try await ScriptedServer.run { _ in
      [.send("HTTP/1.1 200 OK\r\n\(fields)\r\nok")] + (closes ? [.close] : [])
    } body: { server in
      let client = try client(server)
      for _ in 0..<5 {
        #expect(try await client.send(get).body == Array("ok".utf8))
      }
      #expect(server.connections == 5)
    }
  }

  @Test func `bytes after a response end the connection`() async throws {
    try await ScriptedServer.run { request in
      // In one write: bytes that come later may meet the next request on the connection.
      let body = "\(request.connection)"
      return [
        .send(
          "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)HTTP/1.1 200 OK\r\n")
      ]
    } body: { server in
      let client = try client(server)
      for number in 0..<3 {
        let response = try await client.send(get)
        let shown = String(decoding: response.body, as: UTF8.self)
        // Never the stray head taken for the next answer.
        #expect(shown == "\(number)")
      }
    }
  }

  @Test(arguments: [ScriptedServer.Action.close, .reset])
  func `a kept connection that turns out to be closed costs one repetition`(
    _ end: ScriptedServer.Action
  ) async throws {
    try await ScriptedServer.run { request in
      request.turn == 0 ? [.json("{}")] : [end]
    } body: { server in
      let client = try client(server)
      for _ in 0..<5 { #expect(try await client.send(get).status == 200) }
      #expect(server.connections == 5)
    }
  }

  @Test func `a fresh connection that closes at once is an error, not a loop`() async throws {
    try await ScriptedServer.run { _ in
      [.close]
    } body: { server in
      let client = try client(server)
      #expect(await failure(client) == .cutOff(received: 0))
      #expect(server.requests == 1)
    }
  }

  @Test func `a response that breaks off on a kept connection is not repeated`() async throws {
    let part = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart"
    try await ScriptedServer.run { request in
      request.turn == 0 ? [.json("{}")] : [.send(part), .close]
    } body: { server in
      let client = try client(server)
      _ = try await client.send(get)
      #expect(await failure(client) == .cutOff(received: part.utf8.count))
      #expect(server.requests == 2)
    }
  }

  @Test func `silence is ended after the idle time, fractions included`() async throws {
    try await ScriptedServer.run { _ in
      [.send("HTTP/1.1 200 OK\r\n"), .hang]
    } body: { server in
      let client = try client(server) { $0.idleTimeout = .seconds(0.25) }
      let failure = await failure(client)
      #expect(failure == .timedOut(.idle, after: .seconds(0.25)))
      #expect(failure?.description == "no data within 0.25 s")
    }
  }

  @Test func `a response that trickles is ended after the total time`() async throws {
    try await ScriptedServer.run { _ in
      [.send("HTTP/1.1 200 OK\r\n")]
        + (0..<200).flatMap { [.send("A\($0): b\r\n"), .pause(0.02)] as [ScriptedServer.Action] }
    } body: { server in
      let client = try client(server) { $0.totalTimeout = .seconds(0.4) }
      #expect(await failure(client) == .timedOut(.total, after: .seconds(0.4)))
    }
  }

  @Test func `waiting for a connection counts towards the total time`() async throws {
    try await ScriptedServer.run { _ in
      [.hang]
    } body: { server in
      let client = try client(server) { settings in
        settings.totalTimeout = .seconds(0.4)
        settings.maxConnections = 1
      }
      async let first = failure(client)
      async let second = failure(client)
      let failures = await [first, second]
      #expect(
        failures
          == [.timedOut(.total, after: .seconds(0.4)), .timedOut(.total, after: .seconds(0.4))])
    }
  }

  @Test func `nobody listening is named`() async throws {
    let server = try ScriptedServer { _ in [] }
    let client = try client(server)
    server.stop()
    // The port stays free for this moment; whoever takes it does not speak for us.
    var last: HTTPFailure?
    for _ in 0..<100 where last != .unreachable(reason: "Connection refused") {
      last = await failure(client)
    }
    #expect(last == .unreachable(reason: "Connection refused"))
  }

  @Test func `a host without an address is named`() async throws {
    let client = HTTPClient(try ServerAddress(parsing: "http://nowhere.invalid:1/v1"))
    guard case .unresolved(let host, _) = await failure(client) else {
      Issue.record("resolved")
      return
    }
    #expect(host == "nowhere.invalid")
  }

  @Test func `a cancelled request is released at once`() async throws {
    try await ScriptedServer.run { _ in
      [.hang]
    } body: { server in
      let client = try client(server)
      let tasks = (0..<20).map { _ in Task { try await client.send(get) } }
      while server.requests < 10 { try await Task.sleep(for: .milliseconds(5)) }
      for task in tasks { task.cancel() }
      for task in tasks {
        await #expect(throws: CancellationError.self) { try await task.value }
      }
    }
  }

  @Test func `closing fails what is in flight and what comes later`() async throws {
    try await ScriptedServer.run { _ in
      [.hang]
    } body: { server in
      let client = try client(server)
      async let first = failure(client)
      while server.requests == 0 { try await Task.sleep(for: .milliseconds(5)) }
      client.close()
      #expect(await first == .closed)
      #expect(await failure(client) == .closed)
    }
  }

  @Test func `limits hold for whole responses`() async throws {
    try await ScriptedServer.run { _ in
      [.json(String(repeating: "x", count: 2000))]
    } body: { server in
      let client = try client(server) { $0.limits.body = 1000 }
      #expect(
        await failure(client) == .tooLarge("the response's body is longer than 1000 bytes"))
    }
  }

  @Test func `large requests and responses pass`() async throws {
    try await ScriptedServer.run { request in
      [.json(request.text)]
    } body: { server in
      let client = try client(server)
      let body = [UInt8](repeating: 0x61, count: 5 << 20)
      let response = try await client.send(HTTPRequest(method: "POST", target: "/", body: body))
      #expect(response.body == body)
    }
  }

  @Test(.enabled(if: hasIPv6, "needs IPv6")) func `IPv6 addresses work`() async throws {
    try await ScriptedServer.run(ipv6: true) { request in
      [.json(request.fields["host"] ?? "")]
    } body: { server in
      let client = HTTPClient(try ServerAddress(parsing: "http://[::1]:\(server.port)/v1"))
      let response = try await client.send(get)
      #expect(String(decoding: response.body, as: UTF8.self) == "[::1]:\(server.port)")
    }
  }

  @Test func `a name is tried at each of its addresses`() async throws {
    // Listens on 127.0.0.1 only, while localhost may mean ::1 first.
    try await ScriptedServer.run { _ in
      [.json("{}")]
    } body: { server in
      let client = HTTPClient(try ServerAddress(parsing: "http://localhost:\(server.port)/v1"))
      #expect(try await client.send(get).status == 200)
    }
  }

  @Test func `a connection that is not accepted is given up after its own time`() async throws {
    // The queue of a listener that accepts nobody is full after a few; the system drops the rest.
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) + getsockname(listener, generic, &size)
      }
    }
    try #require(code == 0 && listen(listener, 0) == 0)
    let port = UInt16(bigEndian: address.sin_port)
    var settings = HTTPClient.Settings()
    settings.connectTimeout = .seconds(0.25)
    settings.idleTimeout = .seconds(0.5)
    let client = HTTPClient(
      try ServerAddress(parsing: "http://127.0.0.1:\(port)"), settings: settings)
    let failures = try await withThrowingTaskGroup(of: HTTPFailure?.self) { group in
      for _ in 0..<8 { group.addTask { await failure(client) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(failures.contains(.timedOut(.connecting, after: .seconds(0.25))))
    #expect(
      failures.allSatisfy {
        $0 == .timedOut(.connecting, after: .seconds(0.25))
          || $0 == .timedOut(.idle, after: .seconds(0.5))
      })
    client.close()
  }

  @Test func `a proxy of the environment is not used`() async throws {
    // Nobody listens on the discard port here, so a request by way of it would fail.
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy"] { setenv(name, "http://127.0.0.1:9", 0) }
    try await ScriptedServer.run { _ in
      [.json("{}")]
    } body: { server in
      #expect(try await client(server).send(get).status == 200)
      let named = HTTPClient(try ServerAddress(parsing: "http://localhost:\(server.port)/v1"))
      #expect(try await named.send(get).status == 200)
    }
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy"] { unsetenv(name) }
  }

  @Test(.enabled(if: OtherServer.python.isAvailable, "needs python3"))
  func `Python's own server is understood`() async throws {
    try await OtherServer.python.check()
  }

  @Test(.enabled(if: OtherServer.node.isAvailable, "needs node"))
  func `Node's own server is understood`() async throws {
    try await OtherServer.node.check()
  }

  #if !HTTPOnly
    @Test(.enabled(if: OtherServer.secure.isAvailable, "needs python3 and openssl"))
    func `a certificate that nobody vouches for is refused at once, in one line`() async throws {
      try await OtherServer.secure.run { port in
        let model = ServerModel(try ServerAddress(parsing: "https://localhost:\(port)/v1"))
        do {
          _ = try await model.hello()
          Issue.record("trusted")
        } catch let error as ModelError {
          #expect(error.message.contains("no secure connection ("))
          #expect(!error.message.contains("\n"))
          #expect(error.retry == .no)
          #expect(error.scope == .model)
        }
        await model.close()
      }
    }
  #endif

  private static let hasIPv6 = (try? ScriptedServer(ipv6: true) { _ in [] })?.stop() != nil
}
