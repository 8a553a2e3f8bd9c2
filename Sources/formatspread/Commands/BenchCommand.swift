import Basics
import Foundation
import Models
import Prompts
import Runs
import Synchronization

extension Subcommand {
  static let bench = Subcommand(
    name: "bench",
    summary: "Measure how fast this tool drives a model server",
    arguments: "--backend URL [OPTIONS]",
    discussion: """
      Evaluates a made-up task with four options an example, once by generating and once by ranking, in \
      the way of 'run': rendering, requests, parsing, scoring, journal. In between, a plain loop over \
      sockets in the same process sends the same bytes to the same server with the same number of \
      connections. Trust the ratios more than the figures: both were measured in one session on one \
      machine. Processor time is this process's own. Meant for test servers; a real one does real work.
      """,
    options: ModelOptions.all + [
      .init(
        name: "--concurrency", value: "C",
        help: "Requests under way at each server (default \(Bench.concurrency))."),
      PoolOptions.prompts,
      .init(
        name: "--evaluations", value: "N",
        help: "Evaluations in one round (default \(Bench.evaluations))."),
      .init(
        name: "--rounds", value: "R",
        help: "Rounds; the middle one counts (default \(Bench.rounds))."),
      .init(name: "--json", value: nil, help: "Print JSON."),
    ],
    examples: [
      ("formatspread bench --backend http://localhost:8089/v1", "a server on this machine")
    ]
  ) { arguments in
    if let extra = arguments.positionals.first {
      throw InputError(
        "bench: unexpected argument \(quoted(extra)); give the address with --backend")
    }
    let results = try await Bench(arguments).run()
    if arguments.has("--json") {
      var all = JSONObject()
      for result in results { all[result.name] = result.json }
      Output.data(JSON.object(all).pretty())
    } else {
      Output.data(Bench.table(results))
    }
    return Tool.Status.done
  }
}

/// One session of `formatspread bench`.
struct Bench {
  static let concurrency = 64
  static let evaluations = 20_000
  static let rounds = 3

  private let arguments: Arguments
  private let specification: BackendSpecification
  private let choice: Study.ServerChoice
  private let addresses: [ServerAddress]
  private let concurrency: Int
  private let mostPrompts: Int?
  private let evaluations: Int
  private let rounds: Int
  private let tap = Tap()

  init(_ arguments: Arguments) throws(InputError) {
    self.arguments = arguments
    specification = try ModelOptions.specification(arguments)
    guard case .server(let address) = specification, !address.secure else {
      throw InputError(
        "bench: give a server's address, as --backend http://localhost:8000/v1; the socket loop "
          + "speaks http only")
    }
    addresses = [address] + (try PoolOptions.others(arguments, specification))
    choice = try ModelOptions.choice(arguments, specification)
    concurrency = try arguments.number("--concurrency", from: 1) ?? Self.concurrency
    mostPrompts = try arguments.number(PoolOptions.prompts.name, from: 1)
    evaluations = try arguments.number("--evaluations", from: 100) ?? Self.evaluations
    rounds = try arguments.number("--rounds", from: 1) ?? Self.rounds
  }

  func run() async throws -> [BenchResult] {
    let model = try ModelOptions.model(arguments, specification, choice, errorLog: nil) {
      Output.line("formatspread: \($0)")
    } change: { settings in
      settings.http.tap = { tap.note($0) }
      settings.maxInFlight = max(settings.maxInFlight, concurrency)
      settings.http.maxConnections = max(settings.http.maxConnections, concurrency)
    }
    do {
      let results = try await measure(model)
      await model.close()
      return results
    } catch {
      await model.close()
      throw error
    }
  }

  private func measure(_ model: any Model) async throws -> [BenchResult] {
    let capabilities = try await model.hello()
    let task = try BenchTask.prepared(examples: 1_010)
    let folder = FileManager.default.temporaryDirectory.path + "/bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var results: [BenchResult] = []
    if capabilities.generates {
      results.append(
        try await measure(
          "generation", .generate(.prefix, maxTokens: 4), model, task, folder: folder))
    }
    if let method = capabilities.scoring {
      results.append(
        try await measure("ranking (\(method.rawValue))", .rank(nil), model, task, folder: folder))
    }
    return results
  }

  private func measure(
    _ name: String, _ scoring: Scoring, _ model: any Model, _ task: PreparedTask,
    folder: String
  ) async throws -> BenchResult {
    let plan = try BenchTask.plan(
      task, backend: specification.description, server: choice, scoring: scoring,
      evaluations: evaluations)
    let warmUp = try BenchTask.plan(
      task, backend: specification.description, server: choice, scoring: scoring,
      evaluations: min(evaluations, Self.evaluations))
    tap.open()
    let warm = try await run(warmUp, model, folder + "/\(scoring.kind)-warm")
    let requests = tap.close()
    guard !requests.isEmpty else { throw InputError("bench: no request was sent") }
    let perEvaluation = Double(requests.count) / Double(warm)
    let loop = SocketLoop(addresses, requests: requests, concurrency: concurrency)
    var tool: [Measurement] = []
    var sockets: [Measurement] = []
    for round in 0..<rounds {
      let path = folder + "/\(scoring.kind)-\(round)"
      tool.append(try await Measurement.of { try await run(plan, model, path) })
      let sent = Int((Double(evaluations) * perEvaluation).rounded())
      let measured = try await Measurement.of { try await loop.run(sent) }
      sockets.append(
        Measurement(
          evaluations: evaluations, seconds: measured.seconds, processor: measured.processor))
    }
    guard let middle = Measurement.median(tool), let floor = Measurement.median(sockets) else {
      throw InputError("bench: nothing was measured")
    }
    let journal = RunDirectory(folder + "/\(scoring.kind)-warm").journal
    let records = try Journal.read(journal, digest: nil).records.filter { $0.isCorrect != nil }
    return BenchResult(
      name: name, concurrency: concurrency * addresses.count, requests: perEvaluation,
      tool: middle, loop: floor,
      stages: try StageCosts(
        warmUp, isRanking: scoring.isRanking, perEvaluation: perEvaluation, requests: requests,
        answers: loop.answers, records: records, folder: folder))
  }

  /// A run as `formatspread run` makes it, without the reports.
  ///
  /// - Returns: How many cells were evaluated.
  private func run(_ plan: Plan, _ model: any Model, _ path: String) async throws -> Int {
    let directory = RunDirectory(path)
    _ = try directory.open(plan)
    var settings = Conductor.Settings(concurrency: concurrency)
    settings.mostPrompts = mostPrompts
    let conductor = Conductor(
      plan, directory: directory, model: model,
      settings: settings, stop: StopRequest()
    ) { event in
      if case .notice(let text) = event { Output.line("formatspread: \(text)") }
    }
    let summary = try await conductor.run()
    if let failure = summary.modelFailure { throw ModelError(failure, retry: .no) }
    guard summary.failed == 0 else {
      throw InputError("bench: \(summary.failed) of \(summary.evaluated) evaluations failed")
    }
    return summary.evaluated
  }

  /// Keeps the bytes of the requests while it is open.
  private final class Tap: Sendable {
    private let state = Mutex<[[UInt8]]?>(nil)

    func open() { state.withLock { $0 = [] } }

    func note(_ bytes: [UInt8]) { state.withLock { $0?.append(bytes) } }

    func close() -> [[UInt8]] {
      state.withLock { state in
        defer { state = nil }
        return state ?? []
      }
    }
  }
}
