import Basics
import Foundation
import Testing

@testable import Models

struct APIKeyTests {
  private func file(_ text: String, mode: Int) throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/key-\(UUID().uuidString)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test(arguments: [0o600, 0o400, 0o700])
  func `a key is read from a file of its owner's`(_ mode: Int) throws {
    let path = try file("sk-0123456789abcdef\n", mode: mode)
    defer { unlink(path) }
    #expect(try APIKey(file: path).field.value == "Bearer sk-0123456789abcdef")
  }

  @Test(arguments: [0o644, 0o640, 0o620, 0o604])
  func `a file that others may read is refused and its content not shown`(_ mode: Int) throws {
    let path = try file("sk-0123456789abcdef\n", mode: mode)
    defer { unlink(path) }
    #expect(
      throws: InputError(
        "\(path): others than its owner may read this key (mode \(String(mode, radix: 8))); "
          + "chmod 600 \(path)")
    ) { try APIKey(file: path) }
  }

  @Test func `a missing file and a key of several lines are refused`() throws {
    #expect(throws: InputError("/nowhere/key: no such file")) { try APIKey(file: "/nowhere/key") }
    let path = try file("sk-0123456789abcdef\nsecond", mode: 0o600)
    defer { unlink(path) }
    let error = #expect(throws: InputError.self) { try APIKey(file: path) }
    #expect(error?.message.contains("0123456789") == false)
  }

  @Test func `a key is nowhere in an answer`() throws {
    let key = try APIKey("sk-0123456789abcdef")
    func redacted(_ text: String) -> String {
      String(decoding: key.redacted(Array(text.utf8)), as: UTF8.self)
    }
    #expect(redacted("a sk-0123456789abcdef, ssk-0123456789abcdef") == "a [key], s[key]")
    #expect(redacted("sk-0123456789abcde sk-") == "sk-0123456789abcde sk-")
    #expect(redacted("") == "")
    #expect("\(key)" == "[key]")
    // A word that is also a local server's key stays.
    #expect(try APIKey("EMPTY").redacted(Array("EMPTY".utf8)) == Array("EMPTY".utf8))
  }
}
