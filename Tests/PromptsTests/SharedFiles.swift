import Foundation

/// The reference material beside the checkout, where present; a user's clone has none.
enum SharedFiles {
  static let root: String = {
    if let given = ProcessInfo.processInfo.environment["FORMATSPREAD_SHARED"] { return given }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared").path
  }()

  static var arePresent: Bool {
    FileManager.default.fileExists(atPath: root + "/golden/prompts.jsonl")
  }

  static func path(_ name: String) -> String { root + "/" + name }
}
