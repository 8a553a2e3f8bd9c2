package import Basics

/// The text of a task's file in the form of the bundled ones.
///
/// Each key of the document stands on its own line, and so does each example, so that a changed example
/// is a changed line.
package enum TaskDocument {
  /// The document as a file.
  ///
  /// - Parameter document: A task in the native schema; keys keep their order.
  /// - Returns: The text with a final newline.
  package static func text(_ document: JSON) -> String {
    guard case .object(let object) = document else { return document.compact + "\n" }
    let lines = object.members.map { key, value in
      "  " + JSON.string(key).compact + ": " + member(value, isList: key == "examples")
    }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }

  private static func member(_ value: JSON, isList: Bool) -> String {
    guard isList, case .array(let items) = value, !items.isEmpty else { return value.compact }
    return "[\n" + items.map { "    " + $0.compact }.joined(separator: ",\n") + "\n  ]"
  }
}
