package import Basics
package import Runs

extension RunReport {
  /// Whether a stored `report.json` is that of a study's finished run, made as the study asks for it.
  ///
  /// - Parameters:
  ///   - report: The file's content.
  ///   - study: Whose run it should be.
  ///   - evaluations: How many answers the run has.
  ///   - version: Of the tool.
  /// - Returns: False in doubt.
  package static func isCurrent(
    _ report: JSON, of study: Study, evaluations: Int, version: String
  ) -> Bool {
    guard case .object(let report) = report, case .object(let stored)? = report["study"],
      case .array(let tasks)? = report["tasks"]
    else { return false }
    // A report that was made since with another confidence or with gates is another one.
    let isAsAsked = tasks.allSatisfy { task in
      guard case .object(let task) = task, case .object(let original)? = task["original"] else {
        return false
      }
      let confidence = study.inference.confidence
      return (original[wilsonKey(confidence)] ?? original[sequenceKey(confidence)]) != nil
        && (task["estimated_distribution"] != nil) == study.inference.estimatesDistribution
    }
    return isAsAsked && tasks.count == study.tasks.count && report["gates"] == nil
      && stored["sha256"] == .string(study.digest) && report["version"] == .string(version)
      && report["evaluations"] == .integer(evaluations) && report["missing"] == .integer(0)
  }
}
