import Prompts
import Runs
import Statistics

/// What the answers cost, as far as the journal tells.
package struct RunCost: Sendable, Hashable {
  /// Requests sent, repeated ones among them; cells that shared one request count one each.
  package private(set) var calls = 0
  /// Requests that were repeated after a failure.
  package private(set) var repeats = 0
  /// Tokens of scored options; nil where nothing was scored.
  package private(set) var scoredTokens: Int?
  /// Tokens that the model wrote; nil where it wrote none.
  package private(set) var writtenTokens: Int?
  /// Time to the answers added up, in milliseconds; requests under way together count each, the cells
  /// of one list once.
  package private(set) var milliseconds = 0.0
  /// Half of the answers came within so many milliseconds; nil without times.
  package private(set) var median: Double?
  /// 95 % of the answers came within so many milliseconds.
  package private(set) var slow: Double?
  /// Answers by the place that they came from, by name; empty for one place.
  package private(set) var endpoints: [(name: String, answers: Int)] = []

  /// Four bytes each: a large run has tens of millions.
  private var times: [Float] = []
  private var places: [String: Int] = [:]

  mutating func add(_ record: EvaluationRecord) {
    calls += record.attempt
    repeats += record.attempt - 1
    if !record.scores.isEmpty {
      scoredTokens = (scoredTokens ?? 0) + record.scores.reduce(0) { $0 + $1.tokens }
    }
    if let tokens = record.tokens { writtenTokens = (writtenTokens ?? 0) + tokens }
    if record.isAnswered, let time = record.milliseconds {
      times.append(Float(time))
      milliseconds += time / Double(record.prompts)
    }
    if let endpoint = record.endpoint { places[endpoint, default: 0] += 1 }
  }

  /// The figures that need all records.
  func closed() -> RunCost {
    var result = self
    let times = self.times.map { Double($0) }
    if let quantiles = Quantiles.quantiles([0.5, 0.95], of: times) {
      result.median = quantiles[0]
      result.slow = quantiles[1]
    }
    result.endpoints = places.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { ($0.key, $0.value) }
    result.times = []
    result.places = [:]
    return result
  }

  package static func == (a: RunCost, b: RunCost) -> Bool {
    a.calls == b.calls && a.repeats == b.repeats && a.scoredTokens == b.scoredTokens
      && a.writtenTokens == b.writtenTokens && a.milliseconds == b.milliseconds
      && a.endpoints.elementsEqual(b.endpoints) { $0.name == $1.name && $0.answers == $1.answers }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(calls)
    hasher.combine(milliseconds)
  }
}
