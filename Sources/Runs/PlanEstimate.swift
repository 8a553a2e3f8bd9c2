import Basics
import Prompts

/// What one task of a plan will cost, estimated from a sample of its prompts.
package struct PlanEstimate: Sendable, Hashable {
  package let task: String
  package let formats: Int
  package let examples: Int
  /// Evaluations at most.
  package let evaluations: Int
  /// Options of a prompt on average; 0 for free text.
  package let options: Double
  /// UTF-8 bytes of a prompt without its answer, on average over the sampled ones.
  package let meanBytes: Double
  /// The longest of the sampled prompts, in bytes.
  package let mostBytes: Int

  /// Bytes of a token, as a rule of thumb for English text and the tokenizers of current models.
  package static let bytesPerToken = 4.0
  /// How many prompts are looked at.
  private static let sample = 240

  /// Looks at prompts spread evenly over formats and examples.
  package init(_ task: PlannedTask) {
    self.task = task.name
    formats = task.formats.count
    examples = task.split.evaluated.count
    evaluations = task.evaluations
    let cells = PlanEstimate.cells(of: task, atMost: Self.sample)
    let prompts = cells.compactMap { task.writer($0.format)?.prompt($0.example) }
    let bytes = prompts.map(\.text.utf8.count)
    let count = Double(max(prompts.count, 1))
    meanBytes = Double(bytes.reduce(0, +)) / count
    mostBytes = bytes.max() ?? 0
    options = Double(prompts.map(\.options.count).reduce(0, +)) / count
  }

  /// Tokens of all prompts, each sent once.
  package var tokens: Double { Double(evaluations) * meanBytes / Self.bytesPerToken }

  /// Cells of a task, spread so that formats and examples both vary; positions of formats and of the
  /// task's examples.
  package static func cells(
    of task: PlannedTask, atMost count: Int
  ) -> [(format: Int, example: Int)] {
    let formats = task.formats.count
    let examples = task.split.evaluated.count
    let count = min(count, formats * examples)
    // A step that shares no factor with the number of examples meets all of them.
    return (0..<count).map { index in
      (index * formats / count, task.split.evaluated[(index * 31) % examples])
    }
  }
}
