import Basics
import Foundation
import Reports
import Runs

/// The options that say how certain a report has to be, when a run may stop, and what it has to fulfil.
enum InferenceOptions {
  private static let confidence = Subcommand.Option(
    name: "--confidence", value: "C",
    help: "Of all intervals, such as 90% or 0.9 (default 95%).")

  private static let estimate = Subcommand.Option(
    name: "--estimate", value: "E",
    help:
      "'distribution': add the quantiles of accuracy over formats, estimated by a model of formats and "
      + "examples; for runs with few answers a format.")

  private static let gates: [Subcommand.Option] = [
    .init(
      name: "--max-spread", value: "X",
      help: "Gate: the spread is at most X, as a share such as 0.1 or 10%."),
    .init(
      name: "--min-accuracy", value: "Y",
      help: "Gate: the accuracy under the worst format is at least Y, such as 0.6 or 60%."),
    .init(
      name: "--min-median", value: "Y",
      help: "Gate: the median accuracy over formats is at least Y."),
    .init(
      name: "--max-drop", value: "D",
      help:
        "Gate: accuracy is at most D below that of --baseline, on the cells that both runs answered "
        + "(paired over examples)."),
    .init(
      name: "--baseline", value: "FILE",
      help:
        "The earlier run of --max-drop: its directory, or its report.json; for a suite the directory "
        + "of its earlier run."),
    .init(
      name: "--gate", value: "G",
      help:
        "'certain' (default): the intervals decide, and what they leave open is undecided; 'point': "
        + "the figures as found decide."),
    .init(
      name: "--undecided", value: "U",
      help:
        "What too little evidence for a gate makes of the exit status: 'fail' (1, default) or 'pass'."
    ),
  ]

  static let forRun: [Subcommand.Option] =
    [
      confidence,
      .init(
        name: "--until", value: "W",
        help:
          "Stop when the interval of the spread, for these formats on these examples, is at most W "
          + "wide, such as 0.02 or 2% (two points)."),
      estimate,
    ] + gates + [
      .init(
        name: "--no-early-stop", value: nil,
        help: "Ask everything, even when the gates are decided before."),
      .init(name: "--junit", value: "FILE", help: "Write the gates as JUnit XML."),
      annotate,
    ]

  static let forReport: [Subcommand.Option] =
    [confidence, estimate] + gates + [
      .init(
        name: "--max-failures", value: "F", help: "Gate: at most F cells failed."),
      .init(
        name: "--junit", value: nil, help: "Print the gates as JUnit XML instead of the table."),
      annotate,
    ]

  private static let annotate = Subcommand.Option(
    name: "--annotate", value: "WHERE",
    help:
      "Show the gates in a pull request: 'github' (workflow commands on standard error), 'gitlab' "
      + "(a code-quality report in the run directory), or 'auto' to go by the environment.")

  /// What the study is to say, from the options that belong to it.
  static func inference(_ arguments: Arguments) throws(InputError) -> Inference {
    var inference = Inference()
    if let confidence = try arguments.share("--confidence") { inference.confidence = confidence }
    inference.until = try share(arguments, "--until")
    inference.gates = try demands(arguments)
    inference.estimatesDistribution = try estimates(arguments)
    // What a baseline says is not known while the run goes on.
    inference.stopsEarly =
      inference.gates.isEmpty || !arguments.has("--no-early-stop") && !arguments.has("--max-drop")
    return inference
  }

  /// What a finished run is held to; a baseline is read now.
  ///
  /// - Parameters:
  ///   - arguments: Of `run` or `report`.
  ///   - stored: The demands of the study, where the options make none.
  /// - Returns: What the report is judged by.
  /// - Throws: `InputError` naming the option that does not fit, or the baseline's file and place.
  static func settings(
    _ arguments: Arguments, stored: Inference
  ) throws(InputError) -> GateSettings {
    var settings = GateSettings(stored)
    let given = try demands(arguments)
    if !given.isEmpty { settings.demands = given }
    if arguments.has("--gate") { settings.demands.basis = given.basis }
    settings.maxDrop = try share(arguments, "--max-drop")
    settings.maxFailures = try arguments.number("--max-failures")
    settings.acceptsUndecided =
      try arguments.choice("--undecided", of: Undecided.self) == .pass
    if let path = arguments.text("--baseline") {
      guard settings.maxDrop != nil else {
        throw InputError("--baseline: belongs to --max-drop, such as --max-drop 2%")
      }
      settings.baseline = try baseline(path)
    } else if settings.maxDrop != nil {
      throw InputError("--max-drop: needs --baseline, an earlier run's directory or report.json")
    }
    for name in ["--gate", "--undecided"] where arguments.has(name) && settings.isEmpty {
      throw InputError("\(name): there is no gate; give one such as --max-spread 0.1")
    }
    if arguments.has("--no-early-stop"), settings.demands.isEmpty {
      throw InputError("--no-early-stop: there is no gate; give one such as --max-spread 0.1")
    }
    _ = try arguments.choice("--annotate", of: Place.self)
    return settings
  }

  /// Whether the distribution of accuracy over formats is to be estimated.
  static func estimates(_ arguments: Arguments) throws(InputError) -> Bool {
    try arguments.choice("--estimate", of: Estimate.self) != nil
  }

  private enum Estimate: String, CaseIterable {
    case distribution
  }

  private enum Undecided: String, CaseIterable {
    case pass
    case fail
  }

  private enum Place: String, CaseIterable {
    case github
    case gitlab
    case auto
  }

  private static func demands(_ arguments: Arguments) throws(InputError) -> Inference.Gates {
    var gates = Inference.Gates()
    gates.maxSpread = try share(arguments, "--max-spread")
    gates.minAccuracy = try share(arguments, "--min-accuracy")
    gates.minMedian = try share(arguments, "--min-median")
    gates.basis = try arguments.choice("--gate", of: Inference.Basis.self) ?? .certain
    return gates
  }

  /// A share from 0 to 1, both included, also as `10%`.
  private static func share(_ arguments: Arguments, _ name: String) throws(InputError) -> Double? {
    guard let text = arguments.text(name) else { return nil }
    let isPercent = text.hasSuffix("%")
    guard
      let value = Double(isPercent ? text.dropLast().trimmingCharacters(in: .whitespaces) : text),
      case let share = isPercent ? value / 100 : value, share >= 0, share <= 1
    else {
      throw InputError(
        "\(name) \(quoted(text)): expected a share from 0 to 1, such as 0.1 or 10%")
    }
    return share
  }

  private static func baseline(_ path: String) throws(InputError) -> Baseline {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard isThere else { throw InputError("--baseline \(path): no such file or directory") }
    let file = isFolder.boolValue ? path + "/report.json" : path
    let report = try TextFile.json(file)
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    let directory = RunDirectory(folder)
    var run: RunReport?
    // Answers are those of this report only where the run beside it is the one that it was made from.
    if directory.hasStudy, let digest = digest(report), try directory.study().digest == digest {
      run = try RunReport(directory: directory, version: Tool.version)
    }
    return try Baseline(path: path, report: report, run: run)
  }

  private static func digest(_ report: JSONReader) -> String? {
    guard case .object(let object) = report.value, case .object(let study)? = object["study"],
      case .string(let digest)? = study["sha256"]
    else { return nil }
    return digest
  }

  /// Writes and shows for other programs how judged reports came out, all in one file.
  ///
  /// - Parameters:
  ///   - reports: That of a run, or those of all runs of a suite.
  ///   - arguments: Of the command.
  ///   - folder: Where a file without a name of its own goes.
  /// - Throws: `InputError` naming a file that cannot be written.
  static func publish(
    _ reports: [RunReport], _ arguments: Arguments, in folder: String
  ) throws(InputError) {
    if arguments.command.name == "run", let file = arguments.text("--junit") {
      try TextFile.replace(file, with: JUnit.text(reports))
    }
    switch try place(arguments) {
    case .github: for report in reports { Output.raw(Annotations.github(report)) }
    case .gitlab:
      let findings = reports.flatMap { report in
        var paths: [String: String] = [:]
        for task in report.study.tasks { paths[task.name] = task.path }
        return Annotations.gitlab(report, paths: paths)
      }
      let file = folder + "/gl-code-quality-report.json"
      try TextFile.replace(file, with: JSON.array(findings).pretty())
      Output.line("formatspread: wrote \(file)")
    case .auto, nil: break
    }
  }

  private static func place(_ arguments: Arguments) throws(InputError) -> Place? {
    guard let place = try arguments.choice("--annotate", of: Place.self), place == .auto else {
      return try arguments.choice("--annotate", of: Place.self)
    }
    let environment = ProcessInfo.processInfo.environment
    if environment["GITHUB_ACTIONS"] == "true" { return .github }
    return environment["GITLAB_CI"] == "true" ? .gitlab : nil
  }
}
