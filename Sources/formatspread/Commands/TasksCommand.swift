import Basics
import Formats
import Foundation
import Prompts
import Tasks

extension Subcommand {
  static let tasks = Subcommand(
    name: "tasks",
    summary: "List the bundled tasks, or check task files",
    arguments: "[check FILE…]",
    discussion: """
      'tasks' lists what comes with the tool. 'tasks check' reads task files as a reviewer would: what \
      cannot be read, repeated examples, fields that no prompt shows, answers that the question gives away, \
      unbalanced labels, odd characters, prompts longer than a context. What it finds goes to standard \
      output; how the answers are spread and what a prompt looks like, to standard error.
      """,
    options: [
      .init(
        name: "--grammar", value: "FILE", help: "The grammar of atoms (default: the paper's)."),
      .init(name: "--json", value: nil, help: "Print JSON."),
    ] + TasksCheck.options,
    examples: [
      ("formatspread tasks", "the bundled tasks"),
      ("formatspread tasks check my-task.json", "before the first run"),
    ]
  ) { arguments in
    guard let verb = arguments.positionals.first else { return try TasksCommand.list(arguments) }
    guard verb == "check" else {
      throw InputError(
        "tasks: unexpected argument \(quoted(verb))\(didYouMean(verb, among: ["check"])); "
          + "usage: formatspread tasks [check FILE…]")
    }
    return try await TasksCheck.run(arguments)
  }
}

private enum TasksCommand {
  static func list(_ arguments: Arguments) throws(InputError) -> Int32 {
    let files = Bundled.taskFiles()
    guard !files.isEmpty else {
      throw InputError(
        "tasks: no bundled tasks found; run in the checkout, or set FORMATSPREAD_HOME to it")
    }
    var rows: [(name: String, examples: Int, options: String, description: String)] = []
    for file in files {
      let task = try EvaluationTask(try TextFile.json(file))
      let options: String =
        switch task.options {
        case .fixed(let texts):
          texts.count <= 3 ? texts.joined(separator: "/") : "\(texts.count) labels"
        case .list: "\(task.examples.first.map(count(task)) ?? 0) per example"
        case .free: "free"
        }
      rows.append((task.name, task.examples.count, options, task.description))
    }
    if arguments.has("--json") {
      let list = zip(files, rows).map { file, row in
        JSON.members([
          "name": .string(row.name), "path": .string(file), "examples": .integer(row.examples),
          "options": .string(row.options), "description": .string(row.description),
        ])
      }
      Output.data(JSON.array(list).pretty())
      return Tool.Status.done
    }
    let names = (rows.map(\.name.count).max() ?? 0) + 2
    let options = (rows.map(\.options.count).max() ?? 0) + 2
    var text = ""
    for row in rows {
      let head =
        pad(row.name, names) + pad("\(row.examples) examples", 15) + pad(row.options, options)
      let lines = Help.wrapped(
        row.description, indent: head.count, width: max(terminalWidth(), head.count + 30))
      text += head + String(lines.dropFirst(head.count))
    }
    Output.data(text)
    return Tool.Status.done
  }

  private static func count(_ task: EvaluationTask) -> (Example) -> Int {
    { example in
      if case .list(let list) = task.options { example.items(list)?.count ?? 0 } else { 0 }
    }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
