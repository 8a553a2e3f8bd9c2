package import Basics
import Foundation

extension Journal {
  /// What a journal holds.
  package struct Contents: Sendable {
    /// The model that answered, by its own name; nil before the first answer.
    package var model: String?
    /// How the first scored record was scored; nil before one.
    package var method: String?
    package var records: [EvaluationRecord] = []
    /// Whether the last line is unfinished.
    package var wasTorn = false
    /// The numbers of the lines, from 1, whose checksum is wrong; they are left out of the records.
    package var damaged: [Int] = []

    package init() {}
  }

  /// Reads all records of a journal and leaves the file as it is.
  ///
  /// - Parameters:
  ///   - path: The file; a missing one is an empty journal.
  ///   - digest: The study that the journal must belong to; nil accepts any.
  /// - Returns: What it holds; torn and damaged lines are only counted.
  /// - Throws: `InputError` naming file and line for a foreign header or for a sound line that is no
  ///   record.
  package static func read(_ path: String, digest: String?) throws(InputError) -> Contents {
    var records: [EvaluationRecord] = []
    var contents = try forEachRecord(path, digest: digest) { record throws(InputError) in
      records.append(record)
    }
    contents.records = records
    return contents
  }

  /// Visits the sound records of a journal in their order, one at a time, so that its size does not matter.
  ///
  /// - Parameters:
  ///   - path: The file; a missing one is an empty journal.
  ///   - digest: The study that the journal must belong to; nil accepts any.
  ///   - visit: Gets every record.
  /// - Returns: Everything but the records.
  /// - Throws: As `read`, and what `visit` throws.
  package static func forEachRecord(
    _ path: String, digest: String?, _ visit: (EvaluationRecord) throws(InputError) -> Void
  ) throws(InputError) -> Contents {
    var method: String?
    var contents = try walk(path, digest: digest) { line throws(InputError) in
      let record = try line.record()
      if method == nil, record.isCorrect != nil { method = record.method }
      try visit(record)
    }
    contents.method = method
    return contents
  }

  /// Reads only the outcomes of a plan's cells; the contents have no records.
  ///
  /// - Throws: As `read`, and `InputError` for a record of a cell that the plan does not have.
  static func answers(
    _ path: String, of plan: Plan
  ) throws(InputError) -> (AnsweredCells, Contents) {
    var answers = AnsweredCells(plan)
    var method: String?
    var contents = try walk(path, digest: plan.study.digest) { line throws(InputError) in
      let isKnown: Bool
      if let scanner = line.scanner, !scanner.task.hasEscape {
        isKnown = answers.learn(
          task: scanner.bytes(of: scanner.task), format: scanner.format, example: scanner.example,
          isCorrect: scanner.isCorrect)
        if method == nil, scanner.isCorrect != nil {
          method = scanner.method.map { scanner.string($0) }
        }
      } else {
        let record = try line.record()
        isKnown = answers.learn(
          task: record.task.utf8, format: record.format, example: record.example,
          isCorrect: record.isCorrect)
        if record.isCorrect != nil { method = method ?? record.method }
      }
      guard isKnown else {
        let record = try line.record()
        throw InputError(
          "\(line.place): the study has no format \(record.format) on example \(record.example) of "
            + "the task \(quoted(record.task))")
      }
    }
    contents.method = method
    return (answers, contents)
  }

  /// A sound line below the header.
  struct Line {
    let bytes: UnsafeRawBufferPointer
    let place: String
    /// Bytes of the file before the line.
    let start: Int

    /// Nil when only the JSON parser can say what the line is.
    var scanner: RecordScanner? { RecordScanner(bytes) }

    func record() throws(InputError) -> EvaluationRecord {
      if let record = scanner?.record { return record }
      return try EvaluationRecord(try json())
    }

    func json() throws(InputError) -> JSONReader {
      JSONReader(try JSON.parse(Array(bytes), file: place), file: place)
    }
  }

  /// Visits the sound records of a journal in their order.
  ///
  /// - Parameters:
  ///   - path: The file; a missing one is an empty journal.
  ///   - digest: The study that the journal must belong to; nil accepts any.
  ///   - start: Gets the model's name before the first record.
  ///   - visit: Gets every record's line.
  /// - Returns: Everything but the records.
  /// - Throws: `InputError` for a foreign header, and what `start` and `visit` throw.
  static func walk(
    _ path: String, digest: String?, start: (String) throws(InputError) -> Void = { _ in },
    _ visit: (Line) throws(InputError) -> Void
  ) throws(InputError) -> Contents {
    var contents = Contents()
    guard FileManager.default.fileExists(atPath: path) else { return contents }
    var offset = 0
    let extent = try LineBlocks.walk(path) { number, bytes throws(InputError) in
      let line = Line(bytes: bytes, place: "\(path):\(number)", start: offset)
      offset += bytes.count + 1
      let isSound = JournalSeal.isSound(bytes)
      if number == 1 {
        let model = try header(line, isSound: isSound, digest: digest)
        contents.model = model
        try start(model)
      } else if isSound {
        try visit(line)
      } else {
        contents.damaged.append(number)
      }
    }
    contents.wasTorn = extent.rest > 0
    return contents
  }

  /// - Returns: The model's name.
  static func header(
    _ line: Line, isSound: Bool, digest: String?
  ) throws(InputError) -> String {
    guard isSound else {
      throw InputError(
        "\(line.place): the first line is damaged, so the answers cannot be told from another "
          + "study's; restore it from a copy, or move the directory away and start again")
    }
    let reader = try line.json()
    // The schema comes first: a later one may have other keys.
    guard case .object(let object) = reader.value, case .string(let schema)? = object["schema"]
    else { throw reader.failure("is no journal's header") }
    guard schema == Journal.schema else {
      throw InputError(
        "\(line.place): unknown schema \(quoted(schema)); this version reads '\(Journal.schema)'")
    }
    let members = try reader.members(known: ["schema", "study", "model", "crc"])
    let study = try members.required("study", in: reader)
    if let digest, try study.string() != digest {
      throw InputError("\(line.place): belongs to another study")
    }
    return try members.required("model", in: reader).string()
  }
}
