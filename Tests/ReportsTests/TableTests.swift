import Basics
import Estimation
import Testing

@testable import Reports
@testable import Runs

struct TableTests {
  /// Five formats on twelve examples, with white space in the worst template.
  private func small() throws -> SampleRun {
    var run = try SampleRun(
      ["111000111000", "111111111110", "100000000000", "111111000000", "111111111010"])
    run.formats["sums"]?[2] = SampleRun.format("sums", 2, "QUESTION:\t{} \n  Answer {}\n")
    return run
  }

  @Test func `the table of a small run, word for word`() throws {
    let table = try small().report().table(
      width: 80, files: ["runs/sums/report.md", "runs/sums/report.json"])
    #expect(table == expectedTable)
  }

  @Test(arguments: [72, 80, 120, 200])
  func `no line is wider than the terminal`(_ width: Int) throws {
    var run = SampleRun(["感情分析 of rather long movie reviews", "b"], formats: 3, examples: 4)
    let long = String(repeating: "Question 質問:\t", count: 40) + "{}\nAnswer: {}"
    try run.add(
      "感情分析 of rather long movie reviews", ["1x01", "1100", "0111"],
      templates: [long, long + "!", "{}"])
    try run.add("b", ["1001", "1111", "0000"])
    run.journal.model = String(repeating: "model-", count: 30)
    let table = try run.report().table(width: width)
    for line in table.split(separator: "\n") {
      #expect(String(line).cells <= width, "\(line)")
    }
    #expect(table.contains("感情分析"))
  }

  @Test func `several tasks end with one line each`() throws {
    var run = SampleRun(["first", "second"], formats: 2, examples: 4)
    try run.add("first", ["1100", "1110"])
    try run.add("second", ["1---", "----"])
    let table = try run.report().table(width: 80)
    #expect(
      table.contains(
        """
        Task    lowest  median  original  highest  spread  noise      p
        first     50.0    62.5      50.0     75.0    25.0   25.0  1.000
        second   100.0   100.0     100.0    100.0     0.0      -      -
        """))
    #expect(table.contains("Not finished: 7 cells still to be evaluated"))
  }

  @Test func `text that could steer the terminal is shown, not sent`() throws {
    var run = try SampleRun(["10x1", "1110"])
    let hostile = "\u{1B}[2J\u{202E}abc\u{0}\r{}\u{200B}"
    run.formats["sums"]?[1] = SampleRun.format("sums", 1, hostile)
    run.journal.model = hostile
    for index in run.journal.records.indices {
      run.journal.records[index].prediction = hostile
      if run.journal.records[index].isCorrect == nil { run.journal.records[index].error = hostile }
    }
    let table = try run.report().table(width: 100, files: ["runs/\u{1B}]0;x\u{7}"])
    for scalar in table.unicodeScalars where scalar != "\n" {
      let category = scalar.properties.generalCategory
      #expect(category != .control && category != .format, "\(scalar.value)")
    }
    #expect(table.contains(#"\u{1B}[2J\u{202E}abc\u{0}\u{D}{}\u{200B}"#))
  }

  @Test func `a very long template is cut, and how much is missing is told`() throws {
    var run = try SampleRun(["1001", "1111"])
    run.formats["sums"]?[1] = SampleRun.format("sums", 1, String(repeating: "x", count: 10_000))
    let lines = try run.report().table(width: 80).split(separator: "\n")
    #expect(lines.count < 45)
    #expect(lines.contains("  … (9,454 characters more)"))
  }

  @Test func `a search that asks formats unequally says so`() throws {
    let run = try SampleRun(
      ["11101111", "1100----", "11111110"], search: .thompson, budget: 24, batch: 4)
    let table = try run.report().table(width: 80)
    #expect(table.contains("estimated, asked unequally"))
    #expect(!table.contains("Noise only"))
  }

  private let expectedTable = """
    Task sums · model tiny · 5 formats · 60 evaluations
    12 examples, ranking by log-probability

    Accuracy of tiny on sums lies between 8.3 % and 91.7 % depending on the format:
    a spread of 83.3 points, where noise alone would give about 31.8 (Cochran's Q,
    p < 0.001).

    Accuracy   found  95 % Wilson interval  right/asked
    lowest     8.3 %       1.5 % to 35.4 %         1/12  format 2
    median    50.0 %      25.4 % to 74.6 %               half of the formats below
    original  50.0 %      25.4 % to 74.6 %         6/12  the task's own format
    highest   91.7 %      64.6 % to 98.5 %        11/12  format 1

    Formats    ▄                               █                         ▄     ▄
    Range      ▼───────────────────────────────◆───────────────────────────────▲
    Noise only                          ░░░░░░░░░░░░░░░░░░░░░░░░░
               ─────────┴──────────────┴───────────────┴──────────────┴─────────
                        20             40              60             80 %
               ▼ lowest  ┃ median  ◆ original  ▲ highest

    Spread        83.3 points: highest minus lowest
    95 % sure     83.3 exactly (these formats on these examples); 0.0 to 99.0 (these
                  formats on the population of examples); for all formats at once,
                  however the search chose
    Ends          lowest 8.3 %, highest 91.7 % (these formats on these examples);
                  lowest 0.0 to 62.2 %, highest 37.8 to 100.0 % (these formats on
                  the population of examples)
    Noise only    31.8 points on average if formats made no difference (95 % of the
                  time at most 50.0)
    Corrected     81.2 points on examples that did not choose the two formats; 79.2
                  once noise is taken out of the formats' variance
    Cochran's Q   p < 0.001 (exact): the formats differ
    Variance      of right or wrong: format 36 %, example 17 %, the rest 47 %
    All formats   at least 24.8 % of all plausible formats of the grammar score
                  between 8.3 % and 91.7 % on these examples (95 % sure)
    Original      percentile rank 40: the share of formats below it in %, ties half

    Worst format, number 2:
      QUESTION:⇥{}·⏎··Answer {}⏎
    Best format, number 1:
      Question: {}⏎Answer {}
    (⏎ newline, ⇥ tab, · space, {} text)

    A Wilson interval covers the accuracy of its one format on the population that
    the examples were drawn from. Lowest and highest were picked after the fact, so
    luck makes them more extreme than they would be on new examples.

    Files:  runs/sums/report.md
            runs/sums/report.json

    """
}

struct CellWidthTests {
  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪", 2), ("❤️", 2),
    ("\u{200B}", 0), ("⏎", 1), ("→", 1),
  ])
  func `a text takes as many cells as a terminal gives it`(_ text: String, _ cells: Int) {
    #expect(text.cells == cells)
  }

  @Test func `cutting never exceeds the width and shows that something is missing`() {
    #expect("日本語".cut(to: 6) == "日本語")
    #expect("日本語".cut(to: 5) == "日本…")
    #expect("日本語".cut(to: 4) == "日…")
    #expect("abc".cut(to: 0) == "")
  }
}

struct VisibleTextTests {
  @Test(arguments: [
    ("Question: {}\nAnswer: {}", "Question: {}⏎Answer: {}"),
    ("A {} \n B\t{}", "A {}·⏎·B⇥{}"), (" a  b ", "·a··b·"), ("a b", "a b"),
    ("a\u{A0}b", #"a\u{A0}b"#), ("a\u{1B}[1m", #"a\u{1B}[1m"#), ("x\u{301}", "x\u{301}"),
    ("\u{2067}a\u{FEFF}", #"\u{2067}a\u{FEFF}"#), ("", ""),
  ])
  func `white space of a template that would not be seen is shown`(
    _ template: String, _ shown: String
  ) {
    #expect(VisibleText.template(template) == shown)
  }
}
