import Estimation
import Importing
import Models
import Prompts
import Runs
import Tasks

/// Under which heading of the help an option stands, and what a shell offers for its value.
///
/// One place for all commands, because many options are shared.
enum OptionTable {
  /// The headings of a long help in their order, with the options under each.
  static let headings: [(heading: String, options: [String])] = [
    (
      "MODEL",
      [
        "--backend", "--model", "--server", "--method", "--chat", "--api-key-file", "--timeout",
        "--requests-per-minute", "--address",
      ]
    ),
    (
      "FORMATS AND EXAMPLES",
      [
        "--formats", "--examples", "--shots", "--pool", "--grammar", "--tags",
        "--paper-zero-shot", "--seed", "--design", "--axis", "--demonstration-seed",
      ]
    ),
    (
      "DATA FILES",
      [
        "--kind", "--template", "--answer", "--options", "--labels", "--first-position",
        "--instruction", "--rows", "--separator", "--no-header", "--limit",
      ]
    ),
    (
      "SEARCH AND STOPPING",
      [
        "--search", "--budget", "--batch", "--accounting", "--until", "--confidence", "--estimate",
        "--deadline", "--max-failures",
      ]
    ),
    ("SCORING", ["--scoring", "--normalization", "--match", "--pattern", "--max-tokens"]),
    (
      "GATES",
      [
        "--max-spread", "--min-accuracy", "--min-median", "--max-drop", "--baseline", "--gate",
        "--undecided", "--no-early-stop", "--junit", "--annotate",
      ]
    ),
    (
      "THE RUN",
      [
        "--config", "--out", "--concurrency", "--prompts-per-request", "--repeat", "--reuse",
        "--shard", "--dry-run",
      ]
    ),
    ("OUTPUT", ["--json", "--summary", "--plain", "--quiet"]),
  ]

  static func offer(for name: String) -> Subcommand.Offer? {
    switch name {
    case "--search": .words(SearchKind.allCases.map(\.rawValue))
    case "--accounting": .words(Accounting.allCases.map(\.rawValue))
    case "--normalization": .words(Normalization.allCases.map(\.rawValue))
    case "--scoring": .words(["rank", "generate"])
    case "--match": .words(["prefix", "exact", "contains", "regex"])
    case "--server": .words(ServerKind.allCases.map(\.rawValue))
    case "--method":
      .words(ScoringMethod.allCases.filter { $0 != .process }.map(\.rawValue))
    case "--chat": .words(["single", "turns"])
    case "--gate": .words(["certain", "point"])
    case "--undecided": .words(["pass", "fail"])
    case "--annotate": .words(["github", "gitlab", "auto"])
    case "--kind": .words(ImportKind.allCases.map(\.rawValue))
    case "--shape": .words(StarterTask.Shape.allCases.map(\.rawValue))
    case "--estimate": .words(["distribution"])
    case "--backend": .words(["reference", "process:", "http://localhost:8000/v1"])
    case "--grammar", "--factors", "--matrix", "--api-key-file", "--pattern-file", "--config",
      "--baseline", "--junit", "--summary":
      .files
    case "--out", "--run", "--reuse": .folders
    default: nil
    }
  }
}

extension [Subcommand.Option] {
  /// These options with the table's headings and offers, in the table's order; unknown ones come last.
  var arranged: Self {
    var left = map { option in
      var option = option
      if let offer = OptionTable.offer(for: option.name) { option.completes = offer }
      return option
    }
    var result: Self = []
    for (heading, names) in OptionTable.headings {
      for name in names {
        guard let index = left.firstIndex(where: { $0.name == name }) else { continue }
        var option = left.remove(at: index)
        option.group = heading
        result.append(option)
      }
    }
    return result + left
  }

  /// These options with the table's offers, under one heading in their own order.
  var offering: Self {
    map { option in
      var option = option
      if let offer = OptionTable.offer(for: option.name) { option.completes = offer }
      return option
    }
  }
}

extension Subcommand {
  /// This command with the table's offers for the values of its options.
  var offering: Self {
    var command = self
    command.options = options.offering
    command.completes =
      switch name {
      case "run", "formats", "tasks": .tasks
      case "report", "metrics", "attribute", "compare", "recommend", "merge": .folders
      case "completions": .words(Shell.allCases.map(\.rawValue))
      case "probe", "replay", "bench", "reference-model", "manual", "schema": .nothing
      default: .files
      }
    return command
  }
}
