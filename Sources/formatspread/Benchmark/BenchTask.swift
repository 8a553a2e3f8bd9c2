import Basics
import Estimation
import Formats
import Prompts
import Runs
import Tasks

/// The task of the benchmark: questions of one line with four options each.
///
/// Each has a number of six digits and one of four words, so that a test server that knows the numbers
/// can answer rightly; any other model just answers something.
enum BenchTask {
  static let words = ["amber", "birch", "coral", "dunes"]
  private static let things = [
    "wheel", "lamp", "cloud", "paper", "stone", "field", "glass", "rope",
  ]

  static func prepared(examples: Int) throws(InputError) -> PreparedTask {
    var generator = SeededGenerator(seed: 1, stream: "bench")
    var list: [JSON] = []
    for number in 0..<examples {
      let order = generator.permutation(words.count)
      func thing() -> String { things[generator.below(things.count)] }
      let question =
        "in record \(120_000 + number) which word goes with the \(thing()) and the \(thing()) near "
        + "the \(thing())"
      list.append(
        .members([
          "question": .string(question), "choices": .strings(order.map { words[$0] }),
          "answer": .integer(1 + generator.below(words.count)),
        ]))
    }
    let document = JSON.members([
      "schema": .string("formatspread.task/1"), "name": .string("bench"),
      "instruction": .string("Choose the right word."),
      "structure": .members([
        "template": .string(
          "Question: {question}\nOptions:\nA. {choices.1}\nB. {choices.2}\nC. {choices.3}\n"
            + "D. {choices.4}\nAnswer: {answer}")
      ]),
      "options": .string("choices"), "examples": .array(list),
    ])
    return try PreparedTask(
      try EvaluationTask(JSONReader(document, file: "the benchmark's task")), grammar: .paper,
      structureFile: Loading.structureFile)
  }

  /// The plan of a measured run: every format on every example.
  static func plan(
    _ task: PreparedTask, backend: String, server: Study.ServerChoice, scoring: Scoring,
    evaluations: Int
  ) throws(InputError) -> Plan {
    let pool = 10
    let examples = min(task.task.examples.count - pool, evaluations)
    var study = Study(
      tasks: [
        Study.TaskReference(
          name: task.task.name, path: "", digest: "", count: task.task.examples.count)
      ],
      grammar: Study.GrammarReference(name: "paper", path: nil, digest: ""), backend: backend,
      formats: max(1, (evaluations + examples - 1) / examples), shots: 1, pool: pool,
      examples: examples, paperZeroShot: false, scoring: scoring, search: .full, budget: nil,
      batch: 20, accounting: .everything, seed: 0)
    study.server = server
    return try Plan(study, prepared: [task])
  }
}
