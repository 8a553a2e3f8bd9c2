import Basics
import Runs

extension RunReport {
  /// A model card with the range instead of one figure: `model-index` metadata for the Hugging Face Hub
  /// and a section of Markdown below it.
  ///
  /// Texts are JSON strings, which YAML reads as they are; accuracies are percentages.
  package var modelCard: String {
    let kind =
      if case .rank = study.scoring { "text-classification" } else { "text-generation" }
    var text = "---\nmodel-index:\n- name: \(yaml(model ?? "unknown"))\n  results:\n"
    for task in tasks {
      guard let lowest = task.lowest, let highest = task.highest else { continue }
      text += "  - task:\n      type: \(kind)\n      name: \(yaml(task.name))\n"
      text += "    dataset:\n      type: \(yaml(task.name))\n      name: \(yaml(task.name))\n"
      text += "    metrics:\n"
      let formats = counted(task.distribution?.formats ?? 0, "prompt format")
      text += metric("accuracy", lowest.estimate, "Accuracy under the worst of \(formats), %")
      if let median = task.shownDistribution?.median {
        text += metric("accuracy", median, "Median accuracy over \(formats), %")
      }
      if let original = task.original?.accuracy {
        text += metric("accuracy", original, "Accuracy under the task's own format, %")
      }
      text += metric("accuracy", highest.estimate, "Accuracy under the best of \(formats), %")
      if let spread = task.spread {
        text += metric("accuracy_spread", spread, "Spread over \(formats), points")
      }
      text += "    source:\n      name: \(yaml("formatspread \(version)"))\n"
      text += "      url: https://arxiv.org/abs/2310.11324\n"
    }
    text += "---\n\n## Accuracy depends on the prompt format\n\n"
    for task in tasks {
      let sentence = verdict(
        task, model: model.map { Markdown.code($0) } ?? "the model",
        name: Markdown.code(task.name)
      ).sentence
      text += "- \(sentence)\n"
    }
    return text + "\n" + coverage + "\n"
  }

  private func metric(_ type: String, _ value: Double, _ name: String) -> String {
    "    - type: \(type)\n      value: \(points(value))\n      name: \(yaml(name))\n"
  }

  /// A JSON string without characters that YAML refuses.
  private func yaml(_ text: String) -> String {
    JSON.string(VisibleText.name(text, limit: 120)).compact
  }
}
