import Basics
import Models

@testable import Runs

/// What a finished session left.
struct Session {
  let summary: RunSummary
  let events: EventLog
  let records: [EvaluationRecord]
}

/// Runs a plan in a directory, without pauses between retries, and reads its journal back.
func conduct(
  _ plan: Plan, in folder: String, model: any Model, concurrency: Int? = 4,
  stop: StopRequest = StopRequest(), change: (inout Conductor.Settings) -> Void = { _ in }
) async throws -> Session {
  let directory = RunDirectory(folder + "/run")
  _ = try directory.open(plan)
  let events = EventLog()
  var settings = Conductor.Settings(concurrency: concurrency)
  settings.sleep = { _ in await Task.yield() }
  change(&settings)
  let conductor = Conductor(
    plan, directory: directory, model: model, settings: settings, stop: stop
  ) { events.add($0) }
  let summary = try await conductor.run()
  let contents = try Journal.read(directory.journal, digest: plan.study.digest)
  return Session(summary: summary, events: events, records: contents.records)
}
