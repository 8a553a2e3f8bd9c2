import Basics

/// A server's representation of a text, by whichever interface it has.
struct ServerEmbeddings {
  let connection: ServerConnection
  let kind: ServerKind
  let model: String

  /// Asks Ollama at `/api/embed`, others at the open interface's `/embeddings`, and a llama.cpp server
  /// that does not pool its tokens' vectors at `/embedding`, of which the last is taken.
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
    guard case .array(let list) = try connection.object(answer)["data"],
      case .object(let first) = list.first, let vector = Self.vector(first["embedding"])
    else { throw bad("data[0].embedding") }
    return vector
  }

  /// llama.cpp's own endpoint: a list of answers in new versions, one object in old ones.
  private func ownEmbedding(_ text: String) async throws -> [Float] {
    let answer = try await connection.ask(
      "POST", "/embedding", root: true, body: .members(["content": .string(text)]))
    guard answer.isSuccess else { throw connection.explain(answer) }
    var found = answer.json
    if case .array(let list) = found { found = list.first }
    guard case .object(let object) = found, let embedding = object["embedding"] else {
      throw bad("embedding")
    }
    if let vector = Self.vector(embedding) { return vector }
    guard case .array(let tokens) = embedding, let vector = Self.vector(tokens.last) else {
      throw bad("embedding")
    }
    return vector
  }

  /// A list of numbers, not empty.
  private static func vector(_ value: JSON?) -> [Float]? {
    guard case .array(let items) = value, !items.isEmpty else { return nil }
    var vector: [Float] = []
    vector.reserveCapacity(items.count)
    for item in items {
      switch item {
      case .integer(let number): vector.append(Float(number))
      case .number(let number): vector.append(Float(number))
      default: return nil
      }
    }
    return vector.allSatisfy(\.isFinite) ? vector : nil
  }

  private func bad(_ place: String) -> ModelError {
    ModelError(
      "\(connection.address): bad answer: \(place): expected a list of numbers", retry: .transient)
  }
}

extension ServerModel {
  /// The model's representation of a text.
  ///
  /// - Throws: `ModelError` when the server has no embeddings, in its own words.
  package func embed(_ text: String) async throws -> [Float] {
    let report = try await probed().report
    return try await ServerEmbeddings(
      connection: connection, kind: report.kind, model: report.model
    ).embed(text)
  }
}
