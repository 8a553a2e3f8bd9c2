import Testing

@testable import Runs

struct CellQueueTests {
  /// Formats of five cells each, cell `10 * format + example`.
  private func cells(_ formats: Range<Int>) -> [Int] {
    formats.flatMap { format in (0..<5).map { 10 * format + $0 } }
  }

  private func filled(_ endpoints: Int, _ formats: Range<Int>) -> CellQueue {
    var queue = CellQueue(endpoints: endpoints)
    queue.fill(cells(formats)) { $0 / 10 }
    return queue
  }

  private func take(_ queue: inout CellQueue, _ lane: Int, _ round: Int) -> Int? {
    queue.next(for: lane, round: { _ in round })?.first
  }

  @Test func `one endpoint takes the cells in their order`() {
    var queue = filled(1, 0..<4)
    var taken: [Int] = []
    while let cell = take(&queue, 0, 1) { taken.append(cell) }
    #expect(taken == cells(0..<4))
    #expect(queue.isEmpty)
  }

  @Test(arguments: [2, 3, 4])
  func `every cell is taken once and a format stays with its endpoint`(_ endpoints: Int) {
    var queue = filled(endpoints, 0..<12)
    var taken: [Int] = []
    var homes: [Int: Set<Int>] = [:]
    while !queue.isEmpty {
      for lane in 0..<endpoints {
        guard let cell = take(&queue, lane, 8) else { continue }
        taken.append(cell)
        homes[cell / 10, default: []].insert(lane)
      }
    }
    #expect(taken.sorted() == cells(0..<12))
    #expect(homes.values.allSatisfy { $0.count == 1 })
  }

  @Test func `a format comes back to its endpoint in the next batch`() {
    var queue = filled(2, 0..<2)
    #expect(take(&queue, 1, 8) == 0)
    #expect(take(&queue, 0, 8) == 10)
    queue.fill(cells(0..<2)) { $0 / 10 }
    #expect(take(&queue, 0, 8) == 10)
    #expect(take(&queue, 1, 8) == 0)
    queue.forgetHomes()
    queue.fill(cells(0..<2)) { $0 / 10 }
    #expect(take(&queue, 0, 8) == 0)
  }

  @Test func `an idle endpoint helps one that is much more loaded, from its far end`() {
    var queue = filled(2, 0..<1)
    #expect(take(&queue, 0, 2) == 0)
    #expect(take(&queue, 1, 2) == 4)
    #expect(take(&queue, 1, 2) == 3)
    #expect(take(&queue, 1, 2) == nil)
    #expect(take(&queue, 0, 2) == 1)
    #expect(take(&queue, 0, 2) == 2)
    #expect(queue.isEmpty)
  }

  @Test func `a whole format is taken over rather than cells of one that is begun`() {
    var queue = filled(2, 0..<3)
    for _ in 0..<3 { _ = queue.next(for: 0, round: { _ in 2 }) }
    queue.fill(cells(0..<3)) { $0 / 10 }
    // Format 0 is at home at the first endpoint; the others are nobody's.
    #expect(take(&queue, 0, 2) == 0)
    #expect(take(&queue, 1, 2) == 10)
    #expect(take(&queue, 1, 2) == 11)
  }

  @Test func `what belonged to a dead endpoint goes to the others`() {
    var queue = filled(2, 0..<2)
    #expect(take(&queue, 0, 8) == 0)
    #expect(take(&queue, 1, 8) == 10)
    queue.disown(0)
    var taken: [Int] = []
    while let cell = take(&queue, 1, 8) { taken.append(cell) }
    #expect(taken == [11, 12, 13, 14, 1, 2, 3, 4])
    queue.fill(cells(0..<1)) { $0 / 10 }
    #expect(take(&queue, 1, 8) == 0)
  }

  @Test func `a cleared queue is empty`() {
    var queue = filled(2, 0..<2)
    queue.clear()
    #expect(queue.isEmpty)
    #expect(take(&queue, 0, 1) == nil)
  }
}
