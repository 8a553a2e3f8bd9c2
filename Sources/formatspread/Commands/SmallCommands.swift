import Basics
import Foundation
import ReferenceModel
import Tasks

extension Subcommand {
  static let referenceModel = Subcommand(
    name: "reference-model",
    summary: "Speak the child-process protocol as the built-in reference model",
    arguments: "",
    discussion: """
      A small byte-level language model that learns at start-up from text inside this program. It is there \
      to try the tool and for tests; it is not a capable model. 'run' starts it as a child process when no \
      --backend is given. It reads requests as JSON lines on standard input and answers on standard \
      output until the input ends.
      """,
    options: [], examples: [], isHidden: false
  ) { arguments in
    if let extra = arguments.positionals.first {
      throw InputError("reference-model: unexpected argument \(quoted(extra))")
    }
    ReferenceModelLoop.run(input: STDIN_FILENO, output: STDOUT_FILENO)
    return Tool.Status.done
  }

  static let generateTasks = Subcommand(
    name: "generate-tasks",
    summary: "Write the bundled tasks that are computed",
    arguments: "FOLDER",
    discussion: "Writes the same bytes every time; the bundled files are its output.",
    options: [], examples: [("formatspread generate-tasks tasks", "make the bundled files again")],
    isHidden: true
  ) { arguments in
    let folder = try arguments.requirePositionals("a folder", limit: 1)[0]
    for task in ComputedTask.all {
      let path = "\(folder)/\(task.name).json"
      try TextFile.replace(path, with: TaskDocument.text(task.document))
      Output.line("wrote \(path)")
    }
    return Tool.Status.done
  }
}
