/// Completions for fish 3 and later.
struct FishCompletions {
  let commands: [Subcommand]
  let tasks: [String]

  var script: String {
    var lines = [
      "# fish completions for formatspread",
      "complete -c formatspread -f",
      "complete -c formatspread -n __fish_use_subcommand -l help -d 'show help'",
      "complete -c formatspread -n __fish_use_subcommand -l version -d 'show the version'",
    ]
    for command in commands {
      let condition = shellQuoted("__fish_seen_subcommand_from \(command.name)")
      lines.append(
        "complete -c formatspread -n __fish_use_subcommand -a \(command.name) "
          + "-d \(quoted(shellHint(command.summary)))")
      for option in command.options {
        lines.append(
          "complete -c formatspread -n \(condition) -l \(option.name.dropFirst(2)) "
            + (option.value == nil ? "" : value(option.completes) + " ")
            + "-d \(quoted(shellHint(option.help)))")
      }
      let rest = offer(command.completes)
      if !rest.isEmpty { lines.append("complete -c formatspread -n \(condition) \(rest)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func value(_ kind: Subcommand.Offer) -> String {
    let rest = offer(kind)
    return rest.isEmpty ? "-x" : "-r " + rest
  }

  private func offer(_ kind: Subcommand.Offer) -> String {
    switch kind {
    case .nothing: ""
    case .files: "-F"
    case .folders: "-x -a '(__fish_complete_directories)'"
    case .tasks: "-F -a \(shellQuoted(tasks.joined(separator: " ")))"
    case .words(let words): "-x -a \(shellQuoted(words.joined(separator: " ")))"
    }
  }

  /// fish leaves a backslash before a quote, and only there, out of a quoted text.
  private func quoted(_ text: String) -> String {
    var result = "'"
    for character in text {
      if character == "'" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "'"
  }
}
