import Models
import Synchronization

extension Dispatcher {
  /// A request failed in passing.
  func fail(_ lane: Int, _ error: ModelError) {
    guard state.withLock({ $0.lanes[lane].breaker.fail() }) else { return }
    leave(lane, error)
  }

  /// Nobody is there any more, or it refuses us for good.
  func lose(_ lane: Int, _ error: ModelError) {
    let isNew = state.withLock { state in
      if error.retry == .no { state.lanes[lane].isRefused = true }
      return state.lanes[lane].breaker.trip()
    }
    guard isNew else { return }
    leave(lane, error)
  }

  /// Gives the work of an opened endpoint to the others and sees to its trials.
  private func leave(_ lane: Int, _ error: ModelError) {
    change { state in
      state.lanes[lane].failure = error
      state.queue.disown(lane)
    }
    if giveUpIfHopeless() { return }
    let others = endpoints.count > 1 ? "; the other endpoints take its work" : "; waiting for it"
    notice("\(name(lane)) fails\(others): \(error.message)")
    if state.withLock({ $0.lanes[lane].isRefused }) { return }
    let trial = Task { await tryAgain(lane) }
    let isOver = state.withLock { state in
      state.trials.append(trial)
      return state.end != nil
    }
    if isOver { trial.cancel() }
  }

  /// Asks a dead endpoint from time to time whether it is back, until it is.
  private func tryAgain(_ lane: Int) async {
    while !Task.isCancelled {
      do { try await sleep(state.withLock { $0.lanes[lane].breaker.pause }) } catch { return }
      // A pause of no time must not keep a thread from those who could answer.
      await Task.yield()
      state.withLock { $0.lanes[lane].breaker.beginTrial() }
      let failure = await failureOfTrial(lane)
      if Task.isCancelled { return }
      change { state in
        state.lanes[lane].breaker.endTrial(isWell: failure == nil)
        state.lanes[lane].failure = failure ?? state.lanes[lane].failure
      }
      guard failure != nil else {
        notice("\(name(lane)) answers again")
        return
      }
      if giveUpIfHopeless() { return }
    }
  }

  private func failureOfTrial(_ lane: Int) async -> ModelError? {
    let endpoint = endpoints[lane]
    do {
      let now = try await endpoint.model.renew()
      let before = endpoint.capabilities
      guard now.name == before.name else {
        return ModelError(
          "\(name(lane)) came back with the model '\(now.name)' instead of '\(before.name)'",
          retry: .no, scope: .model)
      }
      guard now.scoring == before.scoring else {
        return ModelError(
          "\(name(lane)) came back with the method '\(now.scoring?.rawValue ?? "none")' instead of "
            + "'\(before.scoring?.rawValue ?? "none")'", retry: .no, scope: .model)
      }
      return nil
    } catch let error as ModelError {
      return error
    } catch {
      return ModelError("\(error)", retry: .transient)
    }
  }

  /// Ends the run when no endpoint is well and none can be hoped for.
  ///
  /// - Returns: Whether it did.
  private func giveUpIfHopeless() -> Bool {
    let error = state.withLock { state -> ModelError? in
      let lanes = state.lanes
      guard lanes.allSatisfy({ $0.breaker.isHopeless || ($0.isRefused && !$0.breaker.isClosed) }),
        var error = lanes.lazy.compactMap(\.failure).last
      else { return nil }
      error.scope = .model
      if lanes.count > 1 { error.message = "no endpoint is left, the last: \(error.message)" }
      return error
    }
    guard let error else { return false }
    finish(error)
    return true
  }

  private func name(_ lane: Int) -> String { endpoints[lane].label ?? "the model" }
}
