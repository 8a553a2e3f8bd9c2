import Basics

/// A language model that is known exactly: its log-probabilities are a hash of context and token.
package enum ToyModel {
  /// The tokens that it lists as likely and generates.
  package static let words = [" good", " bad", " cat", " A", " B", " yes", " no"]

  /// An optional space and a run of letters and digits, or else one character.
  package static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    let characters = Array(text)
    var at = 0
    while at < characters.count {
      var end = at + 1
      let isWord = { (index: Int) in
        index < characters.count && (characters[index].isLetter || characters[index].isNumber)
      }
      if isWord(at) || (characters[at] == " " && isWord(at + 1)) {
        while isWord(end) { end += 1 }
      }
      tokens.append(String(characters[at..<end]))
      at = end
    }
    return tokens
  }

  /// In -6...-2, so that the words' probabilities never add up to more than 1.
  package static func logprob(_ token: String, after context: String) -> Double {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in (context + "\u{0}" + token).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var generator = SeededGenerator(seed: hash)
    return -2 - 4 * generator.unit()
  }

  package static func likely(after context: String) -> [String] {
    words.sorted { logprob($0, after: context) > logprob($1, after: context) }
  }

  /// What a right scorer says, from the first token that holds a byte of the continuation.
  package static func score(_ continuation: String, after prompt: String) -> (
    logprob: Double, tokens: Int
  ) {
    let all = tokens(prompt + continuation)
    var context = ""
    var sum = 0.0
    var count = 0
    for token in all {
      if (context + token).utf8.count > prompt.utf8.count {
        sum += logprob(token, after: context)
        count += 1
      }
      context += token
    }
    return (sum, count)
  }
}
