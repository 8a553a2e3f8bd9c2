import Basics
import Foundation
import Models
import Testing

/// Trials against servers that run around a small model whose exact values are known.
///
/// `Tests/real-servers.sh URL…` runs them and prints one line for each server, format and number of shots:
/// how many choices are the exact model's. They are kept out of the plain run, because they need servers.
private let environment = ProcessInfo.processInfo.environment

private let addresses =
  environment["FORMATSPREAD_SERVERS"]?.split(whereSeparator: { $0 == "," || $0 == " " }).map(
    String.init)
  ?? []

/// One prompt with the exact values of its options.
private struct Row: Sendable {
  let task: String
  let format: String
  let shots: String
  let request: ScoreRequest
  let exact: [Double]

  var name: String { "\(task), \(format), \(shots) shots" }
}

/// One way of writing the examples of a task, as the exact values' file describes it.
private struct Layout {
  let question: String
  let answer: String
  let separator: String
  let field: String
  let between: String
  let optionsName: String
  /// The numbering and wrapper of listed options; nil where options are not listed.
  let enumeration: (numbering: String, wrapper: String)?

  init(_ reader: JSONReader) throws {
    let members = try reader.members()
    func text(_ key: String) throws -> String {
      try #require(members.first { $0.key == key }?.reader).string()
    }
    question = try text("q")
    answer = try text("a")
    separator = try text("sep")
    field = try text("field")
    between = try text("ex")
    optionsName = try text("odesc")
    let given = try #require(members.first { $0.key == "enum" }?.reader)
    if given.value == .null {
      enumeration = nil
    } else {
      let parts = try given.strings()
      enumeration = (parts[0], parts[1])
    }
  }

  private func label(_ index: Int) throws -> String {
    let labels = [
      "upper": ["A", "B", "C", "D", "E", "F"], "lower": ["a", "b", "c", "d", "e", "f"],
      "digit": ["1", "2", "3", "4", "5", "6"], "roman": ["I", "II", "III", "IV", "V", "VI"],
    ]
    return try #require(labels[enumeration?.numbering ?? ""])[index]
  }

  /// What the model has to say for each option.
  func answers(_ options: [String]) throws -> [String] {
    enumeration == nil ? options : try options.indices.map(label)
  }

  func shown(_ example: Example, answer text: String) throws -> String {
    var whole = question + separator + example.question + field
    if let enumeration {
      let items = try example.options.indices.map { index in
        enumeration.wrapper.replacingOccurrences(of: "{}", with: try label(index))
          + example.options[index]
      }
      whole += optionsName + separator + items.joined(separator: " ") + field
    }
    return whole + answer + separator + text
  }
}

private struct Example {
  let question: String
  let options: [String]
  let right: Int
}

/// Every prompt of the tasks that have exact values: all formats, at each number of shots.
private func rows() throws -> [Row] {
  let folder =
    environment["FORMATSPREAD_ORACLES"]
    ?? Recording.shared.appendingPathComponent("models/tiny-fmt").path
  let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  var rows: [Row] = []
  for file in files where file.hasPrefix("oracle-") && file.hasSuffix(".json") {
    let oracle = try TextFile.json(folder + "/" + file).members()
    func member(_ members: [(key: String, reader: JSONReader)], _ key: String) throws -> JSONReader
    {
      try #require(members.first { $0.key == key }?.reader, "\(file): \(key)")
    }
    let name = try member(oracle, "task").string()
    let task = try TextFile.json(folder + "/\(name).json").members()
    let examples = try member(task, "examples").items().map { reader in
      let example = try reader.members()
      let options = try member(example, "options").strings()
      let answer = try member(example, "answer").string()
      return Example(
        question: try member(example, "question").string(), options: options,
        right: options.firstIndex(of: answer) ?? 0)
    }
    // "examples[8:]": the first ones are set aside as demonstrations.
    let digits = try member(oracle, "scored").string().filter { $0.isASCII && $0.isNumber }
    let first = try #require(Int(digits))
    let results = try member(try member(oracle, "results").members(), name).members()
    for (format, reader) in try member(oracle, "formats").members() {
      let layout = try Layout(reader)
      for (shots, table) in results {
        let demonstrations = try examples.prefix(Int(shots) ?? 0).map { example in
          try layout.shown(example, answer: layout.answers(example.options)[example.right])
        }
        let entry = try member(try table.members(), format).members()
        for (example, exact) in zip(
          examples.dropFirst(first), try member(entry, "logprobs").items())
        {
          let prompt = (demonstrations + [try layout.shown(example, answer: "")]).joined(
            separator: layout.between)
          rows.append(
            Row(
              task: name, format: format, shots: shots,
              request: ScoreRequest(
                prompt: prompt, continuations: try layout.answers(example.options)),
              exact: try exact.items().map { try $0.double() }))
        }
      }
    }
  }
  return rows
}

/// The options that no other beats; the exact values have five decimals.
private func best(_ values: [Double], within: Double) -> Set<Int> {
  let top = values.max() ?? 0
  return Set(values.indices.filter { values[$0] >= top - within })
}

private struct Line {
  var count = 0
  var same = 0
  var refused = 0
  var worst = 0.0
  var longest = 1
}

@Suite(
  .enabled(if: !addresses.isEmpty, "needs servers, named by FORMATSPREAD_SERVERS"), .serialized)
struct RealServerTrials {
  @Test(arguments: addresses)
  func `a real server makes the exact model's choices`(_ address: String) async throws {
    var settings = ServerModel.Settings()
    settings.method = try environment["FORMATSPREAD_METHOD"].map { try ScoringMethod.parse($0) }
    let model = ServerModel(try ServerAddress(parsing: address), settings: settings)
    let capabilities = try await model.hello()
    let report = try #require(capabilities.probe)
    for line in report.lines { print("# \(line)") }
    guard let method = capabilities.scoring else {
      print("| \(report.kind.title) | none | generation only: no log-probabilities |")
      let generation = try await model.generate(
        GenerateRequest(prompt: "Question: a\nAnswer:", maxTokens: 4, stop: ["\n"], seed: 0))
      print("# it wrote \(quoted(generation.text))")
      await model.close()
      return
    }
    let rows = try rows()
    var order: [String] = []
    for row in rows where order.last != row.name { order.append(row.name) }
    var table: [String: Line] = [:]
    let limit = capabilities.maxInFlight
    try await withThrowingTaskGroup(of: (Row, [OptionScore]?).self) { group in
      for (number, row) in rows.enumerated() {
        if number >= limit, let (row, scores) = try await group.next() {
          enter(row, scores, &table)
        }
        group.addTask { (row, try? await model.score(row.request)) }
      }
      for try await (row, scores) in group { enter(row, scores, &table) }
    }
    var total = Line()
    for name in order {
      guard let line = table[name] else { continue }
      show(report, method, name, line)
      total.count += line.count
      total.same += line.same
      total.refused += line.refused
      total.worst = max(total.worst, line.worst)
      total.longest = max(total.longest, line.longest)
      // First tokens decide nothing about longer options; those examples are refused, never guessed.
      let wanted = method == .firstToken ? line.count - line.refused : line.count
      // A server that adds a token before each prompt asks the model something else in some formats.
      if report.kind == .llamaCppPython { continue }
      // Of fewer than a hundred examples one may be nearer to a tie than a server's precision.
      #expect(wanted - line.same <= max(1, wanted / 100), "\(name)")
    }
    show(report, method, "all", total)
    let wanted = method == .firstToken ? total.count - total.refused : total.count
    #expect(total.same * 100 >= wanted * (report.kind == .llamaCppPython ? 95 : 99))
    await model.close()
  }

  private func enter(_ row: Row, _ scores: [OptionScore]?, _ table: inout [String: Line]) {
    var line = table[row.name] ?? Line()
    line.count += 1
    if let scores {
      let found = scores.map(\.logprob)
      // A tie of the exact values may be broken either way.
      let choice = best(found, within: 0)
      if !choice.isDisjoint(with: best(row.exact, within: 1e-4)) { line.same += 1 }
      // What the options share cancels out of their differences.
      for index in found.indices {
        let off = (found[index] - found[0]) - (row.exact[index] - row.exact[0])
        line.worst = max(line.worst, abs(off))
      }
      line.longest = max(line.longest, scores.map(\.tokens).max() ?? 1)
    } else {
      line.refused += 1
    }
    table[row.name] = line
  }

  private func show(
    _ report: ProbeReport, _ method: ScoringMethod, _ name: String, _ line: Line
  ) {
    let share = Double(line.same * 1000 / max(line.count, 1)) / 10
    print(
      "| \(report.kind.title) | \(method.rawValue) | \(name) | \(line.same) of \(line.count) | "
        + "\(share) % | \(line.refused) refused | off by \(String(format: "%.4f", line.worst)) | "
        + "\(line.longest) tokens |")
  }
}
