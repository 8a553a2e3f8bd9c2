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

  /// Whether two vectors are the same but for rounding.
  private func areClose(_ found: [Float], _ wanted: [Float]) -> Bool {
    found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-6 }
  }

  // Lengths by hand: 3-4-5, 8-15-17 and 5-12-13 triangles.
  @Test func `the open interface is asked for one text`() async throws {
    let found = try await embedding(.vllm) { target, body in
      target == "/v1/embeddings" && body == #"{"model":"toy","input":"EMBED me"}"#
        ? #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.3,-0.4]}]}"#
        : nil
    }
    #expect(areClose(found, [0.6, -0.8]))
  }

  @Test func `Ollama is asked at its own interface`() async throws {
    let found = try await embedding(.ollama) { target, _ in
      target == "/api/embed" ? #"{"model":"toy","embeddings":[[8,15]]}"# : nil
    }
    #expect(areClose(found, [8 / 17, 15 / 17]))
  }

  @Test(
    arguments: [
      (#"[{"index":0,"embedding":[[1,2],[3,4]]}]"#, [0.6, 0.8]),
      (#"[{"index":0,"embedding":[[5,12]]}]"#, [5 / 13, 12 / 13]),
      (#"{"embedding":[0,-7]}"#, [0, -1]),
      (#"{"embedding":[0,0]}"#, [0, 0]),
    ] as [(String, [Float])])
  func `a llama.cpp server that does not pool gives its last token's vector`(
    _ answer: String, _ wanted: [Float]
  ) async throws {
    let found = try await embedding(.llamacpp) { target, _ in
      target == "/embedding" ? answer : nil
    }
    #expect(areClose(found, wanted))
  }

  // What three servers answered about "Review: a good film\nSentiment:" with one small model, all but four
  // numbers of each vector and all but two of llama-cpp-python's token vectors cut away.
  @Test(arguments: [
    (
      ToyServer.Kind.llamaCppPython,
      #"""
      {"object":"list","data":[{"object":"embedding","embedding":[[1.1123762130737305,-1.9251234531402588,
      1.0412099361419678,0.9916210770606995],[-1.0842982530593872,-2.4769129753112793,
      -0.6305211186408997,0.93885338306427]],"index":0}],"model":"tiny-fmt",
      "usage":{"prompt_tokens":17,"total_tokens":17}}
      """#
    ),
    (
      .vllm,
      #"""
      {"id":"embd-ae7ae9ad4da285ad","object":"list","created":1795285545,"model":"tiny-fmt","data":[{
      "index":0,"object":"embedding","embedding":[-0.07369593530893326,-0.16838115453720093,
      -0.04285874962806702,0.06381681561470032]}],"usage":{"prompt_tokens":17,"total_tokens":17,
      "completion_tokens":0,"prompt_tokens_details":null,"completion_tokens_details":null}}
      """#
    ),
  ])
  func `servers agree, whether they scale their vectors and pool them or not`(
    _ kind: ToyServer.Kind, _ answer: String
  ) async throws {
    let found = try await embedding(kind) { target, _ in
      target == "/v1/embeddings" ? answer : nil
    }
    // numpy 2.3: v / norm(v) of the four numbers of either server.
    #expect(
      zip(found, [-0.3699, -0.8451, -0.2151, 0.3203]).allSatisfy { abs(Double($0) - $1) < 2e-4 },
      "\(found)")
  }

  @Test func `a server that only represents texts is not probed for anything else`() async throws {
    let script: ScriptedServer.Script = { request in
      switch request.target {
      case "/v1/models":
        [.json(#"{"object":"list","data":[{"id":"tiny-fmt","owned_by":"vllm"}]}"#)]
      case "/version": [.json(#"{"version":"0.32.0"}"#)]
      case "/v1/embeddings": [.json(#"{"data":[{"index":0,"embedding":[3,4]}]}"#)]
      default: [.json(#"{"detail":"Not Found"}"#, status: 404)]
      }
    }
    try await ScriptedServer.run(script: script) { server in
      var settings = ServerModel.Settings()
      settings.onlyEmbeds = true
      let model = ServerModel(try server.address, settings: settings)
      defer { Task { await model.close() } }
      let capabilities = try await model.hello()
      #expect(capabilities.name == "tiny-fmt" && capabilities.embeds)
      #expect(capabilities.scoring == nil && !capabilities.generates)
      #expect(areClose(try await model.embed("a"), [0.6, 0.8]))
      let other = ServerModel(try server.address)
      defer { Task { await other.close() } }
      let error = await #expect(throws: ModelError.self) { try await other.hello() }
      #expect(error?.message.contains("neither generation nor scoring works") == true)
    }
  }

  @Test func `a llama.cpp server is asked for one text at a time`() async throws {
    for (kind, most) in [(ToyServer.Kind.llamacpp, 1), (.vllm, 64)] {
      try await ToyServer(kind).run { server in
        let model = ServerModel(try server.address)
        defer { Task { await model.close() } }
        #expect(try await model.hello().maxEmbeddings == most)
      }
    }
  }

  @Test func `a server without embeddings says so in its own words`() async throws {
    let error = await #expect(throws: ModelError.self) {
      try await embedding(.vllm) { _, _ in nil }
    }
    #expect(error?.message.contains("no embeddings here") == true)
    #expect(error?.retry == .no)
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
