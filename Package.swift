// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// For rooms whose loops would make a test run take minutes in a debug build.
let quick: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A library room and the rooms below it that it may import; a test holds the same table.
func room(_ name: String, _ imports: [String] = [], _ more: [SwiftSetting] = []) -> Target {
  .target(
    name: name, dependencies: imports.map { .init(stringLiteral: $0) },
    swiftSettings: settings + more)
}

/// The tests of a room.
func tests(_ name: String, _ imports: [String]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: imports.map { .init(stringLiteral: $0) },
    swiftSettings: settings)
}

let package = Package(
  name: "formatspread",
  products: [.executable(name: "formatspread", targets: ["formatspread"])],
  traits: [
    // For the nodes of a cluster: swift build -c release --static-swift-stdlib --traits HTTPOnly
    .trait(
      name: "HTTPOnly",
      description: "Reaches model servers by http only; https needs the system's libcurl.")
  ],
  targets: [
    room("Basics"),
    room("Formats", ["Basics"]),
    room("Tasks", ["Basics"]),
    room("Statistics", ["Basics"], quick),
    room("Prompts", ["Basics", "Formats", "Tasks"]),
    room("Estimation", ["Basics", "Statistics"], quick),
    room("Models", ["Basics"]),
    // Learning byte statistics unoptimised takes ten seconds instead of half of one at every start.
    room("ReferenceModel", ["Basics"], quick),
    room("Runs", ["Basics", "Formats", "Tasks", "Prompts", "Statistics", "Estimation", "Models"]),
    room("Sensitivity", ["Basics", "Statistics"], quick),
    room("Plots", ["Basics"]),
    room("Importing", ["Basics", "Formats", "Tasks"]),
    room("Clusters", ["Basics"]),
    room(
      "Reports",
      [
        "Basics", "Formats", "Prompts", "Statistics", "Estimation", "Sensitivity", "Plots", "Runs",
      ]),
    .executableTarget(
      name: "formatspread",
      dependencies: [
        "Basics", "Formats", "Tasks", "Prompts", "Statistics", "Estimation", "Models",
        "ReferenceModel", "Runs", "Reports", "Sensitivity", "Plots", "Importing", "Clusters",
      ],
      swiftSettings: settings),
    tests("Basics", ["Basics"]),
    tests("Formats", ["Basics", "Formats"]),
    tests("Tasks", ["Basics", "Tasks"]),
    tests("Statistics", ["Basics", "Statistics"]),
    tests("Prompts", ["Basics", "Formats", "Tasks", "Prompts"]),
    tests("Estimation", ["Basics", "Statistics", "Estimation"]),
    tests("Models", ["Basics", "Models", "TestSupport"]),
    tests("ReferenceModel", ["Basics", "ReferenceModel"]),
    tests(
      "Runs",
      ["Basics", "Formats", "Tasks", "Prompts", "Statistics", "Estimation", "Models", "Runs"]
    ),
    tests("Sensitivity", ["Basics", "Statistics", "Sensitivity"]),
    tests("Plots", ["Basics", "Plots"]),
    tests("Importing", ["Basics", "Formats", "Tasks", "Importing"]),
    tests("Clusters", ["Basics", "Clusters"]),
    tests(
      "Reports",
      [
        "Basics", "Formats", "Prompts", "Statistics", "Estimation", "Sensitivity", "Plots", "Runs",
        "Reports",
      ]),
    tests("Command", ["Basics", "TestSupport", "formatspread"]),
    .target(
      name: "TestSupport", dependencies: ["Basics", "Models"], path: "Tests/TestSupport",
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
