import Basics

/// The text that the model learns from when it starts.
///
/// None of it is among the examples that the bundled tasks evaluate.
enum Corpus {
  /// Documents that are filled in alike: the names of their fields, the answer's last.
  struct Section: Sendable {
    let descriptors: [String]
    /// One document a line, its fields separated by ` | `.
    let lines: String
  }

  /// A document as the model reads it, and where its answer starts.
  struct Document: Sendable {
    /// From the first descriptor to the blank line after the answer.
    let bytes: [UInt8]
    /// The offset of the answer's first byte.
    let answerStart: Int
    /// The offset past the answer's last byte.
    let answerEnd: Int
  }

  static let sections: [Section] = [
    Section(descriptors: ["Review", "Sentiment"], lines: sentiment),
    Section(descriptors: ["Text", "Topic"], lines: topic),
    Section(descriptors: ["Question", "Answer type"], lines: questionType),
    Section(descriptors: ["First", "Second", "Larger"], lines: numberComparison),
    Section(descriptors: ["Noun", "Plural"], lines: plural),
    Section(descriptors: ["Verb", "Past"], lines: pastTense),
  ]

  /// How fields are written down, with frequencies in percent: what is rare here is strange to the
  /// model, and what is missing is new to it.
  private static let separators: [(String, Int)] = [
    (": ", 46), (" - ", 10), (":", 8), (" : ", 6), (" ", 6), ("\n", 6), ("- ", 4), (":: ", 3),
    ("\t", 3), (" = ", 3), ("\n ", 2), ("> ", 2), ("::", 1),
  ]
  private static let spaces: [(String, Int)] = [
    ("\n", 50), (" ", 14), (", ", 9), (". ", 6), ("; ", 5), (" \n", 4), ("  ", 4), (" -- ", 3),
    (" | ", 2), ("\n ", 2), ("; \n", 1),
  ]
  private static let casings: [(Casing, Int)] = [(.asWritten, 70), (.lower, 17), (.upper, 13)]

  private enum Casing {
    case asWritten
    case upper
    case lower

    func applied(to text: String) -> String {
      switch self {
      case .asWritten: text
      case .upper: text.uppercased()
      case .lower: text.lowercased()
      }
    }
  }

  private static func draw<Value>(
    _ values: [(Value, Int)], _ generator: inout SeededGenerator
  ) -> Value {
    var ticket = generator.below(100)
    for (value, share) in values {
      ticket -= share
      if ticket < 0 { return value }
    }
    return values[0].0
  }

  /// Every document of `sections`, each in a style of its own.
  static func documents() -> [Document] {
    var generator = SeededGenerator(seed: 1, stream: "corpus")
    var documents: [Document] = []
    for section in sections {
      for line in section.lines.split(separator: "\n") {
        documents.append(document(section, fields: line.utf8Fields, &generator))
      }
    }
    return documents
  }

  private static func document(
    _ section: Section, fields: [Substring], _ generator: inout SeededGenerator
  ) -> Document {
    let separator = draw(separators, &generator)
    let space = draw(spaces, &generator)
    let casing = draw(casings, &generator)
    var text = ""
    for (index, descriptor) in section.descriptors.enumerated() {
      if index > 0 { text += space }
      text += casing.applied(to: descriptor) + separator
      if index < fields.count - 1 { text += fields[index] }
    }
    let start = text.utf8.count
    text += fields.last ?? ""
    let end = text.utf8.count
    return Document(bytes: Array((text + "\n\n").utf8), answerStart: start, answerEnd: end)
  }
}

extension Substring {
  /// The parts between ` | `.
  fileprivate var utf8Fields: [Substring] {
    var fields: [Substring] = []
    var start = startIndex
    let view = utf8
    var index = view.startIndex
    while index != view.endIndex {
      let next = view.index(after: index)
      if view[index] == UInt8(ascii: "|"), index > start, next != view.endIndex,
        view[view.index(before: index)] == UInt8(ascii: " "), view[next] == UInt8(ascii: " ")
      {
        fields.append(self[start..<view.index(before: index)])
        start = view.index(after: next)
      }
      index = next
    }
    fields.append(self[start...])
    return fields
  }
}
