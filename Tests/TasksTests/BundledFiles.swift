import Foundation

/// The tasks that ship with the package.
enum BundledFiles {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("tasks")

  static let names = [
    "claim-evidence", "entailment", "general-knowledge", "number-comparison", "odd-one-out",
    "past-tense", "plural", "question-type", "reading-yes-no", "sentiment", "story-ending", "topic",
  ]

  static func path(_ name: String) -> String {
    folder.appendingPathComponent(name + ".json").path
  }
}
