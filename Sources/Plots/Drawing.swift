/// A finished plot: what is drawn, and words for those who cannot see it.
package struct Drawing: Sendable, Hashable {
  package let width: Double
  package let height: Double
  /// A short name of the plot.
  package let title: String
  /// What it shows, in a sentence or two.
  package let summary: String
  private let body: String

  init(width: Double, height: Double, title: String, summary: String, canvas: Canvas) {
    self.width = width
    self.height = height
    self.title = title
    self.summary = summary
    body = canvas.text
  }

  /// The drawing as part of a page whose style sheet has the palette's variables and `Drawing.style`.
  ///
  /// `id` is unique in the page: letters, digits and dashes.
  package func inline(id: String, classes: String = "plot") -> String {
    "<svg class=\"\(classes)\" viewBox=\"0 0 \(n(width)) \(n(height))\" role=\"img\" "
      + "style=\"max-width:\(n(width))px\" aria-labelledby=\"\(id)-t \(id)-d\" xmlns=\"http://www.w3.org/2000/svg\">"
      + "<title id=\"\(id)-t\">\(PlotText.escaped(title))</title>"
      + "<desc id=\"\(id)-d\">\(PlotText.escaped(summary))</desc>\n\(body)</svg>\n"
  }

  /// The drawing as a file of its own, for papers: light colours as literals, transparent ground.
  package var file: String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(n(width))\" height=\"\(n(height))\" "
      + "viewBox=\"0 0 \(n(width)) \(n(height))\" role=\"img\" aria-labelledby=\"t d\">"
      + "<title id=\"t\">\(PlotText.escaped(title))</title>"
      + "<desc id=\"d\">\(PlotText.escaped(summary))</desc>\n"
      + "<style>\(Self.style { Palette.light[$0] })</style>\n\(body)</svg>\n"
  }

  /// The rules of the drawings' classes, with colours as variables of the page.
  package static let pageStyle = style { "var(--\($0))" }

  /// The rules with what `color` puts for the palette's colour of a name.
  static func style(_ color: (String) -> String) -> String {
    var rules = [
      "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,"
        + "sans-serif;font-size:13px;fill:\(color("ink"))}",
      ".mu{fill:\(color("muted"))}.co{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,"
        + "Consolas,monospace;font-size:12px}.bo{font-weight:600}",
      ".gr{stroke:\(color("rule"));stroke-width:1;fill:none}",
      ".ax{stroke:\(color("muted"));stroke-width:1;fill:none}",
      ".da{stroke-dasharray:4 3}",
      ".ba{fill:\(color("band"))}.bi{fill:\(color("inner-band"))}",
      ".st{stroke-width:1.5;fill:none}.th{stroke-width:2.5;fill:none}",
      ".dots{stroke-width:4;stroke-linecap:round;fill:none}",
      ".halo{stroke:\(color("background"));stroke-width:1.5}",
    ]
    for role in PlotRole.allCases {
      let shade = color(role.rawValue)
      rules.append(".f-\(role.short){fill:\(shade)}.s-\(role.short){stroke:\(shade)}")
    }
    return rules.joined()
  }

  private func n(_ value: Double) -> String { PlotText.number(value) }
}

/// What a sign in a plot stands for; decides its colour and shape.
package enum PlotRole: String, Sendable, Hashable, CaseIterable {
  case lowest
  case highest
  case original
  case median
  case plain
  case soft

  var short: String { String(rawValue.prefix(2)) }
}

extension Palette {
  subscript(name: String) -> String {
    named.first { $0.name == name }?.color.hex ?? ink.hex
  }
}

/// Collects the elements of a drawing.
struct Canvas {
  private(set) var text = ""

  enum Anchor: String {
    case start
    case middle
    case end
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ classes: String) {
    text += "<path class=\"\(classes)\" d=\"M\(n(x1)) \(n(y1))"
    text += x1 == x2 ? "V\(n(y2))" : y1 == y2 ? "H\(n(x2))" : "L\(n(x2)) \(n(y2))"
    text += "\"/>\n"
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ classes: String,
    tip: String? = nil
  ) {
    let size = "width=\"\(n(max(0, width)))\" height=\"\(n(max(0, height)))\""
    element("rect class=\"\(classes)\" x=\"\(n(x))\" y=\"\(n(y))\" \(size)", "rect", tip)
  }

  mutating func path(_ data: String, _ classes: String) {
    text += "<path class=\"\(classes)\" d=\"\(data)\"/>\n"
  }

  mutating func circle(
    _ x: Double, _ y: Double, _ radius: Double, _ classes: String, tip: String? = nil
  ) {
    element(
      "circle class=\"\(classes)\" cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\"", "circle", tip)
  }

  private mutating func element(_ opening: String, _ name: String, _ tip: String?) {
    if let tip {
      text += "<\(opening)><title>\(PlotText.escaped(tip))</title></\(name)>\n"
    } else {
      text += "<\(opening)/>\n"
    }
  }

  mutating func label(
    _ words: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ classes: String = ""
  ) {
    let kind = classes.isEmpty ? "" : " class=\"\(classes)\""
    let place = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    text += "<text\(kind) x=\"\(n(x))\" y=\"\(n(y))\"\(place)>\(PlotText.escaped(words))</text>\n"
  }

  /// The sign of a role: triangles point to the end of the range, the original is a diamond, the
  /// median a bar, others are dots.
  mutating func sign(_ role: PlotRole, _ x: Double, _ y: Double, tip: String? = nil) {
    let data: String
    switch role {
    case .lowest: data = "M\(n(x - 6)) \(n(y - 5))h12l-6 10z"
    case .highest: data = "M\(n(x - 6)) \(n(y + 5))h12l-6 -10z"
    case .original: data = "M\(n(x)) \(n(y - 7))l7 7l-7 7l-7 -7z"
    case .median: data = "M\(n(x - 2)) \(n(y - 7))h4v14h-4z"
    case .plain, .soft: return circle(x, y, 3, "f-\(role.short)", tip: tip)
    }
    element("path class=\"f-\(role.short) halo\" d=\"\(data)\"", "path", tip)
  }

  /// Ticks, grid lines and labels of a vertical axis of percentages.
  mutating func verticalAxis(
    _ scale: LinearScale, x: Double, to right: Double, about count: Int, title: String
  ) {
    let ticks = Ticks(scale.domain, about: count)
    for value in ticks.values {
      let y = scale(value)
      line(x, y, right, y, "gr")
      label(axisPercent(value, ticks), x - 6, y + 4.5, .end, "mu")
    }
    label(title, 0, min(scale.start, scale.end) - 14, .start, "mu")
  }

  /// Ticks and labels of a horizontal axis of percentages, with grid lines up to `top`.
  mutating func horizontalAxis(
    _ scale: LinearScale, y: Double, to top: Double, about count: Int, title: String,
    isSigned: Bool = false
  ) {
    let ticks = Ticks(scale.domain, about: count)
    for value in ticks.values {
      let x = scale(value)
      line(x, top, x, y, "gr")
      let sign = isSigned && value > 1e-9 ? "+" : ""
      label(sign + axisPercent(value, ticks), x, y + 17, .middle, "mu")
    }
    label(title, (scale.start + scale.end) / 2, y + 36, .middle, "mu")
  }

  /// A picture stretched over a rectangle, its pixels with sharp edges.
  mutating func picture(
    _ address: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double
  ) {
    text += "<image x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" "
    text +=
      "preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"\(address)\"/>\n"
  }

  /// A square of a colour with its meaning.
  mutating func swatch(_ words: String, _ color: Color, _ x: Double, _ y: Double) {
    text += "<rect x=\"\(n(x))\" y=\"\(n(y - 10))\" width=\"12\" height=\"12\" "
    text += "fill=\"\(color.hex)\"/>\n"
    label(words, x + 18, y)
  }

  private func axisPercent(_ value: Double, _ ticks: Ticks) -> String {
    PlotText.fixed(value * 100, decimals: max(0, ticks.decimals - 2))
  }

  private func n(_ value: Double) -> String { PlotText.number(value) }
}
