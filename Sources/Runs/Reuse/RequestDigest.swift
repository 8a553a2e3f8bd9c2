import Basics
import Models

/// What identifies a request: everything that is sent to a model, but not which model and where.
///
/// Two cells with the same digest ask the same, in whatever run, format or task they stand. The digest
/// is the beginning of a SHA-256, 96 bits: among a hundred million requests two different ones share it
/// with a probability of 10⁻¹³.
enum RequestDigest {
  /// Hexadecimal digits.
  static let length = 24

  /// - Parameters:
  ///   - question: What is asked.
  ///   - manner: How a server is asked, where it can be asked in several ways.
  /// - Returns: Lower-case hexadecimal digits.
  static func text(_ question: Question, manner: String) -> String {
    var bytes: [UInt8] = []
    func add(_ text: String) {
      // Lengths keep fields apart, whatever they contain.
      bytes.append(contentsOf: "\(text.utf8.count):".utf8)
      bytes.append(contentsOf: text.utf8)
    }
    add(manner)
    let turns: [ChatTurn]
    switch question {
    case .score(let request):
      add("score")
      add(request.prompt)
      for option in request.continuations { add(option) }
      turns = request.turns
    case .generate(let request):
      add("generate")
      add(request.prompt)
      add("\(request.maxTokens) \(request.seed)")
      for stop in request.stop { add(stop) }
      turns = request.turns
    case .embed(let text):
      add("embed")
      add(text)
      turns = []
    }
    if !turns.isEmpty { add("turns") }
    for turn in turns {
      add(turn.role.rawValue)
      add(turn.text)
    }
    return String(SHA256.hex(bytes).prefix(length))
  }

  /// How a study asks its model, as far as the answers may depend on it.
  ///
  /// The server's kind and the method say how answers are obtained, which records name themselves.
  static func manner(_ study: Study) -> String {
    guard case .object(var server)? = study.server.json else { return "" }
    for key in ["model", "kind", "method"] { server[key] = nil }
    return server.keys.isEmpty ? "" : JSON.object(server).compact
  }
}
