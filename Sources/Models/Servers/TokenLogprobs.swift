package import Basics
import Foundation

/// Tokens with their log-probabilities, read from any of the shapes that servers use.
package struct TokenLogprobs: Sendable, Hashable {
  package struct Token: Sendable, Hashable {
    /// The token's bytes as the server tells them; empty for part of a character at some servers.
    package var bytes: [UInt8]
    /// Nil where the server gives none, as for the first token of a prompt.
    package var logprob: Double?
    package var id: Int?
    /// The most likely tokens at this position, where they were asked for.
    package var alternatives: [Alternative] = []

    package init(bytes: [UInt8], logprob: Double?, id: Int? = nil) {
      self.bytes = bytes
      self.logprob = logprob
      self.id = id
    }
  }

  package struct Alternative: Sendable, Hashable {
    package var bytes: [UInt8]
    package var logprob: Double
    package var id: Int?

    package init(bytes: [UInt8], logprob: Double, id: Int? = nil) {
      self.bytes = bytes
      self.logprob = logprob
      self.id = id
    }
  }

  package var tokens: [Token]

  package struct Misshapen: Error, Hashable {
    package let reason: String

    package init(reason: String) {
      self.reason = reason
    }
  }

  /// Reads `logprobs` of a completions choice: the classic parallel lists, or the chat shape.
  package init(choice: JSONObject) throws(Misshapen) {
    guard let logprobs = choice["logprobs"], case .object(let object) = logprobs else {
      throw Misshapen(
        reason: "it has no log-probabilities (logprobs is "
          + "\(choice["logprobs"]?.kind ?? "missing"))")
    }
    if object["content"] != nil {
      try self.init(content: object["content"])
    } else {
      try self.init(lists: object)
    }
  }

  /// `{tokens, token_logprobs, top_logprobs}`, the classic completions shape.
  private init(lists: JSONObject) throws(Misshapen) {
    guard case .array(let texts) = lists["tokens"],
      case .array(let values) = lists["token_logprobs"]
    else { throw Misshapen(reason: "logprobs has no tokens and token_logprobs") }
    guard texts.count == values.count else {
      throw Misshapen(reason: "\(texts.count) tokens but \(values.count) log-probabilities")
    }
    var tops: [JSON] = []
    if case .array(let listed) = lists["top_logprobs"] {
      guard listed.count == texts.count else {
        throw Misshapen(reason: "\(texts.count) tokens but \(listed.count) lists of alternatives")
      }
      tops = listed
    }
    tokens = []
    tokens.reserveCapacity(texts.count)
    for index in texts.indices {
      guard case .string(let text) = texts[index] else {
        throw Misshapen(reason: "tokens[\(index)] is \(texts[index].kind)")
      }
      var token = Token(
        bytes: Self.bytes(text),
        logprob: try Self.logprob(values[index], "token_logprobs[\(index)]"))
      if index < tops.count, case .object(let top) = tops[index] {
        for (text, value) in top.members {
          guard let logprob = try Self.logprob(value, "top_logprobs[\(index)]") else { continue }
          token.alternatives.append(Alternative(bytes: Self.bytes(text), logprob: logprob))
        }
      }
      tokens.append(token)
    }
  }

  /// `[{token, bytes, logprob, top_logprobs}]`: chat endpoints, llama.cpp and Ollama; and llama.cpp's
  /// other shapes, `[{token, prob, top_probs}]` and the old `[{content, probs: [{tok_str, prob}]}]`.
  package init(content: JSON?) throws(Misshapen) {
    guard case .array(let items) = content else {
      throw Misshapen(reason: "the list of tokens is \(content?.kind ?? "missing")")
    }
    tokens = []
    for (index, item) in items.enumerated() {
      guard case .object(let object) = item else {
        throw Misshapen(reason: "token \(index) is \(item.kind)")
      }
      let top = object["top_logprobs"] ?? object["top_probs"] ?? object["probs"]
      var token = Token(
        bytes: try Self.bytes(object, "token \(index)"),
        logprob: try Self.logprob(object, "token \(index)"), id: Self.id(object))
      if case .array(let alternatives) = top {
        for alternative in alternatives {
          guard case .object(let object) = alternative,
            let logprob = try Self.logprob(object, "token \(index)")
          else { continue }
          token.alternatives.append(
            Alternative(
              bytes: try Self.bytes(object, "token \(index)"), logprob: logprob,
              id: Self.id(object)))
        }
      }
      // The old shape has no value of its own for the token that was written.
      if token.logprob == nil {
        token.logprob = token.alternatives.first { $0.bytes == token.bytes }?.logprob
      }
      tokens.append(token)
    }
  }

  /// `logprob`, or the logarithm of `prob`.
  private static func logprob(
    _ object: JSONObject, _ place: String
  ) throws(Misshapen) -> Double? {
    guard object["logprob"] == nil, let prob = object["prob"] else {
      return try logprob(object["logprob"] ?? .null, place)
    }
    let number: Double
    switch prob {
    case .integer(let whole): number = Double(whole)
    case .number(let real): number = real
    default: throw Misshapen(reason: "\(place): a probability that is \(prob.kind)")
    }
    guard (0...1.001).contains(number) else {
      throw Misshapen(reason: "\(place): the probability \(prob.compact)")
    }
    return number > 0 ? min(log(number), 0) : nil
  }

  private static func id(_ object: JSONObject) -> Int? {
    if case .integer(let id) = object["id"] { id } else { nil }
  }

  private static func bytes(_ object: JSONObject, _ place: String) throws(Misshapen) -> [UInt8] {
    if case .array(let numbers) = object["bytes"] {
      return numbers.compactMap { number in
        if case .integer(let value) = number { UInt8(exactly: value) } else { nil }
      }
    }
    guard
      case .string(let text) = object["token"] ?? object["text"] ?? object["content"]
        ?? object["tok_str"]
    else {
      throw Misshapen(reason: "\(place) has no text")
    }
    return bytes(text)
  }

  /// A token's text as bytes; `bytes:\xe2\x80` is how part of a character is written by some servers.
  private static func bytes(_ text: String) -> [UInt8] {
    guard text.utf8.starts(with: "bytes:\\x".utf8) else { return Array(text.utf8) }
    return text.dropFirst(6).split(separator: "\\x").flatMap { part -> [UInt8] in
      if let byte = UInt8(part.prefix(2), radix: 16) { [byte] + part.dropFirst(2).utf8 } else { [] }
    }
  }

  /// A log-probability; nil for null and for the numbers that stand for "unknown or impossible".
  private static func logprob(_ value: JSON, _ place: String) throws(Misshapen) -> Double? {
    let number: Double
    switch value {
    case .null: return nil
    case .integer(let whole): number = Double(whole)
    case .number(let real): number = real
    case .digits(let digits): number = Double(digits) ?? -.infinity
    default: throw Misshapen(reason: "\(place): a log-probability that is \(value.kind)")
    }
    // vLLM writes -9999 and llama.cpp -3.4e38 for minus infinity.
    if number <= -9999 { return nil }
    guard number <= 1e-3 else {
      throw Misshapen(reason: "\(place): a log-probability above 0, \(value.compact)")
    }
    return min(number, 0)
  }
}
