import Basics
import Foundation
import Testing

@testable import Tasks

@Suite struct `Bundled tasks` {
  @Test func `are twelve`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: BundledFiles.folder.path)
    #expect(
      files.filter { $0.hasSuffix(".json") }.sorted() == BundledFiles.names.map { $0 + ".json" })
  }

  @Test(arguments: BundledFiles.names)
  func `load with at least 300 examples and their file's name`(_ name: String) throws {
    let task = try EvaluationTask(try TextFile.json(BundledFiles.path(name)))
    #expect(task.name == name)
    #expect(task.examples.count >= 300)
    #expect(task.license == "CC0-1.0")
  }

  @Test(arguments: BundledFiles.names)
  func `have one line for each key and each example`(_ name: String) throws {
    let document = try TextFile.json(BundledFiles.path(name)).value
    let bytes = try TextFile.bytes(BundledFiles.path(name))
    #expect(TaskDocument.text(document) == String(decoding: bytes, as: UTF8.self))
  }

  @Test(arguments: ComputedTask.all.map(\.name))
  func `that are computed come out again byte for byte`(_ name: String) throws {
    let task = try #require(ComputedTask.all.first { $0.name == name })
    let bytes = try TextFile.bytes(BundledFiles.path(name))
    #expect(TaskDocument.text(task.document) == String(decoding: bytes, as: UTF8.self))
  }
}
