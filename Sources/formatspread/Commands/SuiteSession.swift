import Basics
import Foundation
import Reports
import Runs

/// One `formatspread run SUITE`: a run for each task in a directory of its own, and an overview of all.
///
/// Everything is read and checked before the first question. What a finished task cost is not paid again: the
/// same command goes on with the first task that is not finished.
struct SuiteSession {
  private let suite: Suite
  private let arguments: Arguments
  private let directory: String
  private let sessions: [(task: String, session: RunSession)]

  /// Options that do not decide what is measured, and so not where it is kept.
  private static let outside: Set<String> = [
    "--out", "--json", "--quiet", "--concurrency", "--max-failures", "--timeout", "--api-key-file",
    "--dry-run", "--tags", "--deadline", "--reuse", "--repeat", "--address", "--junit",
    "--annotate", "--undecided", "--summary", "--plain", PoolOptions.pace.name,
    PoolOptions.prompts.name,
  ]

  init(_ path: String, _ arguments: Arguments) throws(InputError) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    let document = try TextFile.json(path)
    suite = try Suite(document, folder: folder)
    self.arguments = arguments
    for option in ["--shard", "--config"] where arguments.has(option) {
      throw InputError(
        "\(option): belongs to a single run; a suite has one for each of its tasks")
    }
    let tags = (arguments.text("--tags") ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let known = suite.entries.flatMap(\.tags)
    if let unknown = tags.first(where: { !known.contains($0) }) {
      throw InputError(
        "--tags \(quoted(unknown)): no task has this tag\(didYouMean(unknown, among: known))"
          + (known.isEmpty ? "" : "; tags: " + Set(known).sorted().joined(separator: ", ")))
    }
    let entries = suite.entries.filter { entry in
      tags.isEmpty || entry.tags.contains { tags.contains($0) }
    }
    let given = arguments.command.options.filter { arguments.has($0.name) }
    let deciding = given.filter { !Self.outside.contains($0.name) }.map { option in
      option.name + "=" + arguments.texts(option.name).joined(separator: " ")
    }
    let digest = SHA256.hex((deciding + [document.value.compact]).joined(separator: "\n"))
    directory = arguments.text("--out") ?? "runs/\(Self.plain(suite.name))-\(digest.prefix(8))"
    var sessions: [(task: String, session: RunSession)] = []
    var names = Set<String>()
    for entry in entries {
      let name = Self.plain(Bundled.name(of: entry.task))
      var words = [entry.task]
      // The command line goes before a task's own options, and these before the shared ones.
      let onLine = Set(given.map(\.name))
      let own = Set(entry.options.map { "--" + $0.name })
      for (name, value) in entry.options where !onLine.contains("--" + name) {
        words.append("--" + name + (value.map { "=" + $0 } ?? ""))
      }
      for (name, value) in suite.options
      where !onLine.contains("--" + name) && !own.contains("--" + name) {
        words.append("--" + name + (value.map { "=" + $0 } ?? ""))
      }
      for option in given where option.name != "--out" && option.name != "--tags" {
        for text in arguments.texts(option.name) {
          let value = option.name == "--baseline" ? Self.baseline(text, name) : text
          words.append(option.value == nil ? option.name : option.name + "=" + value)
        }
      }
      guard names.insert(name).inserted else {
        throw InputError("\(path): two tasks are named '\(name)'; rename one of the files")
      }
      words.append("--out=\(directory)/\(name)")
      do throws(InputError) {
        var session = try RunSession(try Arguments(words, for: .run))
        session.isPartOfSuite = true
        sessions.append((name, session))
      } catch {
        throw InputError("\(path): task \(quoted(entry.task)): \(error.message)")
      }
    }
    self.sessions = sessions
  }

  /// The run of a task where the baseline is an earlier run of a suite.
  private static func baseline(_ path: String, _ name: String) -> String {
    let own = path + "/" + name
    return FileManager.default.fileExists(atPath: own + "/report.json") ? own : path
  }

  /// A name for a folder; it does not begin with a dot, so that it is neither hidden nor another folder.
  static func plain(_ name: String) -> String {
    let plain = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
    return plain.hasPrefix(".") ? "-" + plain.dropFirst() : plain
  }

  func run() async throws -> Int32 {
    var endings: [SessionEnding] = []
    var overview = SuiteOverview(name: suite.name)
    let here = Set(sessions.map(\.task))
    let others = suite.entries.map { Self.plain(Bundled.name(of: $0.task)) }.filter {
      !here.contains($0)
    }
    for (index, (task, session)) in sessions.enumerated() {
      if !arguments.has("--quiet") {
        Output.line(
          "formatspread: suite \(suite.name): task \(index + 1) of \(sessions.count), \(task)"
            + (overview.progress.map { "; \($0)" } ?? ""))
      }
      let ending = try await session.run()
      endings.append(ending)
      if arguments.has("--dry-run") { continue }
      let report =
        try ending.report ?? RunReport(directory: session.directory, version: Tool.version)
      overview.add(report, path: task)
      try write(overview, with: others)
      // A signal and a deadline are for the whole suite.
      if ending.cause != nil { break }
    }
    if arguments.has("--dry-run") { return SuiteEnding(endings).status }
    try SummaryFile.append(overview.markdown, arguments)
    try InferenceOptions.publish(endings.compactMap(\.report), arguments, in: directory)
    if endings.last?.cause == nil {
      if arguments.has("--json") {
        Output.data(overview.json.pretty())
      } else {
        Output.data(
          overview.table(
            files: ["overview.json", "overview.md"].map { directory + "/" + $0 }))
      }
    }
    return SuiteEnding(endings).status
  }

  /// Writes what is known of all tasks: those of this session, and those that earlier ones finished.
  private func write(_ overview: SuiteOverview, with others: [String]) throws(InputError) {
    var overview = overview
    for task in others {
      let run = RunDirectory(directory + "/" + task)
      guard FileManager.default.fileExists(atPath: run.file("report.json")) else { continue }
      overview.add(try RunReport(directory: run, version: Tool.version), path: task)
    }
    try TextFile.replace(directory + "/overview.json", with: overview.json.pretty())
    try TextFile.replace(directory + "/overview.md", with: overview.markdown)
  }
}

/// What the runs of a suite come to together.
struct SuiteEnding {
  /// The exit status: a certain failure stands whatever else happened, then what is incomplete, then
  /// what is undecided; a signal goes before all.
  let status: Int32

  init(_ endings: [SessionEnding]) {
    func weight(_ ending: SessionEnding) -> Int {
      if ending.status >= 128 { return 4 }
      if ending.report?.gates?.outcome == .failed { return 3 }
      return ending.status == Tool.Status.done ? 0 : ending.status == Tool.Status.incomplete ? 2 : 1
    }
    status = endings.max { weight($0) < weight($1) }?.status ?? Tool.Status.done
  }
}
