import Basics
import Foundation
import Models
import Testing

struct ChildProtocolTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `requests are written as documented`() {
    #expect(
      text(ChildProtocol.line(.hello, id: 0)) == "{\"id\":0,\"op\":\"hello\",\"protocol\":1}\n")
    let score = ScoreRequest(prompt: "a\n\"é\"", continuations: [" yes", "\t"])
    #expect(
      text(ChildProtocol.line(.score(score), id: 1))
        == #"{"id":1,"op":"score","prompt":"a\n\"é\"","continuations":[" yes","\t"]}"# + "\n")
    let generate = GenerateRequest(prompt: "p", maxTokens: 10, stop: ["\n"], seed: .max)
    #expect(
      text(ChildProtocol.line(.generate(generate), id: 2))
        == #"{"id":2,"op":"generate","prompt":"p","max_tokens":10,"stop":["\n"],"#
        + #""seed":18446744073709551615}"# + "\n")
  }

  private func answer(
    _ line: String, to request: ChildProtocol.Request
  ) throws -> ChildProtocol.Answer {
    let message = try #require(try ChildProtocol.message(Array(line.utf8)))
    return try ChildProtocol.answer(message.object, to: request, from: "process 'm'")
  }

  private let two = ChildProtocol.Request.score(
    ScoreRequest(prompt: "p", continuations: ["a", "b"]))

  @Test func `answers are read as documented`() throws {
    var capabilities = Capabilities(
      name: "m", scoring: .process, generates: false, maxInFlight: 1)
    #expect(
      try answer(#"{"id":0,"name":"m","capabilities":["score","other"]}"#, to: .hello)
        == .hello(capabilities))
    capabilities.embeds = true
    #expect(
      try answer(#"{"id":0,"name":"m","capabilities":["score","embed"]}"#, to: .hello)
        == .hello(capabilities))
    #expect(
      try answer(
        #"{"scores":[{"logprob":-1.25,"tokens":1},{"tokens":2,"logprob":-1e30,"x":0}],"id":7}"#,
        to: two)
        == .scores([
          OptionScore(logprob: -1.25, tokens: 1), OptionScore(logprob: -1e30, tokens: 2),
        ]))
    // 32-bit sums may end a little above 0; whole numbers are numbers too.
    #expect(
      try answer(
        #"{"id":7,"scores":[{"logprob":1.2e-7,"tokens":1},{"logprob":-3,"tokens":2}]}"#, to: two)
        == .scores([OptionScore(logprob: 0, tokens: 1), OptionScore(logprob: -3, tokens: 2)]))
    #expect(
      try answer(
        #"{"id":7,"text":"x","finish":"length","tokens":3}"#,
        to: .generate(GenerateRequest(prompt: "", maxTokens: 3, stop: [], seed: 0)))
        == .text(Generation(text: "x", finish: "length", tokens: 3)))
    #expect(try ChildProtocol.message(Array(" \t\r".utf8)) == nil)
  }

  @Test(arguments: [
    (#"{"id":1}"#, "scores: expected a list with one score per continuation, it is missing"),
    (
      #"{"id":1,"scores":null}"#,
      "scores: expected a list with one score per continuation, found null"
    ),
    (#"{"id":1,"scores":[{"logprob":-1,"tokens":1}]}"#, "1 scores for 2 continuations"),
    (
      #"{"id":1,"scores":[-1,-2]}"#,
      "scores[0]: expected an object with logprob and tokens, found -1"
    ),
    (
      #"{"id":1,"scores":[{"logprob":-1,"tokens":1},{"tokens":1}]}"#,
      "scores[1].logprob: expected a number of at most 0, it is missing"
    ),
    (
      #"{"id":1,"scores":[{"logprob":null,"tokens":1},{"tokens":1}]}"#,
      "scores[0].logprob: expected a number of at most 0, found null"
    ),
    (
      #"{"id":1,"scores":[{"logprob":0.5,"tokens":1},{"tokens":1}]}"#,
      "scores[0].logprob: expected a number of at most 0, found 0.5"
    ),
    (
      #"{"id":1,"scores":[{"logprob": -Infinity,"tokens":1},{"tokens":1}]}"#,
      "scores[0].logprob: expected a number of at most 0, found the text '-Infinity'"
    ),
    (
      #"{"id":1,"scores":[{"logprob":NaN,"tokens":1},{"tokens":1}],"note":"NaN \" NaN"}"#,
      "scores[0].logprob: expected a number of at most 0, found the text 'NaN'"
    ),
    (
      #"{"id":1,"scores":[{"logprob":-1},{"tokens":1}]}"#,
      "scores[0].tokens: expected a whole number of at least 1, it is missing"
    ),
    (
      #"{"id":1,"scores":[{"logprob":-1,"tokens":0},{"tokens":1}]}"#,
      "scores[0].tokens: expected a whole number of at least 1, found 0"
    ),
  ])
  func `a score of the wrong shape fails its request only`(_ line: String, _ reason: String) {
    #expect(
      throws: ModelError("process 'm': bad answer to score: \(reason)", retry: .transient)
    ) { try answer(line, to: two) }
  }

  @Test(arguments: [
    (
      #"{"id":0,"protocol":2,"name":"m","capabilities":["score"]}"#,
      "it speaks protocol 2, and formatspread speaks protocol 1"
    ),
    (#"{"id":0,"capabilities":["score"]}"#, "name: expected the model's name, it is missing"),
    (
      #"{"id":0,"name":"m"}"#,
      "capabilities: expected a list of 'score' and 'generate', it is missing"
    ),
    (
      #"{"id":0,"name":"m","capabilities":["embed"]}"#,
      "capabilities: expected 'score', 'generate' or both, found neither"
    ),
    (
      #"{"id":0,"name":"m","capabilities":["score"],"max_in_flight":0}"#,
      "max_in_flight: expected a whole number of at least 1, found 0"
    ),
  ])
  func `a greeting of the wrong shape ends the model`(_ line: String, _ reason: String) {
    #expect(
      throws: ModelError(
        "process 'm': bad answer to hello: \(reason)", retry: .no, scope: .model)
    ) { try answer(line, to: .hello) }
  }

  @Test(arguments: [
    (#"{"message":"no memory","retry":"no"}"#, "'no memory'", RetryDecision.no),
    (#"{"message":"no memory"}"#, "'no memory'", .no),
    (#""ValueError: x""#, "'ValueError: x'", .no),
    (#"{"message":"busy","retry":"transient"}"#, "'busy'", .transient),
    (
      #"{"message":"slow down","retry":"rate-limit","after_s":1.5}"#, "'slow down'",
      .rateLimit(after: .seconds(1.5))
    ),
    (#"{"message":"slow","retry":"rate-limit"}"#, "'slow'", .rateLimit(after: nil)),
    (
      #"{"message":"slow","retry":"rate-limit","after_s":1e300}"#, "'slow'",
      .rateLimit(after: .seconds(86_400))
    ),
    (#"{"code":5}"#, #"'{"code":5}'"#, .no),
  ])
  func `a reported error carries its retry decision`(
    _ error: String, _ shown: String, _ retry: RetryDecision
  ) {
    #expect(throws: ModelError("process 'm': score failed: \(shown)", retry: retry)) {
      try answer("{\"id\":1,\"error\":\(error)}", to: two)
    }
  }

  @Test(arguments: [
    (
      "Loading…",
      "wrote a line that is not JSON: 'Loading…' ('L' where a value should be); only answers may "
        + "go to its standard output", false
    ),
    (
      "42",
      "wrote a whole number where an answer should be: '42'; only answers may go to its standard "
        + "output", false
    ),
    (#"{"text":"x"}"#, #"wrote an answer without an id: '{"text":"x"}'"#, true),
    (#"{"id":"1"}"#, "wrote an answer whose id is \"1\", not a whole number", true),
    (#"{"id":null,"error":"bad"}"#, "reported an error without an id: 'bad'", true),
  ])
  func `a line that is no answer breaks the protocol`(
    _ line: String, _ reason: String, _ confuses: Bool
  ) {
    #expect(throws: ChildProtocol.Violation(reason: reason, confusesAnswers: confuses)) {
      try ChildProtocol.message(Array(line.utf8))
    }
  }

  @Test func `lines are cut wherever the pieces end`() throws {
    let text = Array("one\n\ntwo longer\nrest".utf8)
    for size in 1...text.count {
      var splitter = LineSplitter(limit: 100)
      var lines: [[UInt8]] = []
      for start in stride(from: 0, to: text.count, by: size) {
        let piece = Array(text[start..<min(start + size, text.count)])
        lines += try piece.withUnsafeBytes { try splitter.take($0) }
      }
      #expect(lines.map(self.text) == ["one", "", "two longer"])
      #expect(self.text(splitter.rest) == "rest")
    }
  }

  @Test func `a line beyond the limit is refused, with or without its end`() throws {
    for tail in ["", "\n"] {
      var splitter = LineSplitter(limit: 10)
      let exact = Array("0123456789\n".utf8)
      #expect(try exact.withUnsafeBytes { try splitter.take($0) }.count == 1)
      let long = Array(("0123456789A" + tail).utf8)
      #expect(throws: LineSplitter.TooLong.self) {
        _ = try long.withUnsafeBytes { try splitter.take($0) }
      }
    }
  }

  @Test func `crashes are forgiven while answers come in between`() {
    var policy = RestartPolicy(limit: 2)
    #expect(policy.verdict(.ended, first: true, answers: 0) == .giveUp)
    for _ in 0..<10 { #expect(policy.verdict(.ended, first: false, answers: 1) == .restart) }
    #expect(policy.verdict(.ended, first: false, answers: 0) == .restart)
    #expect(
      policy.verdict(.timedOut(request: "score", after: .seconds(1)), first: false, answers: 0)
        == .giveUpAfter(failures: 3))
  }

  @Test func `stray lines are forgiven a few times in all and confused answers never`() {
    var policy = RestartPolicy(limit: 2)
    #expect(policy.verdict(.strayLine("x"), first: false, answers: 9) == .restart)
    #expect(policy.verdict(.strayLine("x"), first: false, answers: 9) == .restart)
    #expect(
      policy.verdict(.strayLine("x"), first: false, answers: 9) == .giveUpAfter(failures: 3))
    #expect(policy.verdict(.confusedAnswers("x"), first: false, answers: 9) == .giveUp)
  }

  @Test func `a child inherits what it needs and no secret`() {
    let selection = ChildEnvironment.selection(of: [
      "PATH": "/bin", "LC_ALL": "C", "PYTHONPATH": "x", "HF_HOME": "/h", "HF_TOKEN": "s",
      "OPENAI_API_KEY": "s", "TOKENIZERS_PARALLELISM": "0", "VLLM_API_KEY": "s", "EDITOR": "vi",
      "PYTHONUTF8": "0",
    ])
    #expect(
      selection == [
        "HF_HOME=/h", "LC_ALL=C", "PATH=/bin", "PYTHONPATH=x", "PYTHONUNBUFFERED=1",
        "PYTHONUTF8=0", "TOKENIZERS_PARALLELISM=0",
      ])
  }
}
