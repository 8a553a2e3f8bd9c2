import Basics
import Foundation
import Testing

@testable import Plots
@testable import Reports
@testable import Runs

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The elements of a page, read as XML.
final class PageElements: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  private(set) var all: [Element] = []

  init(_ page: String) throws {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    try #require(
      parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    all.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !all.isEmpty { all[all.count - 1].text += text }
  }

  func named(_ name: String) -> [Element] { all.filter { $0.name == name } }
}

struct HTMLTests {
  static func sample() throws -> SampleRun {
    var run = SampleRun(["sums", "other"], formats: 4, examples: 6)
    try run.add("sums", ["111111", "110000", "100000", "11x111"])
    try run.add("other", ["111000", "110100", "101010", "111100"])
    return run
  }

  /// A run whose texts are as hostile as they can be.
  static func hostile() throws -> SampleRun {
    let texts = [
      "<script>alert(1)</script>{}", "]]>{}<!--", "\u{202E}\u{2066}rtl {}", "a\u{0}b\u{1B}[31m{}",
      String(repeating: "w", count: 10_000) + "{}", "\"'&amp;{}",
    ]
    var run = SampleRun(
      ["<script>alert(2)</script>]]>"], formats: texts.count, examples: 5)
    run.journal.model = "m\u{202E}odel</title><script>alert(3)</script>"
    try run.add(
      run.study.tasks[0].name, ["11111", "11000", "10000", "11x11", "10101", "00000"],
      templates: texts)
    for index in run.journal.records.indices where run.journal.records[index].error != nil {
      run.journal.records[index].error = "</p><img src=x onerror=alert(4)>\u{0}"
    }
    return run
  }

  @Test func `a page is well-formed and has what a reader looks for`() throws {
    let page = try PageElements(try Self.sample().dossier().html)
    #expect(page.all.first?.name == "html")
    #expect(page.all.first?.attributes["lang"] == "en")
    #expect(page.named("main").count == 1)
    #expect(page.named("h1").count == 1)
    #expect(page.named("nav").count == 1)
    // A plot for wide and one for narrow pages: overview, and for each task four.
    #expect(page.named("svg").count >= 2 + 2 * 2 * 2)
    for plot in page.named("svg") { #expect(plot.attributes["role"] == "img") }
    for image in page.named("img") { #expect(image.attributes["alt"]?.isEmpty == false) }
    #expect(page.named("table").count == page.named("caption").count)
    let levels = page.all.compactMap { element in
      element.name.count == 2 && element.name.hasPrefix("h") && element.name != "hr"
        ? Int(element.name.dropFirst()) : nil
    }
    for (level, next) in zip(levels, levels.dropFirst()) { #expect(next <= level + 1) }
  }

  @Test func `ids are unique, and every reference has one`() throws {
    let page = try PageElements(try Self.sample().dossier().html)
    let ids = page.all.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for element in page.all {
      for reference in (element.attributes["aria-labelledby"] ?? "").split(separator: " ") {
        #expect(ids.contains(String(reference)))
      }
      if let link = element.attributes["href"], link.hasPrefix("#") {
        #expect(ids.contains(String(link.dropFirst())))
      }
    }
  }

  @Test(arguments: [false, true]) func `a page loads nothing`(_ isHostile: Bool) throws {
    let html = try (isHostile ? Self.hostile() : Self.sample()).dossier().html
    let page = try PageElements(html)
    for element in page.all {
      for (name, value) in element.attributes {
        switch name {
        case "src": #expect(value.hasPrefix("data:image/png;base64,"))
        case "href": #expect(value.hasPrefix("#"))
        case "style", "xmlns": break
        default:
          #expect(!name.hasPrefix("on"), "\(element.name) \(name)")
          #expect(!["srcset", "action", "data", "poster"].contains(name))
        }
      }
      let allowed = [
        "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4",
        "p", "code", "bdi", "main", "figure", "figcaption", "svg", "desc", "path", "text", "rect",
        "circle", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "pre", "i", "b",
        "mark", "img", "span", "dl", "dt", "dd", "strong", "section", "footer", "script",
        "details", "summary", "nav", "ul", "li",
      ]
      #expect(allowed.contains(element.name), "\(element.name)")
    }
    for style in page.named("style") {
      #expect(!style.text.contains("url("))
      #expect(!style.text.contains("@import"))
    }
    #expect(!html.replacing("http://www.w3.org/", with: "").contains("http://"))
  }

  @Test func `hostile text neither breaks nor runs`() throws {
    let html = try Self.hostile().dossier().html
    let page = try PageElements(html)
    let scripts = page.named("script")
    #expect(
      scripts.map { $0.text.trimmingCharacters(in: .newlines) }
        == [HTMLPage.script.trimmingCharacters(in: .newlines)])
    #expect(!html.contains("<img src=x"))
    for scalar in html.unicodeScalars {
      #expect(scalar == "\n" || scalar.properties.generalCategory != .control)
      #expect(!["\u{202E}", "\u{2066}"].contains(scalar))
    }
    #expect(html.utf8.count < 200_000)
    let title = try #require(page.named("title").first)
    #expect(title.text.contains("</title>"))
  }

  @Test func `the content policy names the one script of the page`() throws {
    let html = try Self.sample().dossier().html
    #expect(html.contains("script-src 'sha256-\(HTMLPage.scriptDigest)'"))
    #expect(html.contains("<script>\(HTMLPage.script)</script>"))
    // 32 bytes are 44 signs with one of padding.
    #expect(HTMLPage.scriptDigest.count == 44)
  }

  @Test func `a page needs no script to be read`() throws {
    let page = try PageElements(try Self.sample().dossier().html)
    let words = page.all.filter { $0.name != "script" }.map(\.text).joined(separator: " ")
    for figure in ["16.7", "100.0", "Cochran"] { #expect(words.contains(figure)) }
  }

  @Test func `a run without answers has a page that says so`() throws {
    var run = try SampleRun(["1100", "0011"])
    run.journal.records = []
    let page = try PageElements(try run.dossier().html)
    let words = page.all.map(\.text).joined(separator: " ")
    #expect(words.contains("Nothing is known yet"))
    #expect(words.contains("8 cells still to be evaluated"))
  }

  @Test func `an example is shown as each end of the range saw it, with what was answered`() throws
  {
    // Position 2 is the first that the worst format gets wrong and the best right.
    var run = SampleRun(["sums"], formats: 2, examples: 4)
    try run.add("sums", ["1001", "1011"], templates: ["Q: {}\nA: {}", "q - {} a - {}"])
    for index in run.journal.records.indices {
      run.journal.records[index].prediction =
        run.journal.records[index].isCorrect == true ? "<right>" : "odd"
    }
    let example = try run.evaluated("sums")[2]
    let dossier = try run.dossier().showing { task, format, asked in
      guard task == "sums", asked == example else { return nil }
      let text = format == 0 ? "Q: 1 <b> 2\nA: " : "q - 1 <b> 2 a - "
      return SampleText(
        prompt: text, options: [], answer: nil, target: "<right>", document: .null)
    }
    let pair = try #require(dossier.pairs[0])
    #expect(pair.worst == .init(prompt: "Q: 1 <b> 2\nA: ", answer: "odd", isCorrect: false))
    #expect(pair.best == .init(prompt: "q - 1 <b> 2 a - ", answer: "<right>", isCorrect: true))
    let html = dossier.html
    _ = try PageElements(html)
    #expect(html.contains("Worst: wrong, answered <code><bdi>odd</bdi></code>"))
    #expect(html.contains("Best: right, answered <code><bdi>&lt;right&gt;</bdi></code>"))
    #expect(html.contains("<mark>q</mark> <mark>- </mark>1 &lt;b&gt; 2<mark> a -</mark>"))
    #expect(html.contains("Example \(example) of the task’s file"))
  }

  @Test func `a prompt of any length keeps its end`() throws {
    var run = SampleRun(["sums"], formats: 2, examples: 2)
    try run.add("sums", ["10", "11"])
    let html = try run.dossier().showing { _, _, _ in
      SampleText(
        prompt: String(repeating: "word ", count: 5_000) + "the question]]></pre><script>",
        options: [], answer: nil, target: "x", document: .null)
    }.html
    _ = try PageElements(html)
    #expect(html.contains("the question]]&gt;&lt;/pre&gt;&lt;script&gt;"))
    #expect(html.contains("characters before are left out"))
    #expect(html.utf8.count < 150_000)
  }

  @Test func `metrics come with their sentence and an interval`() throws {
    let html = try Self.sample().dossier().html
    let words = try PageElements(html).all.map(\.text).joined(separator: " ")
    for label in ["PromptSensiScore", "How much", "Examples that change with the format"] {
      #expect(words.contains(label), "\(label)")
    }
    #expect(words.contains("0 means that the format never decides."))
    #expect(words.contains("95\u{A0}% bootstrap intervals over examples (200 resamples)"))
  }

  @Test func `several runs make one page that begins with an overview`() throws {
    let first = try Self.sample()
    var second = try Self.sample()
    second.journal.model = "</h2>other"
    var third = first
    third.study.shots = 2
    third.study.pool = 2
    third.study.tasks = first.study.tasks.map {
      Study.TaskReference(name: $0.name, path: $0.path, digest: $0.digest, count: 8)
    }
    third.journal.records = []
    let html = try HTMLSeveral([first, second, third].map { try $0.dossier() }).text
    let page = try PageElements(html)
    let ids = page.all.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let links = page.all.compactMap { $0.attributes["href"] }.filter { $0 != "#main" }
    #expect(Set(links) == Set(["#overview"] + (1...6).map { "#t\($0)" }))
    for link in links { #expect(ids.contains(String(link.dropFirst()))) }
    let overview = try #require(html.range(of: "id=\"overview\""))
    let section = try #require(html.range(of: "<section class=\"task\""))
    #expect(overview.lowerBound < section.lowerBound)
  }

  @Test func `runs of one model are named by what differs`() throws {
    let first = try Self.sample()
    var second = first
    second.study.scoring = .generate(.exact, maxTokens: 4)
    #expect(
      HTMLSeveral.names([try first.report(), try first.report()]) == [
        "tiny (run 1)", "tiny (run 2)",
      ])
    let names = HTMLSeveral.names([try first.report(), try second.report()])
    #expect(names.map { $0.hasPrefix("tiny, ") } == [true, true])
    #expect(names[0] != names[1])
  }

  @Test func `the same run gives the same page`() throws {
    let run = try Self.sample()
    var other = run
    other.journal.records.reverse()
    #expect(try run.dossier().html == other.dossier().html)
  }

  @Test func `a large run stays small`() throws {
    var generator = SeededGenerator(seed: 1, stream: "large")
    let rows = (0..<500).map { _ in
      String((0..<100).map { _ in generator.below(3) == 0 ? "0" : "1" })
    }
    let size = try SampleRun(rows).dossier().html.utf8.count
    #expect(size < 600_000)
  }
}
