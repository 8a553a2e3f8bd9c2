import Basics
import Formats
import Tasks

/// What a review looks for in a task that can be prepared.
struct TaskInspection {
  let prepared: PreparedTask
  /// The examples' positions in the file.
  let positions: [Int]

  init(_ prepared: PreparedTask, positions: [Int]) {
    self.prepared = prepared
    self.positions = positions
  }

  /// Below this many examples one answer moves the accuracy by more than three points.
  private static let fewest = 30

  /// How much more frequent than its share the most frequent answer may be.
  private static let imbalance = 1.5

  var task: EvaluationTask { prepared.task }

  func place(_ index: Int) -> String { "$.examples[\(positions[index])]" }

  func report(into reviewer: inout TaskReviewer) {
    repetitions(&reviewer)
    unshownFields(&reviewer)
    unshownItems(&reviewer)
    size(&reviewer)
    balance(&reviewer)
    prefixes(&reviewer)
    leaks(&reviewer)
    characters(&reviewer)
    formats(&reviewer)
    let counts = answerCounts.map { answers in
      answers.indices.map { (text: name($0), count: answers[$0]) }
    }
    guard let sheet = sheet(answers: counts ?? []) else { return }
    lengths(sheet, &reviewer)
    reviewer.sheet = sheet
  }

  private func size(_ reviewer: inout TaskReviewer) {
    let count = task.examples.count
    guard count < Self.fewest else { return }
    reviewer.add(
      .warning, "$.examples",
      "\(counted(count, "example")), so that one answer moves the accuracy by "
        + "\(percent(1, of: count)); give at least \(Self.fewest)")
  }

  // MARK: Answers

  /// The options that are told apart by their position: fixed texts, or the items that labels name.
  private var positionedOptions: Int? {
    switch prepared.answers {
    case .fixed: prepared.fixedOptions.count
    case .labels(let list):
      prepared.enumerations.first { $0.list == list }.map(\.indices.count)
    case .texts, .free: nil
    }
  }

  /// How often each option is right, where options are told apart by their position.
  private var answerCounts: [Int]? {
    guard let options = positionedOptions, !task.examples.isEmpty, !task.isUnlabelled else {
      return nil
    }
    var counts = [Int](repeating: 0, count: options)
    for example in task.examples {
      if case .option(let index) = example.answer, index < options { counts[index] += 1 }
    }
    return counts
  }

  private func balance(_ reviewer: inout TaskReviewer) {
    if task.isUnlabelled {
      reviewer.add(
        .note, "$.examples",
        "no example has an 'answer': the task can be run with --shots 0 and has no accuracy")
    }
    guard let counts = answerCounts else { return }
    let options = counts.count
    let total = task.examples.count
    guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return }
    if Double(counts[most]) * Double(options) > Self.imbalance * Double(total) {
      reviewer.add(
        .warning, "$.examples",
        "\(title(most)) is right in \(counts[most]) of \(counted(total, "example")) "
          + "(\(percent(counts[most], of: total))); an equal share is \(percent(1, of: options))")
    }
    for index in counts.indices where counts[index] == 0 {
      reviewer.add(.warning, "$.options", "\(title(index)) is never the right answer")
    }
  }

  private func title(_ option: Int) -> String {
    if case .fixed(let texts) = task.options {
      return "the option \(quoted(texts[option], limit: 30))"
    }
    return name(option)
  }

  private func name(_ option: Int) -> String {
    if case .fixed(let texts) = task.options { texts[option] } else { "item \(option + 1)" }
  }

  /// Options of which one begins another, so that a generated text may match both.
  private func prefixes(_ reviewer: inout TaskReviewer) {
    switch prepared.answers {
    case .fixed:
      let labels = Labels(prepared.enumerations, prepared.structure.original)
      let texts = prepared.fixedOptions.map { $0.text(labels) }
      for (shorter, longer) in Self.beginnings(texts) {
        reviewer.add(
          .warning, "$.options[\(shorter)]",
          "\(quoted(texts[shorter], limit: 30)) begins \(quoted(texts[longer], limit: 30)): the prefix "
            + "match takes a generated \(quoted(texts[longer], limit: 30)) for both")
      }
    case .texts(let list):
      let affected = task.examples.indices.filter { index in
        !Self.beginnings(task.examples[index].items(list) ?? []).isEmpty
      }
      guard let first = affected.first else { return }
      reviewer.add(
        .note, place(first) + ".\(list)",
        "an option begins another in \(affected.count) of "
          + "\(counted(task.examples.count, "example")): the prefix match takes a generated text for "
          + "both")
    case .labels, .free: break
    }
  }

  /// Pairs of options of which the first begins the second, as the prefix match sees it.
  private static func beginnings(_ texts: [String]) -> [(Int, Int)] {
    texts.indices.flatMap { shorter in
      texts.indices.filter { longer in
        shorter != longer
          && AnswerMatch.prefix.verdict(texts[longer], answer: texts[shorter], options: []).right
      }.map { (shorter, $0) }
    }
  }

  // MARK: Formats

  private func formats(_ reviewer: inout TaskReviewer) {
    let count = prepared.space.count
    if count < 10 {
      reviewer.add(
        .warning, "$.structure",
        "only \(count) plausible format\(count == 1 ? "" : "s") in the grammar "
          + "'\(prepared.grammar.name)': too few to speak of a spread")
    } else {
      reviewer.add(
        .note, "$.structure", "\(count) plausible formats in the grammar '\(prepared.grammar.name)'"
      )
    }
    for names in prepared.space.entangled {
      reviewer.add(
        .note, "$.structure",
        "different values of \(names.joined(separator: ", ")) can render one template; it counts once"
      )
    }
  }

  /// A share in percent, rounded to whole points.
  func percent(_ part: Int, of whole: Int) -> String {
    "\(Int((100 * Double(part) / Double(whole)).rounded())) %"
  }
}
