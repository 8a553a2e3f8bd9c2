import Basics
import Foundation
import Models
import Testing

/// What real servers answered when one small model was served by each of them.
struct Recording: Sendable, CustomTestStringConvertible {
  let file: String
  let exchanges: [JSONObject]

  var testDescription: String { file }

  /// The folder of reference material beside the package, or where the environment says.
  static let shared: URL = {
    let given = ProcessInfo.processInfo.environment["FORMATSPREAD_SHARED"]
    return given.map { URL(fileURLWithPath: $0) }
      ?? URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../shared").standardized
  }()

  static let all: [Recording] = {
    let folder = shared.appendingPathComponent("reference/servers")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.sorted().compactMap { file in
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(file)),
        case .object(let object) = try? JSON.parse(Array(data)),
        case .array(let items) = object["exchanges"], object["continuations"] != nil
      else { return nil }
      return Recording(file: file, exchanges: items.compactMap(Self.object))
    }
  }()

  static func named(_ part: String) -> Recording? { all.first { $0.file.hasPrefix(part) } }

  private static func object(_ json: JSON) -> JSONObject? {
    if case .object(let object) = json { object } else { nil }
  }

  /// The choices of the answer with this name.
  func choices(_ name: String) throws -> [JSONObject] {
    let exchange = try #require(exchanges.first { $0["name"] == .string(name) })
    guard case .object(let response) = exchange["response"],
      case .string(let body) = response["body"], case .object(let answer) = try JSON.parse(body),
      case .array(let choices) = answer["choices"]
    else { return [] }
    return choices.compactMap(Self.object)
  }

  func choice(_ name: String) throws -> JSONObject { try #require(try choices(name).first) }
}

private let prompt = """
  Question: the trip was tasty and great
  Answer: positive

  Question: a rather messy meal
  Answer: negative

  Question: a rather nasty hotel
  Answer:
  """

private let continuations = [" positive", " negative"]

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite(.enabled(if: !Recording.all.isEmpty, "needs the recorded answers of servers"))
struct RecordedServerTests {
  @Test(arguments: Recording.all)
  func `every recorded response is read as HTTP`(_ recording: Recording) throws {
    for exchange in recording.exchanges {
      guard case .object(let response) = exchange["response"],
        case .string(let status) = response["status_line"],
        case .array(let headers) = response["headers"],
        case .string(let body) = response["body"],
        response["framing"] != .string("none")
      else { continue }
      var message = status + "\r\n"
      for case .array(let pair) in headers {
        guard case .string(let name) = pair[0], case .string(let value) = pair[1] else { continue }
        // Paths were shortened in the recorded bodies, so their lengths are not the recorded ones.
        let length = name.lowercased() == "content-length"
        message += "\(name): \(length ? String(body.utf8.count) : value)\r\n"
      }
      message += "\r\n"
      let chunked = response["framing"] == .string("chunked")
      message +=
        chunked ? "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n" : body
      var parser = HTTPResponseParser()
      let bytes = Array(message.utf8)
      let taken = try bytes.withUnsafeBytes { try parser.take($0) }
      let complete = parser.isComplete
      #expect(complete)
      #expect(taken == bytes.count)
      #expect(text(parser.response.body) == body)
    }
  }

  /// The value of " positive" after the prompt, from an independent evaluation of the model.
  private let exact = [-9.5657, -0.00819]

  @Test(arguments: ["vllm", "llama-server", "llama-cpp-python_", "llama-cpp-python-addbos"])
  func `generated tokens and their alternatives are read from each shape`(_ name: String) throws {
    let recording = try #require(Recording.named(name))
    let choice = try recording.choice("completions_noecho_logprobs5_max1")
    let token = try #require(try TokenLogprobs(choice: choice).tokens.first)
    #expect(text(token.bytes) == " negative")
    let scores = try FirstToken.scores(
      token.alternatives, options: continuations, ignoresSpace: false)
    for (score, right) in zip(scores, exact) {
      #expect(ServerProbe.agree(score.logprob, right), "\(score.logprob) and \(right)")
    }
  }

  @Test(arguments: ["vllm", "llama-server", "llama-cpp-python_"])
  func `chat answers are read`(_ name: String) throws {
    let recording = try #require(Recording.named(name))
    let token = try #require(
      try TokenLogprobs(choice: recording.choice("chat_logprobs_top5")).tokens.first)
    #expect(text(token.bytes) == "ne")
    #expect(token.alternatives.count == 5)
    // " 31" is the second and "ne" only begins "negative", so nothing is decided.
    #expect(throws: FirstToken.Undecided.self) {
      try FirstToken.scores(token.alternatives, options: continuations, ignoresSpace: true)
    }
  }

  @Test func `transformers serve has no log-probabilities`() throws {
    let recording = try #require(Recording.named("transformers"))
    for name in ["completions_noecho_logprobs5_max1", "chat_logprobs_top5"] {
      let choice = try recording.choice(name)
      #expect(
        throws: TokenLogprobs.Misshapen(reason: "it has no log-probabilities (logprobs is missing)")
      ) {
        try TokenLogprobs(choice: choice)
      }
    }
  }

  @Test func `vLLM's echo of a list gives the model's own values`() throws {
    let recording = try #require(Recording.named("vllm"))
    let echoes = try recording.choices("completions_list_prompts_echo_max0").map { choice in
      try TokenLogprobs(choice: choice).tokens
    }
    let scores = try EchoAlignment.scores(echoes, prompt: prompt, continuations: continuations)
    #expect(scores.map(\.tokens) == [1, 1])
    for (score, right) in zip(scores, exact) { #expect(abs(score.logprob - right) < 1e-3) }
  }

  @Test func `an echo with split characters is aligned by its bytes`() throws {
    let recording = try #require(Recording.named("vllm"))
    var tokens = try TokenLogprobs(
      choice: recording.choice("completions_unicode_prompt_echo")
    ).tokens
    tokens.removeLast()
    let scores = try EchoAlignment.scores(
      [tokens], prompt: "Question: naïve – 日本 🙂\nAnswer:", continuations: [" é"])
    // " ", the two parts of "é": the sum of the last three values in the recording.
    #expect(
      scores == [
        OptionScore(
          logprob: -9.253425598144531 - 19.716157913208008 - 20.943817138671875, tokens: 3)
      ])
  }

  @Test func `llama-cpp-python's shifted echo is caught, and its right one is not`() throws {
    for (name, right) in [("llama-cpp-python_", false), ("llama-cpp-python-addbos", true)] {
      let recording = try #require(Recording.named(name))
      let echo = try TokenLogprobs(choice: recording.choice("completions_echo_logprobs1_max1"))
      let echoed = try #require(echo.tokens.last { text($0.bytes) == " positive" }?.logprob)
      let free = try TokenLogprobs(choice: recording.choice("completions_noecho_logprobs5_max1"))
      let generated = try #require(
        free.tokens.first?.alternatives.first { text($0.bytes) == " positive" }?.logprob)
      #expect(ServerProbe.agree(echoed, generated) == right)
    }
  }

  @Test func `llama-server's ignored echo is recognised by its text`() throws {
    let recording = try #require(Recording.named("llama-server"))
    let choice = try recording.choice("completions_echo_logprobs1_max1")
    #expect(choice["text"] == .string("\n"))
    #expect(try TokenLogprobs(choice: choice).tokens.count == 1)
  }

  @Test func `llama-server's own endpoint gives ids and values`() throws {
    let recording = try #require(Recording.named("llama-server"))
    let exchange = try #require(
      recording.exchanges.first { exchange in
        exchange["name"] == .string("POST /completion prompt,n_predict,n_probs,temperature")
      })
    guard case .object(let response) = exchange["response"],
      case .string(let body) = response["body"], case .object(let answer) = try JSON.parse(body)
    else {
      Issue.record("no answer")
      return
    }
    let token = try #require(
      try TokenLogprobs(content: answer["completion_probabilities"]).tokens.first)
    #expect(token.id == 319)
    #expect(text(token.bytes) == " negative")
    #expect(ServerProbe.agree(try #require(token.logprob), exact[1]))
    #expect(token.alternatives.count == 5)
  }
}
