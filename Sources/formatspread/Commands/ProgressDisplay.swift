import Foundation
import Runs
import Synchronization

/// Shows a run's progress on standard error: a line that is rewritten on a terminal, plain lines otherwise.
final class ProgressDisplay: Sendable {
  init(_ plan: Plan, isQuiet: Bool) {}
  func observe(_ event: RunEvent) {}
  func notice(_ text: String) { Output.line("formatspread: \(text)") }
  func end() {}
}
