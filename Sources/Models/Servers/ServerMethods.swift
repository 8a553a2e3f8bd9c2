/// One confirmed way to get scores from a server.
protocol ServerScoring: Sendable {
  var method: ScoringMethod { get }

  func score(_ request: ScoreRequest) async throws -> [OptionScore]
}

/// One confirmed way to get text from a server.
protocol ServerGenerating: Sendable {
  func generate(_ request: GenerateRequest) async throws -> Generation

  /// The same for several prompts in one request.
  func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation]
}

extension ServerGenerating {
  func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation] {
    throw ModelError("this interface takes one prompt a request", retry: .no)
  }
}

extension Generation {
  /// The text up to the first stop text.
  ///
  /// Some servers leave stop texts in, and some take only the first few that they are given.
  package func cut(at stops: [String]) -> Generation {
    let bytes = Array(text.utf8)
    var end = bytes.count
    for stop in stops where !stop.isEmpty {
      let stop = Array(stop.utf8)
      for start in bytes.indices where start < end && bytes[start...].starts(with: stop) {
        end = start
      }
    }
    guard end < bytes.count else { return self }
    var shorter = self
    shorter.text = String(decoding: bytes[..<end], as: UTF8.self)
    shorter.finish = "stop"
    return shorter
  }
}

extension String {
  /// The text up to its trailing spaces, and those.
  ///
  /// Tokenisers join a space with the word that follows, so after a token that is a space alone a model
  /// has hardly ever seen a word. Tabs and newlines are tokens of their own and stay.
  var splitAtTrailingSpace: (kept: String, space: String) {
    let count = utf8.reversed().prefix { $0 == 0x20 }.count
    return (
      String(decoding: utf8.dropLast(count), as: UTF8.self), String(repeating: " ", count: count)
    )
  }
}

/// Generation from plain text: a prompt's trailing spaces are left to the model to write, and taken off
/// its answer.
struct SpacedGenerating: ServerGenerating {
  let base: any ServerGenerating

  func generate(_ request: GenerateRequest) async throws -> Generation {
    let (shorter, space) = Self.shorten(request)
    return Self.take(space, off: try await base.generate(shorter))
  }

  func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation] {
    let shortened = requests.map { Self.shorten($0) }
    let generations = try await base.generateAll(shortened.map(\.request))
    return zip(generations, shortened).map { Self.take($1.space, off: $0) }
  }

  private static func shorten(
    _ request: GenerateRequest
  ) -> (request: GenerateRequest, space: String) {
    let (kept, space) = request.prompt.splitAtTrailingSpace
    guard !space.isEmpty, !kept.isEmpty else { return (request, "") }
    var shorter = request
    shorter.prompt = kept
    return (shorter, space)
  }

  private static func take(_ space: String, off given: Generation) -> Generation {
    guard !space.isEmpty, given.text.utf8.starts(with: space.utf8) else { return given }
    var generation = given
    generation.text = String(decoding: given.text.utf8.dropFirst(space.utf8.count), as: UTF8.self)
    return generation
  }
}

/// How many stop texts the strictest server takes (vLLM, Text Generation Inference).
let mostStops = 4
