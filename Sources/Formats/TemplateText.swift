import Basics

/// A template as the user writes it: literal text and `{slots}`, with `{{` and `}}` for braces.
struct TemplateText {
  /// One more than there are slots.
  var literals: [String] = [""]
  var slots: [Slot] = []

  /// The field that holds the answer.
  static let output = "answer"

  /// - Throws: `InputError` with the column (in characters, from 1) of a brace that is out of place, a
  ///   slot without a name, or a slot used twice.
  init(_ text: String) throws(InputError) {
    var name: String?
    var start = 0
    let scalars = Array(text.unicodeScalars)
    var at = 0
    while at < scalars.count {
      let scalar = scalars[at]
      let doubled = at + 1 < scalars.count && scalars[at + 1] == scalar
      switch (scalar, name) {
      case ("{", nil) where doubled, ("}", nil) where doubled:
        literals[literals.count - 1].unicodeScalars.append(scalar)
        at += 1
      case ("{", nil):
        name = ""
        start = at
      case ("}", let field?):
        try close(field, column: start + 1)
        name = nil
      case ("{", _), ("}", _):
        throw InputError(
          "template, column \(at + 1): a brace out of place; write {{ or }} for the character")
      case (_, nil): literals[literals.count - 1].unicodeScalars.append(scalar)
      default: name?.unicodeScalars.append(scalar)
      }
      at += 1
    }
    guard name == nil else {
      throw InputError("template, column \(start + 1): '{' is never closed")
    }
    guard slots.contains(.output) else {
      throw InputError(
        "template: no output field; mark where the answer goes with {\(Self.output)}")
    }
  }

  private mutating func close(_ field: String, column: Int) throws(InputError) {
    let slot: Slot
    let parts = field.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1 where !field.isEmpty && field != Self.output: slot = .field(field)
    case 1 where field == Self.output: slot = .output
    case 2 where !parts[0].isEmpty:
      guard let position = Int(parts[1]), (1...9_999).contains(position) else {
        throw InputError(
          "template, column \(column): '{\(field)}' needs an item's position from 1 after the point"
        )
      }
      slot = .item(list: parts[0], index: position - 1)
    default:
      throw InputError(
        "template, column \(column): '{\(field)}' is not a field; "
          + "write {name}, or {list.1} for an item of a list")
    }
    guard !slots.contains(slot) else {
      throw InputError("template, column \(column): '{\(field)}' occurs twice")
    }
    slots.append(slot)
    literals.append("")
  }
}

extension Slot {
  /// The list of an item.
  var list: String? {
    if case .item(let list, _) = self { list } else { nil }
  }

  /// The name of the example's field or list, as a template writes it.
  var name: String {
    switch self {
    case .field(let name): name
    case .item(let list, _): list
    case .output: TemplateText.output
    }
  }
}
