import Foundation
import ReferenceModel
import Testing

@Suite struct `On what it has not seen` {
  // Written for this test; in neither the corpus nor a bundled task.
  static let cases: [(prompt: String, options: [String], answer: String)] = [
    (
      "Review: A delightful show, and the children loved every minute.\nSentiment: ",
      ["positive", "negative"], "positive"
    ),
    (
      "Review: Dreadful service and a cold, tasteless dinner. Never again.\nSentiment: ",
      ["positive", "negative"], "negative"
    ),
    (
      "Review: Broken on arrival, and they refused to give my money back.\nSentiment: ",
      ["positive", "negative"], "negative"
    ),
    (
      "Review: Comfortable beds, friendly staff and excellent coffee.\nSentiment: ",
      ["positive", "negative"], "positive"
    ),
    (
      "Text: The striker scored twice as the team won the cup final.\nTopic: ",
      ["business", "culture", "politics", "science", "sports"], "sports"
    ),
    (
      "Text: Astronomers measured the light of a distant star.\nTopic: ",
      ["business", "culture", "politics", "science", "sports"], "science"
    ),
    (
      "Text: Parliament rejected the minister's bill on taxes.\nTopic: ",
      ["business", "culture", "politics", "science", "sports"], "politics"
    ),
    (
      "Question: Where did the old sailors bury the gold?\nAnswer type: ",
      ["person", "place", "time", "number", "reason", "thing"], "place"
    ),
    (
      "Question: How many teeth does a crocodile have?\nAnswer type: ",
      ["person", "place", "time", "number", "reason", "thing"], "number"
    ),
    (
      "Question: Who painted the ceiling of that chapel?\nAnswer type: ",
      ["person", "place", "time", "number", "reason", "thing"], "person"
    ),
    ("First: 91\nSecond: 4507\nLarger: ", ["first", "second"], "second"),
    ("First: 8123\nSecond: 2999\nLarger: ", ["first", "second"], "first"),
    ("Noun: blob\nPlural: ", ["blobs", "blobes", "blobies", "bloben"], "blobs"),
    ("Noun: crutchy\nPlural: ", ["crutchys", "crutchyes", "crutchies"], "crutchies"),
    ("Noun: splotch\nPlural: ", ["splotchs", "splotches", "splotchies"], "splotches"),
    ("Verb: plop\nPast: ", ["ploped", "plopped", "plopied", "plopd"], "plopped"),
    ("Verb: blend\nPast: ", ["blended", "blendded", "blendied"], "blended"),
  ]

  @Test func `ranks the right option first for most of some written cases`() {
    var right = 0
    for (prompt, options, answer) in Self.cases {
      let scores = model.score(prompt: prompt, continuations: options)
      let perByte = zip(options, scores).map { ($0, $1.logprob / Double($1.byteCount)) }
      if perByte.max(by: { $0.1 < $1.1 })?.0 == answer { right += 1 }
    }
    #expect(right >= 14, "\(right) of \(Self.cases.count)")
  }

  /// Common and rare layouts, and some that the corpus does not contain.
  static let styles: [BundledTask.Style] = [
    .init(separator: ": ", space: "\n") { $0 },
    .init(separator: ": ", space: " || ") { $0.uppercased() },
    .init(separator: " - ", space: "\n") { $0.lowercased() },
    .init(separator: "::: ", space: " <sep> ") { $0 },
    .init(separator: "\t", space: ", ") { $0 },
    .init(separator: " \n\t", space: " \n ") { $0.lowercased() },
    .init(separator: "\n    ", space: "\n ") { $0.uppercased() },
    .init(separator: ":", space: " -- ") { $0 },
    .init(separator: "\n\t", space: "; \n") { $0 },
    .init(separator: "- ", space: ". ") { $0.uppercased() },
    .init(separator: " ", space: " ,  ") { $0.lowercased() },
    .init(separator: "::", space: "  ") { $0 },
  ]

  @Test(
    .enabled(if: bundledTasks.count >= 6),
    arguments: ["sentiment", "topic", "question-type", "number-comparison"])
  func `is ten points above chance on a bundled task, and not alike in all formats`(
    _ name: String
  ) throws {
    let (correct, chance) = try correctness(name, styles: Self.styles, count: 40)
    let sums = correct.map { row in Double(row.filter(\.self).count) }
    let total = sums.reduce(0, +)
    let mean = total / Double(Self.styles.count * 40)
    #expect(mean >= chance + 0.1, "\(mean)")
    // Cochran's Q (Biometrika 37, 1950) against the 99th percentile of chi-squared with 11
    // degrees of freedom: scipy.stats.chi2.ppf(0.99, 11) = 24.724970311318277.
    let k = Double(Self.styles.count)
    let rows = (0..<40).map { index in Double(correct.filter { $0[index] }.count) }
    let between = k * sums.map { $0 * $0 }.reduce(0, +) - total * total
    let within = k * total - rows.map { $0 * $0 }.reduce(0, +)
    #expect((k - 1) * between / within > 24.724970311318277)
  }

  @Test(.enabled(if: bundledTasks.count >= 6), arguments: ["plural", "past-tense"])
  func `is twenty points above chance where it ranks spellings`(_ name: String) throws {
    let (correct, chance) = try correctness(name, styles: Array(Self.styles.prefix(4)), count: 60)
    let right = correct.joined().filter(\.self).count
    #expect(Double(right) / 240 >= chance + 0.2, "\(right) of 240")
  }

  /// Which of the first examples are answered rightly, for each style, with one demonstration.
  private func correctness(
    _ name: String, styles: [BundledTask.Style], count: Int
  ) throws -> (correct: [[Bool]], chance: Double) {
    let file = try #require(bundledTasks.first { $0.lastPathComponent == name + ".json" })
    let task = try BundledTask(file)
    let demonstration = task.examples[0]
    let correct = styles.map { style in
      task.examples[1...count].map { example in
        let prompt = [
          task.instruction, task.rendered(demonstration, style, asking: false),
          task.rendered(example, style, asking: true),
        ].joined(separator: "\n\n")
        let options = task.options ?? example.list(task.optionList)
        let scores = model.score(prompt: prompt, continuations: options)
        let values = scores.map {
          task.options == nil ? $0.logprob / Double($0.byteCount) : $0.logprob
        }
        let best = values.indices.max { values[$0] < values[$1] } ?? 0
        return options[best] == example.text("answer")
      }
    }
    return (correct, 1 / Double(task.options?.count ?? 4))
  }
}
