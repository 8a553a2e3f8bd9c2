import Basics
import Estimation
import Prompts

/// How much of a run an extra measurement looks at.
package struct SampleSize: Sendable, Hashable {
  /// Examples of each task.
  package let examples: Int
  /// Formats of each task at most, the task's own among them; nil for all.
  package let formats: Int?

  /// Reads `20` (examples), or `20x30` for at most thirty formats.
  ///
  /// - Returns: Nil for anything else, and for fewer than two formats.
  package init?(_ text: String) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let examples = Int(parts[0]), examples > 0 else {
      return nil
    }
    self.examples = examples
    if parts.count == 1 {
      formats = nil
    } else {
      guard let formats = Int(parts[1]), formats > 1 else { return nil }
      self.formats = formats
    }
  }
}

/// The answered cells of one task that an extra measurement looks at.
struct ExtraSample {
  /// The place of the task in the plan.
  let task: Int
  /// For each chosen example the answers to it by format, those with fewer formats than two left out.
  let examples: [(example: Int, records: [EvaluationRecord])]

  /// Seeded samples of a plan's examples, those that most formats answered first.
  ///
  /// - Parameters:
  ///   - plan: What was to be done.
  ///   - directory: Its run, with a journal.
  ///   - size: How many are wanted.
  /// - Returns: One sample for each task, in the order of the plan.
  /// - Throws: `InputError` for a damaged journal.
  static func all(
    _ plan: Plan, _ directory: RunDirectory, _ size: SampleSize
  ) throws(InputError) -> [ExtraSample] {
    let (answers, _) = try Journal.answers(directory.journal, of: plan)
    var chosen: [String: [Int]] = [:]
    for (index, task) in plan.tasks.enumerated() {
      let formats = min(size.formats ?? task.formats.count, task.formats.count)
      let counts = task.split.evaluated.indices.map { position in
        (0..<formats).count { answers[index, .init(arm: $0, example: position)] != nil }
      }
      var generator = SeededGenerator(seed: plan.study.seed, stream: "extra sample of \(task.name)")
      let order = generator.permutation(counts.count)
      let places = order.indices.sorted {
        (counts[order[$1]], $0) < (counts[order[$0]], $1)
      }
      chosen[task.name] = places.map { order[$0] }.filter { counts[$0] > 1 }
        .prefix(size.examples).map { task.split.evaluated[$0] }
    }
    var records: [String: [Int: [Int: EvaluationRecord]]] = [:]
    let wanted = chosen.mapValues(Set.init)
    _ = try Journal.forEachRecord(directory.journal, digest: plan.study.digest) {
      record throws(InputError) in
      guard record.isAnswered, wanted[record.task]?.contains(record.example) == true,
        size.formats.map({ record.format < $0 }) ?? true
      else { return }
      records[record.task, default: [:]][record.example, default: [:]][record.format] = record
    }
    return plan.tasks.enumerated().map { index, task in
      ExtraSample(
        task: index,
        examples: (chosen[task.name] ?? []).map { example in
          let found = records[task.name]?[example] ?? [:]
          return (example, found.keys.sorted().compactMap { found[$0] })
        })
    }
  }
}
