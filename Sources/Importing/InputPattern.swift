import Basics
import Formats

/// Takes a formatted text apart into the texts that a template was filled with.
///
/// Where a literal occurs more than once, the last possible place counts, so that earlier texts are as long as
/// they can be: what the greedy expressions of the released FormatSpread code find. Texts are not empty.
struct InputPattern: Hashable {
  /// One more than there are slots.
  private let literals: [[UInt8]]
  let slots: [Slot]

  /// - Parameters:
  ///   - literals: One more than there are slots.
  ///   - slots: What the texts are.
  init(literals: [String], slots: [Slot]) {
    self.literals = literals.map { Array($0.utf8) }
    self.slots = slots
  }

  /// The part of a template before the answer and what joins the two.
  ///
  /// The last field, named `answer`, is the answer; `list.1` is an item. Nil when no field stands before
  /// the answer, or one behind it.
  init?(_ template: TemplateFields) {
    let names = template.names
    guard let output = names.firstIndex(of: "answer"), output > 0, output == names.count - 1 else {
      return nil
    }
    self.init(
      literals: Array(template.literals[..<output]) + [""],
      slots: names[..<output].map { name in
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2, let position = Int(parts[1]), position > 0 {
          return .item(list: parts[0], index: position - 1)
        }
        return .field(name)
      })
  }

  /// The texts by the names of their fields, items gathered in lists.
  ///
  /// - Parameter text: A formatted input.
  /// - Returns: Nil when the text does not have this form. An item that is not shown is a dash.
  func fields(_ text: String) -> [(name: String, value: Record.Value)]? {
    guard let texts = texts(text) else { return nil }
    var record = Record(place: "")
    for (slot, text) in zip(slots, texts) {
      switch slot {
      case .field(let name): record[name] = .text(text)
      case .item(let list, let index):
        var items = record.list(list) ?? []
        while items.count < index { items.append("–") }
        record[list] = .list(items + [text])
      case .output: break
      }
    }
    return record.fields
  }

  /// The texts of the slots in order; nil when the text does not have this form.
  func texts(_ text: String) -> [String]? {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: literals[0]) else { return nil }
    var end = bytes.count - literals[slots.count].count
    guard end >= literals[0].count, bytes[end...].elementsEqual(literals[slots.count]) else {
      return nil
    }
    var texts: [String] = []
    for index in slots.indices.reversed() {
      let literal = literals[index]
      let start: Int
      if index == 0 {
        start = literal.count
      } else {
        // Every earlier literal and a byte for every earlier text must still fit before it.
        guard let found = Self.last(literal, in: bytes, before: end) else { return nil }
        start = found + literal.count
      }
      guard start < end else { return nil }
      guard let piece = String(validating: bytes[start..<end], as: UTF8.self) else { return nil }
      texts.append(piece)
      end = start - literal.count
    }
    return texts.reversed()
  }

  /// The last place of `literal` that leaves at least a byte before `end`.
  private static func last(_ literal: [UInt8], in bytes: [UInt8], before end: Int) -> Int? {
    guard !literal.isEmpty, end > literal.count else { return nil }
    var at = end - literal.count - 1
    while at >= 0 {
      if bytes[at] == literal[0], bytes[at..<(at + literal.count)].elementsEqual(literal) {
        return at
      }
      at -= 1
    }
    return nil
  }
}
