import Basics
import Clusters
import Foundation
import Testing

struct SlurmJobsTests {
  private var jobs: SlurmJobs {
    SlurmJobs(
      name: "formatspread-12345678", program: "/opt/bin/formatspread",
      workingDirectory: "/home/u/my work",
      study: "/data/out.jobs/study.json", folder: "/data/out.jobs", out: "/data/out", count: 16)
  }

  private func full() throws -> SlurmJobs {
    var jobs = jobs
    jobs.time = try SlurmTime("04:00:00")
    jobs.partition = "gpu"
    jobs.gpus = "a100:2"
    jobs.directives = ["--account=physics"]
    jobs.serve = "vllm serve 'my model' --port $PORT"
    jobs.serverPath = "/v1"
    jobs.options = ["--concurrency", "8"]
    jobs.home = "/opt/share"
    return jobs
  }

  private func directives(_ script: String) -> [String] {
    script.split(separator: "\n").filter { $0.hasPrefix("#SBATCH ") }.map {
      String($0.dropFirst(8))
    }
  }

  @Test func `an array has a task for each shard and may be requeued`() throws {
    #expect(
      directives(jobs.arrayScript) == [
        "--job-name=formatspread-12345678", "--array=1-16", "--requeue", "--open-mode=append",
        "--output=/data/out.jobs/logs/%a.log",
      ])
    #expect(
      directives(try full().arrayScript) == [
        "--job-name=formatspread-12345678", "--array=1-16", "--partition=gpu", "--time=04:00:00",
        "--gpus=a100:2", "--requeue", "--open-mode=append", "--output=/data/out.jobs/logs/%a.log",
        "--account=physics",
      ])
    #expect(jobs.arrayScript.contains(#"--shard "$shard/16""#))
    #expect(jobs.arrayScript.contains("cd '/home/u/my work' || exit 2"))
  }

  @Test func `a run ends before its job and says nothing of a deadline without a limit`() throws {
    #expect(try full().arrayScript.contains("left=$((13680 - SECONDS))"))
    #expect(!jobs.arrayScript.contains("--deadline"))
  }

  @Test func `a server is started only where one is asked for`() throws {
    let script = try full().arrayScript
    #expect(script.contains(#"setsid bash -c 'vllm serve '\''my model'\'' --port $PORT'"#))
    #expect(script.contains(#"address=(--address "http://127.0.0.1:$PORT/v1")"#))
    #expect(!jobs.arrayScript.contains("setsid"))
  }

  @Test func `the merge takes the shards that are there`() throws {
    let script = try full().mergeScript
    #expect(
      directives(script) == [
        "--job-name=formatspread-12345678-merge", "--partition=gpu",
        "--output=/data/out.jobs/logs/merge.log", "--account=physics",
      ])
    #expect(script.hasSuffix("exec \"$formatspread\" merge \"${shards[@]}\" --out /data/out\n"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
  func `bash finds nothing wrong with the scripts`() throws {
    for script in [jobs.arrayScript, try full().arrayScript, jobs.mergeScript] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-n", "-c", script]
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(text)")
      #expect(text.isEmpty)
    }
  }

  /// A stand-in for the program that ends as told and writes to its shard's journal or does not.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")),
    arguments: [
      (0, true, 0, false), (2, true, 0, false), (3, true, 0, true), (3, true, 9, true),
      (3, false, 2, true), (3, false, 3, false), (137, true, 0, true), (143, false, 3, false),
    ])
  func `a task goes back into the queue while there is more to do`(
    _ status: Int, _ writes: Bool, _ restarts: Int, _ isRequeued: Bool
  ) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/jobs-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/out.jobs/shard-2", withIntermediateDirectories: true)
    func program(_ name: String, _ text: String) throws {
      try ("#!/bin/bash\n" + text).write(
        toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(name)")
    }
    try program(
      "formatspread",
      (writes ? "echo line >> \(folder)/out.jobs/shard-2/journal.jsonl\n" : "") + "exit \(status)\n"
    )
    try program("scontrol", "echo \"$@\" >> \(folder)/requeued\n")
    try program("sleep", "")
    var jobs = jobs
    jobs.program = folder + "/formatspread"
    jobs.workingDirectory = folder
    jobs.folder = folder + "/out.jobs"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", jobs.arrayScript]
    process.environment = [
      "PATH": folder + ":/usr/bin:/bin", "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_JOB_ID": "77",
      "SLURM_JOB_ID": "79", "SLURM_RESTART_COUNT": "\(restarts)",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(Int(process.terminationStatus) == status)
    let requeued = try? String(contentsOfFile: folder + "/requeued", encoding: .utf8)
    #expect(requeued == (isRequeued ? "requeue 77_2\n" : nil))
  }

  @Test func `a value that would begin another directive is refused`() throws {
    var jobs = jobs
    try jobs.check()
    jobs.partition = "a\n#SBATCH --uid=0"
    #expect(throws: InputError.self) { try jobs.check() }
    jobs.partition = nil
    jobs.gpus = "1 --x"
    #expect(throws: InputError("--gpus '1 --x': expected one word")) { try jobs.check() }
    jobs.gpus = nil
    jobs.directives = ["account=x"]
    #expect(throws: InputError.self) { try jobs.check() }
  }
}
