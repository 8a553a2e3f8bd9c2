import Foundation
import Testing

/// Arrows between rooms only point down: this table is the design, and the sources have to agree.
@Suite struct ImportTableTests {
  static let table: [String: Set<String>] = [
    "Basics": [],
    "Formats": ["Basics"],
    "Tasks": ["Basics"],
    "Statistics": ["Basics"],
    "Prompts": ["Basics", "Formats", "Tasks"],
    "Estimation": ["Basics", "Statistics"],
    "Models": ["Basics"],
    "ReferenceModel": ["Basics"],
    "Runs": ["Basics", "Formats", "Tasks", "Prompts", "Statistics", "Estimation", "Models"],
    "Sensitivity": ["Basics", "Statistics"],
    "Plots": ["Basics"],
    "Importing": ["Basics", "Formats", "Tasks"],
    "Clusters": ["Basics"],
    "Reports": [
      "Basics", "Formats", "Prompts", "Statistics", "Estimation", "Sensitivity", "Plots", "Runs",
    ],
    "formatspread": [
      "Basics", "Formats", "Tasks", "Prompts", "Statistics", "Estimation", "Models",
      "ReferenceModel", "Runs", "Reports", "Sensitivity", "Plots", "Importing", "Clusters",
    ],
  ]

  /// Pure rooms read no file, no clock and no environment; these names would be the way to.
  static let pure: Set<String> = [
    "Formats", "Tasks", "Prompts", "Statistics", "Estimation", "Sensitivity", "Plots", "Importing",
    "Clusters",
  ]

  private func sources() throws -> [(room: String, file: String, text: String)] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
    let rooms = try FileManager.default.contentsOfDirectory(atPath: root.path)
      .filter { !$0.hasPrefix(".") }
    return try rooms.flatMap { room in
      let folder = root.appendingPathComponent(room).path
      return try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".swift") }
        .map { (room, $0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) }
    }
  }

  @Test func `every room imports only what the table allows`() throws {
    let sources = try sources()
    #expect(Set(sources.map(\.room)) == Set(Self.table.keys))
    for (room, file, text) in sources {
      let allowed = try #require(Self.table[room])
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at <= 1, words.count > at + 1 else {
          continue
        }
        let name = String(words[at + 1])
        guard Self.table[name] != nil else { continue }
        #expect(allowed.contains(name), "\(room)/\(file) imports \(name)")
      }
    }
  }

  @Test func `pure rooms touch no file, clock, environment or global randomness`() throws {
    let forbidden = [
      "FileManager", "FileHandle", "ProcessInfo", "Date(", "ContinuousClock", "SuspendingClock",
      "SystemRandomNumberGenerator", ".random(in:", ".shuffled()", ".randomElement()", "hashValue",
    ]
    for (room, file, text) in try sources() where Self.pure.contains(room) {
      for name in forbidden { #expect(!text.contains(name), "\(room)/\(file) uses \(name)") }
    }
  }
}
