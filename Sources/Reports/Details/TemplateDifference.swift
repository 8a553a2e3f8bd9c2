/// Where two texts differ, word by word.
struct TemplateDifference: Sendable, Hashable {
  struct Piece: Sendable, Hashable {
    let text: String
    let differs: Bool
  }

  /// The first and the second text in pieces; together the pieces of each are the text.
  let first: [Piece]
  let second: [Piece]

  /// Longer texts have only their common beginning and end told apart, in words.
  private static let mostWords = 1500

  /// Compares by a longest common subsequence of words, placeholders and single signs.
  init(_ first: String, _ second: String) {
    let a = Self.words(first)
    let b = Self.words(second)
    var head = 0
    while head < a.count, head < b.count, a[head] == b[head] { head += 1 }
    var tail = 0
    while tail < a.count - head, tail < b.count - head,
      a[a.count - 1 - tail] == b[b.count - 1 - tail]
    { tail += 1 }
    var same = (
      a: [Bool](repeating: false, count: a.count), b: [Bool](repeating: false, count: b.count)
    )
    for place in 0..<head { (same.a[place], same.b[place]) = (true, true) }
    for place in 0..<tail {
      same.a[a.count - 1 - place] = true
      same.b[b.count - 1 - place] = true
    }
    let middle = (a: Array(a[head..<(a.count - tail)]), b: Array(b[head..<(b.count - tail)]))
    if max(middle.a.count, middle.b.count) <= Self.mostWords {
      for (i, j) in Self.common(middle.a, middle.b) {
        same.a[head + i] = true
        same.b[head + j] = true
      }
    }
    self.first = Self.pieces(a, same.a)
    self.second = Self.pieces(b, same.b)
  }

  /// Runs of letters and digits, the placeholder `{}`, and every other character by itself.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    for character in text {
      let isWord = character.isLetter || character.isNumber
      if isWord && isOpen || character == "}" && words.last == "{" {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
      isOpen = isWord
    }
    return words
  }

  /// The places of a longest common subsequence.
  private static func common(_ a: [String], _ b: [String]) -> [(Int, Int)] {
    let width = b.count + 1
    var lengths = [Int32](repeating: 0, count: (a.count + 1) * width)
    for i in stride(from: a.count - 1, through: 0, by: -1) {
      for j in stride(from: b.count - 1, through: 0, by: -1) {
        lengths[i * width + j] =
          a[i] == b[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var places: [(Int, Int)] = []
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        places.append((i, j))
        i += 1
        j += 1
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return places
  }

  private static func pieces(_ words: [String], _ same: [Bool]) -> [Piece] {
    var pieces: [Piece] = []
    for (word, isSame) in zip(words, same) {
      if let last = pieces.last, last.differs != isSame {
        pieces[pieces.count - 1] = Piece(text: last.text + word, differs: last.differs)
      } else {
        pieces.append(Piece(text: word, differs: !isSame))
      }
    }
    return pieces
  }
}
