import Foundation
import Testing

@testable import Plots

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Collects the elements of a file and whether it is well-formed.
private final class Elements: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  var found: [Element] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    found.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !found.isEmpty { found[found.count - 1].text += text }
  }

  static func read(_ text: String) throws -> [Element] {
    let parser = XMLParser(data: Data(text.utf8))
    let elements = Elements()
    parser.delegate = elements
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return elements.found
  }
}

struct DrawingTests {
  private static let hostile = "<script>alert(1)</script> ]]> \u{202E}\u{0} \"'& "

  private static let marks = [
    PlotMark(.lowest, "lowest", 0.4, rank: 0), PlotMark(.median, "median", 0.61, rank: 2),
    PlotMark(.original, "original " + hostile, 0.6, rank: 1),
    PlotMark(.highest, "highest", 0.62, rank: 3),
  ]

  private static func range(_ count: Int) -> RangePlot {
    RangePlot(
      dots: (0..<count).map {
        let value = 0.4 + 0.22 * Double($0) / Double(count)
        return RangePlot.Dot(PlotValue(value, value - 0.05, value + 0.05), tip: hostile)
      },
      marks: marks, noise: (0.5...0.55, 0.48...0.57), title: hostile, summary: hostile)
  }

  private static let bars = BarPlot(
    groups: [
      .init(
        hostile, [.init("x", PlotValue(0.02, -0.01, 0.05)), .init("y", PlotValue(-0.2, -0.3, 0))])
    ], axis: "points", title: hostile, summary: hostile)

  static func drawings(_ width: Double) -> [Drawing] {
    [
      range(7).drawing(width: width), range(900).drawing(width: width),
      HistogramPlot(
        values: (0..<50).map { 0.4 + Double($0) / 300 }, marks: marks, title: hostile,
        summary: hostile
      ).drawing(width: width),
      HistogramPlot(values: [0.5], marks: [], title: "one", summary: "one").drawing(width: width),
      bars.drawing(width: width),
      ReliabilityPlot(
        points: [.init(confidence: 0.7, accuracy: PlotValue(0.6, 0.5, 0.7), count: 9)],
        title: hostile, summary: hostile
      ).drawing(width: width),
      OverviewPlot(
        rows: [.init(hostile, lowest: 0.2, highest: 0.9, median: 0.5, original: nil)],
        title: hostile, summary: hostile
      ).drawing(width: width),
      HeatMap(cells: [.right, .wrong], rows: 1, columns: 2).drawing(
        width: width, title: hostile, summary: hostile),
    ]
  }

  @Test(arguments: [340.0, 800])
  func `files are well-formed, have words, and no script from a text`(_ width: Double) throws {
    for drawing in Self.drawings(width) {
      let elements = try Elements.read(drawing.file)
      #expect(elements.first?.attributes["role"] == "img")
      #expect(elements.dropFirst().prefix(2).map(\.name) == ["title", "desc"])
      #expect(!elements.contains { $0.name == "script" })
      #expect(!drawing.file.contains("http://") || drawing.file.contains("xmlns"))
      _ = try Elements.read(drawing.inline(id: "a"))
    }
  }

  @Test(arguments: [340.0, 800])
  func `no label begins or ends outside of its drawing`(_ width: Double) throws {
    for drawing in Self.drawings(width) {
      for element in try Elements.read(drawing.file) where element.name == "text" {
        let x = try #require(element.attributes["x"].flatMap { Double($0) })
        let y = try #require(element.attributes["y"].flatMap { Double($0) })
        let words = element.text.trimmingCharacters(in: .newlines)
        let size = PlotText.width(words, size: 12)
        let start =
          switch element.attributes["text-anchor"] {
          case "end": x - size
          case "middle": x - size / 2
          default: x
          }
        #expect(start >= -1, "\(drawing.title): \(element.text)")
        #expect(start + size <= drawing.width + 1, "\(drawing.title): \(element.text)")
        #expect((0...drawing.height).contains(y), "\(drawing.title) \(y) of \(drawing.height)")
      }
    }
  }

  @Test func `a plot is the same whenever it is drawn`() {
    #expect(Self.drawings(800) == Self.drawings(800))
  }

  @Test func `a file uses literal colours and a page variables`() {
    let drawing = Self.range(7).drawing(width: 800)
    #expect(!drawing.file.contains("var(--"))
    #expect(Drawing.pageStyle.contains("var(--lowest)"))
  }

  @Test func `a thousand dots stay small`() {
    #expect(Self.range(1000).drawing(width: 800).file.utf8.count < 60_000)
  }

  @Test func `bins have round edges and count everything once`() {
    let values = (0..<100).map { Double($0 * 3 % 100) / 310 + 0.5 }
    let bins = HistogramPlot.bins(values)
    #expect(bins.counts.reduce(0, +) == 100)
    #expect(abs(bins.step - 0.05) < 1e-12)
    #expect(abs(bins.start - 0.5) < 1e-12)
  }

  // 0.3 / 0.1 is a little below 3 in binary, 0.6 / 0.1 a little below 6.
  @Test func `a value on an edge belongs to the bin that begins there`() {
    let bins = HistogramPlot.bins([0.3, 0.3, 0.6, 0.7])
    #expect(abs(bins.step - 0.1) < 1e-12)
    #expect(bins.counts == [2, 0, 0, 1, 1])
  }

  @Test func `each sign has its own shape`() {
    var shapes: Set<String> = []
    for role in PlotRole.allCases where role != .soft {
      var canvas = Canvas()
      canvas.sign(role, 10, 10)
      shapes.insert(String(canvas.text.drop { $0 != "d" && $0 != "c" }))
    }
    #expect(shapes.count == 4 + 1)
  }
}
