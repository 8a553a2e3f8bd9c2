import Basics

/// Several columns that hold the options of a row, such as `A`, `B`, `C`, `D`, or a list of them.
struct OptionColumns: Hashable {
  /// The name of the list that the task gets.
  let list: String
  /// The columns, in order; empty where the list is a column of its own.
  let members: [String]

  /// What may stand before the letter or number of an option's column.
  private static let prefixes: Set<String> = [
    "", "option", "options", "choice", "choices", "opt", "op", "answer", "ans", "ending", "sol",
    "solution", "alternative", "candidate", "distractor", "opa",
  ]

  /// The groups of columns whose names count on from `A`, `1` or `0`.
  static func groups(_ names: [String]) -> [OptionColumns] {
    var groups: [(prefix: String, members: [(mark: String, name: String)])] = []
    for name in names {
      let plain = String(
        String.UnicodeScalarView(
          name.lowercased().unicodeScalars.filter { !" _-.".unicodeScalars.contains($0) }))
      for length in [1, 2] where plain.unicodeScalars.count >= length {
        let mark = String(plain.unicodeScalars.suffix(length))
        let prefix = String(plain.unicodeScalars.dropLast(length))
        let isNumber = mark.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
        let isLetter = length == 1 && ("a"..."z").contains(plain.unicodeScalars.last ?? " ")
        guard isNumber || isLetter, prefixes.contains(prefix) else { continue }
        let key = prefix + (isNumber ? "0" : "a")
        if let index = groups.firstIndex(where: { $0.prefix == key }) {
          groups[index].members.append((mark, name))
        } else {
          groups.append((key, [(mark, name)]))
        }
      }
    }
    return groups.compactMap { group in
      let starts = group.prefix.hasSuffix("a") ? ["a"] : ["1", "0"]
      for start in starts {
        let members = run(from: start, group.members)
        if members.count > 1 {
          let free = !names.contains("choices") || members.contains("choices")
          return OptionColumns(list: free ? "choices" : "option_texts", members: members)
        }
      }
      return nil
    }
  }

  private static func run(from start: String, _ members: [(mark: String, name: String)]) -> [String]
  {
    var names: [String] = []
    var mark = start
    while let member = members.first(where: { $0.mark == mark }) {
      names.append(member.name)
      if let number = Int(mark) {
        mark = String(number + 1)
      } else if let scalar = mark.unicodeScalars.first, let next = Unicode.Scalar(scalar.value + 1)
      {
        mark = String(next)
      }
    }
    return names
  }

  /// The options of a row; nil when one is missing.
  func texts(_ record: Record) -> [String]? {
    guard !members.isEmpty else { return record.list(list) }
    let texts = members.compactMap { record.text($0) }
    return texts.count == members.count ? texts : nil
  }
}

/// How a row says which of its options is right.
enum OptionAnswer: Hashable {
  /// By the text of the option.
  case text
  /// By a letter: `B`, `(B)`, `b.`
  case letter
  /// By a position that counts from this number.
  case position(from: Int)
  /// By one of the labels in this list column.
  case label(String)

  var summary: String {
    switch self {
    case .text: "answers are the texts of options"
    case .letter: "answers are letters of options"
    case .position(let first): "answers are positions of options, counted from \(first)"
    case .label(let column): "answers are labels in '\(column)'"
    }
  }

  /// The position (from 0) of the right option; nil when the answer names none, or two.
  func position(_ answer: String, options: [String], record: Record) -> Int? {
    let answer = answer.trimmed
    switch self {
    case .text:
      let matches = options.indices.filter { options[$0].trimmed.utf8.elementsEqual(answer.utf8) }
      return matches.count == 1 ? matches[0] : nil
    case .letter:
      let core = answer.unicodeScalars.filter { !"().[]: ".unicodeScalars.contains($0) }
      guard core.count == 1, let letter = core.first else { return nil }
      let first: Unicode.Scalar = ("a"..."z").contains(letter) ? "a" : "A"
      guard letter.value >= first.value else { return nil }
      let index = Int(letter.value - first.value)
      return index < options.count ? index : nil
    case .position(let first):
      guard let number = Int(answer), case let index = number &- first,
        options.indices.contains(index)
      else { return nil }
      return index
    case .label(let column):
      guard let labels = record.list(column), labels.count == options.count else { return nil }
      let matches = labels.indices.filter { labels[$0].trimmed == answer }
      return matches.count == 1 ? matches[0] : nil
    }
  }

  /// The way that explains the most answers, with how many it explains.
  static func best(
    _ rows: [(answer: String, options: [String], record: Record)], firstPosition: Int?
  ) -> (way: OptionAnswer, explained: Int)? {
    var ways: [OptionAnswer] = [.text]
    for field in rows.first?.record.fields ?? [] {
      if case .list = field.value { ways.append(.label(field.name)) }
    }
    ways.append(.letter)
    if let firstPosition {
      ways.insert(.position(from: firstPosition), at: 0)
    } else {
      ways += [.position(from: 0), .position(from: 1)]
    }
    var best: (way: OptionAnswer, explained: Int)?
    for way in ways {
      let explained = rows.count { row in
        way.position(row.answer, options: row.options, record: row.record) != nil
      }
      if explained > 0, explained > best?.explained ?? 0 { best = (way, explained) }
    }
    return best
  }
}
