package import Basics

/// One of several parts of a study that are evaluated apart and merged afterwards.
package struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// From 1.
  package let index: Int
  package let count: Int

  /// - Parameters:
  ///   - text: `2/8`, or `env` for the place in an array of a cluster's jobs.
  ///   - environment: The variables of the process.
  /// - Throws: `InputError` naming what would be accepted.
  package init(_ text: String, environment: [String: String]) throws(InputError) {
    if text == "env" {
      self = try Shard.of(environment)
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), index >= 1,
      index <= count
    else {
      throw InputError(
        "--shard \(quoted(text)): expected a part such as 2/8 (the second of eight), or env")
    }
    self.init(index: index, count: count)
  }

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// The place in a Slurm array or a Kubernetes indexed job.
  private static func of(_ environment: [String: String]) throws(InputError) -> Shard {
    func number(_ name: String, from least: Int) throws(InputError) -> Int? {
      guard let text = environment[name] else { return nil }
      guard let value = Int(text), value >= least else {
        throw InputError("--shard env: \(name) is \(quoted(text)), expected a whole number")
      }
      return value
    }
    if let id = try number("SLURM_ARRAY_TASK_ID", from: 0) {
      guard let least = try number("SLURM_ARRAY_TASK_MIN", from: 0),
        let count = try number("SLURM_ARRAY_TASK_COUNT", from: 1)
      else {
        throw InputError(
          "--shard env: SLURM_ARRAY_TASK_ID needs SLURM_ARRAY_TASK_MIN and SLURM_ARRAY_TASK_COUNT "
            + "beside it")
      }
      let step = try number("SLURM_ARRAY_TASK_STEP", from: 1) ?? 1
      guard id >= least, (id - least) % step == 0, case let place = (id - least) / step,
        place < count
      else {
        throw InputError(
          "--shard env: the array's task \(id) is not among \(count) from \(least) in steps of \(step)"
        )
      }
      return Shard(index: place + 1, count: count)
    }
    if let id = try number("JOB_COMPLETION_INDEX", from: 0) {
      guard let count = try number("FORMATSPREAD_SHARDS", from: 1) else {
        throw InputError(
          "--shard env: JOB_COMPLETION_INDEX does not say of how many; set FORMATSPREAD_SHARDS to the "
            + "job's completions")
      }
      guard id < count else {
        throw InputError("--shard env: JOB_COMPLETION_INDEX \(id) is not below \(count)")
      }
      return Shard(index: id + 1, count: count)
    }
    throw InputError(
      "--shard env: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; give a part such as "
        + "2/8")
  }

  package var description: String { "\(index)/\(count)" }

  /// This shard's part of `total` things in a row; parts differ by one at most.
  func range(of total: Int) -> Range<Int> {
    // Products of 128 bits, so that nothing overflows.
    func bound(_ place: Int) -> Int {
      Int(UInt128(total) * UInt128(place) / UInt128(count))
    }
    return bound(index - 1)..<bound(index)
  }
}

/// The part of a task that a shard evaluates.
package enum TaskPart: Sendable, Hashable {
  case whole
  /// The places, from 0, of cells in the order in which the search proposes them.
  case cells(Range<Int>)

  var isEmpty: Bool { self == .cells(0..<0) }

  func contains(_ place: Int) -> Bool {
    switch self {
    case .whole: true
    case .cells(let range): range.contains(place)
    }
  }

  /// Whether nothing of it follows the first `proposed` cells.
  func isOver(after proposed: Int) -> Bool {
    switch self {
    case .whole: false
    case .cells(let range): proposed >= range.upperBound
    }
  }
}
