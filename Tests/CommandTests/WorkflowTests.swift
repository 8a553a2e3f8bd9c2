import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The workflow that the README offers for copying: its steps that need no build are run.
@Suite(.serialized) struct WorkflowTests {
  struct Step {
    let name: String
    let script: String
  }

  /// The workflow's text, without its fence.
  private func workflow() throws -> [String] {
    let readme = Invocation.package.appendingPathComponent("README.md")
    let lines = try String(contentsOf: readme, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("```yaml .github/workflows/") })
    return Array(lines[(start + 1)...].prefix { $0 != "```" })
  }

  /// The steps with a script, in order.
  private func steps() throws -> [Step] {
    var steps: [Step] = []
    var name = ""
    var script: [String]?
    var depth = 0
    for line in try workflow() {
      let indent = line.prefix { $0 == " " }.count
      if let lines = script {
        if line.isEmpty || indent > depth {
          script = lines + [String(line.dropFirst(depth + 2))]
          continue
        }
        steps.append(Step(name: name, script: lines.joined(separator: "\n") + "\n"))
        script = nil
      }
      let words = line.trimmingCharacters(in: .whitespaces)
      if words.hasPrefix("- ") { name = "" }
      if words.hasPrefix("- name: ") { name = String(words.dropFirst(8)) }
      if words == "run: |" {
        script = []
        depth = indent
      }
    }
    return steps
  }

  /// The values under `env:`.
  private func environment() throws -> [String: String] {
    var values: [String: String] = [:]
    for line in try workflow() {
      let words = line.trimmingCharacters(in: .whitespaces)
      guard words.hasPrefix("FORMATSPREAD_"), let colon = words.firstIndex(of: ":") else {
        continue
      }
      values[String(words[..<colon])] =
        words[words.index(after: colon)...].split(separator: "#")[0]
        .trimmingCharacters(in: .whitespaces)
    }
    return values
  }

  struct Job {
    let folder: URL
    var environment: [String: String]

    /// Runs a script as the runner does.
    func run(_ script: String) throws -> (status: Int32, errors: String) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script]
      process.currentDirectoryURL = folder
      process.environment = environment
      let errors = folder.appendingPathComponent("errors")
      try Data().write(to: errors)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      return (process.terminationStatus, try String(contentsOf: errors, encoding: .utf8))
    }

    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
  }

  /// A checkout in which the build step has been done.
  private func job() throws -> Job {
    let folder = try TemporaryFolder.make()
    let programs = folder.appendingPathComponent("programs")
    try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: programs.appendingPathComponent("formatspread"), withDestinationURL: Invocation.executable
    )
    var all = ProcessInfo.processInfo.environment.merging(try environment()) { $1 }
    all["PATH"] = programs.path + ":" + (all["PATH"] ?? "/usr/bin:/bin")
    all["GITHUB_ACTIONS"] = "true"
    all["GITHUB_STEP_SUMMARY"] = folder.appendingPathComponent("summary.md").path
    all["FORMATSPREAD_HOME"] = Invocation.package.path
    return Job(folder: folder, environment: all)
  }

  private func own() throws -> [Step] {
    let steps = try steps()
    #expect(steps.map(\.name).first == "Build")
    return steps.filter { !$0.script.contains("swift build") }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
  func `the workflow passes, and leaves what it uploads`() throws {
    let job = try job()
    let steps = try own()
    #expect(steps.count == 2)
    for step in steps {
      let result = try job.run(step.script)
      #expect(result.status == 0, "\(step.name): \(result.errors)")
    }
    #expect(try job.text("summary.md").hasPrefix("# Accuracy over prompt formats"))
    #expect(try job.text("summary.md").contains("gates passed; exit status 0"))
    #expect(XMLParser(data: Data(try job.text("junit.xml").utf8)).parse())
    for line in try workflow().suffix(2) {
      let path = line.trimmingCharacters(in: .whitespaces)
      #expect(
        FileManager.default.fileExists(atPath: job.folder.appendingPathComponent(path).path),
        "\(path)")
    }
    // The next run has this one to be compared with.
    try FileManager.default.copyItem(
      at: job.folder.appendingPathComponent("runs/ci"),
      to: job.folder.appendingPathComponent("baseline"))
    let compared = try job.run(steps[1].script)
    #expect(compared.status == 0)
    #expect(compared.errors.contains("::notice title=formatspread::gates passed"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
  func `with a stricter demand the step fails and says why`() throws {
    let job = try job()
    let script = try own()[0].script
    let strict = script.replacing("--max-spread 50%", with: "--max-spread 1%")
    #expect(strict != script)
    let result = try job.run(strict)
    #expect(result.status == 1)
    #expect(
      result.errors.contains(
        "::error title=formatspread max-spread (sentiment)::failed, the spread"))
    #expect(try job.text("summary.md").contains("exit status 1"))
    #expect(try job.text("junit.xml").contains("<failure type=\"failed\""))
  }
}
