package import Basics

/// The gates where the people of a pull request look.
package enum Annotations {
  /// Workflow commands for GitHub Actions, one a line: errors, warnings, and a notice when all passed.
  ///
  /// Failed gates and an incomplete run are errors; undecided gates are errors, or warnings where
  /// `--undecided pass` accepts them.
  package static func github(_ report: RunReport) -> String {
    guard let gates = report.gates else { return "" }
    var lines: [String] = []
    for result in gates.results {
      let level: String? =
        switch result.outcome {
        case .pass: nil
        case .fail, .error: "error"
        case .undecided: gates.acceptsUndecided ? "warning" : "error"
        }
      guard let level else { continue }
      let title = "formatspread \(result.gate)" + (result.task.map { " (\($0))" } ?? "")
      lines.append("::\(level) title=\(property(title))::\(message(result.statement))")
    }
    switch gates.outcome {
    case .passed: lines.append("::notice title=formatspread::\(message(gates.verdict))")
    case .incomplete: lines.append("::error title=formatspread::\(message(gates.verdict))")
    case .failed, .undecided: break
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// GitLab's code-quality report: what did not pass, an empty list when everything did.
  ///
  /// - Parameters:
  ///   - report: A judged report.
  ///   - paths: For each task the file that a finding points to, as GitLab should show it.
  /// - Returns: The findings, which are the items of the report's list.
  package static func gitlab(_ report: RunReport, paths: [String: String]) -> [JSON] {
    let results = report.gates?.results.filter { $0.outcome != .pass } ?? []
    return results.map { result in
      let severity =
        switch result.outcome {
        case .pass, .undecided: "minor"
        case .fail: "major"
        case .error: "critical"
        }
      let name = result.task ?? "run"
      return .members([
        "description": .string(result.sentence),
        "check_name": .string("formatspread-\(result.gate)"),
        "fingerprint": .string(SHA256.hex("formatspread\n\(result.gate)\n\(name)")),
        "severity": .string(severity),
        "location": .members([
          "path": .string(paths[name] ?? name), "lines": .members(["begin": .integer(1)]),
        ]),
      ])
    }
  }

  /// Text of a workflow command.
  static func message(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// A property of a workflow command.
  static func property(_ text: String) -> String {
    message(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
