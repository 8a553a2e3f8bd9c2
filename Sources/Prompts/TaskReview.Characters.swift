import Basics
import Formats
import Tasks

extension TaskInspection {
  /// A kind of character that a reader does not see and a model does.
  private enum Oddity: String, CaseIterable {
    case replacement = "the replacement character U+FFFD, which stands for text that was lost"
    case control = "control characters"
    case direction = "invisible marks of writing direction"
    case misread = "signs such as 'Ã©', which are UTF-8 that was read as Latin-1"
    case zeroWidth = "invisible characters of no width"
    case fixedSpace = "non-breaking spaces"
    case decomposed = "letters with their accents as characters of their own"

    /// Whether it is a mistake more often than not.
    var severity: TaskReview.Severity {
      switch self {
      case .replacement, .control, .direction, .misread: .warning
      case .zeroWidth, .fixedSpace, .decomposed: .note
      }
    }

    func occurs(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
      switch self {
      case .replacement: scalar == "\u{FFFD}"
      case .control:
        (scalar.value < 0x20 && !"\n\t\r".unicodeScalars.contains(scalar))
          || (0x7F...0x9F).contains(scalar.value)
      case .direction:
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      case .misread:
        (previous == "Ã" || previous == "Â") && (0xA0...0xBF).contains(scalar.value)
          || previous == "â" && scalar == "€"
      case .zeroWidth: [0x200B, 0x2060, 0xFEFF].contains(scalar.value)
      case .fixedSpace: [0xA0, 0x2007, 0x202F].contains(scalar.value)
      case .decomposed:
        scalar.properties.canonicalCombiningClass != .notReordered
          && previous?.properties.isAlphabetic == true && (previous?.value ?? 0) < 0x250
      }
    }

    static func found(in text: String) -> Set<Oddity> {
      // Most texts are plain, and a task may be long.
      let isPlain = text.utf8.allSatisfy {
        $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D
      }
      if isPlain { return [] }
      var found = Set<Oddity>()
      var previous: Unicode.Scalar?
      for scalar in text.unicodeScalars {
        for oddity in allCases where oddity.occurs(scalar, after: previous) { found.insert(oddity) }
        previous = scalar
      }
      return found
    }
  }

  /// Characters that are there by accident more often than not, and blanks around options.
  func characters(_ reviewer: inout TaskReviewer) {
    var places: [Oddity: [String]] = [:]
    func look(_ text: String, _ place: String) {
      for oddity in Oddity.found(in: text) { places[oddity, default: []].append(place) }
    }
    look(task.instruction, "$.instruction")
    if case .fixed(let texts) = task.options {
      for (index, text) in texts.enumerated() {
        look(text, "$.options[\(index)]")
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
          first.properties.isWhitespace || last.properties.isWhitespace
        else { continue }
        reviewer.add(
          .warning, "$.options[\(index)]",
          "\(quoted(text, limit: 30)) begins or ends with white space, which is part of the answer")
      }
    }
    for (index, example) in task.examples.enumerated() {
      for field in example.fields {
        switch field.value {
        case .text(let text): look(text, place(index) + ".\(field.name)")
        case .list(let items):
          for (item, text) in items.enumerated() {
            look(text, place(index) + ".\(field.name)[\(item)]")
          }
        }
      }
      if case .text(let text) = example.answer { look(text, place(index) + ".answer") }
    }
    for oddity in Oddity.allCases {
      guard let all = places[oddity], let first = all.first else { continue }
      reviewer.add(
        oddity.severity, first, "has \(oddity.rawValue); in \(counted(all.count, "text"))")
    }
  }
}
