import Basics
import Foundation
import Models
import Prompts
import Reports
import Runs
import Synchronization

/// One `formatspread run`: opens the directory, starts the model, watches for signals, writes the reports.
struct RunSession {
  private let arguments: Arguments
  private let plan: Plan
  private let directory: RunDirectory
  private let specification: BackendSpecification

  init(_ arguments: Arguments) throws(InputError) {
    self.arguments = arguments
    let (study, tasks) = try Study.described(by: arguments)
    plan = try Plan(study, prepared: tasks)
    specification = try BackendSpecification.parse(study.backend)
    let names = study.tasks.map(\.name).joined(separator: "+")
    directory = RunDirectory(
      arguments.text("--out") ?? "runs/\(names.prefix(60))-\(study.digest.prefix(8))")
  }

  func run() async throws -> Int32 {
    let settings = try conductorSettings()
    let wasThere = try directory.open(plan)
    let progress = ProgressDisplay(isQuiet: arguments.has("--quiet"))
    let model = try ModelOptions.model(
      arguments, specification, plan.study.server, errorLog: directory.file("model.log")
    ) { progress.notice($0) }
    announce(wasThere: wasThere, progress)
    let stop = StopRequest()
    let conductor = Conductor(
      plan, directory: directory, model: model, settings: settings, stop: stop
    ) { event in progress.observe(event) }
    let work = Task {
      // What a server was found to do is printed before the first question.
      if let probe = try await model.hello().probe, !arguments.has("--quiet") {
        for line in probe.lines { progress.notice(line) }
      }
      return try await conductor.run()
    }
    let signals = SignalWatch { count in
      guard count == 1 else { exit(Tool.Status.interrupted) }
      stop.ask()
      progress.notice("stopping; press Ctrl-C again to stop at once")
      // Answers under way get a moment; then they are given up and asked again next time.
      DispatchQueue.global().asyncAfter(deadline: .now() + 1) { work.cancel() }
    }
    let result = await work.result
    signals.end()
    progress.end()
    await model.close()
    let summary = try result.get()
    return try finish(summary, signal: signals.last)
  }

  private func conductorSettings() throws(InputError) -> Conductor.Settings {
    var settings = Conductor.Settings(
      concurrency: try arguments.number("--concurrency", from: 1))
    settings.maxFailures = try arguments.number("--max-failures")
    settings.repeatedShare = try arguments.share("--repeat") ?? 0
    return settings
  }

  private func announce(wasThere: Bool, _ progress: ProgressDisplay) {
    for task in plan.tasks where task.formats.count < plan.study.formats {
      progress.notice(
        "\(task.name): only \(task.formats.count) distinct formats exist; all are used")
    }
    if wasThere { progress.notice("continuing the run in \(directory.path)") }
  }

  private func finish(_ summary: RunSummary, signal: Int32?) throws(InputError) -> Int32 {
    let dossier = try RunDossier(directory: directory, version: Tool.version)
    let report = dossier.report
    try dossier.write(to: directory)
    try SummaryFile.append(report, arguments)
    if arguments.has("--json") {
      Output.data(report.json.pretty())
    } else {
      Output.data(report.closing(directory, TerminalOptions.style(arguments)))
    }
    if let rate = summary.disagreementRate {
      Output.line(
        "formatspread: \(summary.repeated) cells were asked again, "
          + "\(summary.disagreements) answers differ (\((rate * 1000).rounded() / 10) %)")
    }
    if let signal {
      Output.line("formatspread: stopped; the same command continues the run in \(directory.path)")
      return 128 + signal
    }
    if let failure = summary.modelFailure {
      Output.line("formatspread: the model was given up: \(failure)")
      return Tool.Status.incomplete
    }
    if summary.failed > 0 {
      Output.line(
        "formatspread: \(summary.failed) cells failed; the same command asks them again")
      return Tool.Status.incomplete
    }
    return Tool.Status.done
  }
}

/// Calls back for SIGINT, SIGTERM and SIGHUP instead of letting them end the program.
private final class SignalWatch {
  private let sources: [any DispatchSourceSignal]
  private let seen: Counter

  /// - Parameter handle: Called with 1 for the first signal, 2 for the second and so on.
  init(handle: @escaping @Sendable (Int) -> Void) {
    let seen = Counter()
    self.seen = seen
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { handle(seen.add(number)) }
      source.resume()
      return source
    }
  }

  /// The first signal that came.
  var last: Int32? { seen.first }

  func end() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
  }

  private final class Counter: Sendable {
    private let state = Mutex<(count: Int, first: Int32?)>((0, nil))

    func add(_ number: Int32) -> Int {
      state.withLock { state in
        state.count += 1
        state.first = state.first ?? number
        return state.count
      }
    }

    var first: Int32? { state.withLock { $0.first } }
  }
}
