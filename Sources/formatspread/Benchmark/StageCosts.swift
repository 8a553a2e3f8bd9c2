import Basics
import Foundation
import Models
import Prompts
import Runs

/// What the stages of one evaluation cost alone, on one thread, in microseconds of processor time.
struct StageCosts: Sendable {
  var stages: [(name: String, microseconds: Double)] = []

  var sum: Double { stages.map(\.microseconds).reduce(0, +) }

  /// - Parameters:
  ///   - plan: The plan of the measured run.
  ///   - isRanking: Whether options are scored.
  ///   - perEvaluation: Requests for one evaluation.
  ///   - requests: Requests as they were sent.
  ///   - answers: Some of their answers, with the position of their request.
  ///   - records: Records of the run.
  ///   - folder: Where a journal can be written.
  /// - Throws: `StorageError` when the journal cannot be written.
  init(
    _ plan: Plan, isRanking: Bool, perEvaluation: Double, requests: [[UInt8]],
    answers: [(request: Int, answer: [UInt8])], records: [EvaluationRecord], folder: String
  ) throws {
    let task = plan.tasks[0]
    let count = 2_000
    let writers = task.formats.indices.prefix(20).compactMap { task.writer($0) }
    guard !writers.isEmpty, !answers.isEmpty, !records.isEmpty else { return }
    let examples = task.split.evaluated
    func prompt(_ index: Int) -> Prompt {
      writers[index % writers.count].prompt(examples[index / writers.count % examples.count])
    }
    var bytes = 0
    add("render", Measurement.ofEach(count) { bytes &+= prompt($0).text.utf8.count })
    let bodies = try requests.prefix(200).map { try JSON.parse(Self.body($0), file: "request") }
    add(
      "write the request", times: perEvaluation,
      Measurement.ofEach(count) { index in
        var body: [UInt8] = []
        bodies[index % bodies.count].write(to: &body)
        let request = HTTPRequest(
          method: "POST", target: "/v1/completions",
          fields: [
            HTTPField("Accept", "application/json"),
            HTTPField("Content-Type", "application/json"),
          ], body: body)
        bytes &+= request.bytes(authority: "127.0.0.1:8000").count
      })
    var responses: [[UInt8]] = []
    try add(
      "read the response's head", times: perEvaluation,
      Measurement.ofEach(count) { index in
        var parser = HTTPResponseParser()
        let raw = answers[index % answers.count].answer
        _ = try raw.withUnsafeBytes { bytes throws(HTTPFailure) in try parser.take(bytes) }
        if index < answers.count, responses.count < answers.count {
          responses.append(parser.response.body)
        }
      })
    let keys = answers.map { isRanking ? Self.key(requests[$0.request]) : nil }
    let known = isRanking ? Self.scored(Set(keys.compactMap(\.self)), task) : [:]
    let pairs = zip(keys, responses).map { key, body in (key.flatMap { known[$0] }, body) }
    add(
      "read the answer", times: perEvaluation,
      Measurement.ofEach(count) { index in
        let (request, body) = pairs[index % pairs.count]
        if let request {
          let texts = request.continuations.map { request.prompt + $0 }
          let scores = EchoScanner.scores(body, texts: texts, request: request, dropsLast: true)
          bytes &+= scores?.count ?? 0
        } else {
          bytes &+= (try? JSON.parse(body)) == nil ? 0 : 1
        }
      })
    add(
      "score",
      Measurement.ofEach(count) { index in
        let record = records[index % records.count]
        if isRanking {
          bytes &+= Ranking(record.scores, by: task.normalization(0)).choice
        } else {
          let verdict = AnswerMatch.prefix.verdict(
            record.prediction ?? "", answer: "A", options: ["A", "B", "C", "D"])
          bytes &+= verdict.right ? 1 : 0
        }
      })
    let journal = try Journal(path: folder + "/stages.jsonl", digest: "", model: "bench")
    try add(
      "journal",
      Measurement.ofEach(count) { try journal.append(records[$0 % records.count]) })
  }

  private mutating func add(_ name: String, times count: Double = 1, _ microseconds: Double) {
    stages.append((name, count * microseconds))
  }

  private static func body(_ request: [UInt8]) -> [UInt8] {
    let mark = Array("\r\n\r\n".utf8)
    let start = request.indices.first { request[$0...].starts(with: mark) }
    return Array(request[((start ?? 0) + mark.count)...])
  }

  /// The first prompt of a request.
  private static func key(_ request: [UInt8]) -> String? {
    guard case .object(let object) = try? JSON.parse(body(request)),
      case .array(let prompts) = object["prompt"], case .string(let first) = prompts.first
    else { return nil }
    return first
  }

  /// What was scored, by the first text of its request.
  private static func scored(_ keys: Set<String>, _ task: PlannedTask) -> [String: ScoreRequest] {
    var known: [String: ScoreRequest] = [:]
    for writer in task.formats.indices.lazy.compactMap({ task.writer($0) }) {
      for example in task.split.evaluated where known.count < keys.count {
        let prompt = writer.prompt(example)
        guard let first = prompt.options.first, keys.contains(prompt.text + first) else { continue }
        known[prompt.text + first] = ScoreRequest(
          prompt: prompt.text, continuations: prompt.options)
      }
    }
    return known
  }
}
