import Basics
import Dispatch
import Foundation
import Models
import Runs

/// The options of `run` that divide, bound or shorten one session and leave the study as it is.
enum SessionOptions {
  static let all: [Subcommand.Option] = [
    .init(
      name: "--config", value: "FILE",
      help:
        "Take the study from a file such as a run's study.json; options and tasks of the command "
        + "line replace the file's."),
    .init(
      name: "--deadline", value: "T",
      help:
        "Stop cleanly after so long, such as 55m, 90s or 1h30m, with status 3; the same command "
        + "continues."),
    .init(
      name: "--shard", value: "I/N",
      help:
        "Evaluate only the I-th of N parts, to be united by 'formatspread merge'; 'env' takes the "
        + "part from a Slurm array or a Kubernetes indexed job."),
    .init(
      name: "--reuse", value: "DIR",
      help:
        "Take answers to the same requests from an earlier run of the same model; may be repeated.",
      isRepeated: true),
    .init(
      name: "--address", value: "URL",
      help: "Where the model server of --backend is reached in this session; not part of the study."
    ),
  ]

  /// What follows `--deadline`.
  struct Deadline: Sendable {
    /// As the user wrote it.
    let text: String
    /// Counted from when the options were read, so that planning is part of it.
    let moment: DispatchTime
  }

  static func deadline(_ arguments: Arguments) throws(InputError) -> Deadline? {
    guard let text = arguments.text("--deadline") else { return nil }
    guard let seconds = seconds(text), seconds > 0 else {
      throw InputError(
        "--deadline \(quoted(text)): expected a time such as 55m, 90s, 1h30m or 2d")
    }
    return Deadline(text: text, moment: .now() + .seconds(seconds))
  }

  /// Seconds in a text such as `1h30m`, units in falling order, each once; nil for anything else.
  static func seconds(_ text: String) -> Int? {
    let units: [(Character, Int)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]
    var left = units[...]
    var total = 0
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let place = left.firstIndex(where: { $0.0 == character }), let count = Int(digits),
        count < 1_000_000
      else { return nil }
      total += count * left[place].1
      left = left[(place + 1)...]
      digits = ""
    }
    return digits.isEmpty && !text.isEmpty ? total : nil
  }

  static func shard(_ arguments: Arguments) throws(InputError) -> Shard? {
    guard let text = arguments.text("--shard") else { return nil }
    if arguments.has("--json") {
      throw InputError("--json: a shard has no report of its own; 'formatspread merge' makes one")
    }
    return try Shard(text, environment: ProcessInfo.processInfo.environment)
  }

  static func reused(_ arguments: Arguments) -> [RunDirectory] {
    arguments.texts("--reuse").map { RunDirectory($0) }
  }

  /// What is asked in this session: the study's backend, or the same server elsewhere.
  static func specification(
    _ arguments: Arguments, _ study: Study
  ) throws(InputError) -> BackendSpecification {
    let backend = try BackendSpecification.parse(study.backend)
    guard let address = arguments.text("--address") else { return backend }
    guard case .server = backend, case let other = try BackendSpecification.parse(address),
      case .server = other
    else {
      throw InputError(
        "--address \(quoted(address)): is the address of a model server, and --backend \(study.backend) "
          + "has to be one too")
    }
    return other
  }
}
