import Foundation
import Models
import Runs
import Synchronization

/// Ends a session early: at SIGINT, SIGTERM or SIGHUP, and at its deadline.
///
/// First nothing new is asked; after a second the requests under way are given up; and after two the
/// program ends whatever still holds it, because what arrived is in the journal anyway. A second SIGINT
/// ends it at once.
final class Stopping: Sendable {
  enum Cause: Sendable, Hashable {
    case signal(Int32)
    case deadline(String)

    var status: Int32 {
      switch self {
      case .signal(let number): 128 + number
      case .deadline: Tool.Status.incomplete
      }
    }

    /// Why the session ended and how to continue.
    func message(_ directory: RunDirectory) -> String {
      switch self {
      case .signal:
        "formatspread: stopped; the same command continues the run in \(directory.path)"
      case .deadline(let text):
        "formatspread: stopped at the deadline of \(text); the same command continues the run in "
          + directory.path
      }
    }
  }

  /// Requests under way get this long to be answered.
  private static let patience = 1.0
  private static let limit = 1.9

  private struct State {
    var cause: Cause?
    var signals = 0
    var isOver = false
  }

  private let stop: StopRequest
  private let directory: RunDirectory
  private let notice: @Sendable (String) -> Void
  private let state = Mutex(State())
  private let cancel = Mutex<(@Sendable () -> Void)?>(nil)
  /// Written only while this is made.
  nonisolated(unsafe) private var sources: [(Int32, any DispatchSourceSignal)] = []
  /// Where the handlers run; no other work can keep them waiting.
  private let queue = DispatchQueue(label: "stopping", qos: .userInteractive)

  init(
    _ stop: StopRequest, _ directory: RunDirectory, deadline: SessionOptions.Deadline?,
    notice: @escaping @Sendable (String) -> Void
  ) {
    self.stop = stop
    self.directory = directory
    self.notice = notice
    for number in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnoredHangup(number) {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { self.receive(number) }
      source.resume()
      sources.append((number, source))
    }
    if let deadline {
      queue.asyncAfter(deadline: deadline.moment) { self.end(.deadline(deadline.text)) }
    }
  }

  /// Whether the program was started to outlive its terminal, as by `nohup`.
  private static func isIgnoredHangup(_ number: Int32) -> Bool {
    guard number == SIGHUP else { return false }
    var action = sigaction()
    sigaction(SIGHUP, nil, &action)
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Why the session was ended early, if it was.
  var cause: Cause? { state.withLock { $0.cause } }

  /// What gives the requests under way up.
  func onCancel(_ action: @escaping @Sendable () -> Void) { cancel.withLock { $0 = action } }

  /// The session is over and its reports are written.
  func finish() {
    state.withLock { $0.isOver = true }
    for (number, source) in sources {
      source.cancel()
      // Between the runs of a suite a signal ends the program, as nothing is under way.
      signal(number, SIG_DFL)
    }
  }

  private func receive(_ number: Int32) {
    let count = state.withLock { state in
      state.signals += 1
      return state.signals
    }
    guard count == 1 else { leave(128 + number) }
    end(.signal(number))
  }

  private func end(_ cause: Cause) {
    let isFirst = state.withLock { state in
      guard state.cause == nil, !state.isOver else { return false }
      state.cause = cause
      return true
    }
    guard isFirst else { return }
    stop.ask()
    switch cause {
    case .signal: notice("stopping; press Ctrl-C again to stop at once")
    case .deadline(let text): notice("stopping at the deadline of \(text)")
    }
    queue.asyncAfter(deadline: .now() + Self.patience) { self.cancel.withLock { $0 }?() }
    queue.asyncAfter(deadline: .now() + Self.limit) {
      guard !self.state.withLock({ $0.isOver }) else { return }
      Output.line(cause.message(self.directory))
      self.leave(cause.status)
    }
  }

  /// Ends the program and the programs that it started.
  private func leave(_ status: Int32) -> Never {
    ChildProcess.killAll()
    _exit(status)
  }
}
