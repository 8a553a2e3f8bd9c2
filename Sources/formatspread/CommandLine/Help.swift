import Foundation

/// The help texts, wrapped for the reader's terminal.
enum Help {
  static func overview(_ commands: [Subcommand], width: Int) -> String {
    var text = """
      formatspread \(Tool.version): how much of a model's accuracy is the model, and how much is the
      prompt's format?

      USAGE
        formatspread COMMAND [ARGUMENTS] [OPTIONS]

      COMMANDS

      """
    let shown = commands.filter { !$0.isHidden }
    let column = (shown.map(\.name.count).max() ?? 0) + 4
    for command in shown {
      text += entry(command.name, command.summary, column: column, width: width)
    }
    text += """

      START HERE
        formatspread run sentiment

      'formatspread COMMAND --help' explains a command; exit status: 0 done, 1 gate failed or
      undecided, 2 usage or input, 3 incomplete, 130 interrupted.

      """
    return text
  }

  static func command(_ command: Subcommand, width: Int) -> String {
    let end = command.summary.hasSuffix("?") ? "" : "."
    var text = wrapped(command.summary + end, indent: 0, width: width)
    text += "\nUSAGE\n"
    text += "  formatspread \(command.name) \(command.arguments)\n"
    for paragraph in command.discussion.split(separator: "\n\n") {
      text += "\n" + wrapped(String(paragraph), indent: 0, width: width)
    }
    if !command.options.isEmpty {
      let column = min((command.options.map(\.usage.count).max() ?? 0) + 4, 30)
      for heading in command.options.headings {
        text += "\n\(heading)\n"
        for option in command.options where option.group == heading {
          text += entry(option.usage, option.help, column: column, width: width)
        }
      }
    }
    if !command.examples.isEmpty {
      text += "\nEXAMPLES\n"
      for example in command.examples {
        text += "  # \(example.purpose)\n  \(example.line)\n"
      }
    }
    return text
  }

  private static func entry(_ name: String, _ help: String, column: Int, width: Int) -> String {
    let lines = wrapped(help, indent: column, width: width)
    let head = "  " + name
    guard head.count + 1 < column else { return head + "\n" + lines }
    return head + String(lines.dropFirst(head.count))
  }

  /// Words in lines of at most `width` characters, each line indented.
  static func wrapped(_ text: String, indent: Int, width: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { margin + $0 + "\n" }.joined()
  }
}

/// Whether the results are shown on a terminal, where lines that are too wide would be broken.
func isOnTerminal() -> Bool { isatty(STDOUT_FILENO) == 1 }

/// The terminal's width in columns, between 40 and 200; 80 where there is no terminal.
func terminalWidth(_ descriptor: Int32 = STDOUT_FILENO) -> Int {
  var size = winsize()
  if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
    return min(max(Int(size.ws_col), 40), 200)
  }
  if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }) {
    return min(max(columns, 40), 200)
  }
  return 80
}
