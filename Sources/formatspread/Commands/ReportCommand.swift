import Basics
import Foundation
import Plots
import Reports
import Runs

extension Subcommand {
  static let report = Subcommand(
    name: "report",
    summary: "Make a run's reports again from what it stored, and print them in many forms",
    arguments: "DIR… [OPTIONS]",
    discussion: """
      Reads only the run directory; no model is needed, and no task file but for the prompts of \
      --samples. report.html, report.json and report.md are written into it; standard output gets the \
      table, or the one form that is asked for. With gates, such as --max-spread 10%, the exit status \
      says how they came out: 0 passed, 1 failed or undecided, 3 incomplete.

      With --html, several runs, such as those of several models, make one page that begins with an \
      overview; 'formatspread compare' says which of them is better.
      """,
    options: ReportForm.options + TerminalOptions.all + SummaryFile.options
      + InferenceOptions.forReport,
    examples: [
      ("formatspread report runs/sentiment-1a2b3c4d --open", "look at an earlier run in a browser"),
      (
        "formatspread report runs/sentiment-1a2b3c4d --svg range > range.svg",
        "one plot for a paper"
      ),
      (
        "formatspread report runs/sentiment-1a2b3c4d --csv --rows evaluations > cells.csv",
        "every answer, for pandas, R or DuckDB"
      ),
    ]
  ) { arguments in
    let paths = try arguments.requirePositionals("a run directory")
    let form = try ReportForm(arguments)
    if paths.count > 1 { return try SeveralRuns(paths, form, arguments).print() }
    let path = paths[0]
    let directory = RunDirectory(path)
    let settings = try InferenceOptions.settings(
      arguments, stored: try directory.study().inference)
    var dossier = try RunDossier(
      directory: directory, version: Tool.version,
      confidence: try arguments.share("--confidence"),
      estimates: try InferenceOptions.estimates(arguments))
    dossier.report.judge(by: settings)
    try dossier.write(to: directory)
    try SummaryFile.append(dossier.report.markdown, arguments)
    if arguments.has("--open") { Browser.open(directory.file("report.html")) }
    if let form {
      try form.print(dossier, directory, arguments)
    } else if arguments.has("--junit") {
      Output.data(JUnit.text(dossier.report))
    } else {
      Output.data(dossier.report.closing(directory, TerminalOptions.style(arguments)))
    }
    try InferenceOptions.publish([dossier.report], arguments, in: directory.path)
    guard let gates = dossier.report.gates else { return Tool.Status.done }
    // Where no table tells what did not pass.
    for result in gates.results
    where result.outcome != .pass && (form != nil || arguments.has("--junit")) {
      Output.line("formatspread: \(result.sentence)")
    }
    Output.line("formatspread: \(gates.verdict)")
    return gates.status
  }
}

/// The forms in which a report can be printed.
enum ReportForm: String, CaseIterable {
  case html = "--html"
  case markdown = "--markdown"
  case csv = "--csv"
  case json = "--json"
  case svg = "--svg"
  case latex = "--latex"
  case modelCard = "--model-card"
  case samples = "--samples"

  static let options: [Subcommand.Option] = [
    .init(name: "--html", value: nil, help: "Print the page that report.html holds."),
    .init(name: "--markdown", value: nil, help: "Print Markdown, for a pull request."),
    .init(name: "--csv", value: nil, help: "Print a long table; see --rows."),
    .init(
      name: "--rows", value: "R",
      help: "For --csv, one row for each of 'formats' (default), 'atoms' or 'evaluations'."),
    .init(
      name: "--json", value: nil,
      help: "Print report.json; 'formatspread schema' prints what it may hold."),
    .init(
      name: "--svg", value: "NAME",
      help: "Print one plot: " + TaskPlots.names.map { "'\($0)'" }.joined(separator: ", ")
        + "; 'all' writes each into the folder plots of the run directory."),
    .init(name: "--task", value: "TASK", help: "For --svg, the task where there are several."),
    .init(name: "--latex", value: nil, help: "Print a table for a paper (booktabs)."),
    .init(
      name: "--model-card", value: nil,
      help: "Print Hugging Face model-index metadata with the range, and a section for the card."),
    .init(
      name: "--samples", value: nil,
      help: "Print every answer as JSON lines in the manner of lm-evaluation-harness."),
    .init(name: "--format", value: "N", help: "For --samples, only the format of this number."),
    .init(name: "--open", value: nil, help: "Open report.html in the browser."),
  ]

  /// The form that was asked for; nil for the table.
  ///
  /// - Throws: `InputError` for two forms at once, or an option that belongs to another form.
  init?(_ arguments: Arguments) throws(InputError) {
    let asked = Self.allCases.filter { arguments.has($0.rawValue) }
    if asked.count > 1 {
      throw InputError(
        "\(asked[1].rawValue): one form at a time, and \(asked[0].rawValue) was asked for")
    }
    for (option, form) in [
      ("--rows", Self.csv), ("--task", .svg), ("--format", .samples),
    ] where arguments.has(option) && asked.first != form {
      throw InputError("\(option): belongs to \(form.rawValue)")
    }
    guard let first = asked.first else { return nil }
    self = first
  }

  func print(
    _ dossier: RunDossier, _ directory: RunDirectory, _ arguments: Arguments
  ) throws(InputError) {
    switch self {
    case .html: Output.data(dossier.page())
    case .markdown: Output.data(dossier.markdown)
    case .json: Output.data(dossier.report.json.pretty())
    case .latex: Output.data(dossier.report.latex)
    case .modelCard: Output.data(dossier.report.modelCard)
    case .csv:
      dossier.csv(try arguments.choice("--rows", of: TableRows.self) ?? .formats) {
        Output.data($0)
      }
    case .samples:
      var prompts = StoredPrompts(dossier.report.study) { Output.line("formatspread: \($0)") }
      dossier.samples(
        format: try arguments.number("--format"),
        text: { prompts.text($0, $1, $2) }, write: { Output.data($0) })
    case .svg: try plot(dossier, directory, arguments)
    }
  }

  private func plot(
    _ dossier: RunDossier, _ directory: RunDirectory, _ arguments: Arguments
  ) throws(InputError) {
    let name = arguments.text("--svg") ?? ""
    let names = TaskPlots.names + ["all"]
    guard names.contains(name) else {
      throw InputError(
        "--svg \(quoted(name)): unknown\(didYouMean(name, among: names)); known: "
          + names.joined(separator: ", "))
    }
    let tasks = dossier.report.tasks.map(\.name)
    if name == "all" { return try writeAll(dossier, directory) }
    guard let task = arguments.text("--task") ?? (tasks.count == 1 ? tasks[0] : nil) else {
      throw InputError(
        "--svg \(name): the run has several tasks; choose with --task: "
          + tasks.joined(separator: ", "))
    }
    guard let place = tasks.firstIndex(of: task) else {
      throw InputError(
        "--task \(quoted(task)): the run has no such task\(didYouMean(task, among: tasks)); it has "
          + tasks.joined(separator: ", "))
    }
    let plots = TaskPlots(task: dossier.report.tasks[place], details: dossier.details[place])
    guard let file = plots.file(name) else {
      throw InputError("--svg \(name): the run has nothing to draw there")
    }
    Output.data(file)
  }

  private func writeAll(
    _ dossier: RunDossier, _ directory: RunDirectory
  ) throws(InputError) {
    let folder = directory.file("plots")
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw InputError("\(folder): the directory cannot be made")
    }
    for (place, task) in dossier.report.tasks.enumerated() {
      let plots = TaskPlots(task: task, details: dossier.details[place])
      // A task's name may hold anything; its number is as good in a file's name.
      let prefix = dossier.report.tasks.count > 1 ? "\(place + 1)-" : ""
      for name in TaskPlots.names {
        guard let text = plots.file(name) else { continue }
        let path = "\(folder)/\(prefix)\(name).svg"
        try TextFile.replace(path, with: text)
        Output.data(path + "\n")
      }
    }
  }
}

/// Markdown that is appended to a file, as CI systems collect it.
enum SummaryFile {
  static let options: [Subcommand.Option] = [
    .init(
      name: "--summary", value: "FILE",
      help: "Append the report as Markdown, as to $GITHUB_STEP_SUMMARY.")
  ]

  static func append(_ markdown: String, _ arguments: Arguments) throws(InputError) {
    guard let path = arguments.text("--summary") else { return }
    let file = Foundation.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw InputError("--summary \(path): cannot be written (\(String(cString: strerror(errno))))")
    }
    defer { close(file) }
    let bytes = Array((markdown + "\n").utf8)
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        write(file, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      guard written > 0 else {
        if written < 0, errno == EINTR { continue }
        throw InputError(
          "--summary \(path): cannot be written (\(String(cString: strerror(errno))))")
      }
      done += written
    }
  }
}

/// Shows a file with the program that the desktop has for it.
enum Browser {
  static func open(_ path: String) {
    #if os(macOS)
      let opener = "/usr/bin/open"
    #else
      let opener = "/usr/bin/xdg-open"
    #endif
    let process = Process()
    process.executableURL = URL(fileURLWithPath: opener)
    process.arguments = [path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      Output.line("formatspread: --open: \(opener) cannot be started; open \(path) in a browser")
    }
  }
}
