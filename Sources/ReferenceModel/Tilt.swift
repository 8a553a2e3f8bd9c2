/// What the whole paragraph says about the next byte, as a log-linear tilt of the local model.
///
/// Every clue, together with the letters of the word in progress, has a row of weights, one for each
/// class of bytes. Their sum, scaled by a gate, is added to the logarithms of the local
/// probabilities. The gate is how much the text just before the word looks like a place where an
/// answer stood in the corpus: a limited sum of weights, one for each feature of its layout.
struct Tilt: Sendable {
  /// How many vectors of eight weights a row has, one weight for each `ByteClass`.
  static let vectors = ByteClass.count / 8
  typealias Row = (
    SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>
  )
  static let zero: Row = (.zero, .zero, .zero, .zero, .zero)

  var numbering = HashNumbering()
  /// Five vectors for each numbered clue.
  var weights: [SIMD8<Float>] = []
  var gateNumbering = HashNumbering()
  var gateWeights: [Float] = []
  /// The beginnings of words, in lower case, after which the paragraph's own clues count.
  var branchings = HashNumbering()

  /// The gate where nothing before the word is familiar.
  static let unfamiliar: Float = 0.1

  /// How many bytes before the word the gate looks at, at each step.
  static let gateLengths = [1, 2, 3, 4, 6, 8, 12]

  /// The clues' hashes under a word in progress.
  @inline(__always)
  static func under(_ hash: UInt32, _ word: UInt32) -> UInt32 { mixed(hash, word) }

  /// The hashes by which the gate knows the text before a word: its last bytes, and the words and
  /// the stretches between words that lead up to it and that open its paragraph.
  static func gateHashes(_ text: [UInt8], wordStart: Int, paragraphStart: Int) -> [UInt32] {
    var hashes = gateLengths.filter { $0 <= wordStart }.map { length in
      hashed(text[(wordStart - length)..<wordStart], seed: UInt32(length))
    }
    // Backwards from the word: a stretch of other bytes, a word, a stretch, a word, a stretch.
    var edges = [wordStart]
    var edge = wordStart
    for step in 0..<5 {
      while edge > paragraphStart, Bytes.isWord(text[edge - 1]) == (step % 2 == 1) { edge -= 1 }
      edges.append(edge)
    }
    hashes.append(hashed(text[edges[1]..<edges[0]], seed: 101))
    hashes.append(hashed(text[edges[2]..<edges[0]], seed: 102))
    hashes.append(hashed(text[edges[2]..<edges[1]], seed: 103))
    hashes.append(hashed(text[edges[3]..<edges[2]], seed: 104))
    hashes.append(hashed(text[edges[3]..<edges[0]], seed: 105))
    hashes.append(hashed(text[edges[5]..<edges[4]], seed: 106))
    // Forwards from the start of the paragraph: its first word and what follows it.
    var opening = [paragraphStart]
    edge = paragraphStart
    for step in 0..<2 {
      while edge < wordStart, Bytes.isWord(text[edge]) == (step == 0) { edge += 1 }
      opening.append(edge)
    }
    hashes.append(hashed(text[opening[0]..<opening[1]], seed: 107))
    hashes.append(hashed(text[opening[1]..<opening[2]], seed: 108))
    hashes.append(hashed(text[opening[0]..<opening[2]], seed: 109))
    return hashes
  }

  /// How strongly the tilt applies to a word that starts here.
  func gate(_ text: [UInt8], wordStart: Int, paragraphStart: Int) -> Float {
    var sum = Self.unfamiliar
    for hash in Self.gateHashes(text, wordStart: wordStart, paragraphStart: paragraphStart) {
      if let number = gateNumbering.number(of: hash) { sum += gateWeights[number] }
    }
    return Self.limited(sum)
  }

  /// A gate between its least and its greatest value.
  static func limited(_ gate: Float) -> Float { min(max(gate, 0.1), 4) }

  /// The sum of the rows of `clues`, unscaled.
  func sum(_ clues: [Query.Clue], word: UInt32) -> Row {
    var sum = Self.zero
    for clue in clues {
      guard let number = numbering.number(of: Self.under(clue.hash, word)) else { continue }
      let row = number * Self.vectors
      sum.0 += clue.value * weights[row]
      sum.1 += clue.value * weights[row + 1]
      sum.2 += clue.value * weights[row + 2]
      sum.3 += clue.value * weights[row + 3]
      sum.4 += clue.value * weights[row + 4]
    }
    return sum
  }

  /// The probabilities of the classes as a row.
  static func row(_ masses: [Double]) -> Row {
    func vector(_ index: Int) -> SIMD8<Float> {
      var vector = SIMD8<Float>()
      for lane in 0..<8 { vector[lane] = Float(masses[8 * index + lane]) }
      return vector
    }
    return (vector(0), vector(1), vector(2), vector(3), vector(4))
  }
}
