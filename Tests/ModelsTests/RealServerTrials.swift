import Basics
import Foundation
import Models
import Testing

/// Trials against servers that run around the small model whose exact values are known.
///
/// `FORMATSPREAD_SERVERS=http://127.0.0.1:18081/v1,… swift test --filter RealServerTrials` prints one
/// line for each format: how many choices are the exact model's, and how far values are off at most.
private let addresses =
  ProcessInfo.processInfo.environment["FORMATSPREAD_SERVERS"]?.split(separator: ",").map(
    String.init)
  ?? []

private struct Row: Sendable {
  let format: String
  let request: ScoreRequest
  let exact: [Double]
}

/// The prompts of the sentiment task in the formats that have no enumeration, at 0 and 3 shots.
private func rows() throws -> [Row] {
  let folder = Recording.shared.appendingPathComponent("models/tiny-fmt").path
  let oracle = try TextFile.json(folder + "/oracle-sentiment.json").members()
  let task = try TextFile.json(folder + "/sentiment.json").members()
  func member(_ members: [(key: String, reader: JSONReader)], _ key: String) throws -> JSONReader {
    try #require(members.first { $0.key == key }?.reader)
  }
  var examples: [(question: String, options: [String], answer: String)] = []
  for reader in try member(task, "examples").items() {
    let example = try reader.members()
    examples.append(
      (
        try member(example, "question").string(), try member(example, "options").strings(),
        try member(example, "answer").string()
      ))
  }
  let results = try member(try member(oracle, "results").members(), "sentiment").members()
  var rows: [Row] = []
  for (name, reader) in try member(oracle, "formats").members() {
    let format = try reader.members()
    guard try member(format, "enum").value == .null else { continue }
    let parts = try ["q", "a", "sep", "field", "ex"].map { try member(format, $0).string() }
    func shown(_ question: String, _ answer: String) -> String {
      parts[0] + parts[2] + question + parts[3] + parts[1] + parts[2] + answer
    }
    for (shots, table) in results {
      let demonstrations = examples.prefix(Int(shots) ?? 0).map { shown($0.question, $0.answer) }
      let entry = try member(try table.members(), name).members()
      for (example, exact) in zip(examples.dropFirst(8), try member(entry, "logprobs").items()) {
        let prompt = (demonstrations + [shown(example.question, "")]).joined(separator: parts[4])
        rows.append(
          Row(
            format: "\(name), \(shots) shots",
            request: ScoreRequest(prompt: prompt, continuations: example.options),
            exact: try exact.items().map { try $0.double() }))
      }
    }
  }
  return rows
}

@Suite(
  .enabled(if: !addresses.isEmpty, "needs servers, named by FORMATSPREAD_SERVERS"), .serialized)
struct RealServerTrials {
  @Test(arguments: addresses)
  func `a real server makes the exact model's choices`(_ address: String) async throws {
    let model = ServerModel(try ServerAddress(parsing: address))
    let capabilities = try await model.hello()
    print((capabilities.probe?.lines ?? []).joined(separator: "\n"))
    try #require(capabilities.scoring != nil)
    let rows = try rows()
    var formats: [String] = []
    var table: [String: (count: Int, same: Int, refused: Int, worst: Double)] = [:]
    try await withThrowingTaskGroup(of: (Row, [OptionScore]?).self) { group in
      for row in rows {
        group.addTask { (row, try? await model.score(row.request)) }
      }
      for try await (row, scores) in group {
        if table[row.format] == nil { formats.append(row.format) }
        var line = table[row.format] ?? (0, 0, 0, 0)
        line.count += 1
        if let scores {
          // What the options share cancels out of their difference.
          let found = scores[0].logprob - scores[1].logprob
          let exact = row.exact[0] - row.exact[1]
          if (found > 0) == (exact > 0) { line.same += 1 }
          line.worst = max(line.worst, abs(found - exact))
        } else {
          line.refused += 1
        }
        table[row.format] = line
      }
    }
    for format in formats.sorted() {
      guard let line = table[format] else { continue }
      print(
        "\(format): \(line.same) of \(line.count) choices, \(line.refused) refused, "
          + "off by at most \(line.worst) nats")
      if capabilities.scoring == .firstToken {
        #expect(line.same >= (line.count - line.refused) * 99 / 100)
      } else {
        #expect(line.same >= line.count * 99 / 100)
      }
    }
    await model.close()
  }
}
