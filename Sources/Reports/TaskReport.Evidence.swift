import Basics
import Estimation
import Prompts
import Runs
import Statistics

extension TaskReport {
  /// Draws all figures from the evidence.
  init(_ evidence: TaskEvidence) throws(InputError) {
    let searched = try evidence.searched()
    let formats = evidence.formats.map { evidence.result($0) }
    let compared = Self.compared(formats, examples: evidence.examples.count, evidence.study.search)
    self.name = evidence.name
    self.search = evidence.study.search
    self.formats = formats
    examples = evidence.examples.count
    evaluations = evidence.cells.count { $0 != nil }
    missing = searched.missing
    failures = Self.failures(evidence)
    if evidence.study.search == .full {
      lowest = Self.extreme(compared, isLowest: true)
      highest = Self.extreme(compared, isLowest: false)
    } else {
      lowest = searched.picks.map {
        Extreme(result: formats[$0.lowest], estimate: $0.lowestAccuracy, sharedBy: 1)
      }
      highest = searched.picks.map {
        Extreme(result: formats[$0.highest], estimate: $0.highestAccuracy, sharedBy: 1)
      }
    }
    distribution = Distribution(compared)
    originalRank = compared.first { $0.index == 0 }?.accuracy.flatMap {
      Quantiles.percentileRank(of: $0, in: compared.compactMap(\.accuracy))
    }
    normalizations = evidence.normalizations()
    let isComparable = evidence.study.search == .full || evidence.study.search == .uniform
    test =
      searched.missing == 0 && isComparable
      ? evidence.test(compared.map(\.index)) : nil
  }

  /// The formats whose accuracies are set side by side.
  ///
  /// In a full search those with answers on at least half of the examples: an unfinished run or a
  /// run with failures has formats with a handful of answers, whose accuracy says nothing.
  private static func compared(
    _ formats: [FormatResult], examples: Int, _ search: SearchKind
  ) -> [FormatResult] {
    let answered = formats.filter { $0.asked > 0 }
    guard search == .full else { return answered }
    let solid = answered.filter { 2 * $0.asked >= examples }
    return solid.isEmpty ? answered : solid
  }

  /// The first format at one end, by raw accuracy.
  private static func extreme(_ results: [FormatResult], isLowest: Bool) -> Extreme? {
    let accuracies = results.compactMap(\.accuracy)
    guard let extremes = Quantiles.extremes(of: accuracies) else { return nil }
    let places = isLowest ? extremes.lowest : extremes.highest
    guard let first = places.first else { return nil }
    return Extreme(result: results[first], estimate: accuracies[first], sharedBy: places.count)
  }

  private static func failures(_ evidence: TaskEvidence) -> [Failure] {
    var counts: [String: Int] = [:]
    for case let record? in evidence.cells where record.isCorrect == nil {
      counts[record.error ?? "no cause was recorded", default: 0] += 1
    }
    return counts.map { Failure(message: $0.key, count: $0.value) }.sorted { a, b in
      a.count != b.count
        ? a.count > b.count : a.message.utf8.lexicographicallyPrecedes(b.message.utf8)
    }
  }
}

extension TaskEvidence {
  func result(_ format: FormatLine) -> FormatResult {
    let records = records(format.index)
    return FormatResult(
      format: format, right: answers.successes[format.index], asked: answers.trials[format.index],
      failed: records.count { $0 != nil && $0?.isCorrect == nil },
      ties: records.count { $0?.isTied == true && $0?.isCorrect != nil })
  }

  /// The test on the examples that all `compared` formats answered.
  ///
  /// Nil for fewer than two formats, and when failures leave less than half of the examples that the
  /// formats were asked.
  func test(_ compared: [Int]) -> FormatTest? {
    guard compared.count > 1 else { return nil }
    let shared = examples.indices.filter { position in
      compared.allSatisfy { answers[$0, position] != ResponseMatrix.missing }
    }
    let asked = compared.map { answers.trials[$0] }.max() ?? 0
    guard !shared.isEmpty, 2 * shared.count >= asked else { return nil }
    let matrix = ResponseMatrix(
      rows: compared.map { format in shared.map { answers[format, $0] } })
    var generator = SeededGenerator(seed: study.seed, stream: "noise-only spread of \(name)")
    guard let noise = NoiseSpread(matrix, using: &generator) else { return nil }
    return FormatTest(cochran: CochranQ(matrix), noise: noise)
  }

  /// The accuracy under each normalization of the recorded scores.
  ///
  /// A record names the option that was chosen and whether it was right, so the right option of an
  /// example is known as soon as one format found it, or all others were found wrong.
  func normalizations() -> [NormalizationResult] {
    let scored = cells.indices.filter { index in
      guard let record = cells[index] else { return false }
      return record.isCorrect != nil && record.choice != nil && !record.scores.isEmpty
    }
    guard !scored.isEmpty else { return [] }
    var known = [KnownAnswer](repeating: KnownAnswer(), count: examples.count)
    for index in scored {
      guard let record = cells[index] else { continue }
      known[index % examples.count].learn(record)
    }
    return Normalization.allCases.map { normalization in
      var right = 0
      var unresolved = 0
      var isUsed = true
      for index in scored {
        guard let record = cells[index] else { continue }
        let choice = Ranking(record.scores, by: normalization).choice
        if choice != record.choice { isUsed = false }
        switch known[index % examples.count].isRight(choice) {
        case true?: right += 1
        case false?: break
        case nil: unresolved += 1
        }
      }
      return NormalizationResult(
        name: normalization.rawValue, right: right, asked: scored.count, unresolved: unresolved,
        isUsed: isUsed)
    }
  }
}

/// What the records of one example tell about its right option.
private struct KnownAnswer {
  private var right: Int?
  private var wrong: Set<Int> = []

  mutating func learn(_ record: EvaluationRecord) {
    guard let choice = record.choice, let isCorrect = record.isCorrect else { return }
    if isCorrect { right = choice } else { wrong.insert(choice) }
    let open = record.scores.indices.filter { !wrong.contains($0) }
    if right == nil, open.count == 1 { right = open.first }
  }

  func isRight(_ choice: Int) -> Bool? {
    if let right { return choice == right }
    return wrong.contains(choice) ? false : nil
  }
}
