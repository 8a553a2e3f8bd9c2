import Basics
import Foundation

extension Subcommand {
  static let completions = Subcommand(
    name: "completions",
    summary: "Write completions for bash, zsh or fish",
    arguments: "SHELL",
    discussion: "Prints a script that teaches the shell the commands, options, values and bundled "
      + "tasks of this version.",
    options: [],
    examples: Shell.allCases.map { ($0.installation, "for \($0.rawValue)") }
  ) { arguments in
    let given = try arguments.requirePositionals("a shell", limit: 1)[0]
    let known = Shell.allCases.map(\.rawValue)
    guard let shell = Shell(rawValue: given) else {
      throw InputError(
        "completions \(quoted(given)): unknown shell\(didYouMean(given, among: known)); known: "
          + known.joined(separator: ", "))
    }
    let tasks = Bundled.taskFiles().map { Bundled.name(of: $0) }
    Output.data(shell.script(for: Tool.commands, tasks: tasks))
    return Tool.Status.done
  }

  static let manual = Subcommand(
    name: "manual",
    summary: "Write the manual page",
    arguments: "",
    discussion: "Prints it in the language of man.",
    options: [],
    examples: [
      ("formatspread manual | man -l -", "read it"),
      ("formatspread manual > ~/.local/share/man/man1/formatspread.1", "keep it"),
    ]
  ) { arguments in
    if let extra = arguments.positionals.first {
      throw InputError("manual: unexpected argument \(quoted(extra))")
    }
    Output.data(ManualPage.text(Tool.commands))
    return Tool.Status.done
  }
}
