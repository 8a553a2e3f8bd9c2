import Basics
import Formats

/// A text that may name item labels, as in `Choose {choices.1} or {choices.2}`; `{{` is a brace.
struct LabelText: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case literal(String)
    case label(list: String, index: Int)
  }

  private let parts: [Part]

  /// - Throws: `InputError` beginning with `place` for a brace out of place or a label that the
  ///   structure's enumerations do not have.
  init(
    _ text: String, place: String, enumerations: [Component.Enumeration]
  ) throws(InputError) {
    var parts: [Part] = []
    var literal = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "{" || scalar == "}" else {
        literal.unicodeScalars.append(scalar)
        continue
      }
      if rest.first == scalar {
        rest.removeFirst()
        literal.unicodeScalars.append(scalar)
        continue
      }
      guard scalar == "{", let end = rest.firstIndex(of: "}") else {
        throw InputError("\(place): a brace out of place; write {{ or }} for the character")
      }
      let name = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      parts.append(.literal(literal))
      literal = ""
      parts.append(try Self.label(name, place: place, enumerations: enumerations))
    }
    parts.append(.literal(literal))
    self.parts = parts
  }

  private static func label(
    _ name: String, place: String, enumerations: [Component.Enumeration]
  ) throws(InputError) -> Part {
    let known = enumerations.flatMap { list in list.indices.map { "\(list.list).\($0 + 1)" } }
    guard known.contains(name), let point = name.lastIndex(of: "."),
      let position = Int(name[name.index(after: point)...])
    else {
      let hint =
        known.isEmpty
        ? "the structure has no labelled items"
        : "known: "
          + known.prefix(8).map { "{\($0)}" }.joined(separator: ", ")
      throw InputError(
        "\(place): unknown label {\(name)}\(didYouMean(name, among: known)); \(hint)")
    }
    return .label(list: String(name[..<point]), index: position - 1)
  }

  func text(_ labels: Labels) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .label(let list, let index): labels[list, index]
      }
    }.joined()
  }
}

/// The item labels of one format, without their wrappers.
struct Labels: Sendable {
  private let numberings: [String: Numbering]

  init(_ enumerations: [Component.Enumeration], _ format: Format) {
    var numberings: [String: Numbering] = [:]
    for list in enumerations {
      if case .number(let numbering) = format.atoms[list.number] {
        numberings[list.list] = numbering
      }
    }
    self.numberings = numberings
  }

  subscript(list: String, index: Int) -> String {
    numberings[list]?.label(index) ?? ""
  }
}
