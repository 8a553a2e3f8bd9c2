extension Subcommand {
  static let replay = Subcommand(
    name: "replay", summary: "Compare search strategies on known answers", arguments: "",
    discussion: "",
    options: [], examples: []
  ) { _ in 0 }
}
