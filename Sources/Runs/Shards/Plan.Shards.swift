import Estimation
import Prompts

extension Plan {
  /// The part of the plan that a shard evaluates.
  ///
  /// Where the cells of a search do not depend on answers (`full`, `uniform`, `balanced`), all cells of
  /// the study stand in a row and every shard gets an equal stretch, so that the cells of one format stay
  /// together. Other searches, and those that a stopping rule may end, are divided by whole tasks: they
  /// have to see their answers.
  package func part(_ shard: Shard) -> Plan {
    var plan = self
    if tasks.allSatisfy(\.search.isForeseeable) {
      let counts = tasks.map(\.proposals)
      let range = shard.range(of: counts.reduce(0, +))
      var start = 0
      for (index, count) in counts.enumerated() {
        let part = range.clamped(to: start..<(start + count))
        plan.tasks[index].part =
          part.isEmpty
          ? .cells(0..<0) : .cells((part.lowerBound - start)..<(part.upperBound - start))
        start += count
      }
      return plan
    }
    for index in plan.tasks.indices where index % shard.count != shard.index - 1 {
      plan.tasks[index].part = .cells(0..<0)
    }
    return plan
  }

  /// Whether the plan, as a part of another, has nothing to do.
  package var isEmpty: Bool { tasks.allSatisfy(\.part.isEmpty) }
}

extension PlannedTask {
  /// How many cells a search proposes whose cells do not depend on answers.
  fileprivate var proposals: Int {
    if search.kind == .full { return formats.count * split.evaluated.count }
    var search = search.start()
    var count = 0
    while case let batch = search.nextBatch(), !batch.isEmpty {
      count += batch.count
      search.observe([UInt8?](repeating: nil, count: batch.count))
    }
    return count
  }
}

extension SearchSettings {
  /// Whether the cells that are asked do not depend on what was answered.
  var isForeseeable: Bool {
    guard stopping == nil else { return false }
    return switch kind {
    case .full, .uniform, .balanced: true
    case .adaptive, .halving, .thompson, .ucb, .ucbRepaired: false
    }
  }
}
