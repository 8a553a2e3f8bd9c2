import Basics
import Runs

/// What `formatspread bench` found for one way of scoring.
struct BenchResult: Sendable {
  let name: String
  /// Requests under way, at all servers together.
  let concurrency: Int
  /// Requests for one evaluation.
  let requests: Double
  let tool: Measurement
  let loop: Measurement
  let stages: StageCosts

  /// The share of the socket loop's speed that the tool reaches.
  var ratio: Double { tool.rate / loop.rate }

  var json: JSON {
    func figures(_ measurement: Measurement) -> JSON {
      .members([
        "evaluations_per_second": .number(measurement.rate),
        "cpu_us_per_evaluation": .number(measurement.microseconds),
      ])
    }
    var stages = JSONObject()
    for stage in self.stages.stages { stages[stage.name] = .number(stage.microseconds) }
    return .members([
      "concurrency": .integer(concurrency), "requests_per_evaluation": .number(requests),
      "formatspread": figures(tool), "socket_loop": figures(loop), "ratio": .number(ratio),
      "stages_us": .object(stages),
    ])
  }

  var lines: [String] {
    func line(_ title: String, _ measurement: Measurement, _ ratio: String) -> String {
      "  " + title.padded(14) + measurement.rate.grouped.leftPadded(16)
        + measurement.microseconds.short.leftPadded(16) + ratio.leftPadded(10)
    }
    let each =
      requests == 1
      ? "one request each"
      : requests < 1 ? "\((1 / requests).short) to a request" : "\(requests.short) requests each"
    let rest = max(0, tool.microseconds - stages.sum)
    return [
      "\(name), \(concurrency) under way, \(each)",
      "  " + "".padded(14) + "evaluations/s".leftPadded(16) + "CPU µs each".leftPadded(16)
        + "ratio".leftPadded(10),
      line("formatspread", tool, ratio.hundredths),
      line("socket loop", loop, "1"),
      "  of the CPU time: "
        + (stages.stages + [("connections and scheduling", rest)])
        .map { "\($0.name) \($0.microseconds.short)" }.joined(separator: ", "),
    ]
  }
}

extension Bench {
  static func table(_ results: [BenchResult]) -> String {
    results.map { $0.lines.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }
}

extension Scoring {
  var isRanking: Bool { if case .rank = self { true } else { false } }

  /// For file names.
  var kind: String { isRanking ? "rank" : "generate" }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  fileprivate func leftPadded(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}

extension Double {
  /// Whole, with commas: `12,345`.
  fileprivate var grouped: String {
    var digits = Array(String(Int(rounded())))
    var at = digits.count - 3
    while at > 0 {
      digits.insert(",", at: at)
      at -= 3
    }
    return String(digits)
  }

  /// To a tenth, without a needless one.
  fileprivate var short: String {
    let tenths = (self * 10).rounded() / 10
    return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
  }

  fileprivate var hundredths: String { String((self * 100).rounded() / 100) }
}
