/// The open cells of a batch, in the order in which several endpoints take them.
///
/// A format belongs to the endpoint that took its first cell, also in later batches, because the server
/// keeps the beginning of its prompts. An endpoint that has nothing left takes a format that is nobody's
/// yet, and then from the endpoint with the longest queue, if that has more than a round of requests
/// waiting.
struct CellQueue: Sendable {
  /// Neighbouring cells of one format.
  private struct Run {
    let arm: Int
    /// Into `places`.
    var left: Range<Int>
    var isBegun = false
  }

  private var places: [Int] = []
  /// Runs that are nobody's, the next one last.
  private var free: [Run] = []
  /// The runs of each endpoint, the next one first.
  private var own: [[Run]]
  /// Cells waiting at each endpoint.
  private var waiting: [Int]
  /// The endpoint of each format; -1 for none.
  private var homes: [Int32] = []
  private(set) var count = 0

  /// - Parameter endpoints: How many there are.
  init(endpoints: Int) {
    own = Array(repeating: [], count: endpoints)
    waiting = Array(repeating: 0, count: endpoints)
  }

  var isEmpty: Bool { count == 0 }

  /// Forgets where the formats belong; their numbers mean others now.
  mutating func forgetHomes() { homes = [] }

  /// Takes in the cells of a batch; earlier ones are gone.
  ///
  /// - Parameters:
  ///   - open: The places of the batch that are to be answered.
  ///   - arm: The format of a place.
  mutating func fill(_ open: [Int], arm: (Int) -> Int) {
    clear()
    places = open
    count = open.count
    var runs: [Run] = []
    var start = 0
    while start < open.count {
      let format = arm(open[start])
      var end = start + 1
      while end < open.count, arm(open[end]) == format { end += 1 }
      runs.append(Run(arm: format, left: start..<end))
      start = end
    }
    for run in runs.reversed() {
      let home = run.arm < homes.count ? Int(homes[run.arm]) : -1
      if home < 0 { free.append(run) } else { waiting[home] += run.left.count }
    }
    for run in runs where run.arm < homes.count && homes[run.arm] >= 0 {
      own[Int(homes[run.arm])].append(run)
    }
  }

  mutating func clear() {
    places = []
    free = []
    for lane in own.indices {
      own[lane] = []
      waiting[lane] = 0
    }
    count = 0
  }

  /// Takes the next places of one format for an endpoint.
  ///
  /// - Parameters:
  ///   - lane: The endpoint.
  ///   - most: How many it takes at once; at least 1.
  ///   - round: How many requests an endpoint has under way at a time.
  /// - Returns: Nil when it has to leave the rest to others.
  mutating func next(
    for lane: Int, most: Int = 1, round: (Int) -> Int
  ) -> ArraySlice<Int>? {
    guard count > 0 else { return nil }
    if own[lane].isEmpty, !takeFree(lane) { return steal(for: lane, most: most, round: round) }
    own[lane][0].isBegun = true
    let taken = own[lane][0].left.prefix(most)
    own[lane][0].left = taken.upperBound..<own[lane][0].left.upperBound
    if own[lane][0].left.isEmpty { own[lane].removeFirst() }
    waiting[lane] -= taken.count
    count -= taken.count
    return places[taken]
  }

  /// Gives what belongs to an endpoint to nobody.
  mutating func disown(_ lane: Int) {
    free.append(contentsOf: own[lane].reversed())
    own[lane] = []
    waiting[lane] = 0
    for arm in homes.indices where homes[arm] == Int32(lane) { homes[arm] = -1 }
  }

  private mutating func takeFree(_ lane: Int) -> Bool {
    guard let run = free.popLast() else { return false }
    adopt(run, lane)
    return true
  }

  private mutating func adopt(_ run: Run, _ lane: Int) {
    while homes.count <= run.arm { homes.append(-1) }
    homes[run.arm] = Int32(lane)
    own[lane].append(run)
    waiting[lane] += run.left.count
  }

  private mutating func steal(
    for lane: Int, most: Int, round: (Int) -> Int
  ) -> ArraySlice<Int>? {
    guard let victim = waiting.indices.max(by: { waiting[$0] < waiting[$1] }), victim != lane,
      waiting[victim] > round(victim), let last = own[victim].indices.last
    else { return nil }
    if own[victim].count > 1, !own[victim][last].isBegun {
      let run = own[victim].removeLast()
      waiting[victim] -= run.left.count
      adopt(run, lane)
      return next(for: lane, most: most, round: round)
    }
    guard let index = own[victim][last].left.last else { return nil }
    own[victim][last].left.removeLast()
    if own[victim][last].left.isEmpty { own[victim].removeLast() }
    waiting[victim] -= 1
    count -= 1
    return places[index...index]
  }
}

extension Range where Bound == Int {
  fileprivate mutating func removeLast() { self = lowerBound..<(upperBound - 1) }
}
