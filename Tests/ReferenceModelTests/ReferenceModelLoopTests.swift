import Basics
import Dispatch
import Foundation
import ReferenceModel
import Testing

@Suite struct `The wire loop` {
  @Test func `says hello, scores and generates`() throws {
    let answers = try exchange(
      """
      {"id":0,"op":"hello","protocol":1}
      {"id":1,"op":"score","prompt":"Noun: city\\nPlural: ","continuations":["cities","citys"]}

      {"id":"x","op":"generate","prompt":"Review: Superb.\\nSentiment: ","max_tokens":3,"stop":["\\n"],"seed":0}

      """)
    #expect(answers.count == 3)
    #expect(
      answers[0]
        == #"{"id":0,"name":"reference","capabilities":["score","generate","embed"],"max_in_flight":32}"#
    )
    let scores = model.score(
      prompt: "Noun: city\nPlural: ", continuations: ["cities", "citys"])
    let expected = JSON.members([
      "id": .integer(1),
      "scores": .array(
        scores.map {
          .members(["logprob": .number($0.logprob), "tokens": .integer($0.byteCount)])
        }),
    ])
    #expect(answers[1] == expected.compact)
    #expect(answers[2].hasPrefix(#"{"id":"x","text":"#))
  }

  // Each row: what is sent, and the error's message.
  @Test(
    arguments: [
      (
        #"{"id":7,"op":"sing"}"#, 7,
        "unknown op 'sing'; this model knows hello, score, generate and embed"
      ),
      (#"{"id":7}"#, 7, "the request has no 'op'"),
      (
        #"{"id":7,"op":"hello","protocol":2}"#, 7,
        "protocol 2 is not known; this model speaks protocol 1"
      ),
      (#"{"id":7,"op":"score","prompt":"a"}"#, 7, "the request has no 'continuations'"),
      (#"{"id":7,"op":"score","continuations":[]}"#, 7, "the request has no 'prompt'"),
      (
        #"{"id":7,"op":"score","prompt":1,"continuations":[]}"#, 7,
        "'prompt' should be a text, found a whole number"
      ),
      (
        #"{"id":7,"op":"score","prompt":"a","continuations":"b"}"#, 7,
        "'continuations' should be a list of texts, found a text"
      ),
      (
        #"{"id":7,"op":"score","prompt":"a","continuations":[null]}"#, 7,
        "'continuations' should hold only texts, found null"
      ),
      (
        #"{"id":7,"op":"generate","prompt":"a","max_tokens":-1}"#, 7,
        "'max_tokens' is -1; from 0 to 10000 is possible"
      ),
      (#"{"op":"hello"}"#, nil, "the request has no 'id'"),
      (#"[1]"#, nil, "expected an object on each line, found a list"),
      (
        #"{"id":7,"#, nil,
        "column 9: not valid JSON: the end of the text where a key in double quotes should be"
      ),
    ])
  func `answers a mistake with one error that is not to be retried`(
    _ line: String, _ id: Int?, _ message: String
  ) throws {
    let answers = try exchange(line + "\n" + #"{"id":8,"op":"hello"}"# + "\n")
    let expected = JSON.members([
      "id": id.map { .integer($0) } ?? .null,
      "error": .members(["message": .string(message), "retry": .string("no")]),
    ])
    #expect(answers.first == expected.compact)
    #expect(answers.count == 2)
    #expect(answers.last?.hasPrefix(#"{"id":8,"name":"#) == true)
  }

  @Test func `answers a last line without its newline and ends with the input`() throws {
    #expect(
      try exchange(#"{"id":1,"op":"score","prompt":"a","continuations":[]}"#)
        == [#"{"id":1,"scores":[]}"#])
    #expect(try exchange("") == [])
    #expect(try exchange("\n \n\r\n") == [])
  }

  @Test func `takes everything that is written before the first answer is read`() throws {
    // About 600 KB each way: far more than both pipes hold.
    let filler = String(repeating: "x", count: 180)
    let lines = (0..<2400).map { #"{"id":\#($0),"op":"\#(filler)","prompt":"","list":[]}"# }
    let answers = try exchange(lines.joined(separator: "\n") + "\n")
    #expect(answers.count == 2400)
    for (index, answer) in answers.enumerated() {
      #expect(answer.hasPrefix(#"{"id":\#(index),"error""#))
    }
  }

  @Test func `ends when nobody reads its output`() async throws {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    try #require(pipe(&input) == 0 && pipe(&output) == 0)
    close(output[0])
    try send(#"{"id":1,"op":"hello"}"# + "\n", to: input[1])
    // The input stays open: only the broken output can end the loop.
    ReferenceModelLoop.run(input: input[0], output: output[1], model: model)
    for descriptor in [input[0], input[1], output[1]] { close(descriptor) }
  }

  /// Writes all of `text` to a loop, and only then reads its answers, line by line.
  private func exchange(_ text: String) throws -> [String] {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    try #require(pipe(&input) == 0 && pipe(&output) == 0)
    let (loopInput, loopOutput) = (input[0], output[1])
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      ReferenceModelLoop.run(input: loopInput, output: loopOutput, model: model)
      close(loopInput)
      close(loopOutput)
    }
    try send(text, to: input[1])
    close(input[1])
    let data = FileHandle(fileDescriptor: output[0], closeOnDealloc: true).readDataToEndOfFile()
    group.wait()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func send(_ text: String, to descriptor: Int32) throws {
    try FileHandle(fileDescriptor: descriptor).write(contentsOf: Data(text.utf8))
  }
}
