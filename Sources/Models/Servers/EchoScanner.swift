import Basics
import Foundation

/// Reads echo answers without building a tree.
///
/// An answer repeats every token of four prompts with its alternatives, of which a handful at the end
/// count. The scanner notes where tokens and values lie and decodes only those. Whatever it does not
/// understand it leaves to the general reader, which also words the errors.
package struct EchoScanner {
  /// Where one choice's parts lie in the answer.
  struct Choice {
    var index: Int?
    var text: Range<Int>?
    var tokens: [Range<Int>] = []
    var values: [Range<Int>] = []
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// The scores in an answer, or nil when it is anything but plainly right.
  ///
  /// - Parameters:
  ///   - body: The answer.
  ///   - texts: The prompts that were asked for, each ending with its continuation.
  ///   - request: What is scored.
  ///   - dropsLast: Whether the last listed token was generated.
  /// - Returns: One score for each continuation.
  package static func scores(
    _ body: [UInt8], texts: [String], request: ScoreRequest, dropsLast: Bool
  ) -> [OptionScore]? {
    body.withUnsafeBufferPointer { bytes -> [OptionScore]? in
      var scanner = EchoScanner(bytes)
      guard let choices = scanner.answer(), choices.count == texts.count else { return nil }
      var ordered = [Choice?](repeating: nil, count: texts.count)
      for (position, choice) in choices.enumerated() {
        let index = choice.index ?? position
        guard ordered.indices.contains(index), ordered[index] == nil else { return nil }
        ordered[index] = choice
      }
      return scanner.align(ordered.compactMap(\.self), texts, request, dropsLast)
    }
  }

  // MARK: Aligning

  private func align(
    _ choices: [Choice], _ texts: [String], _ request: ScoreRequest, _ dropsLast: Bool
  ) -> [OptionScore]? {
    var head = Int.max
    var counts: [Int] = []
    for (index, choice) in choices.enumerated() {
      let count = choice.tokens.count - (dropsLast ? 1 : 0)
      // Where nothing visible was generated, the last token may be the prompt's own.
      guard let text = choice.text, let more = excess(text, over: texts[index]),
        more > 0 || !dropsLast, count > 0, choice.tokens.count == choice.values.count
      else { return nil }
      counts.append(count)
      // Enough of the end to hold the continuation and a token across its boundary.
      var wanted = request.continuations[index].utf8.count + 64
      var start = count
      while start > 0, wanted > 0 {
        start -= 1
        wanted -= max(choice.tokens[start].count - 2, 1)
      }
      head = min(head, start)
    }
    var echoes: [[TokenLogprobs.Token]] = []
    for (choice, count) in zip(choices, counts) {
      guard sameHead(choice, choices[0], head) else { return nil }
      var tail: [TokenLogprobs.Token] = []
      for index in head..<count {
        guard let token = string(choice.tokens[index]) else { return nil }
        let value = number(choice.values[index])
        guard value != nil || isNull(choice.values[index]) else { return nil }
        if let value, value > 1e-3 || value <= -9999 { return nil }
        tail.append(.init(bytes: token, logprob: value.map { min($0, 0) }))
      }
      echoes.append(tail)
    }
    return try? EchoAlignment.scores(
      echoes, prompt: request.prompt, continuations: request.continuations)
  }

  /// Whether two lists begin with the same tokens, written alike.
  private func sameHead(_ one: Choice, _ other: Choice, _ head: Int) -> Bool {
    guard head > 0 else { return true }
    guard one.tokens.count >= head, other.tokens.count >= head else { return false }
    let a = one.tokens[0].lowerBound..<one.tokens[head - 1].upperBound
    let b = other.tokens[0].lowerBound..<other.tokens[head - 1].upperBound
    guard a.count == b.count, let base = bytes.baseAddress else { return false }
    return memcmp(base + a.lowerBound, base + b.lowerBound, a.count) == 0
  }

  /// How much longer, in some unit, a JSON text is than `expected`; nil when it does not begin with it.
  private func excess(_ range: Range<Int>, over expected: String) -> Int? {
    var written: [UInt8] = []
    JSON.write(expected, to: &written)
    written.removeLast()
    if bytes[range].starts(with: written) { return range.count - 1 - written.count }
    guard let text = string(range), text.starts(with: expected.utf8) else { return nil }
    return text.count - expected.utf8.count
  }

  /// The bytes of a JSON text.
  private func string(_ range: Range<Int>) -> [UInt8]? {
    let inner = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
    // The escape for parts of characters belongs to the general reader.
    if inner.starts(with: "bytes:".utf8) { return nil }
    if !inner.contains(0x5C) { return Array(inner) }
    guard case .string(let text) = try? JSON.parse(Array(bytes[range])) else { return nil }
    return Array(text.utf8)
  }

  private func number(_ range: Range<Int>) -> Double? {
    Double(String(decoding: bytes[range], as: UTF8.self))
  }

  private func isNull(_ range: Range<Int>) -> Bool {
    bytes[range].elementsEqual("null".utf8)
  }

  // MARK: Scanning

  /// The choices of `{"choices":[…],…}`.
  private mutating func answer() -> [Choice]? {
    var choices: [Choice]?
    guard
      object({ scanner, key in
        if scanner.bytes[key].elementsEqual("\"choices\"".utf8) {
          guard choices == nil else { return false }
          var list: [Choice] = []
          let complete = scanner.array { scanner in
            guard let choice = scanner.choice() else { return false }
            list.append(choice)
            return true
          }
          choices = list
          return complete
        }
        // An error in a successful answer is for the general reader.
        if scanner.bytes[key].elementsEqual("\"error\"".utf8) { return false }
        return scanner.skip() != nil
      })
    else { return nil }
    skipSpace()
    return at == bytes.count ? choices : nil
  }

  private mutating func choice() -> Choice? {
    var choice = Choice()
    let complete = object { scanner, key in
      let name = scanner.bytes[key]
      if name.elementsEqual("\"index\"".utf8) {
        guard let range = scanner.skip() else { return false }
        choice.index = Int(String(decoding: scanner.bytes[range], as: UTF8.self))
        return choice.index != nil
      }
      if name.elementsEqual("\"text\"".utf8) {
        guard let range = scanner.skip(), scanner.bytes[range.lowerBound] == 0x22 else {
          return false
        }
        choice.text = range
        return true
      }
      if name.elementsEqual("\"logprobs\"".utf8) { return scanner.logprobs(&choice) }
      return scanner.skip() != nil
    }
    return complete ? choice : nil
  }

  private mutating func logprobs(_ choice: inout Choice) -> Bool {
    var tokens: [Range<Int>] = []
    var values: [Range<Int>] = []
    let complete = object { scanner, key in
      let name = scanner.bytes[key]
      if name.elementsEqual("\"tokens\"".utf8) {
        return scanner.array { scanner in
          guard let range = scanner.skip(), scanner.bytes[range.lowerBound] == 0x22 else {
            return false
          }
          tokens.append(range)
          return true
        }
      }
      if name.elementsEqual("\"token_logprobs\"".utf8) {
        return scanner.array { scanner in
          guard let range = scanner.skip() else { return false }
          values.append(range)
          return true
        }
      }
      return scanner.skip() != nil
    }
    choice.tokens = tokens
    choice.values = values
    return complete
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  /// Goes through an object, handing each key (with its quotes) to `member`, which passes its value.
  private mutating func object(
    _ member: (inout EchoScanner, Range<Int>) -> Bool
  ) -> Bool {
    guard take(0x7B) else { return false }
    if take(0x7D) { return true }
    repeat {
      skipSpace()
      guard at < bytes.count, bytes[at] == 0x22, let key = skip(), take(0x3A),
        member(&self, key)
      else { return false }
    } while take(0x2C)
    return take(0x7D)
  }

  private mutating func array(_ item: (inout EchoScanner) -> Bool) -> Bool {
    guard take(0x5B) else { return false }
    if take(0x5D) { return true }
    repeat {
      guard item(&self) else { return false }
    } while take(0x2C)
    return take(0x5D)
  }

  /// Passes one value of any kind; where it lies.
  private mutating func skip() -> Range<Int>? {
    skipSpace()
    let start = at
    guard at < bytes.count else { return nil }
    switch bytes[at] {
    case 0x22: return skipString() ? start..<at : nil
    case 0x7B, 0x5B: return skipContainer() ? start..<at : nil
    default:
      while at < bytes.count, isScalar(bytes[at]) { at += 1 }
      return at > start ? start..<at : nil
    }
  }

  private func isScalar(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E
      || byte == 0x2B || byte == 0x45
  }

  private mutating func skipString() -> Bool {
    at += 1
    while at < bytes.count {
      switch bytes[at] {
      case 0x22:
        at += 1
        return true
      case 0x5C: at += 2
      default: at += 1
      }
    }
    return false
  }

  /// Passes a list or object by its brackets; what is in between is not looked at.
  private mutating func skipContainer() -> Bool {
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case 0x22:
        guard skipString() else { return false }
      case 0x7B, 0x5B:
        depth += 1
        at += 1
      case 0x7D, 0x5D:
        depth -= 1
        at += 1
        if depth == 0 { return true }
      default: at += 1
      }
    }
    return false
  }
}
