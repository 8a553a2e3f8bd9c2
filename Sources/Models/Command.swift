package import Basics
import Foundation

/// A command line that is started without a shell.
package struct Command: Sendable, Hashable {
  /// The executable as it was written: a path when it holds a slash, otherwise a name on `PATH`.
  package let executable: String
  package let arguments: [String]

  package init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }

  /// Splits a line into words at white space.
  ///
  /// `'…'` keeps everything, `"…"` keeps everything but `\"` and `\\`, and elsewhere a backslash keeps
  /// the next character. Nothing is expanded: no variables, no `~`, no `*`.
  /// - Throws: `InputError` for an empty line, a quote that is never closed, a backslash at the end, or
  ///   a word that only a shell understands (`|`, `>`, `&&`, …).
  package init(parsing line: String) throws(InputError) {
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var quote: (mark: Unicode.Scalar, column: Int)?
    var plain = true
    let scalars = Array(line.unicodeScalars)
    var at = 0

    func finish() throws(InputError) {
      guard let done = word else { return }
      let text = String(done)
      if plain, shellWords.contains(text) {
        throw InputError(
          "process command \(quoted(line)): '\(text)' is shell syntax and no shell is used; "
            + "put the line into a script, or quote the word")
      }
      words.append(text)
      word = nil
      plain = true
    }

    while at < scalars.count {
      let scalar = scalars[at]
      at += 1
      switch (quote?.mark, scalar) {
      case (let mark?, _) where scalar == mark:
        quote = nil
      case ("\""?, "\\") where at < scalars.count && (scalars[at] == "\"" || scalars[at] == "\\"):
        word?.append(scalars[at])
        at += 1
      case (_?, _):
        word?.append(scalar)
      case (nil, "'"), (nil, "\""):
        quote = (scalar, at)
        plain = false
        word = word ?? String.UnicodeScalarView()
      case (nil, "\\"):
        guard at < scalars.count else {
          throw InputError(
            "process command \(quoted(line)): a backslash at the end quotes nothing")
        }
        plain = false
        word = word ?? String.UnicodeScalarView()
        word?.append(scalars[at])
        at += 1
      case (nil, _) where scalar.properties.isWhitespace:
        try finish()
      default:
        word = word ?? String.UnicodeScalarView()
        word?.append(scalar)
      }
    }
    if let quote {
      throw InputError(
        "process command \(quoted(line)): the \(quote.mark) at character \(quote.column) "
          + "is never closed")
    }
    try finish()
    guard let first = words.first, !first.isEmpty else {
      throw InputError(
        "process command \(quoted(line)): empty; expected a command such as "
          + "'process:python3 my_model.py'")
    }
    executable = first
    arguments = Array(words.dropFirst())
  }

  /// The command as messages and records show it: words joined by spaces, quoted where needed.
  package var shown: String {
    ([executable] + arguments).map { word in
      let plain = word.unicodeScalars.allSatisfy { scalar in
        !scalar.properties.isWhitespace && !"'\"\\".unicodeScalars.contains(scalar)
      }
      if plain, !word.isEmpty, !shellWords.contains(word) { return word }
      let escaped = word.unicodeScalars.reduce(into: "") { text, scalar in
        if scalar == "\"" || scalar == "\\" { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
      return "\"\(escaped)\""
    }.joined(separator: " ")
  }

  /// The path of the executable.
  ///
  /// - Parameter path: The directories to search, separated by colons, for a name without a slash.
  /// - Returns: A path that can be executed.
  /// - Throws: `InputError` when there is no such file, or when it may not be executed; a name that is
  ///   near to one on the path is suggested.
  package func located(on path: String) throws(InputError) -> String {
    if executable.contains("/") {
      switch Self.kind(of: executable) {
      case .executable: return executable
      case .missing: throw InputError("process command \(quoted(executable)): no such file")
      case .directory:
        throw InputError("process command \(quoted(executable)): is a directory")
      case .notExecutable:
        throw InputError(
          "process command \(quoted(executable)): is not executable (chmod +x, or name its "
            + "interpreter first)")
      }
    }
    let directories = path.split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    for directory in directories {
      let candidate = directory + "/" + executable
      if Self.kind(of: candidate) == .executable { return candidate }
    }
    let here = Self.kind(of: "./" + executable) == .executable
    let names = directories.flatMap { directory in
      (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    }.filter { $0 != executable }
    let hint =
      here
      ? " (did you mean './\(executable)'?)" : didYouMean(executable, among: names.sorted())
    throw InputError(
      "process command \(quoted(executable)): not found on PATH\(hint)")
  }

  private enum Kind {
    case executable
    case missing
    case directory
    case notExecutable
  }

  private static func kind(of path: String) -> Kind {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return .missing
    }
    if isDirectory.boolValue { return .directory }
    return FileManager.default.isExecutableFile(atPath: path) ? .executable : .notExecutable
  }
}

/// Words that mean something to a shell and nothing to a program.
private let shellWords: Set<String> = [
  "|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>", "2>&1", "&>",
]
