import Basics
import Foundation
import Prompts

/// Unites runs of one study, such as its shards, in a new directory.
package struct Merge: Sendable {
  /// What came of it.
  package struct Outcome: Sendable, Hashable {
    /// Lines of the united journal, its header left out.
    package var lines = 0
    /// Cells with an answer.
    package var answered = 0
    /// Cells that more than one source had answered.
    package var overlaps = 0
    /// Overlaps with different answers, each as one line; the first hundred of them.
    package var disagreements: [String] = []
    /// All overlaps with different answers.
    package var disagreeing = 0
    /// Lines with a wrong checksum, which were left out.
    package var damaged = 0
  }

  private let sources: [RunDirectory]
  private let target: RunDirectory

  /// - Parameters:
  ///   - sources: Runs of the same study, finished or not.
  ///   - target: A new directory, or one with a run of the same study, which is then a source too.
  package init(_ sources: [RunDirectory], into target: RunDirectory) {
    self.sources = sources
    self.target = target
  }

  /// Reads the sources and writes the target; overlaps with different answers leave the target as it was.
  ///
  /// - Throws: `InputError` for sources of different studies, models or methods and for a target that
  ///   holds something else, `StorageError` when the target cannot be written.
  package func run() throws -> Outcome {
    let study = try sources[0].study()
    let formats = try sources[0].formats()
    for source in sources.dropFirst() { try check(source, study) }
    var all = sources.filter { $0.path != target.path }
    let isThere = target.hasStudy
    if isThere {
      try check(target, study)
      all.insert(target, at: 0)
    } else {
      try target.prepare()
    }
    let lock = try RunLock(target)
    defer { withExtendedLifetime(lock) {} }
    var outcome = Outcome()
    let temporary = target.journal + ".new"
    let output = try OutputFile(temporary, O_WRONLY | O_CREAT | O_TRUNC)
    let cells = try MergedCells(
      study, formats: formats.mapValues(\.count), sources: all.map(\.path))
    try Self.unite(all, study, cells, output, &outcome)
    guard outcome.disagreeing == 0 else {
      unlink(temporary)
      return outcome
    }
    if let failure = output.finish() { throw failure }
    if !isThere {
      try target.store(study, formats: study.tasks.map { formats[$0.name] ?? [] })
    }
    guard rename(temporary, target.journal) == 0 else {
      throw StorageError.system(target.journal, "cannot be replaced", errno)
    }
    return outcome
  }

  private func check(_ source: RunDirectory, _ study: Study) throws(InputError) {
    let differences = study.differences(from: try source.study())
    guard differences.isEmpty else {
      throw InputError(
        "\(source.path): is not of the study of \(sources[0].path): "
          + differences.joined(separator: ", "))
    }
  }

  private static func unite(
    _ sources: [RunDirectory], _ study: Study, _ cells: MergedCells,
    _ output: OutputFile, _ outcome: inout Outcome
  ) throws {
    var cells = cells
    var model: (name: String, path: String)?
    var failure: StorageError?
    for (number, source) in sources.enumerated() {
      let contents = try Journal.walk(source.journal, digest: study.digest) {
        name throws(InputError) in
        if let model, model.name != name {
          throw InputError(
            "\(source.path): was answered by the model '\(name)', \(model.path) by "
              + "'\(model.name)'")
        }
        guard model == nil else { return }
        model = (name, source.path)
        output.write(Journal.header(digest: study.digest, model: name), &failure)
      } _: { line throws(InputError) in
        guard failure == nil else { return }
        switch try cells.learn(line, from: number) {
        case .new, .failed:
          outcome.lines += 1
          output.write(Array(line.bytes) + [0x0A], &failure)
        case .known: outcome.overlaps += 1
        case .contradicts(let text):
          outcome.overlaps += 1
          outcome.disagreeing += 1
          if outcome.disagreements.count < 100 { outcome.disagreements.append(text) }
        }
      }
      if let failure { throw failure }
      outcome.damaged += contents.damaged.count
    }
    outcome.answered = cells.answered
  }
}
