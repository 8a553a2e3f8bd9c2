import Foundation
import Testing

/// The built program, run as a user would run it.
struct Invocation {
  let status: Int32
  let output: String
  let errors: String

  /// The program beside the test bundle.
  static let executable: URL = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let beside = bundle.appendingPathComponent("formatspread")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return package.appendingPathComponent(".build/debug/formatspread")
  }()

  /// The checkout.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs to the end; the streams go to files, so that neither can block.
  init(
    _ arguments: [String], input: String = "", directory: URL = Self.package,
    environment: [String: String] = [:]
  ) throws {
    let running = try Running(
      arguments, input: input, directory: directory, environment: environment)
    running.process.waitUntilExit()
    status = running.process.terminationStatus
    output = try running.output
    errors = try running.errors
  }

  /// A program under way.
  struct Running {
    let process = Process()
    private let folder: URL

    init(
      _ arguments: [String], input: String = "", directory: URL = Invocation.package,
      environment: [String: String] = [:]
    ) throws {
      folder = try TemporaryFolder.make()
      let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
      try Data(input.utf8).write(to: files[0])
      try Data().write(to: files[1])
      try Data().write(to: files[2])
      process.executableURL = Invocation.executable
      process.arguments = arguments
      process.currentDirectoryURL = directory
      // Tests of this package run in CI too, where the tool would speak to it.
      var all = ProcessInfo.processInfo.environment
      for name in ["GITHUB_ACTIONS", "GITLAB_CI"] { all[name] = nil }
      process.environment = all.merging(environment) { $1 }
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try process.run()
    }

    var output: String {
      get throws { try String(contentsOf: folder.appendingPathComponent("out"), encoding: .utf8) }
    }

    var errors: String {
      get throws { try String(contentsOf: folder.appendingPathComponent("err"), encoding: .utf8) }
    }
  }
}

enum TemporaryFolder {
  static func make() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("formatspread-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A file with that content in a new folder.
  static func file(_ name: String, _ content: String) throws -> String {
    let path = try make().appendingPathComponent(name)
    try Data(content.utf8).write(to: path)
    return path.path
  }
}
