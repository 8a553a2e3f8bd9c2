import Basics
import Foundation
import Models

/// Finds the command that was asked for and turns its failures into one line and an exit status.
enum Tool {
  static let version = "0.1.0"

  static let commands = listed.map(\.offering)

  private static let listed: [Subcommand] = [
    .run,
    .formats,
    .tasks,
    .importData,
    .new,
    .probe,
    .report,
    .schema,
    .metrics,
    .attribute,
    .compare,
    .recommend,
    .replay,
    .bench,
    .merge,
    .submit,
    .referenceModel,
    .completions,
    .manual,
    .generateTasks,
  ]

  enum Status {
    static let done: Int32 = 0
    static let refused: Int32 = 1
    static let usage: Int32 = 2
    static let incomplete: Int32 = 3
    static let interrupted: Int32 = 130
  }

  /// What the exit statuses mean.
  static let statuses: [(Int32, String)] = [
    (Status.done, "done, and every gate passed"),
    (
      Status.refused,
      "a gate failed, or too little evidence left it undecided; runs to be merged disagree"
    ),
    (Status.usage, "wrong usage or input; one line says what and where"),
    (Status.incomplete, "incomplete: cells failed, or the model was given up"),
    (Status.interrupted, "interrupted by Ctrl-C; 143 by SIGTERM"),
  ]

  /// The environment variables that are read.
  static let environment: [(String, String)] = [
    ("FORMATSPREAD_BACKEND", "The backend where --backend is not given."),
    ("FORMATSPREAD_API_KEY", "The server's key where --api-key-file is not given."),
    ("FORMATSPREAD_HOME", "Where the folders tasks and formats lie, if not found otherwise."),
    ("COLUMNS", "The width of tables where there is no terminal."),
  ]

  static func run(_ words: [String]) async -> Int32 {
    do {
      return try await dispatch(words)
    } catch let error as InputError {
      Output.line("formatspread: \(error.message)")
      return Status.usage
    } catch let error as ModelError {
      Output.line("formatspread: \(error.message)")
      return Status.incomplete
    } catch {
      Output.line("formatspread: \(error)")
      return Status.incomplete
    }
  }

  private static func dispatch(_ words: [String]) async throws -> Int32 {
    guard let name = words.first else {
      Output.raw(Help.overview(commands, width: terminalWidth(STDERR_FILENO)))
      return Status.usage
    }
    switch name {
    case "--version", "version":
      Output.data("formatspread \(version)\n")
      return Status.done
    case "--help", "-h", "help":
      guard let topic = words.dropFirst().first else {
        Output.data(Help.overview(commands, width: terminalWidth()))
        return Status.done
      }
      Output.data(Help.command(try command(topic), width: terminalWidth()))
      return Status.done
    default: break
    }
    let command = try command(name)
    let rest = Array(words.dropFirst())
    if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      Output.data(Help.command(command, width: terminalWidth()))
      return Status.done
    }
    return try await command.run(try Arguments(rest, for: command))
  }

  private static func command(_ name: String) throws(InputError) -> Subcommand {
    guard let command = commands.first(where: { $0.name == name }) else {
      let known = commands.filter { !$0.isHidden }.map(\.name)
      throw InputError(
        "unknown command \(quoted(name))\(didYouMean(name, among: known)); "
          + "see 'formatspread --help'")
    }
    return command
  }
}
