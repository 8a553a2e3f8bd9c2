import Basics
import Estimation
import Foundation
import Synchronization
import Testing

@testable import Runs

struct StorageFaultTests {
  /// Calls that do as the system does, but for one of the writes.
  static func faulty(
    at number: Int,
    _ fault: @escaping @Sendable (Int32, UnsafeRawBufferPointer) -> FileCalls.Outcome
  ) -> FileCalls {
    let counter = SharedCounter()
    var calls = FileCalls.system
    calls.write = { file, bytes in
      counter.next() == number ? fault(file, bytes) : FileCalls.system.write(file, bytes)
    }
    return calls
  }

  @Test func `short writes are continued`() async throws {
    try await withFolder { folder in
      var calls = FileCalls.system
      calls.write = { file, bytes in
        FileCalls.system.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(7)))
      }
      try expectWhole(folder, calls)
    }
  }

  @Test func `interrupted calls are made again`() async throws {
    try await withFolder { folder in
      let counter = SharedCounter()
      var calls = FileCalls.system
      calls.write = { file, bytes in
        counter.next() % 2 == 1 ? .failed(EINTR) : FileCalls.system.write(file, bytes)
      }
      calls.sync = { counter.next() % 2 == 1 ? EINTR : FileCalls.system.sync($0) }
      try expectWhole(folder, calls)
    }
  }

  private func expectWhole(_ folder: String, _ calls: FileCalls) throws {
    let path = folder + "/journal.jsonl"
    let journal = try Journal(path: path, digest: "d", model: "m", calls: calls)
    for index in 0..<20 { try journal.append(JournalTests.record(index)) }
    try journal.flush()
    #expect(try Journal.read(path, digest: "d").records == (0..<20).map(JournalTests.record))
  }

  @Test(arguments: [ENOSPC, EIO, EDQUOT], [0, 9])
  func `a write that fails stops the journal and leaves whole lines`(
    _ number: Int32, _ bytesBefore: Int
  ) async throws {
    try await withFolder { folder in
      let path = folder + "/journal.jsonl"
      let counter = SharedCounter()
      var calls = FileCalls.system
      // The line of the fifth record, which fails after some of its bytes.
      calls.write = { file, bytes in
        switch counter.next() {
        case 6 where bytesBefore > 0:
          FileCalls.system.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(bytesBefore)))
        case 6, 7: .failed(number)
        default: FileCalls.system.write(file, bytes)
        }
      }
      let journal = try Journal(path: path, digest: "d", model: "m", calls: calls)
      for index in 0..<4 { try journal.append(JournalTests.record(index)) }
      let error = StorageError("\(path): cannot be written (\(systemReason(number)))")
      #expect(throws: error) { try journal.append(JournalTests.record(4)) }
      #expect(throws: error) { try journal.append(JournalTests.record(5)) }
      #expect(throws: error) { try journal.flush() }
      let contents = try Journal.read(path, digest: "d")
      #expect(!contents.wasTorn)
      #expect(contents.records == (0..<4).map(JournalTests.record))
    }
  }

  @Test func `a disk that fails to keep what was written stops the journal`() async throws {
    try await withFolder { folder in
      let path = folder + "/journal.jsonl"
      let counter = SharedCounter()
      var calls = FileCalls.system
      calls.sync = { counter.next() == 2 ? EIO : FileCalls.system.sync($0) }
      let journal = try Journal(path: path, digest: "d", model: "m", calls: calls)
      try journal.append(JournalTests.record(0))
      let error = StorageError("\(path): cannot be brought to the disk (Input/output error)")
      #expect(throws: error) { try journal.flush() }
      #expect(throws: error) { try journal.append(JournalTests.record(1)) }
    }
  }

  @Test func `lines reach the disk without waiting for the end of a batch`() async throws {
    try await withFolder { folder in
      let counter = SharedCounter()
      var calls = FileCalls.system
      calls.sync = { file in
        _ = counter.next()
        return FileCalls.system.sync(file)
      }
      let journal = try Journal(
        path: folder + "/journal.jsonl", digest: "d", model: "m", calls: calls)
      try journal.append(JournalTests.record(0))
      let before = counter.value
      while counter.value == before { try await Task.sleep(for: .milliseconds(20)) }
      #expect(counter.value == before + 1)
    }
  }

  @Test func `a directory that is deleted during a run stops it`() async throws {
    let plan = try Plan.sample(.sample(search: .thompson, budget: 90))
    try await withFolder { folder in
      var script = ScriptedModel.Script()
      script.afterAnswer = { number in
        if number == 30 { try? FileManager.default.removeItem(atPath: folder + "/run") }
      }
      let model = ScriptedModel(script)
      await #expect(
        throws: StorageError("\(folder)/run/journal.jsonl: was deleted during the run")
      ) { try await conduct(plan, in: folder, model: model) }
      #expect(model.answers.count < 90)
    }
  }

  @Test(arguments: [2, 3, 40, 70])
  func `a run whose disk fills up stops and goes on later`(_ write: Int) async throws {
    let plan = try Plan.sample(.sample(search: .thompson, budget: 90))
    try await withFolder { folder in
      let directory = RunDirectory(folder + "/run")
      let first = ScriptedModel()
      await #expect(
        throws: StorageError(
          "\(directory.journal): cannot be written (No space left on device)")
      ) {
        try await conduct(plan, in: folder, model: first) {
          $0.calls = Self.faulty(at: write) { _, _ in .failed(ENOSPC) }
        }
      }
      let kept = try Journal.read(directory.journal, digest: plan.study.digest)
      #expect(kept.records.count == write - 2)
      let whole = try await withFolder {
        try await conduct(plan, in: $0, model: ScriptedModel()).records.timeless
      }
      let second = try await conduct(plan, in: folder, model: ScriptedModel())
      #expect(second.summary.reused == write - 2)
      #expect(second.records.timeless == whole)
    }
  }

  @Test func `damage and a torn line cost only their cells`() async throws {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      let first = try await conduct(plan, in: folder, model: ScriptedModel())
      let path = RunDirectory(folder + "/run").journal
      var bytes = try TextFile.bytes(path)
      let lines = bytes.split(separator: 0x0A)
      let start = lines[..<40].reduce(0) { $0 + $1.count + 1 }
      bytes[start + 30] ^= 1
      try Data(bytes.dropLast(5)).write(to: URL(fileURLWithPath: path))
      let model = ScriptedModel()
      let second = try await conduct(plan, in: folder, model: model)
      #expect(model.attempts.count == 2)
      #expect(
        second.events.notices == [
          "the journal's unfinished last line was cut off",
          "line 41 of the journal was damaged and is set aside in journal.damaged",
        ])
      #expect(second.records.timeless == first.records.timeless)
      #expect(second.records.count == 160)
    }
  }
}

/// Counts calls from several threads.
final class SharedCounter: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
