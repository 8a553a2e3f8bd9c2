import Basics
import Estimation
import Formats
import Foundation
import Models
import Prompts
import Reports
import Runs

extension Subcommand {
  static let run = Subcommand(
    name: "run",
    summary: "Evaluate a model on tasks under many formats and report the range of accuracy",
    arguments: "TASK… [OPTIONS]",
    discussion: """
      TASK is a task file or the name of a bundled task ('formatspread tasks' lists them), a data file that \
      is made into a task ('formatspread import --help'), or a suite of tasks. The run is kept in a \
      directory; the same command on the same directory continues where it stopped.

      Without --backend, the built-in reference model answers: a small byte-level language model that is \
      there to try the tool, not a capable one.
      """,
    options: (InferenceOptions.forRun + ModelOptions.all + SessionOptions.all + [
      .init(
        name: "--formats", value: "N",
        help: "Formats of each task, its own included (default \(RunDefaults.formats))."),
      .init(
        name: "--shots", value: "K",
        help: "Demonstrations in each prompt (default \(RunDefaults.shots))."),
      .init(
        name: "--examples", value: "M",
        help: "Evaluated examples at most (default \(RunDefaults.examples))."),
      .init(
        name: "--pool", value: "P",
        help: "Examples set aside as demonstrations (default \(RunDefaults.pool))."),
      .init(
        name: "--search", value: "S",
        help: "How the evaluations are spent: "
          + SearchKind.allCases.map { "'\($0.rawValue)' (\($0.summary))" }.joined(separator: ", ")
          + ". Default: full, or \(RunDefaults.budgetedSearch.rawValue) with a budget."),
      .init(
        name: "--budget", value: "E",
        help: "Evaluations allowed for each task, such as 40k; for every search but full."),
      .init(
        name: "--batch", value: "B",
        help: "Examples in one step of a bandit search (default \(RunDefaults.batch))."),
      .init(
        name: "--accounting", value: "A",
        help: "'everything' counts every evaluation; 'paper' leaves out what the paper leaves out."),
      .init(
        name: "--scoring", value: "S",
        help: "'rank': the option with the highest log-probability answers (default where the task "
          + "has options); 'generate': the model writes text."),
      .init(
        name: "--normalization", value: "N",
        help:
          "Compare options by 'sum', per 'token' or per 'byte' (default: byte for an example's own "
          + "option texts, sum otherwise)."),
      .init(
        name: "--match", value: "M",
        help:
          "For generated text: 'prefix' (as in the paper, default), 'exact', 'contains', 'regex'."),
      .init(
        name: "--pattern", value: "REGEX",
        help: "For --match regex: its first group (or match) is compared with the answer."),
      .init(
        name: "--max-tokens", value: "T",
        help: "Length of generated text (default \(RunDefaults.maxTokens))."),
      .init(
        name: "--paper-zero-shot", value: nil,
        help: "At zero shots, leave the instruction out as the paper's code does."),
      .init(
        name: "--grammar", value: "FILE", help: "The grammar of atoms (default: the paper's)."),
      .init(name: "--seed", value: "S", help: "Fixes every random choice (default 0)."),
      .init(
        name: "--out", value: "DIR",
        help: "Where the run is kept (default: runs/ and a name made from the study)."),
      .init(
        name: "--concurrency", value: "C",
        help: "Requests under way at most, at each server (default: as many as it takes, up to 64)."
      ),
      PoolOptions.prompts,
      .init(
        name: "--max-failures", value: "F",
        help: "Give up after so many failed cells (default: after 20 in a row)."),
      .init(
        name: "--repeat", value: "SHARE",
        help: "Ask this share of the cells again at the end, such as 1%, and report how often the "
          + "answers differ."),
      .init(
        name: "--dry-run", value: nil,
        help: "Print the plan, its tokens and its time, and stop; a few prompts are asked to time "
          + "the model, and nothing is stored."),
      .init(name: "--json", value: nil, help: "Print the report as JSON instead of the table."),
      .init(name: "--quiet", value: nil, help: "No progress."),
    ] + DesignOptions.all + ExtraOptions.all + SuiteOptions.all + DataOptions.inRun
      + TerminalOptions.all + SummaryFile.options).arranged,
    examples: [
      ("formatspread run sentiment", "a first range, with nothing installed"),
      ("formatspread run topic --formats 320 --budget 12k", "within a budget"),
      (
        "formatspread run my-task.json --backend 'process:python3 my_model.py'",
        "your own model as a child process"
      ),
    ]
  ) { arguments in
    if let suite = try SuiteOptions.suite(arguments) { return try await suite.run() }
    let session = try RunSession(arguments)
    return try await session.run().status
  }
}

extension RunDefaults {
  static let budgetedSearch = SearchKind.adaptive
}

extension Study {
  /// The study that a command line describes, and its tasks.
  static func described(
    by arguments: Arguments
  ) throws(InputError) -> (study: Study, tasks: [PreparedTask]) {
    let names = try arguments.requirePositionals("a task")
    let formats = try arguments.number("--formats", from: 1) ?? RunDefaults.formats
    let examples = try arguments.number("--examples", from: 1) ?? RunDefaults.examples
    let budget = try arguments.number("--budget", from: 1)
    let chosen = try arguments.choice("--search", of: SearchKind.self)
    let search = chosen ?? (budget == nil ? .full : RunDefaults.budgetedSearch)
    if search == .full, budget != nil {
      throw InputError("--budget: --search full asks every cell; leave one of the two out")
    }
    if search != .full, budget == nil {
      throw InputError("--search \(search.rawValue): needs --budget, such as --budget 10k")
    }
    let (grammar, grammarReference) = try Loading.grammar(arguments.text("--grammar"))
    var tasks: [PreparedTask] = []
    var references: [TaskReference] = []
    for name in names {
      let (task, reference) = try DataOptions.task(name, arguments, grammar: grammar)
      guard !references.contains(where: { $0.name == reference.name }) else {
        throw InputError("task '\(reference.name)': given twice")
      }
      tasks.append(task)
      references.append(reference)
    }
    let specification = try ModelOptions.specification(arguments)
    var study = Study(
      tasks: references, grammar: grammarReference,
      backend: specification.description,
      formats: formats, shots: try arguments.number("--shots") ?? RunDefaults.shots,
      pool: try arguments.number("--pool") ?? RunDefaults.pool, examples: examples,
      paperZeroShot: arguments.has("--paper-zero-shot"),
      scoring: try scoring(arguments, tasks: tasks), search: search, budget: budget,
      batch: try arguments.number("--batch", from: 1) ?? RunDefaults.batch,
      accounting: try arguments.choice("--accounting", of: Accounting.self)
        ?? search.defaultAccounting,
      seed: try arguments.seed("--seed") ?? 0)
    study.server = try ModelOptions.choice(arguments, specification)
    try DesignOptions.apply(arguments, to: &study)
    study.inference = try InferenceOptions.inference(arguments)
    return (study, tasks)
  }

  private enum Kind: String, CaseIterable {
    case rank
    case generate
  }

  private enum Match: String, CaseIterable {
    case prefix
    case exact
    case contains
    case regex
  }

  private static func scoring(
    _ arguments: Arguments, tasks: [PreparedTask]
  ) throws(InputError) -> Scoring {
    let free = tasks.contains { $0.answers == .free }
    let kind = try arguments.choice("--scoring", of: Kind.self) ?? (free ? .generate : .rank)
    let normalization = try arguments.choice("--normalization", of: Normalization.self)
    let match = try arguments.choice("--match", of: Match.self)
    let maxTokens = try arguments.number("--max-tokens", from: 1)
    guard kind == .generate else {
      for name in ["--match", "--pattern", "--max-tokens"] where arguments.has(name) {
        throw InputError("\(name): belongs to --scoring generate")
      }
      return .rank(normalization)
    }
    if normalization != nil { throw InputError("--normalization: belongs to --scoring rank") }
    let matching: Scoring.Matching
    switch match ?? .prefix {
    case .prefix: matching = .prefix
    case .exact: matching = .exact
    case .contains: matching = .contains
    case .regex:
      guard let pattern = arguments.text("--pattern") else {
        throw InputError("--match regex: needs --pattern")
      }
      matching = .pattern(pattern)
      _ = try matching.match()
    }
    if arguments.has("--pattern"), match != .regex {
      throw InputError("--pattern: belongs to --match regex")
    }
    return .generate(matching, maxTokens: maxTokens ?? RunDefaults.maxTokens)
  }
}
