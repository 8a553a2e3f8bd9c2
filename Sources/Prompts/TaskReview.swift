package import Basics
package import Formats

/// What is wrong or remarkable in a task's file, all of it and not just the first mistake.
///
/// An error keeps the task from being run; a warning says that its figures may mislead; a note is a fact
/// worth knowing.
package struct TaskReview: Sendable, Hashable {
  package let file: String
  /// The task's name, where the file could be read.
  package let name: String?
  /// How many examples can be used.
  package let examples: Int
  /// How many formats the grammar has for the structure, where it could be read.
  package let plausibleFormats: UInt128?
  /// Errors first, then warnings, then notes; each in the order of the file.
  package let findings: [Finding]
  /// What the task looks like; nil for one that cannot be used.
  package let sheet: TaskSheet?

  package enum Severity: String, Sendable, Hashable, CaseIterable {
    case error
    case warning
    case note
  }

  package struct Finding: Sendable, Hashable {
    package let severity: Severity
    /// The place in the file, as in `$.examples[3].answer`.
    package let path: String
    /// One line without the place.
    package let text: String
  }

  /// Whether the task can be run.
  package var isUsable: Bool { count(.error) == 0 }

  package func count(_ severity: Severity) -> Int {
    findings.count { $0.severity == severity }
  }

  /// Reads and judges a task's file.
  ///
  /// - Parameters:
  ///   - document: The file.
  ///   - grammar: The atoms by which formats are counted.
  ///   - context: Tokens that a prompt may have.
  ///   - bytesPerToken: By which a prompt's tokens are guessed; four is usual for English.
  ///   - structureFile: Finds a file that the task names as its structure.
  /// - Returns: All findings; a file that cannot be read at all has a single error.
  package static func review(
    document: JSONReader, grammar: Grammar, context: Int = 4_096, bytesPerToken: Double = 4,
    structureFile: (String) throws(InputError) -> JSONReader
  ) -> TaskReview {
    var reviewer = TaskReviewer(
      document: document, grammar: grammar, context: context, bytesPerToken: bytesPerToken)
    reviewer.run(structureFile: structureFile)
    return reviewer.review
  }
}

// MARK: - Rendering

extension TaskReview {
  /// One line for each finding, as in `tasks/x.json: $.examples[3].answer: error: the answer …`.
  package var lines: [String] {
    findings.map { "\(file): \($0.path): \($0.severity.rawValue): \($0.text)" }
  }

  /// The counts in one line, as in `tasks/x.json: 300 examples, 480 plausible formats, no errors, 1 warning`.
  package var summary: String {
    var parts = [counted(examples, "example")]
    if let plausibleFormats {
      parts.append("\(plausibleFormats) plausible format\(plausibleFormats == 1 ? "" : "s")")
    }
    parts.append(counted(count(.error), "error", none: "no"))
    parts.append(counted(count(.warning), "warning", none: "no"))
    return "\(file): " + parts.joined(separator: ", ")
  }

  /// The review for machines; schema `formatspread.task-review/1`.
  ///
  /// - Parameter tokens: Tokens of the longest prompt, where a backend told.
  /// - Returns: An object.
  package func json(tokens: Int? = nil) -> JSON {
    .members([
      "schema": .string("formatspread.task-review/1"), "file": .string(file),
      "task": name.map { .string($0) }, "examples": .integer(examples),
      "plausible_formats": plausibleFormats.map { .whole($0) },
      "errors": .integer(count(.error)), "warnings": .integer(count(.warning)),
      "notes": .integer(count(.note)),
      "findings": .array(
        findings.map { finding in
          .members([
            "severity": .string(finding.severity.rawValue), "path": .string(finding.path),
            "message": .string(finding.text),
          ])
        }),
      "sheet": sheet?.json(tokens: tokens),
    ])
  }
}

/// "1 example", "2 examples"; `none` stands for zero.
func counted(_ count: Int, _ noun: String, none: String? = nil) -> String {
  "\(count == 0 ? none ?? "0" : String(count)) \(noun)\(count == 1 ? "" : "s")"
}
