package import Basics
import Foundation
import Synchronization

/// A model that is a child process: any program that speaks the protocol on its standard streams.
///
/// The program is started without a shell, in its own process group, with a stated environment
/// (`ChildEnvironment`). When it crashes or falls silent, the requests in flight fail as transient and the
/// next request starts it again (`RestartPolicy`).
package final class ChildProcessModel: Model {
  package struct Settings: Sendable {
    /// Time for one answer, from the moment when the request was written.
    package var requestTimeout: Duration = .seconds(120)
    /// Time for the answer to hello: a program may load gigabytes first.
    package var startTimeout: Duration = .seconds(600)
    /// How often in a row it is started again without an answer in between.
    package var restarts = 5
    /// The file to which the program's standard error is appended; nil is our own standard error.
    package var errorLog: String?
    /// Where the program's environment is selected from.
    package var environment = ProcessInfo.processInfo.environment
    /// Told, in one line, of each restart.
    package var notice: @Sendable (String) -> Void = { _ in }

    package init() {}
  }

  private struct State {
    var session: ChildSession?
    var policy: RestartPolicy
    /// What the first child said, which every later one has to repeat.
    var capabilities: Capabilities?
    var failure: ModelError?
  }

  private let command: Command
  private let path: String
  private let settings: Settings
  private let label: String
  private let state: Mutex<State>

  /// Prepares the command; nothing is started before it is needed.
  ///
  /// - Throws: `InputError` when the command is not found or not executable.
  package init(_ command: Command, settings: Settings = Settings()) throws(InputError) {
    self.command = command
    self.settings = settings
    path = try command.located(on: settings.environment["PATH"] ?? "/usr/bin:/bin")
    label = "process " + quoted(command.shown, limit: 160)
    state = Mutex(State(policy: RestartPolicy(limit: settings.restarts)))
  }

  deinit {
    state.withLock { $0.session?.startClosing() }
  }

  package func hello() async throws -> Capabilities {
    try await greeted().capabilities
  }

  package func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    let (session, capabilities) = try await greeted()
    guard capabilities.scoring != nil else {
      throw ModelError(
        "\(label): it cannot score (its capabilities: generate)", retry: .no, scope: .model)
    }
    guard case .scores(let scores) = try await session.perform(.score(request)) else {
      throw ModelError.closed
    }
    return scores
  }

  package func generate(_ request: GenerateRequest) async throws -> Generation {
    let (session, capabilities) = try await greeted()
    guard capabilities.generates else {
      throw ModelError(
        "\(label): it cannot generate (its capabilities: score)", retry: .no, scope: .model)
    }
    guard case .text(let generation) = try await session.perform(.generate(request)) else {
      throw ModelError.closed
    }
    return generation
  }

  package func embed(_ text: String) async throws -> [Float] {
    let (session, capabilities) = try await greeted()
    guard capabilities.embeds else {
      throw ModelError(
        "\(label): it gives no embeddings ('embed' is not among its capabilities)", retry: .no)
    }
    guard case .embedding(let vector) = try await session.perform(.embed(text)) else {
      throw ModelError.closed
    }
    return vector
  }

  package func close() async {
    let session = state.withLock { state in
      state.failure = state.failure ?? .closed
      return state.session
    }
    await session?.close()
  }

  /// The running child, started if need be, once it has said what it can do.
  private func greeted() async throws -> (session: ChildSession, capabilities: Capabilities) {
    let session = try state.withLock { state throws(ModelError) in
      if let failure = state.failure { throw failure }
      if let session = state.session { return session }
      let session = try start(&state)
      state.session = session
      return session
    }
    let capabilities = try await session.hello()
    let changed = state.withLock { state in
      let first = state.capabilities ?? capabilities
      state.capabilities = first
      return first != capabilities
    }
    if changed {
      throw ModelError(
        "\(label): after a restart it says other things about itself than before", retry: .no,
        scope: .model)
    }
    return (session, capabilities)
  }

  private func start(_ state: inout State) throws(ModelError) -> ChildSession {
    let log = try openLog()
    let session = ChildSession.Settings(
      label: label, startTimeout: settings.startTimeout, requestTimeout: settings.requestTimeout,
      errorLog: log)
    do {
      let child = try ChildProcess.start(
        path, arguments: [command.executable] + command.arguments,
        environment: ChildEnvironment.selection(of: settings.environment))
      return ChildSession(child, settings: session) { [weak self] session, ending in
        self?.judge(session, ending) ?? .closed
      }
    } catch {
      Foundation.close(log)
      let failure = ModelError(
        "\(label): cannot be started: \(error.reason)", retry: .no, scope: .model)
      state.failure = failure
      throw failure
    }
  }

  /// A descriptor for one session, which closes it.
  private func openLog() throws(ModelError) -> Int32 {
    guard let path = settings.errorLog else { return fcntl(2, F_DUPFD_CLOEXEC, 3) }
    let log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard log >= 0 else {
      let reason = String(cString: strerror(errno))
      throw ModelError("\(path): cannot be written (\(reason))", retry: .no, scope: .model)
    }
    return log
  }

  /// Decides what the end of a session means for the requests that it leaves behind.
  private func judge(_ session: ChildSession, _ ending: ChildSession.Ending) -> ModelError {
    let story = ending.story
    let error = state.withLock { state -> ModelError in
      if state.session === session { state.session = nil }
      if let failure = state.failure { return failure }
      let first = state.capabilities == nil && !ending.greeted
      switch state.policy.verdict(ending.cause, first: first, answers: ending.answers) {
      case .restart:
        return ModelError("\(label): \(story)", retry: .transient)
      case .giveUp:
        if case .badGreeting(let error) = ending.cause {
          state.failure = error
          return error
        }
        let failure = ModelError("\(label): \(story)", retry: .no, scope: .model)
        state.failure = failure
        return failure
      case .giveUpAfter(let failures):
        let failure = ModelError(
          "\(label): gave up after \(failures) failure\(failures == 1 ? "" : "s"), the last one: \(story)",
          retry: .no,
          scope: .model)
        state.failure = failure
        return failure
      }
    }
    if error.retry == .transient { settings.notice(error.message + "; it is started again") }
    return error
  }
}

extension ChildSession.Ending {
  /// What happened, as the end of a message that begins with the child's name.
  fileprivate var story: String {
    switch cause {
    case .closed: return "it was closed"
    case .strayLine(let reason), .confusedAnswers(let reason): return reason
    case .badGreeting(let error): return error.message
    case .ended:
      let end = status.map { "ended with \($0)" } ?? "closed its standard output and did not end"
      return end + (greeted ? "" : " before it answered hello") + errors.lastWords
    case .timedOut(let request, let time):
      let partial = String(decoding: rest.prefix(400), as: UTF8.self)
      let hint =
        rest.isEmpty
        ? (answers == 0 ? "; does it flush its standard output after each line?" : "")
        : "; it wrote \(quoted(partial, limit: 40)) without a newline"
      return "no answer to \(request) within \(seconds(time)) s\(hint)"
    }
  }

  private func seconds(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    return milliseconds == 0
      ? String(seconds) : String(Double(seconds) + Double(milliseconds) / 1000)
  }
}
