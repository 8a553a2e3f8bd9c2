package import Basics

/// The messages of the child-process protocol, version 1: one JSON object on each line.
///
/// `ChildProcessProtocol.md` is the description for people who write such a program.
package enum ChildProtocol {
  package static let version = 1

  /// What a request asks for; answers are read against it.
  package enum Request: Sendable, Hashable {
    case hello
    case score(ScoreRequest)
    case generate(GenerateRequest)
    case embed(String)

    package var name: String {
      switch self {
      case .hello: "hello"
      case .score: "score"
      case .generate: "generate"
      case .embed: "embed"
      }
    }
  }

  /// A well-formed answer.
  package enum Answer: Sendable, Hashable {
    case hello(Capabilities)
    case scores([OptionScore])
    case text(Generation)
    case embedding([Float])
  }

  /// The request as one line with its newline.
  package static func line(_ request: Request, id: Int) -> [UInt8] {
    var line: [UInt8] = []
    line.append(contentsOf: "{\"id\":\(id),\"op\":\"\(request.name)\"".utf8)
    switch request {
    case .hello:
      line.append(contentsOf: ",\"protocol\":\(version)".utf8)
    case .score(let score):
      line.reserveCapacity(score.prompt.utf8.count + 256)
      line.append(contentsOf: ",\"prompt\":".utf8)
      JSON.write(score.prompt, to: &line)
      write(",\"continuations\":", score.continuations, to: &line)
    case .generate(let generate):
      line.append(contentsOf: ",\"prompt\":".utf8)
      JSON.write(generate.prompt, to: &line)
      line.append(contentsOf: ",\"max_tokens\":\(generate.maxTokens)".utf8)
      write(",\"stop\":", generate.stop, to: &line)
      line.append(contentsOf: ",\"seed\":\(generate.seed)".utf8)
    case .embed(let prompt):
      line.append(contentsOf: ",\"prompt\":".utf8)
      JSON.write(prompt, to: &line)
    }
    line.append(contentsOf: "}\n".utf8)
    return line
  }

  private static func write(_ key: String, _ texts: [String], to line: inout [UInt8]) {
    line.append(contentsOf: key.utf8)
    line.append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      JSON.write(text, to: &line)
    }
    line.append(UInt8(ascii: "]"))
  }

  /// A line from the child that breaks the protocol.
  package struct Violation: Error, Hashable {
    package let reason: String
    /// Whether answers may have been mistaken for each other, so that another try proves nothing.
    package let confusesAnswers: Bool

    package init(reason: String, confusesAnswers: Bool = true) {
      self.reason = reason
      self.confusesAnswers = confusesAnswers
    }
  }

  /// The object on a line and the id that it answers; nil for a blank line.
  package static func message(_ line: [UInt8]) throws(Violation) -> (id: Int, object: JSONObject)? {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
    let value: JSON
    do {
      value = try JSON.parse(line)
    } catch {
      // Python writes NaN and Infinity, which JSON has not; then the fault is that answer's alone.
      guard let named = namingOddNumbers(line), let parsed = try? JSON.parse(named) else {
        throw Violation(
          reason: "wrote a line that is not JSON: \(shown(line)) (\(error.reason)); "
            + "only answers may go to its standard output",
          confusesAnswers: false)
      }
      value = parsed
    }
    guard case .object(let object) = value else {
      throw Violation(
        reason: "wrote \(value.kind) where an answer should be: \(shown(line)); "
          + "only answers may go to its standard output",
        confusesAnswers: false)
    }
    if case .integer(let id) = object["id"] { return (id, object) }
    if let error = object["error"], object["id"].map({ $0 == .null }) ?? true {
      throw Violation(reason: "reported an error without an id: \(errorText(error))")
    }
    guard let id = object["id"] else {
      throw Violation(reason: "wrote an answer without an id: \(shown(line))")
    }
    throw Violation(reason: "wrote an answer whose id is \(id.compact), not a whole number")
  }

  package static func shown(_ line: [UInt8]) -> String {
    quoted(String(decoding: line.prefix(400), as: UTF8.self), limit: 80)
  }

  package static func errorText(_ error: JSON) -> String {
    switch error {
    case .string(let text): quoted(text, limit: 200)
    case .object(let object):
      if case .string(let text) = object["message"] {
        quoted(text, limit: 200)
      } else {
        quoted(error.compact, limit: 200)
      }
    default: quoted(error.compact, limit: 200)
    }
  }

  /// The line with NaN, Infinity and -Infinity outside texts written as texts, or nil if it has none.
  private static func namingOddNumbers(_ line: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var found = false
    var inText = false
    var at = 0
    while at < line.count {
      let byte = line[at]
      if inText {
        if byte == 0x5C, at + 1 < line.count {
          result.append(byte)
          at += 1
        } else if byte == 0x22 {
          inText = false
        }
      } else if byte == 0x22 {
        inText = true
      } else if let word = oddNumbers.first(where: { line[at...].starts(with: $0.utf8) }) {
        found = true
        result.append(contentsOf: "\"\(word)\"".utf8)
        at += word.utf8.count
        continue
      }
      result.append(line[at])
      at += 1
    }
    return found ? result : nil
  }

  private static let oddNumbers = ["NaN", "-Infinity", "Infinity"]
}
