import Basics
import Models

extension Subcommand {
  static let probe = Subcommand(
    name: "probe",
    summary: "Find out what a model server can really do",
    arguments: "--backend URL [OPTIONS]",
    discussion: """
      Asks a few short questions and prints which server and model answer, which ways of scoring were \
      confirmed, and what was seen where one was not. A run does the same before its first question and \
      uses nothing that was not confirmed.
      """,
    options: ModelOptions.all + [.init(name: "--json", value: nil, help: "Print JSON.")],
    examples: [
      ("formatspread probe --backend http://localhost:8000/v1", "a server on this machine")
    ]
  ) { arguments in
    if let extra = arguments.positionals.first {
      throw InputError(
        "probe: unexpected argument \(quoted(extra)); give the address with --backend")
    }
    guard arguments.has("--backend") else {
      throw InputError("probe: give the server's address, as --backend http://localhost:8000/v1")
    }
    let specification = try ModelOptions.specification(arguments)
    let model = try ModelOptions.model(
      arguments, specification, try ModelOptions.choice(arguments, specification), errorLog: nil
    ) { Output.line("formatspread: \($0)") }
    let capabilities: Capabilities
    do {
      capabilities = try await model.hello()
    } catch {
      await model.close()
      throw error
    }
    let more = try await PoolOptions.lines(model)
    await model.close()
    if arguments.has("--json") {
      Output.data(json(capabilities).pretty())
    } else {
      Output.data((lines(capabilities) + more).map { $0 + "\n" }.joined())
    }
    return Tool.Status.done
  }

  private static func lines(_ capabilities: Capabilities) -> [String] {
    capabilities.probe?.lines ?? [
      "model: \(capabilities.name)",
      "scoring: \(capabilities.scoring?.rawValue ?? "none; use --scoring generate")",
      "generation: \(capabilities.generates ? "yes" : "no")",
      "requests at once: \(capabilities.maxInFlight)",
    ]
  }

  private static func json(_ capabilities: Capabilities) -> JSON {
    let probe = capabilities.probe
    return .members([
      "model": .string(capabilities.name),
      "server": probe.map { .string($0.kind.rawValue) },
      "version": probe?.version.map { .string($0) },
      "context_length": probe?.contextLength.map { .integer($0) },
      "scoring": capabilities.scoring.map { .string($0.rawValue) } ?? .null,
      "generates": .bool(capabilities.generates),
      "alternatives": probe?.alternatives.map { .integer($0) },
      "findings": probe.map { probe in
        .array(
          probe.findings.map {
            .members([
              "subject": .string($0.subject), "verdict": .string($0.verdict.rawValue),
              "detail": .string($0.detail),
            ])
          })
      },
    ])
  }
}
