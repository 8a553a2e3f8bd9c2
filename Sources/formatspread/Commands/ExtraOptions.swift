import Basics
import Models
import Prompts
import Reports
import Runs
import Sensitivity

/// The options of `run` for measurements that ask more of the model than the study does.
enum ExtraOptions {
  static let all: [Subcommand.Option] = [
    .init(
      name: "--posix", value: "SAMPLE",
      help:
        "At the end, score every format's response after every other format's prompt, for 'metrics'; "
        + "on so many examples of each task, as 20, or 20x30 for at most 30 formats. The cost is told "
        + "first."),
    .init(
      name: "--embed", value: "SAMPLE",
      help:
        "At the end, ask for the representation of prompts, for 'metrics'; a sample as for --posix."
    ),
    .init(
      name: "--embed-backend", value: "ADDRESS",
      help:
        "A server that is asked for the representations instead of --backend, for servers that give "
        + "either answers or representations, as vLLM does (--runner pooling)."),
  ]

  static func sizes(
    _ arguments: Arguments
  ) throws(InputError) -> (posix: SampleSize?, embeddings: SampleSize?) {
    (try size("--posix", arguments), try size("--embed", arguments))
  }

  /// What is asked for representations instead of the run's own model; nil for that model.
  static func embedder(_ arguments: Arguments) throws(InputError) -> (any Model)? {
    let name = "--embed-backend"
    guard let text = arguments.text(name) else { return nil }
    guard arguments.has("--embed") else {
      throw InputError("\(name): needs --embed, such as --embed 20")
    }
    guard case .server(let address) = try BackendSpecification.parse(text) else {
      throw InputError(
        "\(name) \(quoted(text)): expected a server's address, such as http://localhost:8001/v1")
    }
    var settings = ServerModel.Settings()
    settings.onlyEmbeds = true
    settings.key = try ModelOptions.key(arguments)
    if let timeout = try ModelOptions.timeout(arguments) { settings.http.totalTimeout = timeout }
    try PoolOptions.apply(arguments, to: &settings)
    return ServerModel(address, settings: settings)
  }

  private static func size(
    _ name: String, _ arguments: Arguments
  ) throws(InputError) -> SampleSize? {
    guard let text = arguments.text(name) else { return nil }
    if arguments.has("--shard") {
      throw InputError(
        "\(name): a shard has a part of the answers only; merge the shards and give it with "
          + "'run --config MERGED/study.json --out MERGED'")
    }
    guard let size = SampleSize(text) else {
      throw InputError(
        "\(name) \(quoted(text)): expected a number of examples such as 20, or examples and formats "
          + "such as 20x30")
    }
    return size
  }

  /// What the measurements cost at most, for a plan that was not run yet.
  static func announcement(_ plan: Plan, _ settings: Conductor.Settings) -> String {
    var text = ""
    for task in plan.tasks {
      func count(_ size: SampleSize) -> (examples: Int, formats: Int) {
        (
          min(size.examples, task.split.evaluated.count),
          min(size.formats ?? .max, task.formats.count)
        )
      }
      if let size = settings.posix.map(count) {
        let requests = size.examples * size.formats
        text +=
          "POSIX        \(task.name): at most \(grouped(requests)) requests with "
          + "\(grouped(requests * size.formats)) responses to score, less what the run will have\n"
      }
      if let size = settings.embeddings.map(count) {
        text +=
          "Embeddings   \(task.name): at most \(grouped(size.examples * size.formats)) prompts\n"
      }
    }
    return text
  }
}

/// What a run without right answers prints below its table.
enum UnlabelledFigures {
  static func text(_ directory: RunDirectory) throws(InputError) -> String {
    var lines: [String] = []
    for stored in try StoredAnswers.read(directory) where !stored.grid.hasLabels {
      lines.append("\(stored.task.name): how the answers depend on the format")
      lines += stored.metrics(resamples: 1_000, seed: 0).lines(
        explains: false, width: terminalWidth(), fits: isOnTerminal(),
        example: { stored.examples[$0] },
        answer: { stored.answer($0, example: $1) })
      lines.append("")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
