import Basics
import Foundation
import Models
import Testing

@testable import Runs

struct RunLockTests {
  @Test func `a second writer is refused with the first one's process`() async throws {
    try await withFolder { folder in
      let directory = RunDirectory(folder)
      let first = try RunLock(directory)
      #expect(first.isEffective)
      #expect(
        throws: InputError(
          "\(folder): is being written by another process (\(getpid())); wait until it ends, or "
            + "give another --out")
      ) { try RunLock(directory) }
      withExtendedLifetime(first) {}
    }
  }

  @Test func `a lock ends with its holder`() async throws {
    try await withFolder { folder in
      let directory = RunDirectory(folder)
      do { _ = try RunLock(directory) }
      _ = try RunLock(directory)
      try TextFile.replace(directory.file("lock"), with: "rubbish")
      _ = try RunLock(directory)
    }
  }

  @Test func `a lock ends with its owner though a child that was just forked has the file too`()
    async throws
  {
    try await withFolder { folder in
      let directory = RunDirectory(folder)
      let copy: Int32
      do {
        let lock = try RunLock(directory)
        copy = dup(lock.file)
      }
      defer { close(copy) }
      _ = try RunLock(directory)
    }
  }

  @Test func `a run holds the lock until it ends`() async throws {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      let directory = RunDirectory(folder + "/run")
      var script = ScriptedModel.Script()
      let refusals = SharedCounter()
      script.afterAnswer = { _ in
        do { _ = try RunLock(directory) } catch { _ = refusals.next() }
      }
      let model = ScriptedModel(script)
      _ = try await conduct(plan, in: folder, model: model)
      #expect(refusals.value == 160)
      _ = try RunLock(directory)
    }
  }

  @Test func `a directory that is gone is a fault of the storage`() throws {
    let directory = RunDirectory("/nowhere/run")
    #expect(
      throws: StorageError(
        "/nowhere/run/lock: cannot be opened for writing (No such file or directory)")
    ) { try RunLock(directory) }
  }

  @Test func `a run of another model or method is refused`() async throws {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      _ = try await conduct(plan, in: folder, model: ScriptedModel())
      await #expect(
        throws: InputError(
          "\(folder)/run: was answered by the model 'scripted', the backend now has 'other'")
      ) {
        try await conduct(plan, in: folder, model: ScriptedModel(.init(name: "other")))
      }
      await #expect(
        throws: InputError(
          "\(folder)/run: was scored by the method 'process', the backend now has 'echo'; methods "
            + "are not mixed in one run")
      ) {
        try await conduct(plan, in: folder, model: ScriptedModel(.init(scoring: .echo)))
      }
    }
  }

  @Test func `a journal of another study is refused`() async throws {
    try await withFolder { folder in
      let first = try Plan.sample(.sample())
      _ = try await conduct(first, in: folder, model: ScriptedModel())
      let path = RunDirectory(folder + "/run").journal
      let bytes = try TextFile.bytes(path)
      let second = try Plan.sample(.sample(seed: 6))
      try FileManager.default.removeItem(atPath: folder + "/run")
      let directory = RunDirectory(folder + "/run")
      _ = try directory.open(second)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      await #expect(throws: InputError("\(path):1: belongs to another study")) {
        try await conduct(second, in: folder, model: ScriptedModel())
      }
    }
  }
}
