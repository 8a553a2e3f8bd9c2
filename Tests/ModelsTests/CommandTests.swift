import Basics
import Foundation
import Models
import Testing

struct CommandTests {
  @Test(arguments: [
    ("python3 my_model.py", ["python3", "my_model.py"]),
    ("  a   b\tc ", ["a", "b", "c"]),
    (#"m --flag "a b""#, ["m", "--flag", "a b"]),
    (#"m 'it is "so"' "say \"hi\" \\ \n""#, ["m", #"it is "so""#, #"say "hi" \ \n"#]),
    (#"m a\ b \"c"#, ["m", "a b", "\"c"]),
    (#"m pre'fix 'suf"fix" '' "|""#, ["m", "prefix suffix", "", "|"]),
    ("m $HOME ~ *", ["m", "$HOME", "~", "*"]),
    ("modèle/é", ["modèle/é"]),
  ])
  func `a line is split as a shell would quote it`(_ line: String, _ words: [String]) throws {
    let command = try Command(parsing: line)
    #expect([command.executable] + command.arguments == words)
    #expect(try Command(parsing: command.shown) == command)
  }

  @Test(arguments: [
    (
      "", "process command '': empty; expected a command such as 'process:python3 my_model.py'"
    ),
    (
      "  ", "process command '  ': empty; expected a command such as 'process:python3 my_model.py'"
    ),
    (
      "'' x",
      "process command ''' x': empty; expected a command such as 'process:python3 my_model.py'"
    ),
    ("python3 'a b", "process command 'python3 'a b': the ' at character 9 is never closed"),
    ("m \"a", "process command 'm \"a': the \" at character 3 is never closed"),
    ("m \\", "process command 'm \\': a backslash at the end quotes nothing"),
    (
      "m 2> log",
      "process command 'm 2> log': '2>' is shell syntax and no shell is used; put the line into a "
        + "script, or quote the word"
    ),
    (
      "a | b",
      "process command 'a | b': '|' is shell syntax and no shell is used; put the line into a "
        + "script, or quote the word"
    ),
  ])
  func `a line that is no command is refused`(_ line: String, _ message: String) {
    #expect(throws: InputError(message)) { try Command(parsing: line) }
  }

  @Test func `an executable is found on the path or by its own path`() throws {
    #expect(try Command(parsing: "cat -u").located(on: "/nowhere:/bin:/usr/bin") == "/bin/cat")
    #expect(try Command(parsing: "/bin/cat").located(on: "") == "/bin/cat")
  }

  @Test func `an executable that is missing is named, with the nearest one on the path`() throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("formatspread-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let tool = directory.appendingPathComponent("python3").path
    let note = directory.appendingPathComponent("note").path
    for (path, mode) in [(tool, 0o755), (note, 0o644)] {
      let made = FileManager.default.createFile(
        atPath: path, contents: Data(), attributes: [.posixPermissions: mode])
      try #require(made)
    }

    func message(_ line: String) -> String? {
      do {
        _ = try Command(parsing: line).located(on: directory.path)
        return nil
      } catch {
        return error.message.replacingOccurrences(of: directory.path, with: "DIR")
      }
    }
    #expect(
      message("pyhton3 x.py")
        == "process command 'pyhton3': not found on PATH (did you mean 'python3'?)")
    #expect(message("zebra") == "process command 'zebra': not found on PATH")
    #expect(message("./no/such") == "process command './no/such': no such file")
    #expect(message("/") == "process command '/': is a directory")
    #expect(message("note") == "process command 'note': not found on PATH")
    let refused = try #require(message(note))
    #expect(refused.hasSuffix("is not executable (chmod +x, or name its interpreter first)"))
  }
}
