import Plots
import Runs

/// The worst and the best format beside each other: as templates, and with one example's text.
struct HTMLSides {
  let task: TaskReport
  /// Nil where the task's file is not at hand.
  let pair: PromptPair?

  func text(level: Int) -> String {
    guard let lowest = task.lowest?.result, let highest = task.highest?.result,
      lowest.index != highest.index
    else { return "" }
    let shown = [lowest, highest].map { VisibleText.template($0.format.template) }
    let difference = TemplateDifference(shown[0], shown[1])
    var text = "<h\(level)>Worst and best format</h\(level)>\n"
    text += "<p>What differs is underlined; <b>{}</b> stands for the example’s text"
    text +=
      (VisibleText.legend(shown.map { $0.replacing("{}", with: "") }).map {
        "; signs: \($0.dropFirst().dropLast())"
      } ?? "") + ".</p>\n"
    text += Self.columns([
      (Self.name("Worst", lowest), HTML.template(difference.first)),
      (Self.name("Best", highest), HTML.template(difference.second)),
    ])
    let atoms = zip(lowest.format.atoms, highest.format.atoms).filter { $0.0.value != $0.1.value }
    if !atoms.isEmpty {
      text += HTML.table(
        caption: "The choices in which they differ", head: ["attribute", "worst", "best"],
        rows: atoms.map {
          [HTML.code($0.0.attribute), HTML.atom($0.0.value), HTML.atom($0.1.value)]
        })
    }
    return text + prompts(level: level + 1)
  }

  private static func name(_ word: String, _ result: FormatResult) -> String {
    "\(word): format \(result.index), \(result.accuracy.map(percent) ?? "–")"
  }

  /// Signs of a prompt that are shown at most; its end, which asks the question, comes first.
  private static let limit = 6000

  private func prompts(level: Int) -> String {
    guard let pair else { return "" }
    let shown = [pair.worst, pair.best].map { VisibleText.template(Self.end($0.prompt)) }
    let difference = TemplateDifference(shown[0], shown[1])
    var text = "<h\(level)>One example as the model saw it</h\(level)>\n"
    text += "<p>Example \(pair.example) of the task’s file, the whole prompt, to which "
    text += "\(HTML.code(pair.target)) is the right answer.</p>\n"
    return text
      + Self.columns([
        (
          "Worst: \(Self.outcome(pair.worst))",
          cut(pair.worst) + HTML.template(difference.first, limit: Self.limit * 2)
        ),
        (
          "Best: \(Self.outcome(pair.best))",
          cut(pair.best) + HTML.template(difference.second, limit: Self.limit * 2)
        ),
      ])
  }

  private static func end(_ prompt: String) -> String {
    String(String.UnicodeScalarView(prompt.unicodeScalars.suffix(limit)))
  }

  private func cut(_ side: PromptPair.Side) -> String {
    let missing = side.prompt.unicodeScalars.count - Self.limit
    return missing > 0
      ? "<p class=\"muted\">(\(grouped(missing)) characters before are left out)</p>\n" : ""
  }

  private static func outcome(_ side: PromptPair.Side) -> String {
    guard let answer = side.answer else { return "no answer" }
    let word = side.isCorrect.map { $0 ? "right, " : "wrong, " } ?? ""
    return "\(word)answered \(HTML.code(answer, limit: 120))"
  }

  private static func columns(_ sides: [(head: String, body: String)]) -> String {
    "<div class=\"sides\">\n"
      + sides.map { "<div>\n<p class=\"side\">\($0.head)</p>\n\($0.body)</div>\n" }.joined()
      + "</div>\n"
  }
}
