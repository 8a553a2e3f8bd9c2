/// A row of comma-separated values (RFC 4180), its lines ended by a newline alone.
enum CSVText {
  /// Cells that hold a comma, a quote, a line break, or white space at an end are quoted.
  static func row(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\n"
  }

  private static func cell(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x2C && $0 != 0x7F }
    if isPlain { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// A fraction with six decimals; empty for none.
  static func fraction(_ value: Double?) -> String {
    guard let value else { return "" }
    let millionths = Int((value * 1e6).rounded())
    let rest = String(abs(millionths) % 1_000_000 + 1_000_000).dropFirst()
    return "\(millionths < 0 ? "-" : "")\(abs(millionths) / 1_000_000).\(rest)"
  }
}
