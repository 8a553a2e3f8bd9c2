import Testing

@testable import Plots

struct ScaleTests {
  struct Case: Sendable {
    let domain: ClosedRange<Double>
    let count: Int
    let values: [Double]
  }

  @Test(arguments: [
    Case(domain: 0...1, count: 5, values: [0, 0.2, 0.4, 0.6, 0.8, 1]),
    Case(domain: 0.41...0.68, count: 6, values: [0.45, 0.5, 0.55, 0.6, 0.65]),
    Case(domain: 0...30, count: 4, values: [0, 10, 20, 30]),
    Case(domain: -0.03...0.03, count: 3, values: [-0.02, 0, 0.02]),
    Case(domain: 0.5...0.502, count: 4, values: [0.5, 0.5005, 0.501, 0.5015, 0.502]),
  ]) func `ticks are multiples of 1, 2 or 5`(_ c: Case) {
    let ticks = Ticks(c.domain, about: c.count)
    #expect(ticks.values.count == c.values.count)
    for (tick, wanted) in zip(ticks.values, c.values) { #expect(abs(tick - wanted) < 1e-12) }
  }

  @Test func `there are never many more ticks than wanted`() {
    for width in stride(from: 0.001, to: 120, by: 0.137) {
      for count in 1...12 {
        let ticks = Ticks(0.31...(0.31 + width), about: count)
        #expect(ticks.values.count <= count + 1, "\(width) \(count)")
      }
    }
  }

  @Test func `decimals tell neighbours apart`() {
    #expect(Ticks(0...1, about: 5).decimals == 1)
    #expect(Ticks(0...0.1, about: 5).decimals == 2)
    #expect(Ticks(0...1000, about: 5).decimals == 0)
  }

  @Test func `a scale maps its ends and keeps what lies beyond inside`() {
    let scale = LinearScale(0.2...0.4, from: 300, to: 100)
    #expect(scale(0.2) == 300)
    #expect(scale(0.4) == 100)
    #expect(abs(scale(0.25) - 250) < 1e-9)
    #expect(scale(0.9) == 100)
    #expect(scale(-1) == 300)
  }

  @Test func `a scale without width still has one`() {
    let scale = LinearScale(0.7...0.7, from: 0, to: 10)
    #expect(abs(scale(0.7) - 5) < 1e-9)
  }

  @Test func `domains grow to round ends inside of their limits`() {
    let grown = Ticks.rounded(0.43...0.66, about: 5, within: 0...1)
    #expect(abs(grown.lowerBound - 0.4) < 1e-9)
    #expect(abs(grown.upperBound - 0.7) < 1e-9)
    let limited = Ticks.rounded(0.01...0.999, about: 5, within: 0...1)
    #expect(limited.lowerBound == 0)
    #expect(limited.upperBound == 1)
  }

  @Test(arguments: [[50.0, 50, 50, 50], [10, 11, 90, 12], [1, 2, 3, 99], [-20, 300, 50]])
  func `labels do not collide and stay inside`(_ wanted: [Double]) {
    let places = LabelPlacement.spread(wanted, size: 18, within: 0...100)
    let sorted = places.sorted()
    for (a, b) in zip(sorted, sorted.dropFirst()) { #expect(b - a >= 18 - 1e-9) }
    #expect((sorted.first ?? 0) >= 9 - 1e-9)
    #expect((sorted.last ?? 0) <= 91 + 1e-9)
    // The order of the labels is that of their values.
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    #expect(order.map { places[$0] } == sorted)
  }

  @Test func `labels with room stay where they want to be`() {
    #expect(LabelPlacement.spread([80, 20, 50], size: 18, within: 0...100) == [80, 20, 50])
  }

  @Test(arguments: [
    (0.0, "0"), (-0.001, "0"), (12, "12"), (0.5, "0.5"), (0.05, "0.05"), (-3.25, "-3.25"),
    (99.999, "100"), (.nan, "0"), (.infinity, "10000000"), (1.006, "1.01"),
  ]) func `coordinates are short`(_ value: Double, _ shown: String) {
    #expect(PlotText.number(value) == shown)
  }

  @Test(arguments: [
    (0.5, 2, "0.50"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (99.95, 1, "100.0"), (3, 0, "3"),
    (0.005, 2, "0.01"), (.nan, 1, "–"),
  ]) func `figures have a fixed count of decimals`(_ value: Double, _ places: Int, _ shown: String)
  {
    #expect(PlotText.fixed(value, decimals: places) == shown)
  }

  @Test func `text is escaped and holds nothing that XML refuses`() {
    #expect(PlotText.escaped("a<b>&\"'c") == "a&lt;b&gt;&amp;&quot;&#39;c")
    #expect(PlotText.escaped("]]>") == "]]&gt;")
    #expect(
      PlotText.escaped("a\u{0}b\u{1B}c\u{FFFE}d\u{85}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")
    #expect(PlotText.escaped("tab\tline\n") == "tab\tline\n")
  }

  @Test func `a long label is cut to its room`() {
    let cut = PlotText.cut(String(repeating: "word ", count: 50), to: 100, size: 13)
    #expect(cut.hasSuffix("…"))
    #expect(PlotText.width(cut, size: 13) <= 100)
    #expect(PlotText.cut("short", to: 100, size: 13) == "short")
  }
}
