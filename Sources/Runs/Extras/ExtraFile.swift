import Basics
import Foundation

/// A file of one extra measurement beside a run's journal: a header, then one JSON object a line.
///
/// Lines come in any order; a torn one is passed over, because what it would have said is asked again.
struct ExtraFile {
  let path: String
  let schema: String
  let digest: String

  /// The sound lines below the header; nothing where there is no file.
  ///
  /// - Throws: `InputError` for a file of another study.
  func lines() throws(InputError) -> [JSONReader] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    var readers: [JSONReader] = []
    for (number, line) in try TextFile.bytes(path).split(separator: 0x0A).enumerated() {
      guard let value = try? JSON.parse(Array(line)) else { continue }
      guard number > 0 else {
        guard case .object(let header) = value, header["schema"] == .string(schema),
          header["study"] == .string(digest)
        else { throw InputError("\(path): does not belong to this run; remove it to measure anew") }
        continue
      }
      readers.append(JSONReader(value, file: "\(path):\(number + 1)"))
    }
    return readers
  }

  /// The model that the file's header names; nil where there is no file.
  ///
  /// - Throws: `InputError` for a file that cannot be read.
  func model() throws(InputError) -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let line = try TextFile.bytes(path).split(separator: 0x0A).first,
      case .object(let header) = try? JSON.parse(Array(line)),
      case .string(let model) = header["model"]
    else { return nil }
    return model
  }

  /// Opens the file to add lines; a new one gets its header.
  func appending(model: String) throws(StorageError) -> Writer {
    try Writer(self, model: model)
  }

  final class Writer {
    private let file: OutputFile

    fileprivate init(_ extra: ExtraFile, model: String) throws(StorageError) {
      let content = FileManager.default.contents(atPath: extra.path) ?? Data()
      file = try OutputFile(extra.path, O_WRONLY | O_CREAT | O_APPEND)
      if content.isEmpty {
        try add(
          .members([
            "schema": .string(extra.schema), "study": .string(extra.digest),
            "model": .string(model),
          ]))
      } else if content.last != 0x0A, let failure = file.write([0x0A]) {
        throw failure
      }
    }

    func add(_ line: JSON) throws(StorageError) {
      if let failure = file.write((line.compact + "\n").utf8) { throw failure }
    }

    /// Brings what was added to the disk.
    func flush() throws(StorageError) {
      if let failure = file.finish() { throw failure }
    }
  }
}
