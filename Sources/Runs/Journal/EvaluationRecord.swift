package import Basics
package import Prompts

/// The outcome of one cell, as a line of the journal stores it.
package struct EvaluationRecord: Sendable, Hashable {
  package var task: String
  /// Index in `formats.jsonl`.
  package var format: Int
  /// Position in the task's file, from 0.
  package var example: Int
  /// What the model answered: an option's text, or the generated text.
  package var prediction: String?
  /// The position of the option answered, where it is one.
  package var choice: Int?
  /// Nil when the cell failed.
  package var isCorrect: Bool?
  /// Whether the chosen option tied with another.
  package var isTied = false
  /// `right`, `wrong`, `other` or `both`, for generated text.
  package var verdict: String?
  package var scores: [Ranking.Option] = []
  /// Positions of the options whose score is only known to be at most what `scores` says.
  package var censored: [Int] = []
  /// How the scores were obtained.
  package var method: String?
  /// Generated tokens; where a server counts only those of a whole list, an even share of them.
  package var tokens: Int?
  /// Why generation ended, in the model's words.
  package var finish: String?
  /// Time to the answer, in milliseconds.
  package var milliseconds: Double?
  /// How many prompts the answered request had, whose time `milliseconds` is.
  package var prompts = 1
  /// From 1.
  package var attempt = 1
  /// Where the answer came from, when a model has several places.
  package var endpoint: String?
  /// Why the cell failed.
  package var error: String?
  /// The digest of the exact request (``RequestDigest``), by which a later run finds the answer.
  package var request: String?

  package init(task: String, format: Int, example: Int) {
    self.task = task
    self.format = format
    self.example = example
  }

  /// Whether the model gave an answer, even where nobody knows the right one.
  package var isAnswered: Bool { isCorrect != nil || error == nil && prediction != nil }

  package var json: JSON {
    var object = JSONObject([
      "task": .string(task), "format": .integer(format), "example": .integer(example),
      "prediction": prediction.map { .string($0) } ?? .null,
      "correct": isCorrect.map { .bool($0) } ?? .null,
      "choice": choice.map { .integer($0) },
    ])
    if isTied { object["tied"] = .bool(true) }
    if let verdict { object["verdict"] = .string(verdict) }
    if !scores.isEmpty {
      object["scores"] = .array(
        scores.map {
          .members([
            "logprob": .number($0.logProbability), "tokens": .integer($0.tokens),
            "bytes": .integer($0.bytes),
          ])
        })
    }
    if !censored.isEmpty { object["censored"] = .array(censored.map { .integer($0) }) }
    if let method { object["method"] = .string(method) }
    if let tokens { object["tokens"] = .integer(tokens) }
    if let finish { object["finish"] = .string(finish) }
    if let milliseconds { object["ms"] = .number((milliseconds * 1000).rounded() / 1000) }
    if prompts > 1 { object["prompts"] = .integer(prompts) }
    object["attempt"] = .integer(attempt)
    if let endpoint { object["endpoint"] = .string(endpoint) }
    if let error { object["error"] = .string(error) }
    if let request { object["request"] = .string(request) }
    return .object(object)
  }

  package init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: [
      "task", "format", "example", "prediction", "correct", "choice", "tied", "verdict", "scores",
      "censored", "method", "tokens", "finish", "ms", "prompts", "attempt", "endpoint", "error",
      "request", "crc",
    ])
    self.init(
      task: try members.required("task", in: reader).string(),
      format: try members.required("format", in: reader).int(in: 0...Int.max),
      example: try members.required("example", in: reader).int(in: 0...Int.max))
    let correct = try members.required("correct", in: reader)
    if correct.value != .null { isCorrect = try correct.bool() }
    if let prediction = members["prediction"], prediction.value != .null {
      self.prediction = try prediction.string()
    }
    choice = try members["choice"]?.int(in: 0...Int.max)
    isTied = try members["tied"]?.bool() ?? false
    verdict = try members["verdict"]?.string()
    for item in try members["scores"]?.items() ?? [] {
      let score = try item.members(known: ["logprob", "tokens", "bytes"])
      scores.append(
        Ranking.Option(
          logProbability: try score.required("logprob", in: item).double(),
          tokens: try score.required("tokens", in: item).int(in: 0...Int.max),
          bytes: try score.required("bytes", in: item).int(in: 0...Int.max)))
    }
    for item in try members["censored"]?.items() ?? [] {
      censored.append(try item.int(in: 0...Int.max))
    }
    method = try members["method"]?.string()
    tokens = try members["tokens"]?.int(in: 0...Int.max)
    finish = try members["finish"]?.string()
    milliseconds = try members["ms"]?.double()
    prompts = try members["prompts"]?.int(in: 1...Int.max) ?? 1
    attempt = try members["attempt"]?.int(in: 1...Int.max) ?? 1
    endpoint = try members["endpoint"]?.string()
    error = try members["error"]?.string()
    request = try members["request"]?.string()
  }
}
