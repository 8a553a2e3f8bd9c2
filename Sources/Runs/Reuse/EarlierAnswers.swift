import Basics
import Foundation
import Models
import Prompts
import Synchronization

/// Answers of earlier runs, found by the digest of the exact request.
///
/// Only where each answer stands is kept in memory, about 50 bytes for one; its line is read again when
/// it is wanted.
final class EarlierAnswers: Sendable {
  private struct Key: Hashable {
    let high: UInt64
    let low: UInt32
  }

  private struct Place {
    let file: UInt32
    let length: UInt32
    let offset: Int64
  }

  private let places: [Key: Place]
  private let files: [(path: String, descriptor: Int32)]
  private let used = Mutex(0)

  /// Answers that were taken so far.
  var taken: Int { used.withLock { $0 } }

  /// Answers that are there to be taken.
  var count: Int { places.count }

  /// - Parameters:
  ///   - directories: Runs, finished or not; of two answers to one request the first stands.
  ///   - model: The name of the model that answers now.
  ///   - method: How its answers are obtained.
  /// - Throws: `InputError` for a run of another model or method.
  init(_ directories: [RunDirectory], model: String, method: String) throws(InputError) {
    var places: [Key: Place] = [:]
    var files: [(path: String, descriptor: Int32)] = []
    for directory in directories {
      let study = try directory.study()
      let path = directory.journal
      let file = UInt32(files.count)
      var offset = 0
      var contents = Journal.Contents()
      let extent = try LineBlocks.walk(path) { number, bytes throws(InputError) in
        let line = Journal.Line(bytes: bytes, place: "\(path):\(number)", start: offset)
        offset += bytes.count + 1
        guard number > 1 else {
          contents.model = try Journal.header(
            line, isSound: JournalSeal.isSound(bytes), digest: study.digest)
          return
        }
        guard JournalSeal.isSound(bytes) else { return }
        let record = try line.record()
        guard record.isCorrect != nil else { return }
        contents.method = contents.method ?? record.method
        guard record.method == method, let key = record.request.flatMap(Self.key) else { return }
        if places[key] == nil {
          places[key] = Place(file: file, length: UInt32(bytes.count), offset: Int64(line.start))
        }
      }
      _ = extent
      try Self.check(contents, directory, model: model, method: method)
      let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw InputError("\(path): cannot be read (\(systemReason(errno)))")
      }
      files.append((path, descriptor))
    }
    self.places = places
    self.files = files
  }

  deinit {
    for file in files { close(file.descriptor) }
  }

  private static func check(
    _ contents: Journal.Contents, _ directory: RunDirectory, model: String, method: String
  ) throws(InputError) {
    if let earlier = contents.model, earlier != model {
      throw InputError(
        "--reuse \(directory.path): was answered by the model '\(earlier)', the backend now has "
          + "'\(model)'")
    }
    if let earlier = contents.method, earlier != method {
      throw InputError(
        "--reuse \(directory.path): its answers were obtained by the method '\(earlier)', the "
          + "backend now has '\(method)'")
    }
  }

  /// The answer to a question, where an earlier run has it.
  func answer(to question: Question, digest: String) -> Answer? {
    guard let key = Self.key(digest), let place = places[key],
      let record = record(at: place), record.request == digest,
      let answer = Self.answer(record, question)
    else { return nil }
    used.withLock { $0 += 1 }
    return answer
  }

  private func record(at place: Place) -> EvaluationRecord? {
    let file = files[Int(place.file)]
    var line = [UInt8](repeating: 0, count: Int(place.length))
    let count = pread(file.descriptor, &line, line.count, off_t(place.offset))
    guard count == line.count else { return nil }
    return line.withUnsafeBytes { bytes in
      guard JournalSeal.isSound(bytes) else { return nil }
      return try? Journal.Line(bytes: bytes, place: file.path, start: 0).record()
    }
  }

  private static func answer(_ record: EvaluationRecord, _ question: Question) -> Answer? {
    switch question {
    case .score(let request):
      guard record.scores.count == request.continuations.count else { return nil }
      return .scores(
        record.scores.enumerated().map { index, score in
          OptionScore(
            logprob: score.logProbability, tokens: score.tokens,
            censored: record.censored.contains(index))
        })
    case .generate:
      guard let text = record.prediction else { return nil }
      return .text(Generation(text: text, tokens: record.tokens))
    }
  }

  private static func key(_ digest: String) -> Key? {
    guard digest.utf8.count == RequestDigest.length,
      let high = UInt64(digest.prefix(16), radix: 16),
      let low = UInt32(digest.suffix(8), radix: 16)
    else { return nil }
    return Key(high: high, low: low)
  }
}
