import Basics

/// Lets the labels that an instruction names follow the numbering of each format.
enum LabelMentions {
  /// Replaces labels in quotes or brackets, in a series of all of them, and behind their descriptor.
  ///
  /// - Parameters:
  ///   - text: An instruction, without placeholders.
  ///   - labels: The labels of the list's items under the task's own format, in order.
  ///   - list: The name of the list.
  ///   - descriptor: What stands before a label in an answer, as `Option ` in `Option 1`; may be empty.
  /// - Returns: The instruction with placeholders, braces doubled, and how many were put in.
  static func replaced(
    _ text: String, labels: [String], list: String, descriptor: String
  ) -> (text: String, count: Int) {
    var rest = Array(text.bracesDoubled.unicodeScalars)[...]
    var result = String.UnicodeScalarView()
    var count = 0
    let scalars = labels.map { Array($0.unicodeScalars) }
    func placeholder(_ index: Int) -> String { "{\(list).\(index + 1)}" }
    func isWord(_ scalar: Unicode.Scalar?) -> Bool {
      scalar.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
    }
    func starts(_ rest: ArraySlice<Unicode.Scalar>, _ word: [Unicode.Scalar]) -> Bool {
      rest.starts(with: word) && !isWord(rest.dropFirst(word.count).first)
    }
    let openings: [Unicode.Scalar: Unicode.Scalar] = [
      "'": "'", "\"": "\"", "(": ")", "[": "]", "‘": "’", "“": "”", "<": ">", "`": "`",
    ]
    let lead = Array(descriptor.unicodeScalars)
    while let scalar = rest.first {
      let isFree = !isWord(result.last)
      if isFree, !lead.isEmpty, rest.starts(with: lead),
        let index = scalars.indices.first(where: { starts(rest.dropFirst(lead.count), scalars[$0]) }
        )
      {
        result.append(contentsOf: lead)
        result.append(contentsOf: placeholder(index).unicodeScalars)
        rest = rest.dropFirst(lead.count + scalars[index].count)
        count += 1
        continue
      }
      if let closing = openings[scalar], lead.isEmpty {
        let inner = rest.dropFirst()
        let index = scalars.indices.first { index in
          inner.starts(with: scalars[index])
            && inner.dropFirst(scalars[index].count).first == closing
        }
        if let index {
          result.append(scalar)
          result.append(contentsOf: placeholder(index).unicodeScalars)
          result.append(closing)
          rest = inner.dropFirst(scalars[index].count + 1)
          count += 1
          continue
        }
      }
      if isFree, lead.isEmpty, let series = series(rest, scalars) {
        for (index, joint) in series.enumerated() {
          result.append(contentsOf: placeholder(index).unicodeScalars)
          result.append(contentsOf: joint)
        }
        rest = rest.dropFirst(zip(scalars, series).reduce(0) { $0 + $1.0.count + $1.1.count })
        count += labels.count
        continue
      }
      result.append(scalar)
      rest = rest.dropFirst()
    }
    return (String(result), count)
  }

  /// What joins the labels where all of them stand here in a row, as in `a, b and c`; nil otherwise.
  private static func series(
    _ text: ArraySlice<Unicode.Scalar>, _ labels: [[Unicode.Scalar]]
  ) -> [[Unicode.Scalar]]? {
    guard labels.count > 1 else { return nil }
    let joints = [", and ", ", or ", " and ", " or ", ", "].map { Array($0.unicodeScalars) }
    var rest = text
    var found: [[Unicode.Scalar]] = []
    for (index, label) in labels.enumerated() {
      guard rest.starts(with: label) else { return nil }
      rest = rest.dropFirst(label.count)
      if index == labels.count - 1 {
        let next = rest.first
        let isWord =
          next.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
        return isWord ? nil : found + [[]]
      }
      guard let joint = joints.first(where: { rest.starts(with: $0) }) else { return nil }
      found.append(joint)
      rest = rest.dropFirst(joint.count)
    }
    return nil
  }
}
