import Plots

/// Pieces of a page around text that may hold anything; pages are well-formed XML as well as HTML.
enum HTML {
  /// Running text: characters without a shape are written `\u{…}`, nothing is markup.
  static func text(_ text: String, limit: Int = 2000) -> String {
    PlotText.escaped(VisibleText.name(text, limit: limit))
  }

  /// A sentence of our own, its figures kept together with their signs.
  static func sentence(_ text: String) -> String {
    var shown = PlotText.escaped(text)
    for (apart, together) in [
      (" %", "\u{A0}%"), ("p &lt; ", "p\u{A0}&lt;\u{A0}"), ("p = ", "p\u{A0}=\u{A0}"),
    ] {
      shown = shown.replacing(apart, with: together)
    }
    return shown
  }

  /// A name or value, set apart from the words around it and from their direction of writing.
  static func code(_ name: String, limit: Int = 200) -> String {
    var shown = VisibleText.name(name, limit: limit)
    if shown.isEmpty { shown = "(nothing)" }
    return "<code><bdi>\(PlotText.escaped(shown))</bdi></code>"
  }

  /// An atom's value: its white space visible.
  static func atom(_ value: String) -> String {
    guard !value.isEmpty else { return "<span class=\"muted\">nothing</span>" }
    let shown = VisibleText.template(value)
    return "<code\(shown.cells > 24 ? "" : " class=\"atom\"")>\(signs(shown))</code>"
  }

  /// A template as the model saw it: white space visible, a line broken after each newline, words that
  /// differ from another template marked.
  static func template(_ pieces: [TemplateDifference.Piece], limit: Int = 2000) -> String {
    var body = ""
    var left = limit
    for piece in pieces {
      let shown = String(String.UnicodeScalarView(piece.text.unicodeScalars.prefix(left)))
      left -= shown.unicodeScalars.count
      let text = signs(shown, breaksLines: true)
      body += piece.differs ? "<mark>\(text)</mark>" : text
      if left <= 0 { break }
    }
    let length = pieces.reduce(0) { $0 + $1.text.unicodeScalars.count }
    if length > limit { body += "… (\(grouped(length - limit)) characters more)" }
    return "<pre class=\"template\" tabindex=\"0\" dir=\"ltr\">\(body)</pre>"
  }

  /// Escapes a visible template and sets its signs for white space and text apart.
  private static func signs(_ shown: String, breaksLines: Bool = false) -> String {
    var result = ""
    for scalar in shown.unicodeScalars {
      switch scalar {
      case "⏎": result += breaksLines ? "<i>⏎</i>\n" : "<i>⏎</i>"
      case "⇥", "·": result += "<i>\(scalar)</i>"
      default: result += PlotText.escaped(String(scalar))
      }
    }
    return result.replacing("{}", with: "<b>{}</b>")
  }

  /// A plot for wide and one for narrow pages, of which one is shown.
  static func figure(_ id: String, caption: String, _ draw: (Double) -> Drawing) -> String {
    "<figure>\n" + draw(800).inline(id: id, classes: "plot wide")
      + draw(340).inline(id: id + "-n", classes: "plot narrow")
      + "<figcaption>\(caption)</figcaption>\n</figure>\n"
  }

  /// A table; `numbers` are the columns of figures, and the first cell of a row is its heading.
  ///
  /// Cells are markup already.
  static func table(
    caption: String, head: [String], rows: [[String]], numbers: Set<Int> = [], classes: String = ""
  ) -> String {
    func kind(_ column: Int) -> String { numbers.contains(column) ? " class=\"n\"" : "" }
    var text = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
    text += "aria-label=\"\(PlotText.escaped(caption))\">\n"
    text += "<table\(classes.isEmpty ? "" : " class=\"\(classes)\"")>"
    text += "<caption>\(PlotText.escaped(caption))</caption>\n<thead><tr>"
    for (column, cell) in head.enumerated() {
      text += "<th scope=\"col\"\(kind(column))>\(PlotText.escaped(cell))</th>"
    }
    text += "</tr></thead>\n<tbody>\n"
    for row in rows {
      text += "<tr>"
      for (column, cell) in row.enumerated() {
        text +=
          column == 0
          ? "<th scope=\"row\"\(kind(column))>\(cell)</th>" : "<td\(kind(column))>\(cell)</td>"
      }
      text += "</tr>\n"
    }
    return text + "</tbody></table>\n</div>\n"
  }

  /// Terms with their descriptions, which are markup already.
  static func terms(_ terms: [(String, String)]) -> String {
    "<dl>\n"
      + terms.map { "<div><dt>\(PlotText.escaped($0.0))</dt><dd>\($0.1)</dd></div>\n" }.joined()
      + "</dl>\n"
  }

  /// Content that is folded away until it is asked for.
  static func folded(_ summary: String, _ content: String) -> String {
    "<details>\n<summary>\(PlotText.escaped(summary))</summary>\n\(content)</details>\n"
  }
}
