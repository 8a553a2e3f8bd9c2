import Formats

/// Marks that set off the parts of a prompt, as text formats other than plain text do.
///
/// Separators, spaces and casing stay those of the format; marks are added to descriptors and around
/// texts. With a grammar of few separators (`formats/markup.json`) prompts look as such files do.
package enum Markup: String, Sendable, Hashable, CaseIterable {
  case plain
  /// `**Question**: …`
  case bold
  /// `## Question: …`
  case heading
  /// `<Question>…</Question>`; the separator stands within the tag.
  case xml
  /// `{"Question": "…"}`
  case json
  /// `Question: "…"` below a line of dashes.
  case yaml

  private var quotes: Bool { self == .json || self == .yaml }

  /// The template of a structure with the marks.
  ///
  /// - Parameters:
  ///   - structure: What is shown.
  ///   - format: One of its formats.
  /// - Returns: nil for a numbering with too few labels.
  func template(_ structure: Structure, _ format: Format) -> Template? {
    guard self != .plain else { return Layout(structure).template(format) }
    let marked = structure.marking { field in
      guard case .casing(let casing) = format.atoms[field.casing] else { return field }
      return mark(field, casing)
    }
    guard let template = Layout(marked).template(format) else { return nil }
    var literals = template.literals
    if quotes {
      for place in template.slots.indices {
        // The items of a list are set off by their labels.
        if case .item = template.slots[place] { continue }
        literals[place] += "\""
        literals[place + 1] = "\"" + literals[place + 1]
      }
    }
    if self == .json {
      literals[0] = "{" + literals[0]
      literals[literals.count - 1] += "}"
    }
    if self == .yaml { literals[0] = "---\n" + literals[0] }
    return Template.joined(literals, template.slots)
  }

  private func mark(_ field: Component.Field, _ casing: Casing) -> Component.Field {
    guard !field.descriptor.isEmpty else { return field }
    switch self {
    case .plain, .yaml: return field
    case .bold: return field.renamed("**\(field.descriptor)**")
    case .heading: return field.renamed("## \(field.descriptor)")
    case .json: return field.renamed("\"\(field.descriptor)\"")
    case .xml:
      let tag = field.descriptor.replacing(" ", with: "_")
      var marked = field.renamed("<\(tag)>")
      if field.slot != nil { marked.suffix = "</\(casing.written(tag))>" + field.suffix }
      return marked
    }
  }

  /// A text as it stands between the marks.
  func escaped(_ text: String) -> String {
    switch self {
    case .plain, .bold, .heading: text
    case .xml:
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    case .json, .yaml:
      text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
  }
}
