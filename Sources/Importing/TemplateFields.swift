package import Basics

/// A template as text and the names between its braces, in order.
///
/// `{{` and `}}` stand for braces. Unlike a task's template it need not name `{answer}`.
package struct TemplateFields: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case text(String)
    case field(String)
  }

  package var parts: [Part]

  /// Reads a template; messages begin with `place`, such as `--template`.
  ///
  /// - Throws: `InputError` with the column (from 1) of a brace that is out of place, or of an empty name.
  package init(_ template: String, place: String) throws(InputError) {
    var parts: [Part] = []
    var text = ""
    var name: (text: String, column: Int)?
    let scalars = Array(template.unicodeScalars)
    var at = 0
    while at < scalars.count {
      let scalar = scalars[at]
      let isDoubled = at + 1 < scalars.count && scalars[at + 1] == scalar
      switch (scalar, name) {
      case ("{", nil) where isDoubled, ("}", nil) where isDoubled:
        text.unicodeScalars.append(scalar)
        at += 1
      case ("{", nil): name = ("", at + 1)
      case ("}", let field?):
        guard !field.text.isBlank else {
          throw InputError("\(place), column \(field.column): a field without a name")
        }
        parts += [.text(text), .field(field.text.trimmed)]
        text = ""
        name = nil
      case ("{", _), ("}", _):
        throw InputError(
          "\(place), column \(at + 1): a brace out of place; write {{ or }} for the character")
      case (_, nil): text.unicodeScalars.append(scalar)
      default: name?.text.unicodeScalars.append(scalar)
      }
      at += 1
    }
    if let name { throw InputError("\(place), column \(name.column): '{' is never closed") }
    self.parts = parts + [.text(text)]
  }

  package var names: [String] {
    parts.compactMap { if case .field(let name) = $0 { name } else { nil } }
  }

  /// The template with other names for some fields.
  func renamed(_ rename: (String) -> String) -> TemplateFields {
    var copy = self
    copy.parts = parts.map { part in
      if case .field(let name) = part { .field(rename(name)) } else { part }
    }
    return copy
  }

  /// The template as a task writes it.
  var text: String {
    parts.map { part in
      switch part {
      case .text(let text): text.bracesDoubled
      case .field(let name): "{\(name)}"
      }
    }.joined()
  }

  /// The texts between the fields, one more than there are fields.
  var literals: [String] {
    parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}

extension String {
  /// With `{{` and `}}` for braces, as templates, instructions and options write them.
  var bracesDoubled: String {
    replacing("{", with: "{{").replacing("}", with: "}}")
  }

  /// What a shell argument means: `\n` is a newline, `\t` a tab, `\\` a backslash; others stay.
  package var escapesDecoded: String {
    var result = ""
    var scalars = unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "\\" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      switch scalars.next() {
      case "n"?: result += "\n"
      case "t"?: result += "\t"
      case "\\"?: result += "\\"
      case let other?:
        result += "\\"
        result.unicodeScalars.append(other)
      case nil: result += "\\"
      }
    }
    return result
  }
}
