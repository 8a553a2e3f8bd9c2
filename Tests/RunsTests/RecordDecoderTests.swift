import Basics
import Foundation
import Prompts
import Testing

@testable import Runs

/// The journal's reader against Foundation's decoder, in both directions.
struct RecordDecoderTests {
  /// What the journal makes of a line: the scanner's record, or the JSON parser's where it gives up.
  private func read(_ line: [UInt8]) -> EvaluationRecord? {
    line.withUnsafeBytes { try? Journal.Line(bytes: $0, place: "j:2", start: 0).record() }
  }

  private func decoded(_ line: [UInt8]) -> EvaluationRecord? {
    (try? JSONDecoder().decode(StrictRecord.self, from: Data(line)))?.record
  }

  private func agree(_ ours: EvaluationRecord?, _ theirs: EvaluationRecord?) -> Bool {
    guard let ours, let theirs else { return ours == nil && theirs == nil }
    // By bytes: canonically equivalent texts are equal strings.
    return ours == theirs && ours.json.compact.utf8.elementsEqual(theirs.json.compact.utf8)
  }

  private static let pieces: [[UInt8]] =
    [
      "\"", "\\", "\\u0041", "\\ud800", "\\ud83d\\ude00", "\\u0000", "\\/", "\\n", "\\x", ",", ":",
      "{", "}", "[", "]", "[]", "{}", "0", "-", "-1", "1e3", "1e999", "1E-400", ".5", "null",
      "true", "false", " ", "\t", "\r", "\u{0}", "\u{7F}", "é", "e\u{301}", "😀",
      "99999999999999999999", "9223372036854775807", "9223372036854775808",
      #""crc":"00000000""#, #","tied":true"#,
      #","tied":null"#, #","choice":1"#, #","choice":null"#, #","unknown":1"#, #","attempt":0"#,
      "00", "1.5", "1.", "/**/",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80]]

  private func mutated(_ line: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var line = line
    for _ in 0..<generator.below(3) where !line.isEmpty {
      let at = generator.below(line.count)
      let piece = Self.pieces[generator.below(Self.pieces.count)]
      switch generator.below(6) {
      case 0: line[at] = UInt8(generator.below(256))
      case 1: line.remove(at: at)
      case 2: line.insert(contentsOf: piece, at: at)
      case 3: line.swapAt(at, generator.below(line.count))
      case 4: line.removeSubrange(at..<min(line.count, at + 1 + generator.below(20)))
      default: line.replaceSubrange(at..<min(line.count, at + 1 + generator.below(12)), with: piece)
      }
    }
    return line
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `what one reads the other reads alike, and what one refuses the other refuses`(
    _ seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    var read = 0
    var refused = 0
    var skipped = 0
    for _ in 0..<5_000 {
      let record = RecordScannerTests.record(&generator)
      var line = mutated(Array(record.json.compact.utf8), &generator)
      guard line.last == UInt8(ascii: "}"), line.count > 2 else { continue }
      JournalSeal.close(&line)
      // Foundation has no word on a key that is there twice, takes 1.0 for a whole number, bears a
      // comma after the last item, and refuses what is too small for a number instead of taking 0.
      if hasRepeatedKey(line) || hasWrittenFraction(line) || hasTrailingComma(line) {
        skipped += 1
        continue
      }
      let ours = self.read(line)
      if ours == nil { refused += 1 } else { read += 1 }
      #expect(agree(ours, decoded(line)), "\(String(decoding: line, as: UTF8.self))")
    }
    #expect(read > 1_000)
    #expect(refused > 1_000)
    #expect(skipped < 500)
  }

  private func hasRepeatedKey(_ line: [UInt8]) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    let keys = text.matches(of: /"([a-z]+)":/).map(\.output.1)
    let own = keys.filter { !["logprob", "tokens", "bytes"].contains($0) }
    return Set(own).count < own.count
      || text.contains(/\{[^{}]*"(logprob|tokens|bytes)":[^{}]*"\1":/)
  }

  private func hasTrailingComma(_ line: [UInt8]) -> Bool {
    String(decoding: line, as: UTF8.self).contains(/,\s*[\]}]/)
  }

  /// Whether a whole number is written as `1.0`, `1e3` or `-0`, or one that may be too small for any.
  private func hasWrittenFraction(_ line: [UInt8]) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    return text.contains(/"(format|example|choice|tokens|bytes|prompts|attempt)":-?[0-9]+[.eE]/)
      || text.contains(/"censored":\[[^\]]*[.eE]/) || text.contains(/[0-9][eE]-[0-9]{3}/)
      || text.contains(/"[a-z]+":-0[,}]/)
  }
}

/// A record as Foundation's decoder reads it, with the rules of the journal: no other keys, and null
/// only where a record writes it.
private struct StrictRecord: Decodable {
  let record: EvaluationRecord

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Refusal: Error {}

  private struct Score: Decodable {
    let option: Ranking.Option

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: Key.self)
      guard Set(members.allKeys.map(\.stringValue)) == ["logprob", "tokens", "bytes"] else {
        throw Refusal()
      }
      option = Ranking.Option(
        logProbability: try members.decode(Double.self, forKey: Key(stringValue: "logprob")),
        tokens: try StrictRecord.count(members, "tokens"),
        bytes: try StrictRecord.count(members, "bytes"))
    }
  }

  private static let known: Set<String> = [
    "task", "format", "example", "prediction", "correct", "choice", "tied", "verdict", "scores",
    "censored", "method", "tokens", "finish", "ms", "prompts", "attempt", "endpoint", "error",
    "request", "crc",
  ]

  private static func count(
    _ members: KeyedDecodingContainer<Key>, _ key: String, from least: Int = 0
  ) throws -> Int {
    let value = try members.decode(Int.self, forKey: Key(stringValue: key))
    guard value >= least else { throw Refusal() }
    return value
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    guard members.allKeys.allSatisfy({ Self.known.contains($0.stringValue) }) else {
      throw Refusal()
    }
    func has(_ key: String) -> Bool { members.contains(Key(stringValue: key)) }
    func isNull(_ key: String) throws -> Bool {
      try !has(key) || members.decodeNil(forKey: Key(stringValue: key))
    }
    func value<T: Decodable>(_ key: String) throws -> T {
      try members.decode(T.self, forKey: Key(stringValue: key))
    }
    var record = EvaluationRecord(
      task: try value("task"), format: try Self.count(members, "format"),
      example: try Self.count(members, "example"))
    guard has("correct") else { throw Refusal() }
    if try !isNull("correct") { record.isCorrect = try value("correct") }
    if try !isNull("prediction") { record.prediction = try value("prediction") }
    if has("choice") { record.choice = try Self.count(members, "choice") }
    if has("tied") { record.isTied = try value("tied") }
    if has("verdict") { record.verdict = try value("verdict") }
    if has("scores") {
      let scores: [Score] = try value("scores")
      record.scores = scores.map(\.option)
    }
    if has("censored") {
      record.censored = try value("censored")
      guard record.censored.allSatisfy({ $0 >= 0 }) else { throw Refusal() }
    }
    if has("method") { record.method = try value("method") }
    if has("tokens") { record.tokens = try Self.count(members, "tokens") }
    if has("finish") { record.finish = try value("finish") }
    if has("ms") { record.milliseconds = try value("ms") }
    if has("prompts") { record.prompts = try Self.count(members, "prompts", from: 1) }
    if has("attempt") { record.attempt = try Self.count(members, "attempt", from: 1) }
    if has("endpoint") { record.endpoint = try value("endpoint") }
    if has("error") { record.error = try value("error") }
    if has("request") { record.request = try value("request") }
    self.record = record
  }
}
