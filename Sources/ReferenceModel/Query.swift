/// What the model sees of the paragraph in which the next word is written.
///
/// A paragraph starts after the last blank line. Its words, word pairs and word beginnings, the
/// shapes of its numbers, and how the word in progress compares with the words before it become
/// hashed clues, each to be looked up in the `Tilt`.
struct Query {
  /// A clue and its strength.
  struct Clue {
    let hash: UInt32
    let value: Float
  }

  /// Where the word in progress starts, or the end of the text between words.
  private(set) var wordStart = 0
  /// Where the paragraph starts.
  private(set) var paragraphStart = 0
  /// Clues about the paragraph as a whole.
  private(set) var clues: [Clue] = []
  /// The lower-case bytes of the paragraph up to `wordStart`.
  private var lowered: [UInt8] = []
  private var words: [Range<Int>] = []
  /// The hash of the word just before `wordStart`, in its own case: what is being asked for.
  private var cue: UInt32 = 0

  /// The farthest back that a paragraph reaches.
  static let reach = 2048

  private enum Kind: UInt32 {
    case word = 1
    case pair
    case beginning
    case cue
    case lengths
    case leadingDigits
    case nextDigits
    case copy
    case rule
    case nearRule
    case shape
    case tail
    case strayed
  }

  /// Reads the paragraph that ends `text`.
  mutating func read(_ text: [UInt8]) {
    var start = text.count
    while start > 0, Bytes.isWord(text[start - 1]) { start -= 1 }
    wordStart = start
    var paragraph = start
    while paragraph > 0, start - paragraph < Self.reach,
      !(paragraph > 1 && text[paragraph - 1] == 0x0A && text[paragraph - 2] == 0x0A)
    { paragraph -= 1 }
    paragraphStart = paragraph
    lowered.removeAll(keepingCapacity: true)
    for position in paragraph..<start { lowered.append(Bytes.lowered(text[position])) }
    splitWords()
    cue =
      words.last.map { word in
        hashed(text[(paragraph + word.lowerBound)..<(paragraph + word.upperBound)])
      } ?? 0
    gatherClues()
  }

  private mutating func splitWords() {
    words.removeAll(keepingCapacity: true)
    var position = 0
    while position < lowered.count {
      guard Bytes.isWord(lowered[position]) else {
        position += 1
        continue
      }
      let start = position
      while position < lowered.count, Bytes.isWord(lowered[position]) { position += 1 }
      words.append(start..<position)
    }
  }

  private mutating func gatherClues() {
    clues.removeAll(keepingCapacity: true)
    let strength = 3 / (Float(max(words.count, 1)) * 2.5).squareRoot()
    var before: UInt32 = 0
    var number: Range<Int>?
    for word in words {
      let hash = hashed(lowered[word])
      add(.word, hash, strength)
      if before != 0 { add(.pair, mixed(before, hash), strength) }
      if word.count > 5 { add(.beginning, hashed(lowered[word.prefix(5)]), strength) }
      before = hash
      guard Bytes.isDigit(lowered[word.lowerBound]) else { continue }
      if let number { compare(number, word) }
      number = word
    }
    add(.cue, cue, 1)
  }

  /// Clues from the shapes of two numbers that follow each other.
  private mutating func compare(_ a: Range<Int>, _ b: Range<Int>) {
    let strength: Float = 2
    let lengths = UInt32(min(a.count, 15) * 16 + min(b.count, 15))
    add(.lengths, lengths, strength)
    guard a.count == b.count else { return }
    let leading = [lowered[a.lowerBound], lowered[b.lowerBound]]
    add(.leadingDigits, UInt32(leading[0]) * 256 + UInt32(leading[1]), strength)
    guard leading[0] == leading[1], a.count > 1 else { return }
    let next = [lowered[a.lowerBound + 1], lowered[b.lowerBound + 1]]
    add(.nextDigits, UInt32(next[0]) * 256 + UInt32(next[1]), strength)
  }

  private mutating func add(_ kind: Kind, _ hash: UInt32, _ value: Float) {
    clues.append(Clue(hash: mixed(hash, kind.rawValue), value: value))
  }

  /// Adds the clues from comparing the word in progress with the most similar word before it.
  ///
  /// - Parameters:
  ///   - word: The word in progress, in lower case; not empty.
  ///   - found: Where the clues go.
  func compare(word: [UInt8], into found: inout [Clue]) {
    var agreed = 0
    var model: Range<Int>?
    for candidate in words.reversed() {
      var length = 0
      while length < min(word.count, candidate.count),
        lowered[candidate.lowerBound + length] == word[length]
      { length += 1 }
      if length > agreed { (agreed, model) = (length, candidate) }
    }
    guard let model else { return }
    func add(_ kind: Kind, _ hash: UInt32, _ value: Float = 1) {
      found.append(Clue(hash: mixed(hash, kind.rawValue), value: value))
    }
    let rest = lowered[model.dropFirst(agreed)]
    let one = hashed(rest.prefix(1), seed: UInt32(min(rest.count, 2)))
    let two = hashed(rest.prefix(2), seed: UInt32(min(rest.count, 3)))
    if agreed < word.count {
      let stray = hashed(word.dropFirst(agreed).suffix(3), seed: UInt32(word.count - agreed))
      add(.strayed, mixed(mixed(stray, two), cue))
      add(.strayed, mixed(stray, cue))
      add(.strayed, mixed(mixed(stray, one), mixed(cue, hashed(word.prefix(agreed).suffix(1)))))
      return
    }
    add(.copy, one)
    add(.rule, mixed(two, cue))
    add(.nearRule, mixed(mixed(two, cue), hashed(word.suffix(1))))
    add(.nearRule, mixed(mixed(two, cue), hashed(word.suffix(2))))
    if rest.count <= 1 {
      add(.tail, mixed(mixed(two, cue), hashed(word.suffix(3))))
      add(.shape, mixed(mixed(two, cue), Bytes.shape(word.suffix(3))))
      add(.shape, mixed(mixed(two, cue), Bytes.shape(word.suffix(4)) &+ UInt32(word.last ?? 0)))
      add(.shape, mixed(mixed(two, cue), Bytes.shape(word.suffix(4)) &+ UInt32(min(word.count, 6))))
    }
  }
}

/// Classes of bytes.
enum Bytes {
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether a byte belongs to a word: an ASCII letter or digit, an apostrophe or part of UTF-8.
  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || isDigit(byte) || byte >= 0x80 || byte == 0x27
  }

  @inline(__always)
  static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Which letters are vowels, as bits after a leading one.
  static func shape(_ word: ArraySlice<UInt8>) -> UInt32 {
    var bits: UInt32 = 1
    for byte in word {
      let vowel = [0x61, 0x65, 0x69, 0x6F, 0x75].contains(byte)
      bits = bits << 1 | (vowel ? 1 : 0)
    }
    return bits << 8
  }
}
