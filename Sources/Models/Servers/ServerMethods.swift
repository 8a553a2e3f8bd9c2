/// One confirmed way to get scores from a server.
protocol ServerScoring: Sendable {
  var method: ScoringMethod { get }

  func score(_ request: ScoreRequest) async throws -> [OptionScore]
}

/// One confirmed way to get text from a server.
protocol ServerGenerating: Sendable {
  func generate(_ request: GenerateRequest) async throws -> Generation
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
    let (kept, space) = request.prompt.splitAtTrailingSpace
    guard !space.isEmpty, !kept.isEmpty else { return try await base.generate(request) }
    var shorter = request
    shorter.prompt = kept
    var generation = try await base.generate(shorter)
    if generation.text.utf8.starts(with: space.utf8) {
      generation.text = String(
        decoding: generation.text.utf8.dropFirst(space.utf8.count), as: UTF8.self)
    }
    return generation
  }
}

/// How many stop texts the strictest server takes (vLLM, Text Generation Inference).
let mostStops = 4
