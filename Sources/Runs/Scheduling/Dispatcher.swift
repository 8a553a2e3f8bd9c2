import Models
import Synchronization

/// Shares the work out among the endpoints of a model: who is asked next, and for what.
///
/// A request needs a seat at an endpoint, of which each has as many as it takes requests at once. Free
/// seats go first to requests that had one before (after a pause between tries, or when their endpoint
/// died), then to the open cells of the batch.
final class Dispatcher: Sendable {
  /// Cells of one format to be answered at an endpoint where a seat was taken for them.
  struct Turn: Sendable, Hashable {
    /// Of the batch; more than one where they go in one request.
    let places: ArraySlice<Int>
    let lane: Int
  }

  struct Lane: Sendable {
    var limit: ConcurrencyLimit
    var lists: ListLimit
    /// Whether fewer requests are worth more than many at once.
    var isPaced: Bool
    var breaker = CircuitBreaker()
    /// What opened the breaker, or the last trial's failure.
    var failure: ModelError?
    /// It refused us for good.
    var isRefused = false
    /// Seats taken here so far.
    var taken = 0

    mutating func take() {
      limit.take()
      taken += 1
    }

    /// Whether this one should be asked rather than another: the smaller part of its seats taken, and
    /// where that is equal, the smaller number so far, so that quick endpoints take turns.
    func isFreer(than other: Self) -> Bool {
      (limit.load, Double(taken)) < (other.limit.load, Double(other.taken))
    }
  }

  fileprivate struct Returning {
    let lane: Int
    let continuation: CheckedContinuation<Int, any Error>
  }

  struct State {
    var lanes: [Lane]
    var queue: CellQueue
    /// Whether the cells of the batch may go in lists.
    fileprivate var inLists = false
    fileprivate var idle: [CheckedContinuation<Turn?, any Error>] = []
    fileprivate var returning: [Returning] = []
    /// Why nothing is asked any more.
    var end: (any Error)?
    var trials: [Task<Void, Never>] = []
  }

  /// Somebody who waited and need not any more.
  private enum Wake {
    case turn(CheckedContinuation<Turn?, any Error>, Turn?)
    case seat(CheckedContinuation<Int, any Error>, Int)
    case endTurn(CheckedContinuation<Turn?, any Error>, any Error)
    case endSeat(CheckedContinuation<Int, any Error>, any Error)
  }

  let endpoints: [Endpoint]
  let sleep: @Sendable (Duration) async throws -> Void
  let notice: @Sendable (String) -> Void
  let state: Mutex<State>

  /// - Parameters:
  ///   - endpoints: At least one.
  ///   - limits: One for each endpoint.
  ///   - sleep: Waits between the trials of a dead endpoint.
  ///   - notice: Told when an endpoint dies and when it is back.
  init(
    _ endpoints: [Endpoint], limits: [ConcurrencyLimit],
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    notice: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.endpoints = endpoints
    self.sleep = sleep
    self.notice = notice
    let lanes = zip(endpoints, limits).map { endpoint, limit in
      Lane(
        limit: limit,
        lists: ListLimit(
          to: endpoint.capabilities.mostPrompts, isFull: endpoint.capabilities.isPaced),
        isPaced: endpoint.capabilities.isPaced)
    }
    state = Mutex(State(lanes: lanes, queue: CellQueue(endpoints: endpoints.count)))
  }

  // MARK: The batch

  /// How many cells may be begun at once: requests under way and such as wait for their next try.
  var most: Int { state.withLock { $0.lanes.map(\.limit.most).reduce(0, +) } + 1024 }

  /// Requests that wait for their answer now.
  var underWay: Int { state.withLock { $0.lanes.map(\.limit.inUse).reduce(0, +) } }

  func forgetHomes() { state.withLock { $0.queue.forgetHomes() } }

  /// Takes in the open cells of a batch.
  ///
  /// - Parameters:
  ///   - open: The places of the batch that are to be answered.
  ///   - inLists: Whether several may go in one request, where the endpoint takes that.
  ///   - arm: The format of a place.
  func fill(_ open: [Int], inLists: Bool, arm: (Int) -> Int) {
    state.withLock { state in
      state.inLists = inLists
      state.queue.fill(open, arm: arm)
    }
  }

  /// Leaves the rest of the batch.
  func abandon() {
    change { $0.queue.clear() }
  }

  /// Gives a seat back and waits for the next cell.
  ///
  /// - Parameter lane: The endpoint of the seat that is given back.
  /// - Returns: Nil when no cell of the batch is left.
  /// - Throws: The failure of the last endpoint, or `CancellationError`.
  func next(after lane: Int?) async throws -> Turn? {
    let (turn, isOver, wakes) = try state.withLock {
      state -> (Turn?, Bool, [Wake]) in
      if let lane { state.lanes[lane].limit.release() }
      if let end = state.end { throw end }
      // Those who had a seat before come first.
      let wakes = state.returning.isEmpty ? [] : Self.dispatch(&state)
      let turn = Self.takeTurn(&state)
      return (turn, turn == nil && state.queue.isEmpty, wakes)
    }
    wake(wakes)
    if turn != nil || isOver {
      // The last cell sends those home who wait for one.
      if isOver { change { _ in } }
      return turn
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        change { $0.idle.append(continuation) }
      }
    } onCancel: {
      finish(CancellationError())
    }
  }

  // MARK: Seats

  func release(_ lane: Int) {
    change { $0.lanes[lane].limit.release() }
  }

  /// Waits for a seat, at this endpoint if it is well.
  ///
  /// - Returns: The endpoint where a seat was taken.
  /// - Throws: The failure of the last endpoint, or `CancellationError`.
  func seat(preferring lane: Int) async throws -> Int {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        change { $0.returning.append(Returning(lane: lane, continuation: continuation)) }
      }
    } onCancel: {
      finish(CancellationError())
    }
  }

  /// How often an endpoint's limit was cut so far.
  func cuts(_ lane: Int) -> Int { state.withLock { $0.lanes[lane].limit.cuts } }

  /// A request with so many prompts was answered.
  func succeed(_ lane: Int, prompts: Int = 1, in time: Duration = .zero) {
    let wakes = state.withLock { state -> [Wake] in
      state.lanes[lane].breaker.succeed()
      // Where requests wait for their minute, the time tells nothing.
      state.lanes[lane].lists.succeed(prompts, in: state.lanes[lane].isPaced ? .zero : time)
      return state.lanes[lane].limit.succeed() ? Self.dispatch(&state) : []
    }
    wake(wakes)
  }

  /// A list failed; refused for good, it did although each of its prompts is taken alone.
  func failList(_ lane: Int, prompts: Int, isRefused: Bool) {
    state.withLock { state in
      if isRefused {
        state.lanes[lane].lists.refuse(prompts)
      } else {
        state.lanes[lane].lists.fail(prompts)
      }
    }
  }

  /// An endpoint had too many requests at once.
  func backOff(_ lane: Int, sentAfter cuts: Int) {
    state.withLock { state in
      state.lanes[lane].limit.backOff(sentAfter: cuts)
    }
  }

  /// Ends all waiting, now and later.
  func finish(_ error: any Error) {
    let trials = state.withLock { state in
      state.end = state.end ?? error
      defer { state.trials = [] }
      return state.trials
    }
    for trial in trials { trial.cancel() }
    change { _ in }
  }

  // MARK: Sharing out

  /// Changes something and hands out what became free by it.
  func change(_ change: (inout State) -> Void) {
    let wakes = state.withLock { state in
      change(&state)
      return Self.dispatch(&state)
    }
    wake(wakes)
  }

  private static func dispatch(_ state: inout State) -> [Wake] {
    var wakes: [Wake] = []
    if let end = state.end {
      wakes = state.idle.map { .endTurn($0, end) }
      wakes += state.returning.map { .endSeat($0.continuation, end) }
      state.idle = []
      state.returning = []
      return wakes
    }
    if !state.returning.isEmpty { takeSeats(&state, &wakes) }
    while !state.idle.isEmpty {
      if state.queue.isEmpty {
        wakes += state.idle.map { .turn($0, nil) }
        state.idle = []
      } else if let turn = takeTurn(&state) {
        wakes.append(.turn(state.idle.removeLast(), turn))
      } else {
        break
      }
    }
    return wakes
  }

  private static func takeSeats(_ state: inout State, _ wakes: inout [Wake]) {
    var left: [Returning] = []
    for (index, waiter) in state.returning.enumerated() {
      guard let best = leastLoaded(state.lanes) else {
        left += state.returning[index...]
        break
      }
      let own = state.lanes[waiter.lane]
      // A request stays where it was, even if it has to wait there.
      guard !own.breaker.isClosed || own.limit.isFree else {
        left.append(waiter)
        continue
      }
      let lane = own.breaker.isClosed ? waiter.lane : best
      state.lanes[lane].take()
      wakes.append(.seat(waiter.continuation, lane))
    }
    state.returning = left
  }

  /// The closed endpoint with a free seat that has the smallest part of its seats taken.
  private static func leastLoaded(_ lanes: [Lane]) -> Int? {
    lanes.indices.filter { lanes[$0].breaker.isClosed && lanes[$0].limit.isFree }
      .min { lanes[$0].isFreer(than: lanes[$1]) }
  }

  private static func takeTurn(_ state: inout State) -> Turn? {
    guard !state.queue.isEmpty else { return nil }
    if state.lanes.count == 1 {
      guard state.lanes[0].breaker.isClosed, state.lanes[0].limit.isFree else { return nil }
      return takeTurn(&state, at: 0)
    }
    let free = state.lanes.indices
      .filter { state.lanes[$0].breaker.isClosed && state.lanes[$0].limit.isFree }
      .sorted { state.lanes[$0].isFreer(than: state.lanes[$1]) }
    for lane in free { if let turn = takeTurn(&state, at: lane) { return turn } }
    return nil
  }

  private static func takeTurn(_ state: inout State, at lane: Int) -> Turn? {
    let lanes = state.lanes
    let places = state.queue.next(
      for: lane, most: listLength(state, lane), round: { lanes[$0].limit.now })
    guard let places else { return nil }
    state.lanes[lane].take()
    return Turn(places: places, lane: lane)
  }

  /// How many cells go in one request: no more than leave enough for all seats, so that lists never
  /// take the place of requests that could be under way together.
  private static func listLength(_ state: State, _ lane: Int) -> Int {
    let limit = state.lanes[lane].lists.now
    guard state.inLists, limit > 1 else { return 1 }
    if state.lanes[lane].isPaced { return limit }
    var seats = 0
    for lane in state.lanes where lane.breaker.isClosed { seats += lane.limit.now }
    return max(1, min(limit, state.queue.count / max(1, seats)))
  }

  private func wake(_ wakes: [Wake]) {
    for wake in wakes {
      switch wake {
      case .turn(let continuation, let turn): continuation.resume(returning: turn)
      case .seat(let continuation, let lane): continuation.resume(returning: lane)
      case .endTurn(let continuation, let error): continuation.resume(throwing: error)
      case .endSeat(let continuation, let error): continuation.resume(throwing: error)
      }
    }
  }
}

/// One place where a model answers.
struct Endpoint: Sendable {
  /// As records and notices name it; nil where there is only one.
  let label: String?
  let model: any Model
  /// What it said at the start, which it has to repeat after a failure.
  let capabilities: Capabilities
}
