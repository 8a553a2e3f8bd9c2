/// A completion function for bash 4 and later, without the bash-completion package.
struct BashCompletions {
  let commands: [Subcommand]
  let tasks: [String]

  var script: String {
    """
    # bash completion for formatspread
    _formatspread() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=""
      # The name of an option whose value follows an equals sign.
      if [[ $current == "=" ]]; then current=""; elif [[ $previous == "=" ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
      fi
      COMPREPLY=()
      if (( COMP_CWORD == 1 )); then
        COMPREPLY=( $(compgen -W "\(names) --help --version" -- "$current") )
        return
      fi
      case ${COMP_WORDS[1]} in
    \(commands.map(branch).joined(separator: "\n"))
        help) COMPREPLY=( $(compgen -W "\(names)" -- "$current") ) ;;
      esac
    }
    complete -o filenames -F _formatspread formatspread

    """
  }

  private var names: String { commands.map(\.name).joined(separator: " ") }

  private func branch(_ command: Subcommand) -> String {
    let values = command.options.filter { $0.value != nil }.map { option in
      "        \(option.name)) \(reply(option.completes)); return ;;"
    }
    let options = (command.options.map(\.name) + ["--help"]).joined(separator: " ")
    let lookup =
      values.isEmpty
      ? []
      : ["      case $previous in"] + values + ["      esac"]
    return
      (["    \(command.name))"] + lookup + [
        "      if [[ $current == -* ]]; then COMPREPLY=( $(compgen -W \"\(options)\" -- \"$current\") )",
        "      else \(reply(command.completes)); fi ;;",
      ]).joined(separator: "\n")
  }

  private func reply(_ offer: Subcommand.Offer) -> String {
    switch offer {
    case .nothing: ":"
    case .files: "COMPREPLY=( $(compgen -f -- \"$current\") )"
    case .folders: "COMPREPLY=( $(compgen -d -- \"$current\") )"
    case .tasks:
      "COMPREPLY=( $(compgen -W \"\(tasks.joined(separator: " "))\" -f -- \"$current\") )"
    case .words(let words):
      "COMPREPLY=( $(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\") )"
    }
  }
}
