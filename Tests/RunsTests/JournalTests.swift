import Basics
import Foundation
import Testing

@testable import Runs

struct JournalTests {
  static func record(_ index: Int) -> EvaluationRecord {
    var record = EvaluationRecord(task: "fixed", format: index % 8, example: index)
    record.prediction = "yes \(index)"
    record.isCorrect = index % 3 == 0
    return record
  }

  /// A journal with a header and `count` records at `folder/journal.jsonl`.
  private func write(_ count: Int, in folder: String) throws -> String {
    let path = folder + "/journal.jsonl"
    let journal = try Journal(path: path, digest: "d", model: "m")
    for index in 0..<count { try journal.append(Self.record(index)) }
    try journal.flush()
    return path
  }

  private func lines(_ path: String) throws -> [String] {
    String(decoding: try TextFile.bytes(path), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  @Test func `records read back in their order`() async throws {
    try await withFolder { folder in
      let path = try write(50, in: folder)
      let contents = try Journal.read(path, digest: "d")
      #expect(contents.model == "m")
      #expect(contents.records == (0..<50).map(Self.record))
      #expect(!contents.wasTorn && contents.damaged.isEmpty)
      #expect(try lines(path).count == 51)
      #expect(
        try lines(path)[0].hasPrefix(
          #"{"schema":"formatspread.journal/1","study":"d","model":"m","crc":""#))
    }
  }

  @Test func `a journal that is opened again goes on below its last line`() async throws {
    try await withFolder { folder in
      let path = try write(3, in: folder)
      let journal = try Journal(path: path, digest: "d", model: "m")
      try journal.append(Self.record(3))
      #expect(try Journal.read(path, digest: "d").records == (0..<4).map(Self.record))
    }
  }

  @Test func `a missing or empty journal has no records`() async throws {
    try await withFolder { folder in
      let path = folder + "/journal.jsonl"
      #expect(try Journal.read(path, digest: "d").model == nil)
      try TextFile.replace(path, with: "")
      #expect(try Journal.read(path, digest: "d").records.isEmpty)
      _ = try Journal(path: path, digest: "d", model: "m")
      #expect(try Journal.read(path, digest: "d").model == "m")
    }
  }

  @Test func `a last line that is cut anywhere is cut off and the rest kept`() async throws {
    try await withFolder { folder in
      let path = try write(4, in: folder)
      let whole = try TextFile.bytes(path)
      let last = try #require(whole.dropLast().lastIndex(of: 0x0A)) + 1
      for end in last..<whole.count {
        try Data(whole[..<end]).write(to: URL(fileURLWithPath: path))
        let contents = try Journal.read(path, digest: "d")
        #expect(contents.wasTorn == (end > last))
        #expect(contents.records.count == 3)
        #expect(try TextFile.bytes(path).count == end)
        try Journal.repair(path, contents)
        #expect(try TextFile.bytes(path) == Array(whole[..<last]))
      }
    }
  }

  @Test func `a header that was never finished is written again`() async throws {
    try await withFolder { folder in
      let path = folder + "/journal.jsonl"
      try TextFile.replace(path, with: #"{"schema":"formatsp"#)
      let contents = try Journal.read(path, digest: "d")
      #expect(contents.wasTorn && contents.model == nil)
      try Journal.repair(path, contents)
      _ = try Journal(path: path, digest: "d", model: "m")
      #expect(try Journal.read(path, digest: "d").model == "m")
    }
  }

  @Test func `damaged lines are set aside with their numbers`() async throws {
    try await withFolder { folder in
      let path = try write(6, in: folder)
      var text = try lines(path)
      text[2] = text[2].replacing("yes", with: "yep")
      text[5] = "rubbish \u{1}"
      try TextFile.replace(path, with: text.joined(separator: "\n") + "\n{\"half")
      let contents = try Journal.read(path, digest: "d")
      #expect(contents.damaged == [3, 6])
      #expect(contents.wasTorn)
      #expect(contents.records == [0, 2, 3, 5].map(Self.record))
      try Journal.repair(path, contents)
      #expect(try lines(folder + "/journal.damaged") == ["3: \(text[2])", "6: \(text[5])"])
      #expect(try lines(path) == [text[0], text[1], text[3], text[4], text[6]])
      let mended = try Journal.read(path, digest: "d")
      #expect(mended.damaged.isEmpty && !mended.wasTorn)
      #expect(mended.records == contents.records)
    }
  }

  @Test func `lines longer than a block are lines too`() async throws {
    try await withFolder { folder in
      let path = try write(2, in: folder)
      var record = Self.record(2)
      record.prediction = String(repeating: "long é ", count: 400_000)
      let journal = try Journal(path: path, digest: "d", model: "m")
      try journal.append(record)
      try journal.append(Self.record(3))
      let records = try Journal.read(path, digest: "d").records
      #expect(records.count == 4)
      #expect(records[2] == record)
      #expect(records[3] == Self.record(3))
    }
  }

  @Test func `foreign journals are refused by name`() async throws {
    try await withFolder { folder in
      let path = try write(1, in: folder)
      #expect(throws: InputError("\(path):1: belongs to another study")) {
        try Journal.read(path, digest: "e")
      }
      #expect(try Journal.read(path, digest: nil).records.count == 1)
      try replaceHeader(path, #"{"schema":"formatspread.journal/2","news":1}"#)
      #expect(
        throws: InputError(
          "\(path):1: unknown schema 'formatspread.journal/2'; this version reads "
            + "'formatspread.journal/1'")
      ) { try Journal.read(path, digest: "d") }
      try replaceHeader(path, #"{"events":[]}"#)
      #expect(throws: InputError("\(path):1: $: is no journal's header")) {
        try Journal.read(path, digest: "d")
      }
      try TextFile.replace(path, with: "once upon a time\n")
      #expect(
        throws: InputError(
          "\(path):1: the first line is damaged, so the answers cannot be told from another "
            + "study's; restore it from a copy, or move the directory away and start again")
      ) { try Journal.read(path, digest: "d") }
    }
  }

  private func replaceHeader(_ path: String, _ header: String) throws {
    var line = Array(header.utf8)
    JournalSeal.close(&line)
    let text = [String(decoding: line, as: UTF8.self)] + (try lines(path).dropFirst())
    try TextFile.replace(path, with: text.joined(separator: "\n") + "\n")
  }

  @Test func `a sound line that is no record is an error that names the line`() async throws {
    try await withFolder { folder in
      let path = try write(1, in: folder)
      var line = Array(#"{"task":"t","format":0,"example":0,"correct":true,"mood":1}"#.utf8)
      JournalSeal.close(&line)
      try TextFile.replace(
        path,
        with: try lines(path).joined(separator: "\n") + "\n"
          + String(decoding: line, as: UTF8.self) + "\n")
      #expect {
        try Journal.read(path, digest: "d")
      } throws: {
        "\($0)".hasPrefix("\(path):3: $: unknown key 'mood'")
      }
    }
  }

  @Test func `a record of a cell that the study does not have is refused`() async throws {
    let plan = try Plan.sample(.sample())
    for (format, example, task) in [(8, 9, "fixed"), (0, 24, "fixed"), (0, 9, "labels")] {
      try await withFolder { folder in
        let path = folder + "/journal.jsonl"
        let journal = try Journal(path: path, digest: plan.study.digest, model: "m")
        var record = EvaluationRecord(task: task, format: format, example: example)
        record.isCorrect = true
        try journal.append(record)
        #expect(
          throws: InputError(
            "\(path):2: the study has no format \(format) on example \(example) of the task '\(task)'"
          )
        ) { try Journal.answers(path, of: plan) }
      }
    }
  }
}
