import Basics
import Prompts
import Testing

@testable import Runs

struct EvaluationRecordTests {
  static let oddTexts = [
    "", " ", "plain", "\n\t\r\u{0}\u{1F}\u{7F}", "\"\\/", "e\u{301}", "é", "𝔘👩‍👩‍👧", "\u{FEFF}\u{200B}",
    "</script><b>", String(repeating: "long ", count: 300),
  ]

  @Test(arguments: oddTexts)
  func `a record with odd texts reads back as it was written`(_ text: String) throws {
    var record = EvaluationRecord(task: text, format: 3, example: 1_000_000)
    record.prediction = text
    record.error = text
    record.method = text
    record.verdict = text
    #expect(try reread(record) == record)
    let again = try reread(record)
    #expect(again.prediction.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test func `a record with everything reads back as it was written`() throws {
    var record = EvaluationRecord(task: "t", format: 0, example: 0)
    record.prediction = "yes"
    record.choice = 1
    record.isCorrect = true
    record.isTied = true
    record.verdict = "right"
    record.scores = [
      .init(logProbability: -0.1, tokens: 1, bytes: 2),
      .init(logProbability: -1e-300, tokens: 0, bytes: 0),
      .init(logProbability: -123456.789, tokens: 7, bytes: 9),
      .init(logProbability: 0, tokens: 1, bytes: 1),
    ]
    record.censored = [0, 2]
    record.method = "first-token"
    record.tokens = 12
    record.finish = "length"
    record.milliseconds = 0.125
    record.prompts = 8
    record.attempt = 4
    record.endpoint = "http://[::1]:8000/v1"
    record.error = "none"
    record.request = "0123456789abcdef01234567"
    #expect(try reread(record) == record)
  }

  @Test func `a failed record has neither prediction nor outcome`() throws {
    var record = EvaluationRecord(task: "t", format: 0, example: 0)
    record.error = "status 400"
    #expect(
      record.json.compact
        == #"{"task":"t","format":0,"example":0,"prediction":null,"correct":null,"attempt":1,"error":"status 400"}"#
    )
    #expect(try reread(record) == record)
  }

  @Test(arguments: [
    (#"{"task":"t","format":0,"example":0}"#, "$: the key 'correct' is missing"),
    (
      #"{"task":"t","format":-1,"example":0,"correct":null}"#,
      "$.format: expected a whole number of at least 0, found the number -1"
    ),
    (
      #"{"task":"t","format":0,"example":0,"correct":1}"#,
      "$.correct: expected true or false, found the number 1"
    ),
    (
      #"{"task":"t","format":0,"example":0,"correct":true,"scores":[{"tokens":1,"bytes":1}]}"#,
      "$.scores[0]: the key 'logprob' is missing"
    ),
  ])
  func `a wrong record is refused with the place`(_ text: String, _ message: String) throws {
    let reader = JSONReader(try JSON.parse(text), file: "j:2")
    #expect(throws: InputError("j:2: " + message)) { try EvaluationRecord(reader) }
  }

  private func reread(_ record: EvaluationRecord) throws -> EvaluationRecord {
    try EvaluationRecord(JSONReader(try JSON.parse(record.json.compact), file: "j"))
  }
}
