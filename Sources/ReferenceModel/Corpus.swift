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

  /// How documents are written down, by falling frequency, as on the pages of a book or a mail.
  ///
  /// What is not among these is unfamiliar to the model, just as some formats are to any model.
  private static let styles: [(style: Style, share: Int)] = [
    (Style(separator: ": ", space: "\n", casing: .asWritten), 7),
    (Style(separator: ": ", space: " ", casing: .asWritten), 2),
    (Style(separator: ": ", space: "\n", casing: .upper), 2),
    (Style(separator: ": ", space: ", ", casing: .lower), 1),
    (Style(separator: " - ", space: "\n", casing: .asWritten), 2),
    (Style(separator: ":", space: "\n", casing: .lower), 1),
    (Style(separator: "\n", space: "\n", casing: .asWritten), 1),
  ]

  private struct Style {
    enum Casing {
      case asWritten
      case upper
      case lower
    }

    let separator: String
    let space: String
    let casing: Casing

    func descriptor(_ text: String) -> String {
      switch casing {
      case .asWritten: text
      case .upper: text.uppercased()
      case .lower: text.lowercased()
      }
    }
  }

  /// Every document of `sections`, the sections taking turns, the styles dealt in rotation.
  static func documents() -> [Document] {
    let deal = styles.flatMap { Array(repeating: $0.style, count: $0.share) }
    var documents = [Document]()
    for section in sections {
      for (index, line) in section.lines.split(separator: "\n").enumerated() {
        // A stride that is coprime to the number of styles in the deal.
        let style = deal[index * 5 % deal.count]
        documents.append(document(section, fields: line.utf8Fields, style: style))
      }
    }
    return documents
  }

  private static func document(_ section: Section, fields: [Substring], style: Style) -> Document {
    var text = ""
    for (index, descriptor) in section.descriptors.enumerated() {
      if index > 0 { text += style.space }
      text += style.descriptor(descriptor) + style.separator
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
    var fields = [Substring]()
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
