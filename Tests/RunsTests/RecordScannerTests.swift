import Basics
import Foundation
import Prompts
import Testing

@testable import Runs

struct RecordScannerTests {
  /// Records with every member and odd texts, drawn from a seed.
  static func record(_ generator: inout SeededGenerator) -> EvaluationRecord {
    let texts = EvaluationRecordTests.oddTexts
    func text() -> String { texts[generator.below(texts.count)] }
    func coin() -> Bool { generator.below(2) == 0 }
    var record = EvaluationRecord(
      task: "task-\(generator.below(3))", format: generator.below(500),
      example: generator.below(100_000))
    if coin() { record.prediction = text() }
    if coin() { record.isCorrect = coin() }
    if coin() { record.choice = generator.below(5) }
    record.isTied = coin()
    if coin() { record.verdict = "right" }
    if coin() {
      record.scores = (0...generator.below(4)).map { _ in
        Ranking.Option(
          logProbability: -generator.unit() * [1, 1e-9, 1e6, 1e22][generator.below(4)],
          tokens: generator.below(9), bytes: generator.below(99))
      }
    }
    if coin() { record.censored = [generator.below(4), 2] }
    if coin() { record.method = text() }
    if coin() { record.tokens = generator.below(400) }
    if coin() { record.finish = "stop" }
    if coin() { record.milliseconds = Double(generator.below(9_999_999)) / 1000 }
    record.prompts = 1 + generator.below(3)
    record.attempt = 1 + generator.below(3)
    if coin() { record.endpoint = text() }
    if coin() { record.error = text() }
    if coin() { record.request = "0123456789abcdef01234567" }
    return record
  }

  private func sealed(_ record: EvaluationRecord) -> [UInt8] {
    var line = Array(record.json.compact.utf8)
    JournalSeal.close(&line)
    return line
  }

  private func scanned(_ line: [UInt8]) -> EvaluationRecord? {
    line.withUnsafeBytes { RecordScanner($0)?.record }
  }

  private func parsed(_ line: [UInt8]) -> EvaluationRecord? {
    guard let json = try? JSON.parse(line) else { return nil }
    return try? EvaluationRecord(JSONReader(json, file: "j"))
  }

  /// What Foundation's decoder makes of a line.
  private func decoded(_ line: [UInt8]) -> EvaluationRecord? {
    (try? JSONDecoder().decode(CodableRecord.self, from: Data(line)))?.record
  }

  @Test func `records are read as the JSON parser reads them`() {
    var generator = SeededGenerator(seed: 1)
    var scannedCount = 0
    for _ in 0..<3000 {
      let record = Self.record(&generator)
      let line = sealed(record)
      #expect(parsed(line) == record)
      guard let scanned = scanned(line) else { continue }
      scannedCount += 1
      #expect(scanned == record)
    }
    // Control characters and numbers with exponents are left to the parser.
    #expect(scannedCount > 1000)
  }

  @Test func `a plain record is not left to the JSON parser`() {
    var record = EvaluationRecord(task: "t", format: 1, example: 2)
    record.prediction = "é \"yes\"\n\\"
    record.isCorrect = true
    record.scores = [.init(logProbability: -1.25, tokens: 1, bytes: 3)]
    record.method = "process"
    record.milliseconds = 12.5
    #expect(scanned(sealed(record)) == record)
  }

  /// Whatever the scanner accepts, the parser accepts too, and reads the same.
  private func expectAgreement(_ line: [UInt8]) -> Bool {
    guard let scanned = scanned(line) else { return true }
    let parsed = parsed(line)
    #expect(decoded(line) == scanned, "the Codable decoder")
    // By bytes: canonically equivalent texts are equal strings.
    return parsed.map {
      $0 == scanned && $0.json.compact.utf8.elementsEqual(scanned.json.compact.utf8)
    }
      ?? false
  }

  @Test func `mutated lines are read alike or left to the parser`() {
    var generator = SeededGenerator(seed: 2)
    let pieces =
      [
        "\"", "\\", "\\u0041", "\\ud800", "\\n", ",", ":", "{", "}", "[", "]", "0", "-", "1e999",
        ".5",
        "null", "true", " ", "\u{0}", "é", "99999999999999999999", #""crc":"00000000""#,
        #","tied":true"#,
        #","choice":1"#, "00", "-0", "1.", "1.0",
      ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x80], [0xED, 0xA0, 0x80]]
    var accepted = 0
    for _ in 0..<15_000 {
      let record = Self.record(&generator)
      var line = Array(record.json.compact.utf8)
      for _ in 0...generator.below(2) {
        let at = generator.below(line.count)
        switch generator.below(4) {
        case 0: line[at] = UInt8(generator.below(256))
        case 1: line.remove(at: at)
        case 2: line.insert(contentsOf: pieces[generator.below(pieces.count)], at: at)
        default:
          let end = min(line.count, at + 1 + generator.below(12))
          line.replaceSubrange(at..<end, with: pieces[generator.below(pieces.count)])
        }
        if line.isEmpty { break }
      }
      guard line.last == UInt8(ascii: "}") else { continue }
      JournalSeal.close(&line)
      if scanned(line) != nil { accepted += 1 }
      #expect(expectAgreement(line), "\(String(decoding: line, as: UTF8.self))")
    }
    #expect(accepted > 800)
  }

  @Test(arguments: [
    #"{"task":"t","format":01,"example":0,"prediction":null,"correct":true}"#,
    #"{"task":"t","format":-1,"example":0,"prediction":null,"correct":true}"#,
    #"{"task":"t","format":1.0,"example":0,"prediction":null,"correct":true}"#,
    #"{"task":"t","format":1,"example":0,"prediction":null,"correct":true,"ms":1e400}"#,
    #"{"task":"t","format":1,"example":0,"prediction":"\ud800","correct":true}"#,
    #"{"task":"t","format":1,"example":0,"prediction":"\x","correct":true}"#,
    #"{"task":"t","format":1,"example":0,"prediction":null,"correct":true,"attempt":0}"#,
    #"{"task":"t","format":1,"example":0,"prediction":null,"correct":true,"tied":1}"#,
    #"{"task":"t","format":1,"example":0,"prediction":null,"correct":true,"ms":"1"}"#,
    #"{"task":"t","format":1,"example":0,"prediction":null,"correct":true}}"#,
  ])
  func `wrong lines are refused by both`(_ text: String) {
    var line = Array(text.utf8)
    JournalSeal.close(&line)
    #expect(scanned(line) == nil)
    #expect(parsed(line) == nil)
  }
}

/// A record as Foundation's decoder reads it.
private struct CodableRecord: Decodable {
  struct Score: Decodable {
    let logprob: Double
    let tokens: Int
    let bytes: Int
  }

  let task: String
  let format: Int
  let example: Int
  let prediction: String?
  let correct: Bool?
  let choice: Int?
  let tied: Bool?
  let verdict: String?
  let scores: [Score]?
  let censored: [Int]?
  let method: String?
  let tokens: Int?
  let ms: Double?
  let prompts: Int?
  let attempt: Int?
  let endpoint: String?
  let finish: String?
  let error: String?
  let request: String?

  var record: EvaluationRecord {
    var record = EvaluationRecord(task: task, format: format, example: example)
    record.prediction = prediction
    record.isCorrect = correct
    record.choice = choice
    record.isTied = tied ?? false
    record.verdict = verdict
    record.scores = (scores ?? []).map {
      Ranking.Option(logProbability: $0.logprob, tokens: $0.tokens, bytes: $0.bytes)
    }
    record.censored = censored ?? []
    record.method = method
    record.tokens = tokens
    record.milliseconds = ms
    record.prompts = prompts ?? 1
    record.attempt = attempt ?? 1
    record.endpoint = endpoint
    record.finish = finish
    record.error = error
    record.request = request
    return record
  }
}
