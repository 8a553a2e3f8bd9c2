package import Basics
package import Estimation

/// Everything that decides a run's results: tasks × formats × model × scoring × search × seed.
///
/// What only decides how fast it goes (concurrency, time limits) and where it is stored is not part of it.
package struct Study: Sendable, Hashable {
  package var tasks: [TaskReference]
  package var grammar: GrammarReference
  /// As after `--backend`.
  package var backend: String
  /// What is asked of a model server, and how; empty for other backends.
  package var server = ServerChoice()
  /// Formats of each task, its own included.
  package var formats: Int
  package var shots: Int
  /// Examples of each task set aside as demonstrations.
  package var pool: Int
  /// Evaluated examples of each task at most.
  package var examples: Int
  /// Leaves the instruction out at zero shots, as the released code of the paper does.
  package var paperZeroShot: Bool
  package var scoring: Scoring
  package var search: SearchKind
  /// Evaluations allowed for each task; nil for `full`.
  package var budget: Int?
  /// Examples in one step of a search.
  package var batch: Int
  package var accounting: Accounting
  package var seed: UInt64
  /// Certainty, stopping and gates, where they are not the default.
  package var inference = Inference()
  /// How formats are chosen.
  package var design = StudyDesign.random
  /// What prompts vary beside the atoms of their format.
  package var axes = StudyAxes()

  package init(
    tasks: [TaskReference], grammar: GrammarReference, backend: String, formats: Int, shots: Int,
    pool: Int, examples: Int, paperZeroShot: Bool, scoring: Scoring, search: SearchKind,
    budget: Int?, batch: Int, accounting: Accounting, seed: UInt64
  ) {
    self.tasks = tasks
    self.grammar = grammar
    self.backend = backend
    self.formats = formats
    self.shots = shots
    self.pool = pool
    self.examples = examples
    self.paperZeroShot = paperZeroShot
    self.scoring = scoring
    self.search = search
    self.budget = budget
    self.batch = batch
    self.accounting = accounting
    self.seed = seed
  }

  /// A task by its file and its content.
  package struct TaskReference: Sendable, Hashable {
    package var name: String
    /// Where it was read; not part of the study's identity.
    package var path: String
    /// SHA-256 of the file's bytes.
    package var digest: String
    /// How many examples the file has.
    package var count: Int
    /// How a data file was made into the task, by the options of `run`; nil for a task's own file.
    ///
    /// Not part of the study's identity: the digest is that of the task it gave.
    package var data: JSON?

    package init(name: String, path: String, digest: String, count: Int) {
      self.name = name
      self.path = path
      self.digest = digest
      self.count = count
    }
  }

  /// A grammar by its name, its file where it has one, and its content.
  package struct GrammarReference: Sendable, Hashable {
    package var name: String
    /// Nil for the built-in grammar of the paper; not part of the study's identity.
    package var path: String?
    package var digest: String

    package init(name: String, path: String?, digest: String) {
      self.name = name
      self.path = path
      self.digest = digest
    }
  }

  /// The user's word on a model server; what is left out is found by probing.
  package struct ServerChoice: Sendable, Hashable {
    /// The model's name, where the server has several.
    package var model: String?
    /// What the server is, as after `--server`.
    package var kind: String?
    /// The scoring method, as after `--method`.
    package var method: String?
    /// How a prompt becomes messages; nil asks the completions endpoint.
    package var chat: Chat?

    package enum Chat: String, Sendable, Hashable, CaseIterable {
      /// The whole prompt is one message of the user.
      case single
      /// The instruction is the system's message, each demonstration a question and its answer.
      case turns
    }

    package init() {}
  }

  /// SHA-256 over what decides the answers; paths, and what is only said about them, are left out.
  package var digest: String {
    var neutral = self
    for index in neutral.tasks.indices {
      neutral.tasks[index].path = ""
      neutral.tasks[index].data = nil
    }
    neutral.grammar.path = nil
    // What is only said about the answers, and does not decide which are asked, may change later.
    neutral.inference = inference.deciding
    return SHA256.hex(neutral.json.compact)
  }

  /// What differs from the study of an existing run, as `budget 400 (here 800)`.
  ///
  /// - Parameter other: The study of the run.
  /// - Returns: Nothing when the two have the same results.
  package func differences(from other: Study) -> [String] {
    guard digest != other.digest else { return [] }
    guard case .object(let mine) = json, case .object(let theirs) = other.json else { return [] }
    var found: [String] = []
    for key in mine.keys + theirs.keys.filter({ mine[$0] == nil }) {
      let here = mine[key]
      let there = theirs[key]
      guard here != there else { continue }
      switch key {
      case "tasks":
        let names = (tasks.map(\.name), other.tasks.map(\.name))
        if names.0 != names.1 {
          found.append(
            "tasks \(names.1.joined(separator: " ")) (here \(names.0.joined(separator: " ")))")
        } else if zip(tasks, other.tasks).contains(where: {
          $0.digest != $1.digest || $0.count != $1.count
        }) {
          found.append("the content of a task file")
        }
      case "grammar":
        if grammar.digest != other.grammar.digest || grammar.name != other.grammar.name {
          found.append("grammar \(other.grammar.name) (here \(grammar.name))")
        }
      default:
        found.append("\(key) \(there?.compact ?? "none") (here \(here?.compact ?? "none"))")
      }
    }
    return found
  }
}
