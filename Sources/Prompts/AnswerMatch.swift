package import Basics

/// How a generated text is compared with the answers.
package enum AnswerMatch: Sendable {
  /// The paper's exact prefix match.
  case prefix
  /// The whole text, stripped and lower-cased.
  case exact
  /// The answer somewhere as whole words, and no other option.
  case contains
  /// What a pattern finds (its first group, or all it matched) compared as `exact`.
  case pattern(Pattern)

  /// A regular expression that was found to be valid.
  package struct Pattern: Sendable {
    package let source: String

    /// - Throws: `InputError` when `source` is no regular expression.
    package init(_ source: String) throws(InputError) {
      do {
        _ = try Regex(source)
      } catch {
        throw InputError("--pattern \(quoted(source)): not a regular expression")
      }
      self.source = source
    }

    func firstMatch(in text: String) -> String? {
      guard let regex = try? Regex(source), let match = try? regex.firstMatch(in: text) else {
        return nil
      }
      let group = match.output.count > 1 ? match.output[1].substring : nil
      return String(group ?? text[match.range])
    }
  }

  package struct Verdict: Sendable, Hashable {
    /// The text answers with the right answer.
    package let right: Bool
    /// The text answers with another option.
    package let wrong: Bool

    /// `right`, `wrong`, `other` (none of the options) or `both`.
    package var name: String {
      switch (right, wrong) {
      case (true, true): "both"
      case (true, false): "right"
      case (false, true): "wrong"
      case (false, false): "other"
      }
    }
  }

  /// - Parameters:
  ///   - generation: What the model said.
  ///   - answer: The right answer.
  ///   - options: All answers that are possible; may hold the right one.
  /// - Returns: Whether the generation is the right answer and whether it is another option.
  package func verdict(_ generation: String, answer: String, options: [String]) -> Verdict {
    let others = options.filter { !$0.utf8.elementsEqual(answer.utf8) }
    let said: [Unicode.Scalar]
    if case .pattern(let pattern) = self {
      guard let found = pattern.firstMatch(in: generation) else {
        return Verdict(right: false, wrong: false)
      }
      said = Self.normalized(found)
    } else {
      said = Self.normalized(generation)
    }
    return Verdict(
      right: says(said, Self.normalized(answer)),
      wrong: others.contains { says(said, Self.normalized($0)) })
  }

  /// Whether a verdict counts as right: "yes or no" is an answer for the prefix match, as in the paper,
  /// but not where the answer may stand anywhere.
  package func isCorrect(_ verdict: Verdict) -> Bool {
    if case .contains = self { verdict.right && !verdict.wrong } else { verdict.right }
  }

  private func says(_ said: [Unicode.Scalar], _ answer: [Unicode.Scalar]) -> Bool {
    switch self {
    case .exact, .pattern: said == answer
    case .prefix: Self.begins(said[...], with: answer)
    case .contains:
      said.indices.contains { start in
        (start == 0 || !Self.isWord(said[start - 1])) && Self.begins(said[start...], with: answer)
      }
    }
  }

  /// Both sides stripped of ` .,()\n-><` and lower-cased, by code point: arXiv 2310.11324's released code.
  private static func normalized(_ text: String) -> [Unicode.Scalar] {
    // Nearly all answers are ASCII, where code points are bytes.
    let bytes = text.utf8
    if bytes.allSatisfy({ $0 < 0x80 }) {
      guard let first = bytes.firstIndex(where: { !isStripped($0) }),
        let last = bytes.lastIndex(where: { !isStripped($0) })
      else { return [] }
      return bytes[first...last].map { byte in
        Unicode.Scalar((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
      }
    }
    return Array(
      text.stripped(of: [" ", ".", ",", "(", ")", "\n", "-", ">", "<"]).codePointLowercased
        .unicodeScalars)
  }

  private static func isStripped(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x2E, 0x2C, 0x28, 0x29, 0x0A, 0x2D, 0x3E, 0x3C: true
    default: false
    }
  }

  private static func begins(
    _ text: ArraySlice<Unicode.Scalar>, with answer: [Unicode.Scalar]
  ) -> Bool {
    guard text.starts(with: answer) else { return false }
    return text.dropFirst(answer.count).first.map { !isWord($0) } ?? true
  }

  /// Python's `isalpha() or isdigit()`: "½" and "Ⅳ" are numeric, but neither letters nor digits.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: [.decimal, .digit].contains(scalar.properties.numericType)
    }
  }
}
