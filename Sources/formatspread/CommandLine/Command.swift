import Basics

/// A subcommand: what it is called, what it accepts and what it does.
struct Subcommand: Sendable {
  let name: String
  /// One line for the overview.
  let summary: String
  /// What follows the name in the usage line.
  let arguments: String
  /// A paragraph or two for the command's own help.
  let discussion: String
  var options: [Option]
  /// Command lines with a word on each.
  let examples: [(line: String, purpose: String)]
  /// Left out of the overview.
  var isHidden = false
  /// What a shell may offer for the words after the name.
  var completes: Offer = .files
  /// - Returns: The exit status.
  let run: @Sendable (Arguments) async throws -> Int32

  struct Option: Sendable {
    /// With its dashes.
    let name: String
    /// What stands for its value in the help; nil for a switch.
    let value: String?
    let help: String
    var isRepeated = false
    /// The heading that it stands under in the help.
    var group = "OPTIONS"
    /// What a shell may offer for its value.
    var completes: Offer = .nothing
  }

  /// What a shell offers where a word is missing.
  enum Offer: Sendable, Equatable {
    case nothing
    case files
    case folders
    /// Bundled tasks, and files.
    case tasks
    case words([String])
  }
}

extension [Subcommand.Option] {
  /// The headings in the order of their first options.
  var headings: [String] {
    var seen: [String] = []
    for option in self where !seen.contains(option.group) { seen.append(option.group) }
    return seen
  }
}

/// The words of a command line, sorted into options and the rest.
struct Arguments: Sendable {
  let command: Subcommand
  let positionals: [String]
  private let values: [String: [String]]

  /// Sorts words by the command's options; `--` ends them, `--name=value` and `--name value` both work.
  ///
  /// - Throws: `InputError` naming an unknown option and the nearest one, a value that is missing, one
  ///   that a switch does not take, or an option given twice.
  init(_ words: [String], for command: Subcommand) throws(InputError) {
    self.command = command
    var positionals: [String] = []
    var values: [String: [String]] = [:]
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        positionals += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        positionals.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let option = command.options.first(where: { $0.name == name }) else {
        throw InputError(
          "unknown option '\(name)'\(didYouMean(name, among: command.options.map(\.name))); "
            + "see 'formatspread \(command.name) --help'")
      }
      if values[name] != nil, !option.isRepeated {
        throw InputError("\(name): given twice")
      }
      guard let value = option.value else {
        guard parts.count == 1 else { throw InputError("\(name): takes no value") }
        values[name] = [""]
        continue
      }
      if parts.count == 2 {
        values[name, default: []].append(String(parts[1]))
      } else if let next = rest.popFirst() {
        values[name, default: []].append(next)
      } else {
        throw InputError("\(name): a value is missing (\(name) \(value))")
      }
    }
    self.positionals = positionals
    self.values = values
  }

  init(command: Subcommand, positionals: [String], values: [String: [String]]) {
    self.command = command
    self.positionals = positionals
    self.values = values
  }

  /// These words with others below them, which count where these say nothing.
  func over(_ base: Arguments, without left: Set<String>) -> Arguments {
    Arguments(
      command: command, positionals: positionals.isEmpty ? base.positionals : positionals,
      values: base.values.filter { !left.contains($0.key) }.merging(values) { $1 })
  }

  func has(_ name: String) -> Bool { values[name] != nil }

  func text(_ name: String) -> String? { values[name]?.last }

  func texts(_ name: String) -> [String] { values[name] ?? [] }

  /// A whole number; `40k`, `25.6k` and `2M` are 40,000, 25,600 and 2,000,000.
  func number(_ name: String, from least: Int = 0) throws(InputError) -> Int? {
    guard let text = text(name) else { return nil }
    return try Self.number(text, of: name, from: least)
  }

  /// Whole numbers separated by commas.
  func numbers(_ name: String, from least: Int = 0) throws(InputError) -> [Int] {
    var numbers: [Int] = []
    for part in (text(name) ?? "").split(separator: ",") {
      numbers.append(try Self.number(String(part), of: name, from: least))
    }
    return numbers
  }

  static func number(
    _ text: String, of name: String, from least: Int
  ) throws(InputError) -> Int {
    let scales: [Character: Int] = ["k": 1_000, "K": 1_000, "m": 1_000_000, "M": 1_000_000]
    let scale = text.last.flatMap { scales[$0] } ?? 1
    let digits = scale > 1 ? String(text.dropLast()) : text
    let isPlain = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    let value: Int? =
      if let whole = Int(digits) {
        whole.multipliedReportingOverflow(by: scale).overflow ? nil : whole * scale
      } else if scale > 1, isPlain, let fraction = Double(digits), fraction < 1e9,
        (fraction * Double(scale)).rounded() == fraction * Double(scale)
      {
        Int(fraction * Double(scale))
      } else { nil }
    guard let value, value >= least else {
      throw InputError(
        "\(name) \(quoted(text)): expected a whole number of at least \(least), such as "
          + "\(max(least, 1)) or 40k")
    }
    return value
  }

  /// A share strictly between 0 and 1, also as `95%`.
  func share(_ name: String) throws(InputError) -> Double? {
    guard let text = text(name) else { return nil }
    let isPercent = text.hasSuffix("%")
    guard let value = Double(isPercent ? String(text.dropLast()) : text),
      case let share = isPercent ? value / 100 : value, share > 0, share < 1
    else {
      throw InputError("\(name) \(quoted(text)): expected a share, such as 95% or 0.95")
    }
    return share
  }

  func seed(_ name: String) throws(InputError) -> UInt64? {
    guard let text = text(name) else { return nil }
    guard let value = UInt64(text) else {
      throw InputError("\(name) \(quoted(text)): expected a whole number from 0 to \(UInt64.max)")
    }
    return value
  }

  /// One of a fixed set of words.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws(InputError) -> Choice? where Choice.RawValue == String {
    guard let text = text(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue)
      throw InputError(
        "\(name) \(quoted(text)): unknown\(didYouMean(text, among: known)); known: "
          + known.joined(separator: ", "))
    }
    return choice
  }

  /// - Throws: `InputError` with the usage when there is none or more than `limit`.
  func requirePositionals(_ what: String, limit: Int = Int.max) throws(InputError) -> [String] {
    guard !positionals.isEmpty else {
      throw InputError(
        "\(command.name): expected \(what); usage: formatspread \(command.name) \(command.arguments)"
      )
    }
    guard positionals.count <= limit else {
      throw InputError("\(command.name): unexpected argument \(quoted(positionals[limit]))")
    }
    return positionals
  }
}

extension Subcommand.Option {
  /// The name with what stands for its value.
  var usage: String { [name, value].compactMap(\.self).joined(separator: " ") }
}
