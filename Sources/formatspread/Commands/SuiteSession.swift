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
    "--dry-run", "--tags",
  ]

  /// Options that say something of the suite, not of a task's run.
  private static let ofWhole: Set<String> = ["--out", "--tags", "--junit", "--summary"]

  init(_ path: String, _ arguments: Arguments) throws(InputError) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    let document = try TextFile.json(path)
    suite = try Suite(document, folder: folder)
    self.arguments = arguments
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
      for option in given where !Self.ofWhole.contains(option.name) {
        for text in arguments.texts(option.name) {
          words.append(option.value == nil ? option.name : option.name + "=" + text)
        }
      }
      let name = Self.plain(Bundled.name(of: entry.task))
      guard names.insert(name).inserted else {
        throw InputError("\(path): two tasks are named '\(name)'; rename one of the files")
      }
      words.append("--out=\(directory)/\(name)")
      do throws(InputError) {
        var session = try RunSession(try Arguments(words, for: .run))
        session.showsReport = arguments.has("--dry-run")
        sessions.append((name, session))
      } catch {
        throw InputError("\(path): task \(quoted(entry.task)): \(error.message)")
      }
    }
    self.sessions = sessions
  }

  private static func plain(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
  }

  func run() async throws -> Int32 {
    var ends: [Int32] = []
    var reports: [RunReport] = []
    var overview = SuiteOverview(name: suite.name)
    for (index, (task, session)) in sessions.enumerated() {
      if !arguments.has("--quiet") {
        Output.line(
          "formatspread: suite \(suite.name): task \(index + 1) of \(sessions.count), \(task)"
            + (overview.progress.map { "; \($0)" } ?? ""))
      }
      let ended = try await session.run()
      ends.append(ended)
      if arguments.has("--dry-run") { continue }
      var report = try RunReport(directory: session.directory, version: Tool.version)
      report.judge(by: session.gates)
      reports.append(report)
      overview.add(report, path: task)
      try write(overview)
      if ended >= 128 { break }
    }
    let status = Self.status(ends, reports)
    if arguments.has("--dry-run") { return status }
    try publish(reports, overview)
    if status >= 128 { return status }
    if arguments.has("--json") {
      Output.data(overview.json.pretty())
    } else {
      Output.data(
        overview.table(
          files: ["overview.json", "overview.md"].map { directory + "/" + $0 }))
    }
    if reports.contains(where: { $0.gates != nil }) {
      Output.line("formatspread: suite \(suite.name): exit status \(status)")
    }
    return status
  }

  /// A signal before everything; then a gate that certainly failed, what is incomplete, and doubt.
  private static func status(_ ends: [Int32], _ reports: [RunReport]) -> Int32 {
    if let signal = ends.first(where: { $0 >= 128 }) { return signal }
    if reports.contains(where: { $0.gates?.outcome == .failed }) { return Tool.Status.refused }
    return ends.max() ?? Tool.Status.done
  }

  /// Writes what CI systems collect, once for all tasks.
  private func publish(_ reports: [RunReport], _ overview: SuiteOverview) throws(InputError) {
    if let file = arguments.text("--junit") {
      try TextFile.replace(file, with: JUnit.text(reports))
    }
    if let path = arguments.text("--summary") {
      try SummaryFile.append(
        overview.markdown + "\n" + reports.map { $0.markdown + "\n" }.joined(), to: path)
    }
  }

  private func write(_ overview: SuiteOverview) throws(InputError) {
    try TextFile.replace(directory + "/overview.json", with: overview.json.pretty())
    try TextFile.replace(directory + "/overview.md", with: overview.markdown)
  }
}
