import Basics
import Foundation
import Models
import Prompts
import Reports
import Runs

/// How a run's session came to its end.
struct SessionEnding {
  var status: Int32
  /// What ended it early, if anything did.
  var cause: Stopping.Cause?
  /// The judged report, where one was made.
  var report: RunReport?
}

/// One `formatspread run`: opens the directory, starts the model, ends early when told to, writes the reports.
struct RunSession {
  private let arguments: Arguments
  let plan: Plan
  let directory: RunDirectory
  /// Within a suite, which has a table and publishes the gates of all its runs.
  var isPartOfSuite = false
  private let specification: BackendSpecification
  private let shard: Shard?
  private let deadline: SessionOptions.Deadline?
  private let gates: GateSettings

  init(_ given: Arguments) throws(InputError) {
    let (arguments, file) = try StudyFile.applied(to: given)
    self.arguments = arguments
    let (study, tasks) = try Study.described(by: arguments)
    try file?.check(study)
    shard = try SessionOptions.shard(arguments)
    deadline = try SessionOptions.deadline(arguments)
    let whole = try Plan(study, prepared: tasks)
    plan = shard.map { whole.part($0) } ?? whole
    specification = try SessionOptions.specification(arguments, study)
    gates = try InferenceOptions.settings(arguments, stored: study.inference)
    directory = RunDirectory(
      arguments.text("--out")
        ?? study.defaultDirectory + (shard.map { ".shard-\($0.index)-of-\($0.count)" } ?? ""))
  }

  func run() async throws -> SessionEnding {
    let settings = try conductorSettings()
    if arguments.has("--dry-run") {
      Output.data(ExtraOptions.announcement(plan, settings))
      let model = try ModelOptions.model(
        arguments, specification, plan.study.server, errorLog: nil
      ) { Output.line("formatspread: \($0)") }
      let status = try await DryRun(
        plan: plan, directory: directory, concurrency: settings.concurrency
      ).run(model)
      return SessionEnding(status: status)
    }
    let progress = ProgressDisplay(isQuiet: arguments.has("--quiet"))
    let model = try ModelOptions.model(
      arguments, specification, plan.study.server, errorLog: directory.file("model.log")
    ) { progress.notice($0) }
    // Afterwards, so that a wrong option leaves no directory behind.
    let wasThere = try directory.open(plan)
    announce(wasThere: wasThere, progress)
    let stop = StopRequest()
    let stopping = Stopping(stop, directory, deadline: deadline) { progress.notice($0) }
    let conductor = Conductor(
      plan, directory: directory, model: model, settings: settings, stop: stop
    ) { event in progress.observe(event) }
    let work = Task {
      // What a server was found to do is printed before the first question.
      if let probe = try await model.hello().probe, !arguments.has("--quiet") {
        for line in try await probe.lines + PoolOptions.lines(model) { progress.notice(line) }
      }
      return try await conductor.run()
    }
    stopping.onCancel { work.cancel() }
    let result = await work.result
    progress.end()
    await model.close()
    await settings.embedder?.close()
    defer { stopping.finish() }
    do {
      return try finish(try result.get(), stopping.cause)
    } catch {
      // A session that was stopped before its first question has nothing else to say.
      guard let cause = stopping.cause, !(error is StorageError) else { throw error }
      Output.line(cause.message(directory))
      return SessionEnding(status: cause.status, cause: cause)
    }
  }

  private func conductorSettings() throws(InputError) -> Conductor.Settings {
    var settings = Conductor.Settings(
      concurrency: try arguments.number("--concurrency", from: 1))
    settings.mostPrompts = try arguments.number(PoolOptions.prompts.name, from: 1)
    settings.maxFailures = try arguments.number("--max-failures")
    settings.repeatedShare = try arguments.share("--repeat") ?? 0
    settings.reused = SessionOptions.reused(arguments)
    (settings.posix, settings.embeddings) = try ExtraOptions.sizes(arguments)
    settings.embedder = try ExtraOptions.embedder(arguments)
    return settings
  }

  /// Answers for each format below which a search leaves most formats out by chance.
  private static let fewAnswers = 10

  private func announce(wasThere: Bool, _ progress: ProgressDisplay) {
    for task in plan.tasks where task.formats.count < plan.study.formats {
      if plan.study.design == .sobol { break }
      progress.notice(
        "\(task.name): only \(task.formats.count) distinct formats exist; all are used")
    }
    if let budget = plan.study.budget {
      let formats = plan.tasks.map(\.formats.count).max() ?? 0
      if budget < Self.fewAnswers * formats {
        progress.notice(
          "a budget of \(grouped(budget)) is about \(max(1, budget / max(1, formats))) for each of "
            + "\(grouped(formats)) formats; below \(Self.fewAnswers) the range is mostly a guess: "
            + "take --budget \(Self.fewAnswers * formats) or fewer --formats")
      }
    }
    if wasThere { progress.notice("continuing the run in \(directory.path)") }
  }

  /// A stopped run has this many answers at most for a report to be made before it ends.
  private static let reportedAtStop = 50_000

  private func finish(
    _ summary: RunSummary, _ cause: Stopping.Cause?
  ) throws(InputError) -> SessionEnding {
    if summary.earlier > 0 {
      Output.line("formatspread: \(summary.earlier) answers were taken from earlier runs")
    }
    let isSlow = summary.evaluated + summary.reused > Self.reportedAtStop
    if let cause, isSlow || shard != nil {
      Output.line(cause.message(directory))
      if shard == nil {
        Output.line(
          "formatspread: 'formatspread report \(directory.path)' makes the report so far")
      }
      return SessionEnding(status: cause.status, cause: cause)
    }
    if let shard { return SessionEnding(status: end(shard, summary)) }
    if isSlow, summary.addedNothing, showsOnlyTable,
      directory.holdsReport(of: plan.study, evaluations: summary.reused)
    {
      Output.line(
        "formatspread: the run in \(directory.path) is complete, and its report is up to date; "
          + "'formatspread report \(directory.path)' shows it")
      return SessionEnding(status: Tool.Status.done)
    }
    return try report(summary, cause)
  }

  /// Whether nobody waits for more of the report than its table.
  private var showsOnlyTable: Bool {
    !isPartOfSuite && gates.isEmpty
      && ["--json", "--summary", "--junit", "--annotate"].allSatisfy { !arguments.has($0) }
  }

  /// A shard has no report: its formats or tasks are only a part.
  private func end(_ shard: Shard, _ summary: RunSummary) -> Int32 {
    if plan.isEmpty {
      Output.line(
        "formatspread: shard \(shard) has nothing to do: this search is divided by tasks, and there "
          + "are \(plan.tasks.count)")
    }
    let isIncomplete = summary.modelFailure != nil || summary.failed > 0
    if let failure = summary.modelFailure {
      Output.line("formatspread: the model was given up: \(failure)")
    } else if summary.failed > 0 {
      Output.line(
        "formatspread: \(summary.failed) cells failed; the same command asks them again")
    } else {
      Output.line(
        "formatspread: shard \(shard) is complete in \(directory.path); 'formatspread merge' unites the "
          + "shards")
    }
    return isIncomplete ? Tool.Status.incomplete : Tool.Status.done
  }

  private func report(
    _ summary: RunSummary, _ cause: Stopping.Cause?
  ) throws(InputError) -> SessionEnding {
    var dossier = try RunDossier(directory: directory, version: Tool.version)
    var settings = gates
    if let cause, cause.status >= 128 { settings.signalStatus = cause.status }
    dossier.report.judge(by: settings)
    let report = dossier.report
    try dossier.write(to: directory, plan: plan)
    if isPartOfSuite {
      // The suite prints its overview at the end.
    } else if arguments.has("--json") {
      Output.data(report.json.pretty())
    } else {
      Output.data(report.closing(directory, TerminalOptions.style(arguments)))
      if report.tasks.contains(where: { $0.unlabelled > 0 }) {
        Output.data(try UnlabelledFigures.text(directory))
      }
    }
    if let rate = summary.disagreementRate {
      Output.line(
        "formatspread: \(summary.repeated) cells were asked again, "
          + "\(summary.disagreements) answers differ (\((rate * 1000).rounded() / 10) %)")
    }
    var status = Tool.Status.done
    if let cause {
      Output.line(cause.message(directory))
      status = cause.status
    } else if let failure = summary.modelFailure {
      Output.line("formatspread: the model was given up: \(failure)")
      status = Tool.Status.incomplete
    } else if summary.failed > 0 {
      Output.line(
        "formatspread: \(summary.failed) cells failed; the same command asks them again")
      status = Tool.Status.incomplete
    } else if summary.extraFailure != nil {
      status = Tool.Status.incomplete
    }
    if !isPartOfSuite {
      try SummaryFile.append(report.markdown, arguments)
      try InferenceOptions.publish([report], arguments, in: directory.path)
    }
    if let gates = report.gates {
      // Where no table tells what did not pass.
      for result in gates.results
      where result.outcome != .pass && (isPartOfSuite || arguments.has("--json")) {
        Output.line("formatspread: \(result.sentence)")
      }
      Output.line("formatspread: \(gates.verdict)")
    }
    return SessionEnding(status: report.gates?.status ?? status, cause: cause, report: report)
  }
}

extension Study {
  /// Where a run is kept that was given no `--out`.
  var defaultDirectory: String {
    "runs/\(tasks.map(\.name).joined(separator: "+").prefix(60))-\(digest.prefix(8))"
  }
}
