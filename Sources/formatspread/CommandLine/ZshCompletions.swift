/// A completion function for zsh's own system.
struct ZshCompletions {
  let commands: [Subcommand]
  let tasks: [String]

  var script: String {
    """
    #compdef formatspread
    _formatspread() {
      local -a commands
      commands=(
    \(commands.map { "    " + shellQuoted("\($0.name):\(shellHint($0.summary))") }.joined(separator: "\n"))
      )
      if (( CURRENT == 2 )); then
        _describe -t commands command commands
        _arguments '--help[show help]' '--version[show the version]'
        return
      fi
      local command=$words[2]
      shift words
      (( CURRENT-- ))
      case $command in
    \(commands.map(branch).joined(separator: "\n"))
        help) _describe -t commands command commands ;;
      esac
    }
    # Loaded by the completion system, or sourced.
    if [[ $funcstack[1] == _formatspread ]]; then _formatspread "$@"
    else compdef _formatspread formatspread; fi

    """
  }

  private func branch(_ command: Subcommand) -> String {
    let options = command.options.map { option in
      let name = option.isRepeated ? "*" + option.name : option.name
      let hint = "[" + escaped(shellHint(option.help)) + "]"
      guard let value = option.value else { return shellQuoted(name + hint) }
      return shellQuoted("\(name)=\(hint):\(escaped(value)):\(action(option.completes))")
    }
    let rest =
      command.completes == .nothing
      ? [] : [shellQuoted("*:\(command.name):\(action(command.completes))")]
    return
      (["    \(command.name)) _arguments -s \\"]
      + (options + ["'--help[show help]'"] + rest).map { "      \($0) \\" } + ["      ;;"])
      .joined(separator: "\n")
  }

  /// Brackets and colons separate the parts of a specification.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "[]:\\".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  private func action(_ offer: Subcommand.Offer) -> String {
    switch offer {
    case .nothing: " "
    case .files: "_files"
    case .folders: "_files -/"
    case .tasks:
      " _alternative \"tasks:bundled task:(\(tasks.joined(separator: " ")))\" \"files:file:_files\""
    case .words(let words): "(" + words.joined(separator: " ") + ")"
    }
  }
}
