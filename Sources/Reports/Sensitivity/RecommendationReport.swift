package import Basics
package import Runs
package import Sensitivity

extension Recommendation {
  package func json(_ formats: [FormatLine]) -> JSON {
    func choice(_ choice: Choice) -> JSON {
      .members([
        "format": .integer(choice.format), "template": .string(formats[choice.format].template),
        "accuracy": choice.accuracy.shortJSON, "cost": .figure(choice.cost),
        "instability": .figure(choice.instability), "neighbours": .integer(choice.neighbours),
      ])
    }
    return .members([
      "best": choice(best), "best_lower_bound": choice(safest), "most_stable": choice(mostStable),
      "cross_fit": crossFit.json, "average": .figure(average),
    ])
  }

  /// The choices as text, with their templates ready to paste into a task's file.
  ///
  /// - Parameters:
  ///   - formats: The formats that the choices number.
  ///   - slots: The names of a template's texts in order, as `{review}`; empty leaves them as `{}`.
  ///   - width: The terminal's columns.
  /// - Returns: Lines without newlines.
  package func lines(_ formats: [FormatLine], slots: [String], width: Int) -> [String] {
    var text: [String] = []
    var shown: [(title: String, format: Int)] = []
    for (title, choice) in [
      ("Best lower bound", safest), ("Most stable", mostStable), ("Highest found", best),
    ] {
      if let same = shown.first(where: { $0.format == choice.format }) {
        text += ["\(title): format \(choice.format) again, as for '\(same.title)'", ""]
        continue
      }
      shown.append((title, choice.format))
      let nearby = choice.instability.map {
        "; changing one atom moves it by \(points($0)) points on average "
          + "(\(counted(choice.neighbours, "neighbour")))"
      }
      text += wrapped(
        "\(title): format \(choice.format), \(FigureTable.text(choice.accuracy.value, .share)) "
          + "(\(FigureTable.interval(choice.accuracy))), \(points(choice.cost)) points below the best"
          + "\(nearby ?? "")", width: min(width, 100))
      text += [""]
      let template = formats[choice.format].template
      let named = Self.named(template, slots)
      text += named.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
      if VisibleText.template(template) != template {
        text.append("  (with its white space: \(VisibleText.template(named)))")
      }
      let axes = formats[choice.format].atoms.filter { StudyAxis(rawValue: $0.attribute) != nil }
      if !axes.isEmpty {
        text.append(
          "  (with \(axes.map { "\($0.attribute)=\($0.value)" }.joined(separator: ", ")))")
      }
      text += [""]
    }
    return text
      + wrapped(
        "These formats were chosen on these examples, so that luck flatters them. A format chosen like "
          + "this on one half of the examples reached "
          + "\(FigureTable.text(crossFit.value, .share)) on the other half; a format picked at random "
          + "reaches \(percent(average)).", width: min(width, 100))
  }

  /// A template with names in its places, where their number is right; other braces are doubled.
  package static func named(_ template: String, _ slots: [String]) -> String {
    let parts = template.split(separator: "{}", omittingEmptySubsequences: false)
    guard parts.count == slots.count + 1 else { return template }
    var text = ""
    for (place, part) in parts.enumerated() {
      text += part.replacing("{", with: "{{").replacing("}", with: "}}")
      if place < slots.count { text += slots[place] }
    }
    return text
  }
}
