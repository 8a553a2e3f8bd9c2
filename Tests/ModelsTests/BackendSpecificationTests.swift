import Basics
import Models
import Testing

private let accepted =
  "; accepted: 'reference', 'process:COMMAND', 'http://HOST:PORT/v1', 'https://HOST/v1'"

struct BackendSpecificationTests {
  @Test func `the three kinds of backend are read`() throws {
    #expect(try BackendSpecification.parse("reference") == .reference)
    #expect(
      try BackendSpecification.parse("process:./m 'a b'")
        == .process(Command(executable: "./m", arguments: ["a b"])))
    guard case .server(let server) = try BackendSpecification.parse("http://[::1]:8000/v1/") else {
      Issue.record("not a server")
      return
    }
    #expect(!server.secure)
    #expect(server.host == "::1")
    #expect(server.port == 8000)
    #expect(server.path == "/v1")
    #expect(server.authority == "[::1]:8000")
  }

  @Test(arguments: [
    ("reference", "reference"),
    ("process:m  \"a\"", "process:m a"),
    ("process:m 'a b'", "process:m \"a b\""),
    ("http://localhost:8000/v1/", "http://localhost:8000/v1"),
    ("http://localhost", "http://localhost"),
    ("http://localhost:80", "http://localhost"),
    ("https://api.example.org:443/v1", "https://api.example.org/v1"),
    ("https://127.0.0.1:8443", "https://127.0.0.1:8443"),
  ])
  func `a description reads back as the same backend`(_ text: String, _ description: String) throws
  {
    let backend = try BackendSpecification.parse(text)
    #expect(backend.description == description)
    #expect(try BackendSpecification.parse(description) == backend)
  }

  @Test(arguments: [
    ("", "empty" + accepted),
    (
      "htp://localhost:8000/v1",
      "unknown scheme 'htp://' (did you mean 'http://localhost:8000/v1'?)" + accepted
    ),
    ("gopher://x", "unknown scheme 'gopher://'" + accepted),
    ("http:/x", "unknown backend (did you mean 'http://x'?)" + accepted),
    (
      "proces:python3 m.py",
      "unknown backend (did you mean 'process:python3 m.py'?)" + accepted
    ),
    ("process", "a command must follow (process:COMMAND)" + accepted),
    ("refrence", "unknown backend (did you mean 'reference'?)" + accepted),
    (
      "localhost:8000/v1",
      "no scheme (did you mean 'http://localhost:8000/v1'?)" + accepted
    ),
    (
      "./my_model.py",
      "unknown backend (an address begins with http://, a command with process:)" + accepted
    ),
    ("gpt", "unknown backend" + accepted),
    ("http://", "no host; expected an address such as http://localhost:8000/v1"),
    ("http://:80", "no host; expected an address such as http://localhost:8000/v1"),
    ("http://x:0/v1", "'0' is not a port; expected a number from 1 to 65535"),
    ("http://x:70000", "'70000' is not a port; expected a number from 1 to 65535"),
    ("http://x:+80", "'+80' is not a port; expected a number from 1 to 65535"),
    ("http://x:", "'' is not a port; expected a number from 1 to 65535"),
    ("http://::1/v1", "an IPv6 address stands in brackets, such as http://[::1]:8000/v1"),
    ("http://[::1/v1", "the '[' of an IPv6 address is never closed"),
    ("http://[::1]8/v1", "expected ':PORT' after ']'"),
    ("http://[fe80g]/v1", "'fe80g' is not an IPv6 address"),
    ("http://a b/v1", "'a b' is not a host name"),
    ("http://x/v1?key=1", "a query ('?') or fragment ('#') has no place in a base address"),
    ("http://x/v 1", "white space or a character outside ASCII in the path; percent-encode it"),
    (
      "http://x/v1/chat/completions",
      "give the base address, without '/chat/completions': 'http://x/v1'"
    ),
    ("http://x/v1/completions", "give the base address, without '/completions': 'http://x/v1'"),
  ])
  func `a backend that cannot be read is refused with a remedy`(
    _ text: String, _ complaint: String
  ) {
    #expect(throws: InputError("backend '\(text)': \(complaint)")) {
      try BackendSpecification.parse(text)
    }
  }

  @Test func `a password in an address is not repeated`() {
    let message =
      "backend: an address must not hold a user name or password; give a key by environment or "
      + "file instead"
    #expect(throws: InputError(message)) {
      try BackendSpecification.parse("http://me:hunter2@x/v1")
    }
  }

  @Test func `servers and methods are named exactly`() throws {
    for kind in ServerKind.allCases { #expect(try ServerKind.parse(kind.rawValue) == kind) }
    #expect(try ScoringMethod.parse("first-token") == .firstToken)
    #expect(
      throws: InputError(
        "server 'vlm': unknown (did you mean 'vllm'?); accepted: vllm, llamacpp, ollama, tgi, "
          + "sglang, llama-cpp-python, lmstudio, transformers, openai")
    ) { try ServerKind.parse("vlm") }
    #expect(
      throws: InputError(
        "method 'process': unknown; accepted: echo, forced, stepwise, first-token")
    ) { try ScoringMethod.parse("process") }
  }
}
