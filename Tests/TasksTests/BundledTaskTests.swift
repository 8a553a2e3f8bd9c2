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

  @Test(arguments: BundledFiles.names)
  func `have each answer equally often`(_ name: String) throws {
    let task = try EvaluationTask(try TextFile.json(BundledFiles.path(name)))
    var counts: [Int: Int] = [:]
    for example in task.examples {
      if case .option(let index) = example.answer { counts[index, default: 0] += 1 }
    }
    let options =
      switch task.options {
      case .fixed(let texts): texts.count
      case .list(let list): try #require(task.examples.first?.items(list)?.count)
      case .free: 0
      }
    let frequencies = (0..<options).map { counts[$0] ?? 0 }
    #expect(frequencies.reduce(0, +) == task.examples.count)
    #expect((frequencies.max() ?? 0) - (frequencies.min() ?? 0) <= 1, "\(frequencies)")
  }

  @Test func `offer both endings equally often as the right one`() throws {
    // A pair of endings that occurs with two stories is right once each, so that the endings alone do
    // not give the answer away.
    let task = try EvaluationTask(try TextFile.json(BundledFiles.path("story-ending")))
    var rightByPair: [[String]: [Example.Answer]] = [:]
    for example in task.examples {
      rightByPair[try #require(example.items("choices")), default: []].append(example.answer)
    }
    let twice = rightByPair.values.filter { $0.count > 1 }
    #expect(twice.count >= 100)
    #expect(twice.allSatisfy { Set($0).count == 2 && $0.count == 2 })
  }
}
