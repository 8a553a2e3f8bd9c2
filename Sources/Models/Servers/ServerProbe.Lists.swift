import Basics

extension ServerProbe {
  /// What the report calls several prompts in one request.
  static let lists = "list of prompts, generating"

  /// Further prompts for servers that have one answer to much.
  private static let further = [
    "1 2 3 4", "Once upon a time", "The capital of France is", "def add(a, b):", "Dear Sir,",
  ]

  /// Finds out whether two prompts in one request get the texts that each gets alone, in their order.
  ///
  /// Two prompts whose texts are alike would not show their order, so a pair with different ones is
  /// looked for.
  func confirmLists(_ generating: some ServerGenerating) async throws {
    func request(_ prompt: String) -> GenerateRequest {
      GenerateRequest(prompt: prompt, maxTokens: 8, stop: [], seed: 0)
    }
    do {
      var alone: [(prompt: String, text: String)] = []
      for prompt in Self.prompts + Self.further where alone.count < 2 {
        let text = try await patiently { try await generating.generate(request(prompt)).text }
        if alone.first?.text != text { alone.append((prompt, text)) }
      }
      guard alone.count == 2 else {
        return note(
          Self.lists, .fails, "not used: different prompts get one text, which shows no order")
      }
      let together = try await patiently(attempts: 4) {
        try await generating.generateAll(alone.map { request($0.prompt) })
      }
      guard together.map(\.text) == alone.map(\.text) else {
        return note(
          Self.lists, .fails,
          "not used: the texts \(shown(together.map(\.text))) are not those that the prompts get "
            + "alone, \(shown(alone.map(\.text)))")
      }
      note(Self.lists, .works, "two prompts in one request get the texts that they get alone")
      takesLists = true
    } catch let error as ModelError where concernsMethod(error) {
      note(Self.lists, .fails, "not used: \(detail(error))")
    }
  }

  private func shown(_ texts: [String]) -> String {
    texts.map { quoted($0, limit: 30) }.joined(separator: " and ")
  }
}
