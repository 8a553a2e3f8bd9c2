import Basics
import Foundation
import Synchronization

/// One running child and the requests that it was given.
///
/// Callers write their request themselves, one `write(2)` each under the lock; a thread of its own reads
/// the answers in large pieces, watches the deadlines and, in the end, reaps the child. Nothing here
/// blocks the cooperative pool.
final class ChildSession: Sendable {
  struct Settings: Sendable {
    /// How messages name the child: `process 'python3 my_model.py'`.
    var label: String
    var startTimeout: Duration
    var requestTimeout: Duration
    /// The longest line that is accepted, in bytes.
    var lineLimit = 16 << 20
    /// Where the child's standard error is copied to; the session closes it.
    var errorLog: Int32
  }

  /// How a session ended, for the owner to judge.
  struct Ending: Sendable {
    let cause: RestartPolicy.Cause
    let status: ExitStatus?
    let greeted: Bool
    let answers: Int
    let errors: ErrorTail
    /// What the child wrote after its last newline.
    let rest: [UInt8]
  }

  private typealias Request = ChildProtocol.Request
  private typealias Continuation = CheckedContinuation<ChildProtocol.Answer, any Error>

  private struct Pending {
    let request: Request
    /// Nil once the caller was cancelled; the child still owes the answer.
    var continuation: Continuation?
    /// The line as long as it was not sent.
    var unsent: [UInt8]?
  }

  private struct State {
    var pending: [Int: Pending] = [:]
    /// Ids that wait for the child to have fewer requests, oldest first.
    var waiting = Queue<Int>()
    /// Ids in the order of sending, which is the order of their deadlines.
    var deadlines = Queue<(id: Int, at: ContinuousClock.Instant)>()
    var inFlight = 0
    var answers = 0
    /// What is still to be written to the child.
    var outbox: [UInt8] = []
    /// Whether somebody writes at this moment, without the lock.
    var writing = false
    /// Whether the child's pipe is full, so that the thread waits for room in it.
    var full = false
    var inputOpen = true
    var capabilities: Capabilities?
    var cancelledEarly = Set<Int>()
    var closing = false
    var end: ModelError?
    var closeWaiters: [CheckedContinuation<Void, Never>] = []
  }

  private let settings: Settings
  private let child: ChildProcess
  private let ids = Atomic<Int>(1)
  private let state: Mutex<State>
  private let judge: @Sendable (ChildSession, Ending) -> ModelError

  /// Takes over a child that was just started and greets it.
  ///
  /// - Parameters:
  ///   - child: The child; this session reaps it.
  ///   - settings: Names, limits and times.
  ///   - judge: Called once, on the session's thread, when the child is gone: the error for the
  ///     requests that it leaves behind.
  init(
    _ child: ChildProcess, settings: Settings,
    judge: @escaping @Sendable (ChildSession, Ending) -> ModelError
  ) {
    self.child = child
    self.settings = settings
    self.judge = judge
    state = Mutex(State())
    state.withLock { state in
      let line = ChildProtocol.line(.hello, id: 0)
      state.pending[0] = Pending(request: .hello)
      send(0, line, within: settings.startTimeout, &state)
    }
    writeOut()
    let thread = Thread { [self] in run() }
    thread.name = "model process"
    thread.stackSize = 8 << 20
    thread.start()
  }

  // MARK: Callers

  /// What the child said about itself; waits for it to say so.
  func hello() async throws -> Capabilities {
    if let known = state.withLock({ $0.end == nil ? $0.capabilities : nil }) { return known }
    guard case .hello(let capabilities) = try await perform(.hello) else { throw ModelError.closed }
    return capabilities
  }

  /// The child's answer to a request.
  func perform(_ request: ChildProtocol.Request) async throws -> ChildProtocol.Answer {
    let id = ids.add(1, ordering: .relaxed).oldValue
    let line = request == .hello ? [] : ChildProtocol.line(request, id: id)
    defer {
      if Task.isCancelled { state.withLock { _ = $0.cancelledEarly.remove(id) } }
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        register(id, request, line, continuation)
      }
    } onCancel: {
      let continuation = state.withLock { state -> Continuation? in
        guard let continuation = state.pending[id]?.continuation else {
          state.cancelledEarly.insert(id)
          return nil
        }
        if state.pending[id]?.unsent != nil {
          state.pending[id] = nil
        } else {
          state.pending[id]?.continuation = nil
        }
        return continuation
      }
      continuation?.resume(throwing: CancellationError())
    }
  }

  /// Asks the child to end; does not wait.
  func startClosing() {
    state.withLock { state in
      state.closing = true
      if state.end == nil { wakeThread() }
    }
  }

  /// Ends the child: end of input, then SIGTERM, then SIGKILL, each after a pause.
  func close() async {
    await withCheckedContinuation { continuation in
      let ended = state.withLock { state in
        state.closing = true
        guard state.end == nil else { return true }
        state.closeWaiters.append(continuation)
        wakeThread()
        return false
      }
      if ended { continuation.resume() }
    }
  }

  private func register(
    _ id: Int, _ request: Request, _ line: [UInt8], _ continuation: Continuation
  ) {
    enum Outcome {
      case registered
      case answered(Capabilities)
      case refused(any Error)
    }
    let outcome = state.withLock { state -> Outcome in
      if let end = state.end { return .refused(end) }
      if state.closing { return .refused(ModelError.closed) }
      if state.cancelledEarly.remove(id) != nil { return .refused(CancellationError()) }
      if request == .hello {
        if let known = state.capabilities { return .answered(known) }
        // Answered together with the greeting.
        state.pending[id] = Pending(request: request, continuation: continuation, unsent: line)
        return .registered
      }
      let mayGo = state.inFlight < (state.capabilities?.maxInFlight ?? 0)
      state.pending[id] = Pending(
        request: request, continuation: continuation, unsent: mayGo ? nil : line)
      if mayGo {
        send(id, line, within: settings.requestTimeout, &state)
      } else {
        state.waiting.append(id)
      }
      return .registered
    }
    switch outcome {
    case .registered: writeOut()
    case .answered(let capabilities): continuation.resume(returning: .hello(capabilities))
    case .refused(let error): continuation.resume(throwing: error)
    }
  }

  // MARK: Writing

  /// Writes what was sent, unless somebody does so already or the pipe is full.
  ///
  /// The lock is not held meanwhile: callers that send more only append to the outbox, and this loop
  /// takes it along, many requests in one `write(2)` when they come fast.
  private func writeOut() {
    while true {
      let bytes = state.withLock { state -> [UInt8] in
        guard !state.writing, !state.full, state.inputOpen, !state.outbox.isEmpty else { return [] }
        state.writing = true
        defer { state.outbox = [] }
        return state.outbox
      }
      if bytes.isEmpty { return }
      let written = writeNow(bytes)
      state.withLock { state in
        state.writing = false
        if !state.inputOpen {
          Foundation.close(child.input)
        } else if written < bytes.count {
          state.outbox.insert(contentsOf: bytes[written...], at: 0)
          state.full = true
          wakeThread()
        }
      }
    }
  }

  /// How many of the bytes the pipe took; all, if nobody reads it any more.
  ///
  /// Then the end of the child's output tells what happened, or the deadline does.
  private func writeNow(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count, let base = bytes.baseAddress {
        let written = write(child.input, base + done, bytes.count - done)
        if written >= 0 {
          done += written
        } else if errno == EAGAIN {
          return done
        } else if errno != EINTR {
          return bytes.count
        }
      }
      return done
    }
  }

  private func closeInput() {
    state.withLock { state in
      // Whoever writes at this moment closes it afterwards.
      if state.inputOpen, !state.writing { Foundation.close(child.input) }
      state.inputOpen = false
      state.outbox = []
    }
  }

  private func send(_ id: Int, _ line: [UInt8], within time: Duration, _ state: inout State) {
    state.inFlight += 1
    state.deadlines.append((id, ContinuousClock.now + time))
    if state.inputOpen { state.outbox.append(contentsOf: line) }
  }

  /// Only while the session has not ended, because then the pipe is closed.
  private func wakeThread() {
    var byte: UInt8 = 0
    _ = write(child.wake.write, &byte, 1)
  }

  // MARK: The thread

  private func run() {
    var reader = Reader(child: child, log: settings.errorLog, lineLimit: settings.lineLimit)
    defer { reader.deallocate() }
    let cause = converse(&reader)
    if cause == .closed { fail(with: .closed, taking: false) }
    let status = part(from: &reader, because: cause)
    let (greeted, answers) = state.withLock { ($0.capabilities != nil, $0.answers) }
    let error = judge(
      self,
      Ending(
        cause: cause, status: status, greeted: greeted, answers: answers, errors: reader.errors,
        rest: reader.rest))
    closeInput()
    Foundation.close(child.output)
    Foundation.close(child.error)
    Foundation.close(settings.errorLog)
    fail(with: error, taking: true)
    let waiters = state.withLock { state in
      Foundation.close(child.wake.read)
      Foundation.close(child.wake.write)
      return state.closeWaiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Fails every pending request; `taking` also refuses all later ones.
  private func fail(with error: ModelError, taking: Bool) {
    let left = state.withLock { state in
      if taking { state.end = error }
      let left = state.pending.sorted { $0.key < $1.key }.compactMap(\.value.continuation)
      state.pending = [:]
      return left
    }
    for continuation in left { continuation.resume(throwing: error) }
  }

  /// Sees the child to its end: how patiently depends on why.
  private func part(from reader: inout Reader, because cause: RestartPolicy.Cause) -> ExitStatus? {
    closeInput()
    let patience: Duration =
      switch cause {
      case .closed: .seconds(5)
      case .ended: .seconds(2)
      case .timedOut, .strayLine, .confusedAnswers, .badGreeting: .zero
      }
    if let status = reader.waitForEnd(within: patience) { return status }
    child.signalGroup(SIGTERM)
    if let status = reader.waitForEnd(within: .seconds(1)) { return status }
    child.signalGroup(SIGKILL)
    return reader.waitForEnd(within: .seconds(10))
  }

  private func converse(_ reader: inout Reader) -> RestartPolicy.Cause {
    while true {
      let (wait, full, closing) = state.withLock { state in
        while let first = state.deadlines.first, state.pending[first.id] == nil {
          state.deadlines.removeFirst()
        }
        // Without a request the thread still wakes before a new one can be overdue.
        let next = state.deadlines.first?.at ?? ContinuousClock.now + settings.requestTimeout
        return (next - ContinuousClock.now, state.full, state.closing)
      }
      if closing { return .closed }
      let ready = reader.wait(
        for: wait, wake: child.wake.read, input: full ? child.input : -1)
      if ready.input {
        state.withLock { $0.full = false }
        writeOut()
      }
      if ready.output {
        do {
          guard let lines = try reader.readOutput() else { return .ended }
          if let cause = deliver(lines) { return cause }
        } catch {
          let text = quoted(String(decoding: error.beginning, as: UTF8.self), limit: 80)
          return .strayLine(
            "wrote a line longer than \(settings.lineLimit) bytes, beginning with \(text)")
        }
      }
      if let overdue = overdueRequest() { return overdue }
    }
  }

  private func overdueRequest() -> RestartPolicy.Cause? {
    state.withLock { state in
      let now = ContinuousClock.now
      while let first = state.deadlines.first, first.at <= now {
        if let request = state.pending[first.id]?.request {
          let time = request == .hello ? settings.startTimeout : settings.requestTimeout
          return .timedOut(request: request.name, after: time)
        }
        state.deadlines.removeFirst()
      }
      return nil
    }
  }

  /// Hands the answers on these lines to their callers, up to the first line that ends the session.
  private func deliver(_ lines: [[UInt8]]) -> RestartPolicy.Cause? {
    var violation: ChildProtocol.Violation?
    var messages: [(id: Int, object: JSONObject)] = []
    messages.reserveCapacity(lines.count)
    do {
      for line in lines {
        if let message = try ChildProtocol.message(line) { messages.append(message) }
      }
    } catch {
      violation = error
    }
    var known: [(pending: Pending, object: JSONObject)] = []
    known.reserveCapacity(messages.count)
    let issued = ids.load(ordering: .relaxed)
    state.withLock { state in
      for (id, object) in messages {
        guard let pending = state.pending[id], pending.unsent == nil else {
          let answered = id >= 0 && id < issued && state.pending[id] == nil
          violation = .init(
            reason: answered
              ? "answered request \(id) twice" : "answered request \(id), which it was not given")
          break
        }
        state.pending[id] = nil
        state.inFlight -= 1
        if id > 0 { state.answers += 1 }
        known.append((pending, object))
      }
      promote(&state)
    }
    writeOut()
    for (pending, object) in known {
      if let refusal = finish(pending, object) { return .badGreeting(refusal) }
    }
    return violation.map { violation in
      violation.confusesAnswers
        ? .confusedAnswers(violation.reason) : .strayLine(violation.reason)
    }
  }

  /// Sends what waited, as far as the child now takes it.
  private func promote(_ state: inout State) {
    guard let limit = state.capabilities?.maxInFlight else { return }
    while state.inFlight < limit, let id = state.waiting.first {
      state.waiting.removeFirst()
      guard let line = state.pending[id]?.unsent else { continue }
      state.pending[id]?.unsent = nil
      send(id, line, within: settings.requestTimeout, &state)
    }
  }

  /// Hands an answer to its caller, or the greeting to all who wait for it; returns a refused greeting.
  private func finish(_ pending: Pending, _ object: JSONObject) -> ModelError? {
    let answer: ChildProtocol.Answer
    do {
      answer = try ChildProtocol.answer(object, to: pending.request, from: settings.label)
    } catch {
      pending.continuation?.resume(throwing: error)
      return pending.request == .hello ? error : nil
    }
    guard case .hello(let capabilities) = answer else {
      pending.continuation?.resume(returning: answer)
      return nil
    }
    let waiters = state.withLock { state in
      state.capabilities = capabilities
      let waiters = state.pending.filter { $0.value.request == .hello }
      for id in waiters.keys { state.pending[id] = nil }
      return waiters.values.compactMap(\.continuation)
    }
    for waiter in waiters { waiter.resume(returning: answer) }
    return nil
  }
}
