import Basics
import Formats

/// Finds descriptors that formatted inputs share, such as `Passage: … Question: …`.
enum InputRegularities {
  /// The share of the inputs that a descriptor must stand in.
  private static let share = 0.9
  private static let longest = 40

  /// A template of the inputs with an answer behind it.
  ///
  /// - Returns: `Input: {input}` and `Output: {answer}` where nothing is shared, as the released code of
  ///   FormatSpread writes tasks without a format.
  static func template(_ inputs: [String]) -> TemplateFields {
    let plain = TemplateFields(parts: [
      .text("Input: "), .field("input"), .text("\nOutput: "), .field("answer"), .text(""),
    ])
    guard let first = inputs.first else { return plain }
    let sample = Array(inputs.prefix(500))
    // One after the other, as long as most inputs have all of them in this order with texts between.
    var shared: [String] = []
    for descriptor in descriptors(in: first) where fitting(shared + [descriptor], sample) >= share {
      shared.append(descriptor)
    }
    guard !shared.isEmpty, first.hasPrefix(shared[0]) else { return plain }
    var parts: [TemplateFields.Part] = []
    var names: [String] = []
    var joint = "\n"
    for descriptor in shared {
      let word = descriptor.filter { $0.isLetter || $0.isNumber || $0 == " " }.trimmed
      var name = word.lowercased().replacing(" ", with: "_")
      if name.isEmpty || name == "answer" { name = "field\(names.count + 1)" }
      while names.contains(name) { name += "_" }
      names.append(name)
      parts += [.text(descriptor), .field(name)]
      if names.count > 1 {
        joint = String(descriptor.prefix { $0.isWhitespace })
        if joint.isEmpty { joint = "\n" }
      }
    }
    return TemplateFields(parts: parts + [.text(joint + "Answer: "), .field("answer"), .text("")])
  }

  private static func fitting(_ shared: [String], _ sample: [String]) -> Double {
    let pattern = InputPattern(
      literals: shared + [""], slots: shared.indices.map { .field("f\($0)") })
    return Double(sample.count { pattern.texts($0) != nil }) / Double(max(sample.count, 1))
  }

  /// The capitalised words before a colon, with the white space around, each once.
  private static func descriptors(in text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var found: [String] = []
    for colon in scalars.indices where scalars[colon] == ":" && found.count < 12 {
      var start = colon
      while start > 0, colon - start < longest {
        let scalar = scalars[start - 1]
        guard scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == " "
        else { break }
        start -= 1
      }
      // From the last capital that begins the words: "the end. Question:" is "Question:".
      guard
        let capital = (start..<colon).first(where: { at in
          scalars[at].properties.isUppercase && (at == 0 || scalars[at - 1].properties.isWhitespace)
        })
      else { continue }
      var from = capital
      while from > 0, scalars[from - 1].properties.isWhitespace { from -= 1 }
      var to = colon + 1
      while to < scalars.count, scalars[to] == " " { to += 1 }
      let descriptor = String(String.UnicodeScalarView(scalars[from..<to]))
      if !found.contains(descriptor) { found.append(descriptor) }
    }
    return found
  }
}
