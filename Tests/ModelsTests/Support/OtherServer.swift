import Foundation
import Models
import Testing

/// A server in another language, run as a program that prints its port.
struct OtherServer {
  let programs: [String]
  let file: String
  let source: String

  var isAvailable: Bool {
    programs.allSatisfy { program in
      (try? Command(parsing: program).located(on: PythonChild.path)) != nil
    }
  }

  /// Runs `body` with the port of the server.
  func run(body: (Int) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("formatspread-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = folder.appendingPathComponent(file)
    try Data(source.utf8).write(to: script)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [programs[0], script.path]
    process.currentDirectoryURL = folder
    let output = Pipe()
    let input = Pipe()
    process.standardOutput = output
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      try? input.fileHandleForWriting.close()
      // Another child that was started meanwhile may hold this one's input open, and a signal that the
      // threads of the test runner block is blocked in their children too.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    try await body(try #require(Int(line.split(separator: "\n").first ?? "")))
  }

  /// Sends texts that have to come back: whole, in chunks, from a connection that is then closed, large.
  func check() async throws {
    try await run { port in
      let client = HTTPClient(try ServerAddress(parsing: "http://127.0.0.1:\(port)/v1"))
      for target in ["/plain", "/chunked", "/close", "/plain", "/chunked"] {
        for size in [1, 1000, 300_000] where target != "/chunked" || size < 2000 {
          let body = Array("héllo \(target) \(String(repeating: "x", count: size))".utf8)
          let response = try await client.send(
            HTTPRequest(method: "POST", target: target, body: body))
          #expect(response.status == 200)
          #expect(response.body == body)
        }
      }
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<64 {
          group.addTask {
            let body = Array("number \(number)".utf8)
            let request = HTTPRequest(method: "POST", target: "/plain", body: body)
            return try await client.send(request).body == body
          }
        }
        for try await right in group { #expect(right) }
      }
      client.close()
    }
  }

  static let python = OtherServer(
    programs: ["python3"], file: "server.py",
    source: """
      import http.server, sys, threading
      class Handler(http.server.BaseHTTPRequestHandler):
          protocol_version = "HTTP/1.1"
          def do_POST(self):
              body = self.rfile.read(int(self.headers["Content-Length"]))
              self.send_response(200)
              if self.path == "/chunked":
                  self.send_header("Transfer-Encoding", "chunked")
                  self.end_headers()
                  for byte in body:
                      self.wfile.write(b"1\\r\\n%c\\r\\n" % byte)
                  self.wfile.write(b"0\\r\\n\\r\\n")
              else:
                  if self.path == "/close":
                      self.send_header("Connection", "close")
                  self.send_header("Content-Length", str(len(body)))
                  self.end_headers()
                  self.wfile.write(body)
          def log_message(self, *args): pass
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
      server.request_queue_size = 128
      threading.Thread(target=server.serve_forever, daemon=True).start()
      print(server.server_port, flush=True)
      sys.stdin.read()
      """)

  static let node = OtherServer(
    programs: ["node"], file: "server.js",
    source: """
      const server = require("http").createServer((request, response) => {
        const parts = []
        request.on("data", part => parts.push(part))
        request.on("end", () => {
          const body = Buffer.concat(parts)
          if (request.url === "/close") response.setHeader("Connection", "close")
          if (request.url === "/chunked") {
            for (const byte of body) response.write(Buffer.from([byte]))
            response.addTrailers({ "X-After": "1" })
            response.end()
          } else {
            response.setHeader("Content-Length", body.length)
            response.end(body)
          }
        })
      })
      server.listen(0, "127.0.0.1", () => console.log(server.address().port))
      process.stdin.on("end", () => process.exit(0)).resume()
      """)

  /// A server whose certificate is signed by itself.
  static let secure = OtherServer(
    programs: ["python3", "openssl"], file: "server.py",
    source: """
      import http.server, ssl, subprocess, sys, threading
      subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem",
                      "-out", "own.pem", "-days", "2", "-subj", "/CN=localhost"], check=True,
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain("own.pem", "key.pem")
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
      server.socket = context.wrap_socket(server.socket, server_side=True)
      threading.Thread(target=server.serve_forever, daemon=True).start()
      print(server.server_port, flush=True)
      sys.stdin.read()
      """)
}
