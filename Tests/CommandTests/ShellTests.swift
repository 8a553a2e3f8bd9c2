import Foundation
import Testing

/// Completions are tried in the shells themselves, where they are installed.
@Suite struct ShellTests {
  private static func path(_ program: String) -> String? {
    ["/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + program }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What a program prints.
  private static func output(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(program)))
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static func script(_ shell: String) throws -> String {
    let made = try Invocation(["completions", shell])
    #expect(made.status == 0)
    return try TemporaryFolder.file("_formatspread", made.output)
  }

  @Test(.enabled(if: path("bash") != nil))
  func `bash completes commands, tasks, options and values`() throws {
    let script = try Self.script("bash")
    func completed(_ words: String) throws -> [String] {
      try Self.output(
        "bash",
        [
          "--norc", "-c",
          """
          source \(script); cd /; COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]}-1))
          _formatspread; printf '%s\\n' "${COMPREPLY[@]}"
          """,
        ]
      ).split(separator: "\n").map(String.init)
    }
    #expect(try completed("formatspread form") == ["formats"])
    #expect(try completed("formatspread run senti") == ["sentiment"])
    #expect(try completed("formatspread run topic --sea") == ["--search"])
    #expect(try completed("formatspread run topic --search th") == ["thompson"])
    #expect(try completed("formatspread run topic --search = th") == ["thompson"])
    #expect(try completed("formatspread completions ''") == ["bash", "zsh", "fish"])
  }

  @Test(.enabled(if: path("fish") != nil))
  func `fish completes commands, tasks, options and values`() throws {
    let script = try Self.script("fish")
    func completed(_ line: String) throws -> [String] {
      try Self.output("fish", ["--no-config", "-c", "source \(script); complete -C '\(line)'"])
        .split(separator: "\n").map { String($0.split(separator: "\t")[0]) }
    }
    #expect(try completed("formatspread form") == ["formats"])
    #expect(try completed("formatspread run senti").contains("sentiment"))
    #expect(try completed("formatspread run topic --sea") == ["--search"])
    #expect(try completed("formatspread run topic --search th") == ["thompson"])
  }

  @Test(.enabled(if: path("zsh") != nil))
  func `zsh completes tasks, options and values`() throws {
    let script = try Self.script("zsh")
    let folder = URL(fileURLWithPath: script).deletingLastPathComponent().path
    let expected = ["sentiment", "--search=", "--search=thompson", "completions fish"]
    var screen = ""
    // A line editor does not say when it is ready, and a busy machine takes its time.
    for patience in [1, 5, 20] {
      // Completion needs a line editor, so a second shell runs on a terminal of the first one's.
      let session = """
        zmodload zsh/zpty
        zpty inner 'TERM=dumb zsh -f -i'
        zpty -w inner 'PS1=; fpath=(\(folder) $fpath); autoload -Uz compinit; compinit -u -D; cd /'
        sleep \(patience)
        for line in 'formatspread run senti' 'formatspread run topic --sea' \\
          'formatspread run topic --search=th' 'formatspread completions fi'; do
          zpty -w -n inner "$line"$'\\t'; sleep \(Double(patience) / 2); zpty -w -n inner $'\\x15'
        done
        zpty -w inner exit
        while zpty -r inner line; do print -rn -- "$line"; done
        """
      screen = try Self.output("zsh", ["-f", "-c", session])
      if expected.allSatisfy({ screen.contains($0) }) { break }
    }
    #expect(!screen.contains("bad option"))
    for completed in expected {
      #expect(screen.contains(completed), "\(completed)")
    }
  }

  @Test func `every visible command is in the completions of every shell`() throws {
    let overview = try Invocation(["--help"]).output
    for shell in ["bash", "zsh", "fish"] {
      let script = try Invocation(["completions", shell]).output
      for command in ["run", "formats", "tasks", "report", "probe", "replay", "completions"] {
        #expect(overview.contains("\n  \(command)"))
        #expect(script.contains(command))
      }
      #expect(!script.contains("generate-tasks"))
    }
  }

  @Test func `an unknown shell is refused with the known ones`() throws {
    let wrong = try Invocation(["completions", "fsh"])
    #expect(wrong.status == 2)
    #expect(
      wrong.errors
        == "formatspread: completions 'fsh': unknown shell (did you mean 'zsh'?); known: bash, zsh, fish\n"
    )
  }

  @Test func `the manual page has every command and only requests that man knows`() throws {
    let page = try Invocation(["manual"]).output
    let known: Set<Substring> = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".br"]
    for line in page.split(separator: "\n") where line.hasPrefix(".") {
      let request = line.prefix { $0 != " " }
      #expect(known.contains(request), "\(line)")
    }
    #expect(page.contains(".SS run TASK… [OPTIONS]"))
    #expect(page.contains(".B \\-\\-budget E"))
    #expect(page.contains(".B FORMATSPREAD_API_KEY"))
  }
}
