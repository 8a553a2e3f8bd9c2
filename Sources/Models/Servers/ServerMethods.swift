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

/// How many stop texts the strictest server takes (vLLM, Text Generation Inference).
let mostStops = 4
