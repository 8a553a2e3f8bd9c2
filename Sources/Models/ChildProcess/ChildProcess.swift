import Foundation
import Synchronization

/// A program that was started in its own process group, with pipes to its three standard streams.
///
/// Owned by one thread: it alone reads, ends and reaps. Only `input` is written from elsewhere, under
/// the session's lock.
package struct ChildProcess: Sendable {
  let id: pid_t
  /// Our ends of the pipes to its standard input (not blocking) and from its output and error.
  let input: Int32
  let output: Int32
  let error: Int32
  /// A pipe to ourselves that ends the thread's wait; not blocking.
  let wake: (read: Int32, write: Int32)

  /// Why a program could not be started, in the system's words.
  struct StartFailure: Error {
    let reason: String
  }

  /// Starts `path` with exactly these arguments and environment variables, and none of our open files.
  ///
  /// The child gets default signal handling: our own SIGPIPE is ignored from here on, because a child
  /// that ends while we write must be an error and not the end of the tool.
  static func start(
    _ path: String, arguments: [String], environment: [String]
  ) throws(StartFailure) -> ChildProcess {
    // Between a pipe's making and its close-on-exec mark another child could inherit it, and then
    // this child would never see the end of its input: one start at a time.
    try starting.withLock { _ throws(StartFailure) in
      try startAlone(path, arguments: arguments, environment: environment)
    }
  }

  private static let starting = Mutex(())
  private static let running = Mutex<Set<pid_t>>([])

  /// Kills every child that was started and not yet reaped, with its group, because the tool ends now.
  package static func killAll() {
    running.withLock { for id in $0 { kill(-id, SIGKILL) } }
  }

  private static func startAlone(
    _ path: String, arguments: [String], environment: [String]
  ) throws(StartFailure) -> ChildProcess {
    signal(SIGPIPE, SIG_IGN)
    let input = try pipe()
    let output = try pipe(closingOnFailure: input)
    let error = try pipe(closingOnFailure: input, output)
    let wake = try pipe(closingOnFailure: input, output, error)
    let ours = [input.write, output.read, error.read, wake.read, wake.write]
    let theirs = [input.read, output.write, error.write]
    defer { for descriptor in theirs { close(descriptor) } }

    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (target, descriptor) in theirs.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&defaults, number) }
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &unblocked)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))

    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for copy in words + variables { free(copy) } }
    var id = pid_t()
    let code = posix_spawn(&id, path, &actions, &attributes, &words, &variables)
    guard code == 0 else {
      for descriptor in ours { close(descriptor) }
      let hint =
        code == ENOEXEC ? "; a script begins with a line such as #!/usr/bin/env python3" : ""
      throw StartFailure(reason: String(cString: strerror(code)) + hint)
    }
    for descriptor in [input.write, wake.read, wake.write] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
    running.withLock { _ = $0.insert(id) }
    return ChildProcess(
      id: id, input: input.write, output: output.read, error: error.read, wake: wake)
  }

  /// How the program ended, or nil while it runs.
  ///
  /// What is left of its process group is killed before its id is given back to the system, so that the
  /// signal cannot reach a stranger.
  func reapIfEnded() -> ExitStatus? {
    var information = siginfo_t()
    let found = waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT)
    guard found == 0, information.si_signo == SIGCHLD else {
      return found == 0 || errno == EINTR ? nil : ExitStatus(raw: 0)
    }
    kill(-id, SIGKILL)
    Self.running.withLock { _ = $0.remove(id) }
    var raw: Int32 = 0
    while waitpid(id, &raw, 0) < 0, errno == EINTR {}
    return ExitStatus(raw: raw)
  }

  /// Sends a signal to the whole group; only before the program was reaped.
  func signalGroup(_ number: Int32) {
    kill(-id, number)
  }

  /// Two connected descriptors that other children do not inherit.
  static func pipe(
    closingOnFailure others: (read: Int32, write: Int32)...
  ) throws(StartFailure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    if Foundation.pipe(&ends) == 0 {
      // 0, 1 and 2 are free when we were started with closed streams; the child needs them.
      let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
      for end in ends { close(end) }
      if moved.allSatisfy({ $0 > 2 }) { return (moved[0], moved[1]) }
    }
    let reason = String(cString: strerror(errno))
    for other in others {
      close(other.read)
      close(other.write)
    }
    throw StartFailure(reason: reason)
  }
}

/// How a program ended.
struct ExitStatus: Hashable, Sendable, CustomStringConvertible {
  /// As `waitpid` gives it.
  let raw: Int32

  var signal: Int32? { raw & 0x7F == 0 ? nil : raw & 0x7F }

  var code: Int32 { (raw >> 8) & 0xFF }

  var description: String {
    guard let signal else { return "exit status \(code)" }
    let names: [Int32: String] = [
      SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGHUP: "SIGHUP", SIGILL: "SIGILL",
      SIGINT: "SIGINT", SIGKILL: "SIGKILL", SIGPIPE: "SIGPIPE", SIGSEGV: "SIGSEGV",
      SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP",
    ]
    let name = names[signal].map { " (\($0))" } ?? ""
    let hint = signal == SIGKILL ? "; the system kills a process when memory runs out" : ""
    return "signal \(signal)\(name)\(hint)"
  }
}
