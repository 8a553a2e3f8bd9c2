import Basics
import Formats
import Foundation
import Importing
import Prompts
import Tasks

extension Subcommand {
  static let importData = Subcommand(
    name: "import",
    summary: "Make a task of a data file: a table, JSON, or a benchmark's own format",
    arguments: "KIND FILE… [OPTIONS]",
    discussion: """
      KIND is one of: \
      \(ImportKind.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: "; ")).

      What is found, chosen and left out is said on standard error. 'formatspread run data.csv' does the same \
      and runs at once.
      """,
    options: [
      .init(
        name: "--out", value: "FILE",
        help: "The task file, or a folder for several tasks (default: standard output)."),
      .init(name: "--force", value: nil, help: "Replace a task file that exists."),
      .init(name: "--name", value: "NAME", help: "The task's name (default: the file's)."),
    ] + DataOptions.shared + [
      .init(name: "--seed", value: "S", help: "Which rows a sample has (default 0).")
    ],
    examples: [
      (
        "formatspread import csv reviews.csv --template 'Review: {text}\\nSentiment: {label}' --out t.json",
        "columns into a prompt"
      ),
      ("formatspread import bbh bbh/*.json --out tasks", "one task for each file"),
    ]
  ) { arguments in
    try ImportCommand.run(arguments)
  }
}

private enum ImportCommand {
  static func run(_ arguments: Arguments) throws(InputError) -> Int32 {
    let words = try arguments.requirePositionals("a kind and a file")
    guard let kind = ImportKind(rawValue: words[0]) else {
      let known = ImportKind.allCases.map(\.rawValue)
      throw InputError(
        "import \(quoted(words[0])): unknown kind\(didYouMean(words[0], among: known)); known: "
          + known.joined(separator: ", "))
    }
    let files = Array(words.dropFirst())
    guard !files.isEmpty else {
      throw InputError(
        "import \(kind.rawValue): expected a file; \(kind.rawValue) is \(kind.summary)")
    }
    var settings = try DataOptions.settings(arguments)
    settings.name = arguments.text("--name")
    settings.seed = try arguments.seed("--seed") ?? 0
    if kind.isTaskPerFile, files.count > 1, settings.name != nil {
      throw InputError("--name: each file of this kind is a task of its own; leave --name out")
    }
    let tasks = try DataOptions.tasks(files, kind, settings)
    var texts: [(path: String?, text: String)] = []
    for task in tasks {
      let path = try path(arguments, task, isSeveral: tasks.count > 1)
      texts.append((path, TaskDocument.text(task.document)))
    }
    for (task, (path, text)) in zip(tasks, texts) {
      for note in task.notes { Output.line("\(task.name): \(note)") }
      if let path {
        try TextFile.replace(path, with: text)
        Output.line("wrote \(path): \(try summary(task)); next: formatspread tasks check \(path)")
      } else {
        Output.data(text)
        Output.line("\(task.name): \(try summary(task)); --out keeps it")
      }
    }
    return Tool.Status.done
  }

  private static func summary(_ imported: ImportedTask) throws(InputError) -> String {
    let task = try EvaluationTask(JSONReader(imported.document, file: imported.name))
    let prepared = try PreparedTask(task, grammar: .paper, structureFile: Loading.structureFile)
    let count = task.examples.count
    return "\(count) example\(count == 1 ? "" : "s"), \(prepared.space.count) plausible formats"
  }

  private static func path(
    _ arguments: Arguments, _ task: ImportedTask, isSeveral: Bool
  ) throws(InputError) -> String? {
    guard let out = arguments.text("--out") else {
      guard !isSeveral else {
        throw InputError("--out: several tasks need a folder, such as --out tasks")
      }
      return nil
    }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: out, isDirectory: &isFolder)
    if isSeveral, exists, !isFolder.boolValue {
      throw InputError("--out \(out): is a file; several tasks need a folder")
    }
    let path: String
    if isSeveral || isFolder.boolValue || out.hasSuffix("/") {
      do {
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      } catch {
        throw InputError("--out \(out): the folder cannot be made")
      }
      path = (out.hasSuffix("/") ? out : out + "/") + task.name + ".json"
    } else {
      path = out
    }
    guard arguments.has("--force") || !FileManager.default.fileExists(atPath: path) else {
      throw InputError("--out \(path): exists; give --force to replace it")
    }
    return path
  }
}
