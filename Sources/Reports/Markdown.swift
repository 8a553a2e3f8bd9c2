/// Pieces of GitHub-flavoured Markdown around text that may hold anything.
enum Markdown {
  /// A text on one line in a code span, where it is neither markup nor a mention nor a link.
  static func code(_ text: String, inTable: Bool = false) -> String {
    var shown = VisibleText.name(text)
    if shown.allSatisfy({ $0 == " " }) {
      shown = shown.isEmpty ? "·" : shown.map { _ in "·" }.joined()
    }
    // Inside a table a bar ends the cell even in a code span, unless it is escaped.
    if inTable { shown = shown.replacing("|", with: "\\|") }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: shown) + 1)
    let gap = shown.hasPrefix("`") || shown.hasSuffix("`") ? " " : ""
    return fence + gap + shown + gap + fence
  }

  /// A template in a fenced block, its white space visible and a line broken after every newline sign.
  ///
  /// At most `limit` code points of the visible form are shown.
  static func block(_ template: String, limit: Int = 2000) -> String {
    var shown = VisibleText.template(template)
    let length = shown.unicodeScalars.count
    if length > limit {
      shown = String(String.UnicodeScalarView(shown.unicodeScalars.prefix(limit)))
      shown += "… (\(grouped(length - limit)) characters more)"
    }
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: shown) + 1))
    var body = shown.replacing("⏎", with: "⏎\n")
    if body.hasSuffix("\n") { body.removeLast() }
    return "\(fence)text\n\(body)\n\(fence)\n"
  }

  private static func longestRun(of sign: Unicode.Scalar, in text: String) -> Int {
    var longest = 0
    var run = 0
    for scalar in text.unicodeScalars {
      run = scalar == sign ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
