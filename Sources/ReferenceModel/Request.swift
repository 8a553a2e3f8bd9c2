import Basics

/// One line of the wire protocol, read and checked.
struct Request {
  /// What cannot be answered, and the line's identifier if it had one.
  struct Failure: Error {
    let message: String
    let id: JSON?
  }

  let id: JSON
  private let object: JSONObject

  init(_ line: ArraySlice<UInt8>) throws(Failure) {
    let value: JSON
    do {
      value = try JSON.parse(Array(line))
    } catch {
      throw Failure(
        message: "column \(error.column): not valid JSON: \(error.reason)", id: nil)
    }
    guard case .object(let object) = value else {
      throw Failure(message: "expected an object on each line, found \(value.kind)", id: nil)
    }
    guard let id = object["id"] else {
      throw Failure(message: "the request has no 'id'", id: nil)
    }
    self.id = id
    self.object = object
  }

  /// The members of the answer besides `id`.
  func answer(from model: ReferenceModel) throws(Failure) -> JSONObject {
    switch try text("op") {
    case "hello": try hello()
    case "score": try score(model)
    case "generate": try generate(model)
    case "embed": try embed()
    case let other:
      throw failure(
        "unknown op \(quoted(other)); this model knows hello, score, generate and embed")
    }
  }

  private func hello() throws(Failure) -> JSONObject {
    let version = try number("protocol", default: 1)
    guard version == 1 else {
      throw failure("protocol \(version) is not known; this model speaks protocol 1")
    }
    return JSONObject([
      "name": .string("reference"), "capabilities": .strings(["score", "generate", "embed"]),
      "max_in_flight": .integer(32),
    ])
  }

  private func score(_ model: ReferenceModel) throws(Failure) -> JSONObject {
    guard object["continuations"] != nil else {
      throw failure("the request has no 'continuations'")
    }
    let scores = model.score(prompt: try text("prompt"), continuations: try texts("continuations"))
    return JSONObject([
      "scores": .array(
        scores.map { score in
          .members(["logprob": .number(score.logprob), "tokens": .integer(score.byteCount)])
        })
    ])
  }

  private func generate(_ model: ReferenceModel) throws(Failure) -> JSONObject {
    let limit = try number("max_tokens", default: 64)
    guard (0...10_000).contains(limit) else {
      throw failure("'max_tokens' is \(limit); from 0 to 10000 is possible")
    }
    let text = model.generate(
      prompt: try text("prompt"), maxTokens: limit, stop: try texts("stop"))
    return JSONObject(["text": .string(text)])
  }

  private func embed() throws(Failure) -> JSONObject {
    let vector = ReferenceModel.embedding(of: try text("prompt"))
    return JSONObject([
      // Six digits say all that a 32-bit number of this size holds.
      "embedding": .array(vector.map { .number((Double($0) * 1e6).rounded() / 1e6) })
    ])
  }

  private func text(_ key: String) throws(Failure) -> String {
    switch object[key] {
    case .string(let text): return text
    case nil: throw failure("the request has no '\(key)'")
    case let other?: throw failure("'\(key)' should be a text, found \(other.kind)")
    }
  }

  private func number(_ key: String, default standard: Int) throws(Failure) -> Int {
    switch object[key] {
    case .integer(let number): return number
    case nil, .null: return standard
    case let other?: throw failure("'\(key)' should be a whole number, found \(other.kind)")
    }
  }

  /// A list of texts, empty if the key is missing.
  private func texts(_ key: String) throws(Failure) -> [String] {
    guard let value = object[key], value != .null else { return [] }
    guard case .array(let items) = value else {
      throw failure("'\(key)' should be a list of texts, found \(value.kind)")
    }
    var texts: [String] = []
    for item in items {
      guard case .string(let text) = item else {
        throw failure("'\(key)' should hold only texts, found \(item.kind)")
      }
      texts.append(text)
    }
    return texts
  }

  private func failure(_ message: String) -> Failure { Failure(message: message, id: id) }
}
