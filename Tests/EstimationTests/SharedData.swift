import Basics
import Foundation
import Statistics

/// The folder of reference data beside the package, where there is one.
enum SharedData {
  static let folder: URL? = {
    let given = ProcessInfo.processInfo.environment["FORMATSPREAD_SHARED"]
    let beside = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared").standardizedFileURL
    let folder = given.map { URL(filePath: $0) } ?? beside
    return FileManager.default.fileExists(atPath: folder.appending(path: "data").path)
      ? folder : nil
  }()

  static var isThere: Bool { folder != nil }

  static func text(_ path: String) throws -> String {
    guard let folder else { throw InputError("no shared folder") }
    return try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  static func matrix(_ path: String) throws -> ResponseMatrix {
    try ResponseMatrix(csv: text(path), file: path)
  }
}
