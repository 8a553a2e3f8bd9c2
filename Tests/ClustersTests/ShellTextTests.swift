import Clusters
import Foundation
import Testing

struct ShellTextTests {
  static let texts = [
    "plain", "/a/b-c_d.json", "", " ", "it's", "'", "''", "$HOME `id` \\ \"x\"", "a\nb", "ä €", "*",
    "~",
    "-n", "a=b;c&d|e>f", "!x #y",
  ]

  @Test func `plain words stay as they are and others get quotes`() {
    #expect(ShellText.quoted("/a/b-c_d.json") == "/a/b-c_d.json")
    #expect(ShellText.quoted("") == "''")
    #expect(ShellText.quoted(["run", "it's", "a b"]) == #"run 'it'\''s' 'a b'"#)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
  func `bash reads every word as it was`() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "printf '%s\\0' " + ShellText.quoted(Self.texts)]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let words = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(words == Self.texts)
  }
}
