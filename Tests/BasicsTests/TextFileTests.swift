import Foundation
import Testing

@testable import Basics

struct TextFileTests {
  private func inTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("formatspread-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test func `a missing file, a folder and an unwritable place are one line each`() throws {
    try inTemporaryFolder { folder in
      #expect(throws: InputError("\(folder)/none.json: no such file")) {
        try TextFile.bytes(folder + "/none.json")
      }
      #expect(throws: InputError("\(folder): is a directory, expected a file")) {
        try TextFile.bytes(folder)
      }
      let error = #expect(throws: InputError.self) {
        try TextFile.replace(folder + "/none/x.txt", with: "x")
      }
      #expect(error?.message.hasPrefix("\(folder)/none/x.txt: cannot be written (") == true)
      #expect(error?.message.contains("\n") == false)
    }
  }

  @Test func `what is written is read, and replaced as a whole`() throws {
    try inTemporaryFolder { folder in
      let path = folder + "/x.json"
      try TextFile.replace(path, with: "[1]")
      try TextFile.replace(path, with: "{\"é\": [2]}")
      #expect(try TextFile.bytes(path) == Array("{\"é\": [2]}".utf8))
      #expect(try TextFile.json(path).members().map(\.key) == ["é"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.json"])
    }
  }

  @Test func `malformed JSON names file, line and column`() throws {
    try inTemporaryFolder { folder in
      let path = folder + "/x.json"
      try TextFile.replace(path, with: "{\n  \"a\": 01\n}\n")
      #expect(
        throws: InputError("\(path):2:8: not valid JSON: a number with a leading zero")
      ) { try TextFile.json(path) }
    }
  }
}

@Suite struct PipeTests {
  @Test func `a pipe is read to its end`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("{}\n".utf8))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(try TextFile.bytes(path) == Array("{}\n".utf8))
  }
}
