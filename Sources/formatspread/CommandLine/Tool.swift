import Basics
import Foundation
import Models

/// Finds the command that was asked for and turns its failures into one line and an exit status.
enum Tool {
  static let version = "0.1.0"

  static let commands: [Subcommand] = [
    .run, .formats, .tasks, .report, .schema, .probe, .replay, .referenceModel, .generateTasks,
  ]

  enum Status {
    static let done: Int32 = 0
    static let usage: Int32 = 2
    static let incomplete: Int32 = 3
    static let interrupted: Int32 = 130
  }

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
        "unknown command \(quoted(name))\(didYouMean(name, among: known)); known: "
          + known.joined(separator: ", "))
    }
    return command
  }
}
