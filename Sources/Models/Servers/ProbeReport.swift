/// What a server was found to be able to do, for people to read and for a run to store.
package struct ProbeReport: Sendable, Hashable {
  /// One thing that was tried.
  package struct Finding: Sendable, Hashable {
    package enum Verdict: String, Sendable, Hashable {
      case works
      case fails
      case note
    }

    /// What was tried, in a few words: `echo`, `list of prompts`.
    package var subject: String
    package var verdict: Verdict
    /// What was seen.
    package var detail: String

    package init(_ subject: String, _ verdict: Verdict, _ detail: String) {
      self.subject = subject
      self.verdict = verdict
      self.detail = detail
    }
  }

  package var address: String
  package var kind: ServerKind
  package var version: String?
  package var model: String
  /// How many tokens prompt and answer may have together, where the server says so.
  package var contextLength: Int?
  /// The method that the scores come from, or nil when none could be confirmed.
  package var scoring: ScoringMethod?
  /// Every method that was confirmed, the one that is used first.
  package var confirmed: [ScoringMethod] = []
  /// How many likely tokens the server names at one position, where that matters.
  package var alternatives: Int?
  package var findings: [Finding]

  /// What was seen of each way of scoring that was tried in vain, on one line; nil when none was.
  package var failures: String? {
    let generating = ["generation", "completions", "chat", "list of prompts", ServerProbe.lists]
    let seen = findings.filter { $0.verdict == .fails && !generating.contains($0.subject) }
    return seen.isEmpty ? nil : seen.map { "\($0.subject): \($0.detail)" }.joined(separator: "; ")
  }

  /// The report as lines of text, the most important first.
  package var lines: [String] {
    var lines = ["server: \(kind.title)\(version.map { " \($0)" } ?? "") at \(address)"]
    lines.append("model: \(model)")
    if let contextLength { lines.append("context length: \(contextLength) tokens") }
    lines.append("scoring: \(scoring?.rawValue ?? "none; use --scoring generate")")
    let others = confirmed.filter { $0 != scoring }.map(\.rawValue)
    if !others.isEmpty { lines.append("also confirmed: \(others.joined(separator: ", "))") }
    if let alternatives { lines.append("alternatives per position: \(alternatives)") }
    for finding in findings {
      lines.append("\(finding.subject): \(finding.verdict.rawValue), \(finding.detail)")
    }
    return lines
  }
}
