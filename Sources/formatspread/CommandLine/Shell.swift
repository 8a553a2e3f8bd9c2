import Basics

/// The shells that completions can be written for.
enum Shell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish

  /// A script that teaches the shell the tool's commands, options and values.
  func script(for commands: [Subcommand], tasks: [String]) -> String {
    let shown = commands.filter { !$0.isHidden }
    return switch self {
    case .bash: BashCompletions(commands: shown, tasks: tasks).script
    case .zsh: ZshCompletions(commands: shown, tasks: tasks).script
    case .fish: FishCompletions(commands: shown, tasks: tasks).script
    }
  }

  /// Where the script goes, in the words of a reader of the help.
  var installation: String {
    switch self {
    case .bash:
      "formatspread completions bash > ~/.local/share/bash-completion/completions/formatspread"
    case .zsh:
      "formatspread completions zsh > ~/.zfunc/_formatspread   # a folder of $fpath"
    case .fish:
      "formatspread completions fish > ~/.config/fish/completions/formatspread.fish"
    }
  }
}

/// A text between single quotes, as the three shells read it.
func shellQuoted(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}

/// The first sentence of a help text, short enough for a list.
func shellHint(_ help: String) -> String {
  let sentence = help.split(separator: ". ", maxSplits: 1).first.map(String.init) ?? help
  let line = sentence.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  let short = line.hasSuffix(".") ? String(line.dropLast()) : line
  return short.count <= 76 ? short : short.prefix(75) + "…"
}
