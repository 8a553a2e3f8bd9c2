package import Basics

extension ChildProtocol {
  /// Reads the answer to `request`.
  ///
  /// - Throws: `ModelError`: with the child's own retry decision for an `error` answer, transient for an
  ///   answer of the wrong shape, because nothing in it may count as a score.
  package static func answer(
    _ object: JSONObject, to request: Request, from process: String
  ) throws(ModelError) -> Answer {
    if let error = object["error"] { throw reported(error, to: request, from: process) }
    do {
      switch request {
      case .hello: return .hello(try hello(object, process: process))
      case .score(let score): return .scores(try scores(object, of: score))
      case .generate: return .text(try text(object))
      case .embed: return .embedding(try embedding(object))
      }
    } catch {
      throw ModelError(
        "\(process): bad answer to \(request.name): \(error.reason)",
        retry: request == .hello ? .no : .transient,
        scope: request == .hello ? .model : .request)
    }
  }

  /// The error that a child reported; without a retry decision it is final.
  private static func reported(
    _ error: JSON, to request: Request, from process: String
  ) -> ModelError {
    var retry = RetryDecision.no
    if case .object(let object) = error {
      switch object["retry"] {
      case .string("transient"): retry = .transient
      case .string("rate-limit"):
        // A day is longer than any limit that is worth waiting for.
        let seconds = object["after_s"].flatMap(number).map { min(max($0, 0), 86_400) }
        retry = .rateLimit(after: seconds.map { .seconds($0) })
      default: break
      }
    }
    return ModelError(
      "\(process): \(request.name) failed: \(errorText(error))",
      retry: request == .hello ? .no : retry, scope: request == .hello ? .model : .request)
  }

  private struct Misshapen: Error {
    let reason: String

    init(_ reason: String) {
      self.reason = reason
    }

    init(_ place: String, _ wanted: String, _ found: JSON?) {
      let shown =
        switch found {
        case nil: "it is missing"
        case .string(let text): "found the text \(quoted(text, limit: 30))"
        case .null, .bool, .integer, .number, .digits: "found \(found?.compact ?? "")"
        case .array, .object: "found \(found?.kind ?? "")"
        }
      reason = "\(place): expected \(wanted), \(shown)"
    }
  }

  private static func hello(
    _ object: JSONObject, process: String
  ) throws(Misshapen) -> Capabilities {
    if let spoken = object["protocol"], spoken != .integer(version) {
      throw Misshapen(
        "it speaks protocol \(spoken.compact), and formatspread speaks protocol \(version)")
    }
    guard case .string(let name) = object["name"], !name.isEmpty else {
      throw Misshapen("name", "the model's name", object["name"])
    }
    guard case .array(let words) = object["capabilities"] else {
      throw Misshapen("capabilities", "a list of 'score' and 'generate'", object["capabilities"])
    }
    let scores = words.contains(.string("score"))
    let generates = words.contains(.string("generate"))
    guard scores || generates else {
      throw Misshapen("capabilities: expected 'score', 'generate' or both, found neither")
    }
    var maxInFlight = 1
    if let limit = object["max_in_flight"] {
      guard case .integer(let count) = limit, count >= 1 else {
        throw Misshapen("max_in_flight", "a whole number of at least 1", limit)
      }
      maxInFlight = min(count, 4096)
    }
    var capabilities = Capabilities(
      name: name, scoring: scores ? .process : nil, generates: generates, maxInFlight: maxInFlight)
    capabilities.embeds = words.contains(.string("embed"))
    return capabilities
  }

  private static func scores(
    _ object: JSONObject, of request: ScoreRequest
  ) throws(Misshapen) -> [OptionScore] {
    guard case .array(let items) = object["scores"] else {
      throw Misshapen("scores", "a list with one score per continuation", object["scores"])
    }
    guard items.count == request.continuations.count else {
      throw Misshapen("\(items.count) scores for \(request.continuations.count) continuations")
    }
    var scores: [OptionScore] = []
    scores.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      guard case .object(let members) = item else {
        throw Misshapen("scores[\(index)]", "an object with logprob and tokens", item)
      }
      // A sum of rounded 32-bit numbers may end a little above the logarithm of 1.
      guard let logprob = members["logprob"].flatMap(number), logprob <= 1e-4 else {
        throw Misshapen(
          "scores[\(index)].logprob", "a number of at most 0", members["logprob"])
      }
      let least = request.continuations[index].isEmpty ? 0 : 1
      guard case .integer(let tokens) = members["tokens"], tokens >= least else {
        throw Misshapen(
          "scores[\(index)].tokens", "a whole number of at least \(least)", members["tokens"])
      }
      scores.append(OptionScore(logprob: min(logprob, 0), tokens: tokens))
    }
    return scores
  }

  private static func text(_ object: JSONObject) throws(Misshapen) -> Generation {
    guard case .string(let text) = object["text"] else {
      throw Misshapen("text", "a text", object["text"])
    }
    var generation = Generation(text: text)
    if case .string(let finish) = object["finish"] { generation.finish = finish }
    if case .integer(let tokens) = object["tokens"], tokens >= 0 { generation.tokens = tokens }
    return generation
  }

  private static func embedding(_ object: JSONObject) throws(Misshapen) -> [Float] {
    guard case .array(let items) = object["embedding"], !items.isEmpty else {
      throw Misshapen("embedding", "a list of numbers", object["embedding"])
    }
    var vector: [Float] = []
    vector.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      guard let value = number(item), value.isFinite else {
        throw Misshapen("embedding[\(index)]", "a number", item)
      }
      vector.append(Float(value))
    }
    return vector
  }

  private static func number(_ value: JSON) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    case .digits(let digits): Double(digits)
    default: nil
    }
  }
}
