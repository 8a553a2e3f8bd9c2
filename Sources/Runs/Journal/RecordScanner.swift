import Foundation
import Prompts

/// Reads a record's line in the layout in which records are written, many times faster than a JSON
/// parser.
///
/// It accepts nothing that `JSON.parse` and `EvaluationRecord` would refuse or read otherwise; where it
/// is not sure (another order of keys, rare escapes, a number beyond 18 digits) it gives up, and the
/// line is left to them.
struct RecordScanner {
  /// Where a text stands between its quotes.
  struct Text {
    var range: Range<Int>
    var hasEscape: Bool
  }

  private let bytes: UnsafeRawBufferPointer
  private var at = 0

  private(set) var task = Text(range: 0..<0, hasEscape: false)
  private(set) var format = 0
  private(set) var example = 0
  private(set) var prediction: Text?
  private(set) var isCorrect: Bool?
  private(set) var choice: Int?
  private(set) var isTied = false
  private(set) var verdict: Text?
  /// The positions of the numbers in `scores`: those of log-probabilities, and between them of counts.
  private var scores: Range<Int>?
  private var censored: Range<Int>?
  private(set) var method: Text?
  private(set) var tokens: Int?
  private(set) var finish: Text?
  private var milliseconds: Range<Int>?
  private(set) var prompts = 1
  private(set) var attempt = 1
  private(set) var endpoint: Text?
  private(set) var error: Text?
  private(set) var request: Text?

  /// Scans a line; nil when it is left to the JSON parser.
  ///
  /// - Parameter line: A sound line with its seal; it must stay in memory while the scanner is used.
  init?(_ line: UnsafeRawBufferPointer) {
    bytes = UnsafeRawBufferPointer(rebasing: line[..<(line.count - JournalSeal.length)])
    guard scan(), at == bytes.count else { return nil }
  }

  /// Reads the cell alone, at the beginning of a line whose seal nobody has looked at; nil when it is
  /// left to the JSON parser.
  init?(cellOf line: UnsafeRawBufferPointer) {
    bytes = line
    guard scanCell() else { return nil }
  }

  private mutating func scanCell() -> Bool {
    guard skip(#"{"task":"#), let task = text(), skip(#","format":"#), let format = count(),
      skip(#","example":"#), let example = count()
    else { return false }
    self.task = task
    self.format = format
    self.example = example
    return true
  }

  private mutating func scan() -> Bool {
    guard scanCell(), skip(#","prediction":"#) else { return false }
    if !skip("null") {
      guard let text = text() else { return false }
      prediction = text
    }
    guard skip(#","correct":"#) else { return false }
    if skip("true") {
      isCorrect = true
    } else if skip("false") {
      isCorrect = false
    } else if !skip("null") {
      return false
    }
    return scanOptional()
  }

  /// The members that a record may leave out, in the order in which they are written.
  private mutating func scanOptional() -> Bool {
    if skip(#","choice":"#) {
      guard let value = count() else { return false }
      choice = value
    }
    if skip(#","tied":true"#) { isTied = true }
    if skip(#","verdict":"#) {
      guard let value = text() else { return false }
      verdict = value
    }
    if skip(#","scores":["#) {
      let start = at
      guard scanScores() else { return false }
      scores = start..<at
    }
    if skip(#","censored":["#) {
      let start = at
      guard scanCounts() else { return false }
      censored = start..<at
    }
    if skip(#","method":"#) {
      guard let value = text() else { return false }
      method = value
    }
    if skip(#","tokens":"#) {
      guard let value = count() else { return false }
      tokens = value
    }
    if skip(#","finish":"#) {
      guard let value = text() else { return false }
      finish = value
    }
    if skip(#","ms":"#) {
      let start = at
      guard number() else { return false }
      milliseconds = start..<at
    }
    if skip(#","prompts":"#) {
      guard let value = count(), value > 0 else { return false }
      prompts = value
    }
    if skip(#","attempt":"#) {
      guard let value = count(), value > 0 else { return false }
      attempt = value
    }
    if skip(#","endpoint":"#) {
      guard let value = text() else { return false }
      endpoint = value
    }
    if skip(#","error":"#) {
      guard let value = text() else { return false }
      error = value
    }
    if skip(#","request":"#) {
      guard let value = text() else { return false }
      request = value
    }
    return true
  }

  private mutating func scanScores() -> Bool {
    repeat {
      guard skip(#"{"logprob":"#), number(), skip(#","tokens":"#), count() != nil,
        skip(#","bytes":"#), count() != nil, skip("}")
      else { return false }
    } while skip(",")
    return skip("]")
  }

  private mutating func scanCounts() -> Bool {
    repeat { if count() == nil { return false } } while skip(",")
    return skip("]")
  }

  // MARK: Tokens

  private mutating func skip(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard bytes.count - at >= length, let base = bytes.baseAddress,
      memcmp(base + at, word.utf8Start, length) == 0
    else { return false }
    at += length
    return true
  }

  /// A whole number from 0 of at most 18 digits, so that it fits.
  private mutating func count() -> Int? {
    let start = at
    var value = 0
    while at < bytes.count, case let digit = bytes[at] &- 0x30, digit < 10 {
      value = value &* 10 &+ Int(digit)
      at += 1
      if at - start > 18 { return nil }
    }
    guard at > start, bytes[start] != 0x30 || at == start + 1 else { return nil }
    return value
  }

  private mutating func digits() -> Int {
    let start = at
    while at < bytes.count, bytes[at] &- 0x30 < 10 { at += 1 }
    return at - start
  }

  /// A number without exponent and with few digits, so that it is finite whatever they are.
  private mutating func number() -> Bool {
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    let start = at
    let whole = digits()
    guard (1...18).contains(whole), bytes[start] != 0x30 || whole == 1 else { return false }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard (1...40).contains(digits()) else { return false }
    }
    return true
  }

  private mutating func text() -> Text? {
    guard at < bytes.count, bytes[at] == 0x22 else { return nil }
    at += 1
    let start = at
    var hasEscape = false
    var isPlain = true
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x22 {
        let range = start..<at
        at += 1
        guard isPlain || isUnicode(range) else { return nil }
        return Text(range: range, hasEscape: hasEscape)
      }
      if byte == 0x5C {
        hasEscape = true
        guard at + 1 < bytes.count, Self.plainEscape(bytes[at + 1]) != nil else { return nil }
        at += 1
      } else if byte < 0x20 {
        return nil
      } else if byte >= 0x80 {
        isPlain = false
      }
      at += 1
    }
    return nil
  }

  /// An escape stands for a character of its own, so a text is UTF-8 if its bytes are.
  private func isUnicode(_ range: Range<Int>) -> Bool {
    String(validating: bytes[range], as: UTF8.self) != nil
  }

  private static func plainEscape(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    default: nil
    }
  }

  // MARK: Values

  func bytes(of text: Text) -> Slice<UnsafeRawBufferPointer> { bytes[text.range] }

  func string(_ text: Text) -> String {
    guard text.hasEscape else { return String(decoding: bytes[text.range], as: UTF8.self) }
    var content: [UInt8] = []
    content.reserveCapacity(text.range.count)
    var at = text.range.lowerBound
    while at < text.range.upperBound {
      if bytes[at] == 0x5C, let byte = Self.plainEscape(bytes[at + 1]) {
        content.append(byte)
        at += 2
      } else {
        content.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: content, as: UTF8.self)
  }

  /// As ``EvaluationRecord/isAnswered``.
  var isAnswered: Bool { isCorrect != nil || error == nil && prediction != nil }

  /// The whole record; nil when a number is left to the JSON parser.
  var record: EvaluationRecord? {
    var record = EvaluationRecord(task: string(task), format: format, example: example)
    record.prediction = prediction.map { string($0) }
    record.choice = choice
    record.isCorrect = isCorrect
    record.isTied = isTied
    record.verdict = verdict.map { string($0) }
    record.method = method.map { string($0) }
    record.tokens = tokens
    record.finish = finish.map { string($0) }
    record.prompts = prompts
    record.attempt = attempt
    record.endpoint = endpoint.map { string($0) }
    record.error = error.map { string($0) }
    record.request = request.map { string($0) }
    if let milliseconds {
      guard let value = double(milliseconds) else { return nil }
      record.milliseconds = value
    }
    var reader = self
    if let scores {
      reader.at = scores.lowerBound
      guard let scores = reader.readScores() else { return nil }
      record.scores = scores
    }
    if let censored {
      reader.at = censored.lowerBound
      repeat {
        if let value = reader.count() { record.censored.append(value) }
      } while reader.skip(",")
    }
    return record
  }

  private mutating func readScores() -> [Ranking.Option]? {
    var options: [Ranking.Option] = []
    repeat {
      guard skip(#"{"logprob":"#), case let start = at, number(), let value = double(start..<at),
        skip(#","tokens":"#), let tokens = count(), skip(#","bytes":"#), let bytes = count(),
        skip("}")
      else { return nil }
      options.append(Ranking.Option(logProbability: value, tokens: tokens, bytes: bytes))
    } while skip(",")
    return options
  }

  /// The nearest double of a scanned number.
  ///
  /// Of up to fifteen digits it is the quotient of a whole number and a power of ten, both exact
  /// (Clinger, 1990).
  private func double(_ range: Range<Int>) -> Double? {
    var whole = 0
    var digits = 0
    var decimals: Int?
    for byte in bytes[range] where byte != UInt8(ascii: "-") {
      guard byte != UInt8(ascii: ".") else {
        decimals = digits
        continue
      }
      digits += 1
      guard digits <= 15 else { return Double(String(decoding: bytes[range], as: UTF8.self)) }
      whole = whole * 10 + Int(byte - 0x30)
    }
    let value = Double(whole) / Self.powers[decimals.map { digits - $0 } ?? 0]
    return bytes[range.lowerBound] == UInt8(ascii: "-") ? -value : value
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}
