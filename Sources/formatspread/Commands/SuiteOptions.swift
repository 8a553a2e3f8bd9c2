import Basics
import Foundation

/// What a command line says about a suite of tasks.
enum SuiteOptions {
  static let all: [Subcommand.Option] = [
    .init(name: "--tags", value: "A,B", help: "Of a suite, only the tasks with one of these tags.")
  ]

  /// The suite that the command line names; nil for tasks.
  static func suite(_ arguments: Arguments) throws(InputError) -> SuiteSession? {
    guard let path = arguments.positionals.first(where: isSuite) else {
      if arguments.has("--tags") { throw InputError("--tags: belongs to a suite of tasks") }
      return nil
    }
    guard arguments.positionals.count == 1 else {
      throw InputError("run: a suite stands alone; put the other tasks into \(path)")
    }
    return try SuiteSession(path, arguments)
  }

  private static func isSuite(_ path: String) -> Bool {
    guard path.hasSuffix(".json"), let file = FileHandle(forReadingAtPath: path) else {
      return false
    }
    defer { try? file.close() }
    let start = (try? file.read(upToCount: 1 << 12)) ?? nil
    return String(decoding: start ?? Data(), as: UTF8.self).contains("\"formatspread.suite/")
  }
}
