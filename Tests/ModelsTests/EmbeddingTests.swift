import Basics
import Foundation
import Models
import TestSupport
import Testing

/// Answers to embedding requests as the servers' own documentation shows them.
@Suite(.timeLimit(.minutes(5))) struct EmbeddingTests {
  private func embedding(
    _ kind: ToyServer.Kind, _ answer: @escaping @Sendable (String, String) -> String?
  ) async throws -> [Float] {
    let toy = ToyServer(kind)
    let script: ScriptedServer.Script = { request in
      guard request.text.contains("EMBED") else { return toy.answer(request) }
      guard let text = answer(request.target, request.text) else {
        return [.json(#"{"error":{"message":"no embeddings here"}}"#, status: 501)]
      }
      return [.json(text)]
    }
    var found: [Float] = []
    try await ScriptedServer.run(script: script) { server in
      let model = ServerModel(try server.address)
      defer { Task { await model.close() } }
      found = try await model.embed("EMBED me")
    }
    return found
  }

  @Test func `the open interface is asked for one text`() async throws {
    let found = try await embedding(.vllm) { target, body in
      target == "/v1/embeddings" && body == #"{"model":"toy","input":"EMBED me"}"#
        ? #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1,2e-3]}]}"#
        : nil
    }
    #expect(found == [0.5, -1, 0.002])
  }

  @Test func `Ollama is asked at its own interface`() async throws {
    let found = try await embedding(.ollama) { target, _ in
      target == "/api/embed" ? #"{"model":"toy","embeddings":[[0.25,0.75]]}"# : nil
    }
    #expect(found == [0.25, 0.75])
  }

  @Test(arguments: [
    (#"[{"index":0,"embedding":[[1,2],[3,4]]}]"#, [3, 4] as [Float]),
    (#"[{"index":0,"embedding":[[5,6]]}]"#, [5, 6]),
    (#"{"embedding":[7,8]}"#, [7, 8]),
  ])
  func `a llama.cpp server that does not pool gives its last token's vector`(
    _ answer: String, _ wanted: [Float]
  ) async throws {
    let found = try await embedding(.llamacpp) { target, _ in
      target == "/embedding" ? answer : nil
    }
    #expect(found == wanted)
  }

  @Test func `a server without embeddings says so in its own words`() async throws {
    let error = await #expect(throws: ModelError.self) {
      try await embedding(.vllm) { _, _ in nil }
    }
    #expect(error?.message.contains("no embeddings here") == true)
    let broken = await #expect(throws: ModelError.self) {
      try await embedding(.vllm) { _, _ in #"{"data":[{"embedding":["a"]}]}"# }
    }
    #expect(
      broken?.message.hasSuffix(
        "bad answer: data[0].embedding: expected a list of numbers") == true)
  }

  @Test func `a child process is asked on the wire`() throws {
    let line = ChildProtocol.line(.embed("a\n\"b\""), id: 3)
    #expect(
      String(decoding: line, as: UTF8.self) == #"{"id":3,"op":"embed","prompt":"a\n\"b\""}"# + "\n")
    func answer(_ text: String) throws -> ChildProtocol.Answer {
      let message = try #require(try ChildProtocol.message(Array(text.utf8)))
      return try ChildProtocol.answer(message.object, to: .embed("a"), from: "process 'm'")
    }
    #expect(try answer(#"{"id":3,"embedding":[1,-0.5]}"#) == .embedding([1, -0.5]))
    for (text, message) in [
      (#"{"id":3}"#, "embedding: expected a list of numbers, it is missing"),
      (#"{"id":3,"embedding":[]}"#, "embedding: expected a list of numbers, found a list"),
      (#"{"id":3,"embedding":[1,null]}"#, "embedding[1]: expected a number, found null"),
    ] {
      let error = #expect(throws: ModelError.self) { try answer(text) }
      #expect(error?.message == "process 'm': bad answer to embed: \(message)")
    }
  }
}
