/// One model that several servers answer for.
///
/// All of them are probed at the start and have to name the same model, so that it does not matter
/// which one answers; what they differ in, they cannot be asked for. Which one is asked is the caller's choice among
/// ``members``; the pool itself asks the first.
package final class ModelPool: Model {
  package let members: [any Model]
  private let first: any Model

  /// - Parameters:
  ///   - first: The endpoint that stands for the model.
  ///   - others: The further ones.
  package init(_ first: any Model, _ others: [any Model]) {
    self.first = first
    members = [first] + others
  }

  package var endpoint: String? { nil }

  /// Probes all members at once.
  ///
  /// - Returns: What the members can do, with the first one's probe.
  /// - Throws: The first member's `ModelError`, or one that names two members that differ.
  package func hello() async throws -> Capabilities {
    let all = try await withThrowingTaskGroup { group in
      for (index, member) in members.enumerated() {
        group.addTask { (index, try await member.hello()) }
      }
      var found: [(Int, Capabilities)] = []
      for try await one in group { found.append(one) }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
    guard var common = all.first else { return try await first.hello() }
    for (member, other) in zip(members, all).dropFirst() {
      try Self.check(common, first, other, member)
    }
    common.maxInFlight = all.map(\.maxInFlight).reduce(0, +)
    common.mostPrompts = all.map(\.mostPrompts).min() ?? 1
    if let (member, other) = zip(members, all).first(where: { $1.scoring != common.scoring }) {
      common.scoringDisagreement =
        "to rank options, the endpoints must confirm one scoring method: "
        + "\(first.endpoint ?? "the first") confirms \(Self.name(common.scoring)), "
        + "\(member.endpoint ?? "another") \(Self.name(other.scoring)); name one for all with "
        + "--method, or use --scoring generate"
      common.scoring = nil
    }
    if let (member, _) = zip(members, all).first(where: { !$1.generates }) {
      common.generates = false
      common.generationDisagreement =
        "\(member.endpoint ?? "an endpoint") does not generate; use --scoring rank"
    }
    return common
  }

  private static func name(_ method: ScoringMethod?) -> String {
    method.map { "'\($0.rawValue)'" } ?? "none"
  }

  private static func check(
    _ one: Capabilities, _ first: any Model, _ other: Capabilities, _ member: any Model
  ) throws(ModelError) {
    let names = (first.endpoint ?? "the first", member.endpoint ?? "another")
    guard one.name == other.name else {
      throw ModelError(
        "the endpoints of one run must have one model: \(names.0) has '\(one.name)', \(names.1) has "
          + "'\(other.name)'", retry: .no, scope: .model)
    }
  }

  package func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    try await first.score(request)
  }

  package func generate(_ request: GenerateRequest) async throws -> Generation {
    try await first.generate(request)
  }

  package func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation] {
    try await first.generateAll(requests)
  }

  package func embed(_ text: String) async throws -> [Float] { try await first.embed(text) }

  package func close() async {
    for member in members { await member.close() }
  }
}
