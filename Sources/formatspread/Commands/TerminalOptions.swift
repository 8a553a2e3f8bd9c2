import Foundation
import Reports

/// How much a terminal is trusted with: colours, plots, lines that are drawn anew.
enum TerminalOptions {
  static let all: [Subcommand.Option] = [
    .init(
      name: "--plain", value: nil,
      help: "No colours, no plot in the table, no line that is drawn anew; NO_COLOR only takes the "
        + "colours.")
  ]

  static func style(_ arguments: Arguments) -> TableStyle {
    if arguments.has("--plain") { return TableStyle(showsPlot: false, isColored: false) }
    return TableStyle(showsPlot: true, isColored: takesColor(STDOUT_FILENO))
  }

  /// Colours are for terminals alone, and NO_COLOR (no-color.org) forbids them whatever it says.
  static func takesColor(_ descriptor: Int32) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(descriptor) == 1 && environment["NO_COLOR", default: ""].isEmpty
      && environment["TERM"] != "dumb"
  }
}
