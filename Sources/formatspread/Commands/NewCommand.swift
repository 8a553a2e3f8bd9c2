import Basics
import Foundation
import Tasks

extension Subcommand {
  static let new = Subcommand(
    name: "new",
    summary: "Write a commented task to start from",
    arguments: "[FILE] [--shape SHAPE]",
    discussion: """
      The file is a task that runs at once. Keys named '$comment' explain it and are passed over wherever they \
      stand beside the task's keys; delete them when you like. Shapes: \
      \(StarterTask.Shape.allCases.map { "'\($0.rawValue)' (\($0.summary))" }.joined(separator: ", ")).
      """,
    options: [
      .init(name: "--shape", value: "SHAPE", help: "What the task looks like (default sentiment)."),
      .init(name: "--force", value: nil, help: "Replace a file that exists."),
    ],
    examples: [("formatspread new my-task.json", "a task to write your own over")]
  ) { arguments in
    guard arguments.positionals.count < 2 else {
      throw InputError("new: unexpected argument \(quoted(arguments.positionals[1]))")
    }
    let shape =
      try arguments.choice("--shape", of: StarterTask.Shape.self) ?? .sentiment
    guard let path = arguments.positionals.first else {
      Output.data(StarterTask.text(shape, name: "my-task"))
      return Tool.Status.done
    }
    guard arguments.has("--force") || !FileManager.default.fileExists(atPath: path) else {
      throw InputError("\(path): exists; give --force to replace it")
    }
    let name = Bundled.name(of: path)
    let isPlain = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == 0x2D || $0 == 0x5F
    }
    try TextFile.replace(path, with: StarterTask.text(shape, name: isPlain ? name : "my-task"))
    Output.line("wrote \(path); next: formatspread tasks check \(path)")
    return Tool.Status.done
  }
}
