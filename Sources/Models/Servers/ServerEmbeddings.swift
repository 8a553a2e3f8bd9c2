import Basics

/// A server's representation of a text, by whichever interface it has, as a vector of length 1.
///
/// Where a server answers with one vector for each token, the last token's is taken: it has seen the
/// whole text. Some servers scale their vectors to length 1 and others do not; scaling all of them
/// makes the answers of different servers to one model comparable.
struct ServerEmbeddings {
  let connection: ServerConnection
  let kind: ServerKind
  let model: String

  /// Asks Ollama at `/api/embed`, others at the open interface's `/embeddings`, and a llama.cpp server
  /// that does not pool its tokens' vectors at `/embedding`.
  func embed(_ text: String) async throws -> [Float] {
    if kind == .ollama {
      let object = try await connection.object(
        "POST", "/api/embed", root: true,
        body: .members(["model": .string(model), "input": .string(text)]))
      guard case .array(let list) = object["embeddings"], let vector = Self.vector(list.first)
      else {
        throw bad("embeddings")
      }
      return vector
    }
    let answer = try await connection.ask(
      "POST", "/embeddings", body: .members(["model": .string(model), "input": .string(text)]))
    if kind == .llamacpp, !answer.isSuccess { return try await ownEmbedding(text) }
    guard answer.isSuccess else { throw refusal(answer) }
    guard case .array(let list) = try connection.object(answer)["data"],
      case .object(let first) = list.first, let vector = Self.vector(first["embedding"])
    else { throw bad("data[0].embedding") }
    return vector
  }

  /// llama.cpp's own endpoint: a list of answers in new versions, one object in old ones.
  private func ownEmbedding(_ text: String) async throws -> [Float] {
    let answer = try await connection.ask(
      "POST", "/embedding", root: true, body: .members(["content": .string(text)]))
    guard answer.isSuccess else { throw refusal(answer) }
    var found = answer.json
    if case .array(let list) = found { found = list.first }
    guard case .object(let object) = found, let vector = Self.vector(object["embedding"]) else {
      throw bad("embedding")
    }
    return vector
  }

  /// A list of numbers, or the last of a list of such lists, scaled to length 1; nil for anything else.
  private static func vector(_ value: JSON?) -> [Float]? {
    guard case .array(let items) = value, let last = items.last else { return nil }
    if case .array = last { return vector(last) }
    var vector: [Double] = []
    vector.reserveCapacity(items.count)
    for item in items {
      switch item {
      case .integer(let number): vector.append(Double(number))
      case .number(let number): vector.append(number)
      default: return nil
      }
    }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length.isFinite else { return nil }
    return vector.map { Float(length > 0 ? $0 / length : 0) }
  }

  /// What a server says that was asked for what it does not have; asking again does not help.
  private func refusal(_ answer: ServerConnection.Answer) -> ModelError {
    var error = connection.explain(answer)
    if [400, 404, 405, 501].contains(answer.status) { error.retry = .no }
    return error
  }

  private func bad(_ place: String) -> ModelError {
    ModelError(
      "\(connection.address): bad answer: \(place): expected a list of numbers", retry: .no)
  }
}

extension ServerModel {
  /// The model's representation of a text, of length 1.
  ///
  /// - Throws: `ModelError` when the server has no embeddings, in its own words.
  package func embed(_ text: String) async throws -> [Float] {
    let report = try await probed().report
    return try await ServerEmbeddings(
      connection: connection, kind: report.kind, model: report.model
    ).embed(text)
  }
}

extension ServerProbe {
  /// Finds out what a server is that is asked for representations only, and asks it for one.
  ///
  /// vLLM, for one, serves a model either for answers or for representations.
  func representing() async throws -> ProbedServer {
    let identity = try await identify()
    let report = blankReport(identity, try await servedModel(identity).title)
    _ = try await ServerEmbeddings(
      connection: connection, kind: report.kind, model: report.model
    ).embed("a")
    return ProbedServer(
      scoring: nil, generating: nil, takesLists: false,
      maxInFlight: identity.kind == .llamaCppPython ? 2 : settings.maxInFlight, report: report)
  }
}
