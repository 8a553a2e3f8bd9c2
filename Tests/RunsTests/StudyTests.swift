import Basics
import Estimation
import Prompts
import Testing

@testable import Runs

struct StudyTests {
  static let studies: [Study] = [
    .sample(), .sample([.fixed, .labels], search: .thompson, budget: 500),
    .sample(scoring: .rank(.token), seed: .max), .sample(scoring: .generate(.exact, maxTokens: 3)),
    .sample(scoring: .generate(.pattern(#"(\d+)"\n"#), maxTokens: 99)),
    {
      var study = Study.sample()
      study.grammar = .init(name: "own", path: "a b/own.json", digest: "ff")
      study.paperZeroShot = true
      study.backend = "process:python3 'my model.py'"
      study.accounting = .paper
      study.server.model = "tiny"
      study.server.kind = "vllm"
      study.server.method = "echo"
      study.server.chat = .turns
      return study
    }(),
  ]

  @Test(arguments: studies)
  func `a study reads back as it was written`(_ study: Study) throws {
    let text = study.json.pretty()
    let read = try Study(JSONReader(try JSON.parse(text), file: "study.json"))
    #expect(read == study)
    #expect(read.json.pretty() == text)
    #expect(read.digest == study.digest)
    #expect(read.differences(from: study).isEmpty)
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What `differences` says of the changed study, against the sample as it is.
    let difference: String
    let apply: @Sendable (inout Study) -> Void

    init(_ name: String, _ difference: String, _ apply: @escaping @Sendable (inout Study) -> Void) {
      testDescription = name
      self.difference = difference
      self.apply = apply
    }
  }

  static let changes: [Change] = [
    Change("task name", "tasks fixed (here other)") { $0.tasks[0].name = "other" },
    Change("task content", "the content of a task file") { $0.tasks[0].digest = "00" },
    Change("another task", "tasks fixed (here fixed fixed)") { $0.tasks.append($0.tasks[0]) },
    Change("grammar content", "grammar paper (here paper)") { $0.grammar.digest = "ab" },
    Change("task size", "the content of a task file") { $0.tasks[0].count = 25 },
    Change("grammar name", "grammar paper (here own)") { $0.grammar.name = "own" },
    Change("backend", #"backend "reference" (here "process:x")"#) { $0.backend = "process:x" },
    Change("server", #"server none (here {"chat":"turns"})"#) { $0.server.chat = .turns },
    Change("model", #"server none (here {"model":"m"})"#) { $0.server.model = "m" },
    Change("server kind", #"server none (here {"kind":"tgi"})"#) { $0.server.kind = "tgi" },
    Change("method", #"server none (here {"method":"echo"})"#) { $0.server.method = "echo" },
    Change("formats", "formats 8 (here 9)") { $0.formats = 9 },
    Change("shots", "shots 2 (here 1)") { $0.shots = 1 },
    Change("pool", "pool 4 (here 3)") { $0.pool = 3 },
    Change("examples", "examples 20 (here 7)") { $0.examples = 7 },
    Change("paper zero shot", "paper_zero_shot false (here true)") { $0.paperZeroShot = true },
    Change(
      "scoring",
      #"scoring {"kind":"rank"} (here {"kind":"generate","match":"prefix","max_tokens":5})"#
    ) { $0.scoring = .generate(.prefix, maxTokens: 5) },
    Change(
      "normalization", #"scoring {"kind":"rank"} (here {"kind":"rank","normalization":"sum"})"#
    ) { $0.scoring = .rank(.sum) },
    Change("search", #"search "full" (here "uniform")"#) { $0.search = .uniform },
    Change("budget", "budget none (here 7)") { $0.budget = 7 },
    Change("batch", "batch 5 (here 6)") { $0.batch = 6 },
    Change("accounting", #"accounting "everything" (here "paper")"#) { $0.accounting = .paper },
    Change("seed", "seed 5 (here 6)") { $0.seed = 6 },
  ]

  @Test(arguments: changes)
  func `the digest and the differences know every field that decides results`(
    _ change: Change
  ) {
    let study = Study.sample()
    var changed = study
    change.apply(&changed)
    #expect(changed.digest != study.digest)
    #expect(changed.differences(from: study) == [change.difference])
  }

  @Test func `paths are not part of a study's identity`() {
    let study = Study.sample([.fixed, .labels])
    var moved = study
    moved.tasks[1].path = "elsewhere/labels.json"
    moved.grammar.path = "formats/paper.json"
    #expect(moved.digest == study.digest)
    #expect(moved.differences(from: study).isEmpty)
  }

  @Test(arguments: [
    (
      #"{"schema":"formatspread.study/9"}"#,
      "study.json: $.schema: unknown schema 'formatspread.study/9'; this version reads 'formatspread.study/1'"
    ),
    (#"{}"#, "study.json: $: the key 'schema' is missing"),
    (
      #"{"schema":"formatspread.study/1","sed":1}"#,
      "study.json: $: unknown key 'sed' (did you mean 'seed'?); known: schema, tasks, grammar, backend, server, formats, shots, pool, examples, paper_zero_shot, scoring, search, budget, batch, accounting, seed, inference, design, axis"
    ),
  ])
  func `a study that cannot be read says where and why`(_ text: String, _ message: String) throws {
    let reader = JSONReader(try JSON.parse(text), file: "study.json")
    #expect(throws: InputError(message)) { try Study(reader) }
  }

  @Test(arguments: [
    ("seed", "-1", "$.seed: expected a whole number from 0 to 18446744073709551615"),
    (
      "seed", "18446744073709551616",
      "$.seed: expected a whole number from 0 to 18446744073709551615"
    ),
    ("formats", "0", "$.formats: expected a whole number of at least 1, found the number 0"),
    (
      "accounting", #""best""#,
      "$.accounting: unknown value 'best'; known: everything, paper"
    ),
    ("scoring", #"{"kind":"guess"}"#, "$.scoring.kind: expected rank or generate"),
  ])
  func `a wrong value in a study is named with its path`(
    _ key: String, _ value: String, _ message: String
  ) throws {
    guard case .object(var object) = Study.sample().json else { return }
    object[key] = try JSON.parse(value)
    let reader = JSONReader(.object(object), file: "s.json")
    #expect(throws: InputError("s.json: " + message)) { try Study(reader) }
  }

  @Test func `a task without options cannot be ranked`() {
    #expect(
      throws: InputError("task 'free' has no options to rank; use --scoring generate")
    ) { try Plan.sample(.sample([.free])) }
  }

  @Test func `a plan knows how many evaluations it asks for at most`() throws {
    #expect(try Plan.sample(.sample([.fixed, .labels])).evaluations == 2 * 160)
    #expect(try Plan.sample(.sample(search: .thompson, budget: 90)).evaluations == 90)
    #expect(try Plan.sample(.sample(search: .uniform, budget: 1000)).evaluations == 160)
    var study = Study.sample(search: .thompson, budget: 90)
    study.accounting = .paper
    #expect(try Plan.sample(study).evaluations == 150)
  }

  @Test func `options are compared by their sum unless they are an example's own texts`() throws {
    let tasks = try Plan.sample(.sample([.fixed, .labels, .texts])).tasks
    #expect(tasks.map { $0.normalization(0) } == [.sum, .sum, .byte])
    let chosen = try Plan.sample(.sample([.fixed, .texts], scoring: .rank(.token))).tasks
    #expect(chosen.map { $0.normalization(0) } == [.token, .token])
  }
}
