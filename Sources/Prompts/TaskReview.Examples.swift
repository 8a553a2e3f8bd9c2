import Basics
import Formats
import Tasks

extension TaskInspection {
  // MARK: Repetitions

  /// Examples that show what an earlier one shows.
  func repetitions(_ reviewer: inout TaskReviewer) {
    var seen: [String: [Int]] = [:]
    for (index, example) in task.examples.enumerated() {
      let key = shownTexts(example).map { $0.map(Self.plain).sorted().joined(separator: "\u{1F}") }
        .joined(separator: "\u{1E}")
      let earlier = seen[key, default: []]
      seen[key, default: []].append(index)
      guard let first = earlier.first else { continue }
      if let same = earlier.first(where: { isSame($0, index) }) {
        reviewer.add(.warning, place(index), "repeats \(place(same))")
      } else if Self.plain(answerText(first)) == Self.plain(answerText(index)) {
        reviewer.add(
          .warning, place(index),
          "repeats \(place(first)) but for case, spaces, punctuation or the order of a list")
      } else {
        reviewer.add(
          .warning, place(index), "asks the same as \(place(first)), but has another answer")
      }
    }
  }

  /// Byte for byte: composed and decomposed letters are two texts to a model.
  private func isSame(_ a: Int, _ b: Int) -> Bool {
    func bytes(_ index: Int) -> [[[UInt8]]] {
      let example = task.examples[index]
      return (shownTexts(example) + [[answerText(index)]]).map { $0.map { Array($0.utf8) } }
    }
    return bytes(a) == bytes(b)
  }

  /// The texts that tell an example from others: what the prompt shows, and its own options.
  private func shownTexts(_ example: Example) -> [[String]] {
    var texts: [[String]] = []
    for name in shownNames {
      switch example[name] {
      case .text(let text): texts.append([text])
      case .list(let items): texts.append(items)
      case nil: texts.append([])
      }
    }
    return texts
  }

  /// The names of the fields and lists that a prompt shows or that hold the options.
  private var shownNames: [String] {
    var names: [String] = []
    for slot in prepared.structure.inputs {
      let name =
        switch slot {
        case .field(let name): name
        case .item(let list, _): list
        case .output: ""
        }
      if !name.isEmpty, !names.contains(name) { names.append(name) }
    }
    if case .list(let list) = task.options, !names.contains(list) { names.append(list) }
    return names
  }

  private func answerText(_ index: Int) -> String {
    let example = task.examples[index]
    switch (example.answer, task.options) {
    case (.unknown, _): return ""
    case (.text(let text), _): return text
    case (.option(let option), .fixed(let texts)): return texts[option]
    case (.option(let option), .list(let list)): return example.items(list)?[option] ?? ""
    case (.option, .free): return ""
    }
  }

  /// Lower-cased words without the punctuation around them, joined by single spaces.
  private static func plain(_ text: String) -> String {
    let marks = Set(".,;:!?\"'()[]“”‘’«»…".unicodeScalars)
    let words = text.split(whereSeparator: \.isWhitespace).map {
      String($0).stripped(of: marks).lowercased()
    }.filter { !$0.isEmpty }
    // A text of nothing but punctuation is told apart by it.
    return words.isEmpty ? text : words.joined(separator: " ")
  }

  // MARK: Fields

  /// Fields that examples have and no prompt shows.
  func unshownFields(_ reviewer: inout TaskReviewer) {
    let shown = shownNames
    var names: [String] = []
    var users: [String: [Int]] = [:]
    for (index, example) in task.examples.enumerated() {
      for field in example.fields where !shown.contains(field.name) {
        if users[field.name] == nil { names.append(field.name) }
        users[field.name, default: []].append(index)
      }
    }
    for name in names {
      guard let using = users[name], let first = using.first else { continue }
      let total = task.examples.count
      let extent = using.count == total ? "" : "; in \(using.count) of \(counted(total, "example"))"
      reviewer.add(
        .warning, place(first),
        "unknown field \(quoted(name)): not shown by the template"
          + didYouMean(name, among: shown + ["answer"]) + extent)
    }
  }

  /// Items of a list beyond those that the structure shows.
  func unshownItems(_ reviewer: inout TaskReviewer) {
    for list in prepared.structure.root.enumerations {
      let longer = task.examples.indices.filter { index in
        (task.examples[index].items(list.list)?.count ?? 0) > (list.indices.last ?? 0) + 1
      }
      guard let first = longer.first else { continue }
      reviewer.add(
        .warning, place(first) + ".\(list.list)",
        "has more items than the template shows (\(list.indices.count)); in \(longer.count) of "
          + counted(task.examples.count, "example"))
    }
  }

  // MARK: Leaks

  /// Answers that stand in the text: harmless in reading, a leak in most other tasks.
  func leaks(_ reviewer: inout TaskReviewer) {
    if case .labels = prepared.answers { return }
    if task.isUnlabelled { return }
    var right = 0
    var other = 0
    for index in task.examples.indices {
      let example = task.examples[index]
      let inputs = shownTexts(example).enumerated().filter { position, _ in
        task.options != .list(shownNames[position])
      }.flatMap(\.element).map { " " + Self.plain($0) + " " }
      let answer = Self.plain(answerText(index))
      func occurs(_ text: String) -> Bool { inputs.contains { $0.contains(" " + text + " ") } }
      if occurs(answer) { right += 1 }
      if options(example).contains(where: { Self.plain($0) != answer && occurs(Self.plain($0)) }) {
        other += 1
      }
    }
    guard right > 0 else { return }
    reviewer.add(
      .note, "$.examples",
      "the answer stands in an input field of \(right) of \(counted(task.examples.count, "example"))"
        + (task.options == .free ? "" : ", another option in \(other)"))
  }

  private func options(_ example: Example) -> [String] {
    switch task.options {
    case .fixed(let texts): texts
    case .list(let list): example.items(list) ?? []
    case .free: []
    }
  }
}
