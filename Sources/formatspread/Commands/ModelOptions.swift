import Basics
import Foundation
import Models
import Runs

/// The options that say what answers, shared by the commands that ask a model.
enum ModelOptions {
  static let all: [Subcommand.Option] = [
    .init(
      name: "--backend", value: "B",
      help: "What answers: 'reference' (default), 'process:COMMAND' (a program that speaks the "
        + "child-process protocol), or a model server's base address such as "
        + "http://localhost:8000/v1. Several addresses of one model share the work.",
      isRepeated: true),
    .init(name: "--model", value: "NAME", help: "The model, where a server has several."),
    .init(
      name: "--server", value: "KIND",
      help: "What the server is, instead of finding out: "
        + ServerKind.allCases.map(\.rawValue).joined(separator: ", ") + "."),
    .init(
      name: "--method", value: "M",
      help: "The scoring method, instead of the best that the probe confirms: "
        + ScoringMethod.allCases.filter { $0 != .process }.map(\.rawValue)
        .joined(separator: ", ") + "."),
    .init(
      name: "--chat", value: "C",
      help: "Ask the chat endpoint: 'single' (the prompt is one message) or 'turns' (instruction, "
        + "demonstrations and query are messages)."),
    .init(
      name: "--api-key-file", value: "FILE",
      help: "A file with the server's key; otherwise FORMATSPREAD_API_KEY is used. Keys are never "
        + "printed or stored."),
    .init(
      name: "--timeout", value: "S",
      help: "Seconds for one answer (default 120 for a process, 600 for a server)."),
    PoolOptions.pace,
  ]

  static func specification(_ arguments: Arguments) throws(InputError) -> BackendSpecification {
    let given =
      arguments.texts("--backend").first
      ?? ProcessInfo.processInfo.environment["FORMATSPREAD_BACKEND"]
    return try BackendSpecification.parse(given ?? "reference")
  }

  /// What the user says of a server; checked against the backend.
  static func choice(
    _ arguments: Arguments, _ specification: BackendSpecification
  ) throws(InputError) -> Study.ServerChoice {
    var choice = Study.ServerChoice()
    choice.model = arguments.text("--model")
    if let name = arguments.text("--server") { choice.kind = try ServerKind.parse(name).rawValue }
    if let name = arguments.text("--method") {
      choice.method = try ScoringMethod.parse(name).rawValue
    }
    choice.chat = try arguments.choice("--chat", of: Study.ServerChoice.Chat.self)
    if case .server = specification { return choice }
    for name in [
      "--model", "--server", "--method", "--chat", "--api-key-file", PoolOptions.pace.name,
    ]
    where arguments.has(name) {
      throw InputError("\(name): belongs to a model server; give its address with --backend")
    }
    return choice
  }

  /// The model that the options describe; nothing is started yet.
  ///
  /// A child process writes its standard error to `errorLog`, and `notice` is told of restarts.
  static func model(
    _ arguments: Arguments, _ specification: BackendSpecification, _ choice: Study.ServerChoice,
    errorLog: String?, notice: @escaping @Sendable (String) -> Void,
    change: (inout ServerModel.Settings) -> Void = { _ in }
  ) throws(InputError) -> any Model {
    let timeout = try timeout(arguments)
    let others = try PoolOptions.others(arguments, specification)
    var settings = ChildProcessModel.Settings()
    settings.notice = notice
    settings.errorLog = errorLog
    if let timeout { settings.requestTimeout = timeout }
    switch specification {
    case .reference:
      return try ChildProcessModel(
        Command(executable: Bundled.executable, arguments: ["reference-model"]),
        settings: settings)
    case .process(let command): return try ChildProcessModel(command, settings: settings)
    case .server(let address):
      var settings = ServerModel.Settings()
      settings.model = choice.model
      if let kind = choice.kind { settings.kind = try ServerKind.parse(kind) }
      if let method = choice.method { settings.method = try ScoringMethod.parse(method) }
      settings.chat = choice.chat != nil
      settings.key = try key(arguments)
      if let timeout { settings.http.totalTimeout = timeout }
      try PoolOptions.apply(arguments, to: &settings)
      change(&settings)
      return PoolOptions.model(address, others, settings)
    }
  }

  static func timeout(_ arguments: Arguments) throws(InputError) -> Duration? {
    guard let text = arguments.text("--timeout") else { return nil }
    guard let seconds = Double(text), seconds > 0, seconds < 1e6 else {
      throw InputError("--timeout \(quoted(text)): expected seconds above 0, such as 30 or 0.5")
    }
    return .seconds(seconds)
  }

  static func key(_ arguments: Arguments) throws(InputError) -> APIKey? {
    if let path = arguments.text("--api-key-file") {
      return try APIKey(file: path)
    }
    return try ProcessInfo.processInfo.environment["FORMATSPREAD_API_KEY"].map {
      text throws(InputError) in
      try APIKey(text)
    }
  }
}
