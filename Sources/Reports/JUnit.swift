import Basics

/// The gates as JUnit XML: one suite a task and one for the run, one case a gate.
///
/// Written as the Ant task defined it and Jenkins, GitLab and GitHub's viewers read it: `failure` for a
/// gate that failed or was left undecided (named by its `type`), `error` where the run could not
/// answer. Without a clock, so that the same run gives the same bytes.
package enum JUnit {
  /// The file for a report.
  package static func text(_ report: RunReport) -> String { text([report]) }

  /// One file for several reports, such as those of all runs of a suite.
  package static func text(_ reports: [RunReport]) -> String {
    let suites = reports.flatMap { report in
      // A run of one task among others is known by its task.
      let name =
        reports.count > 1 ? report.tasks.map(\.name).joined(separator: "+") + " run" : "run"
      return Self.suites(report, run: name)
    }
    let cases = suites.flatMap(\.cases)
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites name=\"formatspread\" \(counts(cases))>\n"
    for suite in suites {
      xml += "  <testsuite name=\"\(escaped(suite.name))\" \(counts(suite.cases))>\n"
      for test in suite.cases { xml += test.xml(of: suite.name) }
      xml += "  </testsuite>\n"
    }
    return xml + "</testsuites>\n"
  }

  private static func suites(_ report: RunReport, run: String) -> [Suite] {
    let results = report.gates?.results ?? []
    let whole = results.filter { $0.task == nil }.map { testCase($0, report) }
    return report.tasks.map { task in
      Suite(
        name: task.name,
        cases: [complete(task, report)]
          + results.filter { $0.task == task.name }.map { testCase($0, report) })
    } + (whole.isEmpty ? [] : [Suite(name: run, cases: whole)])
  }

  private struct Suite {
    let name: String
    let cases: [Case]
  }

  private struct Case {
    enum Outcome {
      case pass
      case failure(type: String)
      case error
    }

    let name: String
    let outcome: Outcome
    let message: String

    func xml(of suite: String) -> String {
      let head =
        "    <testcase classname=\"formatspread.\(JUnit.escaped(suite))\" name=\"\(name)\" time=\"0\">\n"
      let text = JUnit.escaped(message)
      let body =
        switch outcome {
        case .pass: "      <system-out>\(text)</system-out>\n"
        case .failure(let type):
          "      <failure type=\"\(type)\" message=\"\(text)\">\(text)</failure>\n"
        case .error: "      <error type=\"incomplete\" message=\"\(text)\">\(text)</error>\n"
        }
      return head + body + "    </testcase>\n"
    }
  }

  private static func counts(_ cases: [Case]) -> String {
    let failures = cases.count { if case .failure = $0.outcome { true } else { false } }
    let errors = cases.count { if case .error = $0.outcome { true } else { false } }
    return "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"0\" "
      + "time=\"0\""
  }

  /// Whether all cells of a task have an answer.
  private static func complete(_ task: TaskReport, _ report: RunReport) -> Case {
    let isBorne = report.gates.map { !$0.isIncomplete } ?? false
    let isComplete = task.missing == 0 && (task.failed == 0 || isBorne)
    return Case(
      name: "complete", outcome: isComplete ? .pass : .error,
      message: report.verdict(task).sentence
        + (task.missing > 0 ? " \(counted(task.missing, "cell")) still to be evaluated." : "")
        + (task.failed > 0 ? " \(counted(task.failed, "cell")) failed." : ""))
  }

  private static func testCase(_ result: GateResult, _ report: RunReport) -> Case {
    let outcome: Case.Outcome =
      switch result.outcome {
      case .pass: .pass
      case .fail: .failure(type: "failed")
      case .undecided:
        report.gates?.acceptsUndecided == true ? .pass : .failure(type: "undecided")
      case .error: .error
      }
    return Case(name: result.gate, outcome: outcome, message: result.statement)
  }

  /// Text for an attribute or an element; code points that XML 1.0 forbids become U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.unicodeScalars.append(scalar)
      default: result += "\u{FFFD}"
      }
    }
    return result
  }
}
