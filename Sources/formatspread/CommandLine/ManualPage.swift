import Foundation

/// The manual page in the language of `man`.
enum ManualPage {
  static func text(_ commands: [Subcommand]) -> String {
    var lines = [
      ".TH FORMATSPREAD 1 \"\" \"formatspread \(Tool.version)\" \"User Commands\"",
      ".SH NAME",
      "formatspread \\- how much of a model's accuracy is the prompt's format",
      ".SH SYNOPSIS", ".B formatspread", ".I COMMAND", "[ARGUMENTS] [OPTIONS]",
      ".SH DESCRIPTION",
      escaped(
        "Samples plausible prompt formats from a grammar, evaluates a language model under them, and "
          + "reports the range of accuracy with intervals. Without --backend a small built-in model "
          + "answers, so that everything can be tried at once."),
      ".SH COMMANDS",
    ]
    for command in commands where !command.isHidden { lines += section(command) }
    lines += [".SH EXIT STATUS"]
    for (status, meaning) in Tool.statuses { lines += [".TP", "\(status)", escaped(meaning)] }
    lines += [".SH ENVIRONMENT"]
    for (name, meaning) in Tool.environment { lines += [".TP", ".B \(name)", escaped(meaning)] }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: Subcommand) -> [String] {
    var lines = [
      ".SS \(escaped("\(command.name) \(command.arguments)"))",
      escaped(command.summary + "."),
    ]
    for paragraph in command.discussion.split(separator: "\n\n") {
      lines += [
        ".PP", escaped(paragraph.split(whereSeparator: \.isNewline).joined(separator: " ")),
      ]
    }
    for option in command.options {
      lines += [".TP", ".B \(escaped(option.usage))", escaped(option.help)]
    }
    for example in command.examples {
      lines += [".PP", escaped(example.purpose) + ":", ".br", ".B \(escaped(example.line))"]
    }
    return lines
  }

  /// Backslashes, dashes that are to stay dashes, and lines that would be requests.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}
