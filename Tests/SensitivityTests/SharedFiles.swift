import Foundation

/// Measured matrices and their statistics, where a checkout has them beside it.
enum SharedFiles {
  static let folder: String? = {
    let root =
      ProcessInfo.processInfo.environment["FORMATSPREAD_SHARED"]
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared").path
    return FileManager.default.fileExists(atPath: root) ? root : nil
  }()

  static let areHere = folder != nil

  static func path(_ name: String) -> String { (folder ?? "") + "/" + name }

  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }
}
