import Basics
import Foundation
import Testing

@testable import ReferenceModel

@Suite struct `The corpus` {
  @Test func `has documents whose answers are where they are said to be`() throws {
    let documents = Corpus.documents()
    #expect(documents.count > 3000)
    for document in documents {
      let answer = document.bytes[document.answerStart..<document.answerEnd]
      #expect(!answer.isEmpty && !answer.contains(0x0A))
      #expect(Array(document.bytes[document.answerEnd...]) == [0x0A, 0x0A])
    }
    let texts = documents.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(texts.contains { $0.hasPrefix("Review: ") && $0.contains("\nSentiment: ") })
  }

  @Test(arguments: Corpus.sections.indices)
  func `has one field a descriptor on each line`(_ index: Int) {
    let section = Corpus.sections[index]
    for line in section.lines.split(separator: "\n") {
      let fields = line.components(separatedBy: " | ")
      #expect(fields.count == section.descriptors.count, "\(line)")
      #expect(fields.allSatisfy { !$0.isEmpty })
    }
  }

  @Test(.enabled(if: !bundledTasks.isEmpty))
  func `shares no text with an evaluated example`() throws {
    var learned = Set<String>()
    for section in Corpus.sections {
      for line in section.lines.split(separator: "\n") {
        let fields = line.components(separatedBy: " | ").dropLast()
        for (descriptor, field) in zip(section.descriptors, fields) {
          learned.insert(identity(field, key: descriptor))
        }
      }
    }
    for file in bundledTasks {
      let task = try BundledTask(file)
      let copied = task.examples.flatMap(\.texts).filter { key, text in
        key != "answer" && learned.contains(identity(text, key: key))
      }
      #expect(copied.isEmpty, "\(task.name): \(copied)")
    }
  }
}

/// A text's letters and digits in lower case, so that no copy hides behind a comma; words and numbers
/// count as the same only in fields of the same name, since a noun may be a verb too.
private func identity(_ text: String, key: String) -> String {
  let plain = text.lowercased().filter { $0.isLetter || $0.isNumber }
  return text.contains(" ") ? plain : key.lowercased() + " " + plain
}
