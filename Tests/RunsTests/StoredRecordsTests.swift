import Basics
import Foundation
import Testing

@testable import Runs

/// Records that are read again from the file.
struct StoredRecordsTests {
  /// Three tasks in turn stretches and mixed, one with a name that is written with escapes.
  private static let records = (0..<120).map { index in
    var record = EvaluationRecord(
      task: index < 40 ? "one" : index < 80 ? ["one", "two"][index % 2] : "a \"third\"",
      format: index % 7, example: index)
    record.prediction = "né \(index)"
    record.isCorrect = index % 3 == 0
    return record
  }

  private func write(_ records: [EvaluationRecord], in folder: String) throws -> String {
    let path = folder + "/journal.jsonl"
    let journal = try Journal(path: path, digest: "d", model: "m")
    for record in records { try journal.append(record) }
    try journal.flush()
    return path
  }

  private func found(_ stored: StoredRecords, _ formats: [String: Set<Int>]) -> [EvaluationRecord] {
    var found: [EvaluationRecord] = []
    stored.forEach(of: formats) { found.append($0) }
    return found
  }

  @Test(
    arguments: [
      [:], ["one": [0, 3]], ["two": [1], "one": [6]], ["a \"third\"": [2, 4]], ["four": [0]],
    ] as [[String: Set<Int>]])
  func `the records of some formats are those of a walk through all`(
    _ formats: [String: Set<Int>]
  ) async throws {
    try await withFolder { folder in
      let path = try write(Self.records, in: folder)
      let stored = try StoredRecords.reading(path, digest: "d") { _ in }.records
      let expected = Self.records.filter { formats[$0.task]?.contains($0.format) == true }
      #expect(found(stored, formats) == expected)
      #expect(found(StoredRecords(Self.records), formats) == expected)
    }
  }

  @Test func `a damaged line is in no format`() async throws {
    try await withFolder { folder in
      let path = try write(Self.records, in: folder)
      var bytes = try TextFile.bytes(path)
      let line = try #require(bytes.split(separator: 0x0A).dropFirst(8).first)
      bytes[line.startIndex + line.count / 2] ^= 1
      try Data(bytes).write(to: URL(filePath: path))
      let stored = try StoredRecords.reading(path, digest: "d") { _ in }.records
      #expect(
        found(stored, ["one": [0]]).map(\.example)
          == Array(
            stored.filter {
              $0.task == "one" && $0.format == 0
            }
          ).map(\.example))
      #expect(!found(stored, ["one": [0]]).map(\.example).contains(7))
      #expect(found(stored, ["one": [0]]).map(\.example).contains(14))
    }
  }
}
