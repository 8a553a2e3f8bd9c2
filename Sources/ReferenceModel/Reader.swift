/// The model at work on one text: it reads bytes and says how probable each next one is.
struct Reader {
  private(set) var text: ReadText
  private var local: LocalModel
  private var query = Query()
  private let tilt: Tilt
  private var gate: Float = 0
  private var clues: [Query.Clue] = []
  private var word: [UInt8] = []
  /// The factor of each byte class, and their mean under the local model.
  private var factors = [Float](repeating: 1, count: ByteClass.count)
  private var mean = 1.0

  init(_ prompt: String, corpus: SuccessorCounts, tilt: Tilt) {
    text = ReadText(prompt.utf8)
    local = LocalModel(corpus: corpus)
    self.tilt = tilt
    readQuery()
  }

  /// Reads one byte more.
  mutating func append(_ byte: UInt8) {
    text.append(byte)
    if !Bytes.isWord(byte) { readQuery() }
  }

  /// Takes back the last byte.
  mutating func removeLast() {
    let byte = text.bytes.last
    text.removeLast()
    if let byte, !Bytes.isWord(byte) { readQuery() }
  }

  private mutating func readQuery() {
    query.read(text.bytes)
    gate = tilt.gate(text.bytes, wordStart: query.wordStart, paragraphStart: query.paragraphStart)
  }

  /// Computes the distribution of the next byte; `probability` then gives its values.
  mutating func predict() {
    local.predict(after: text)
    word.removeAll(keepingCapacity: true)
    for byte in text.bytes[query.wordStart...] { word.append(Bytes.lowered(byte)) }
    let wordHash = hashed(word[...])
    var sum = Tilt.zero
    if tilt.branchings.number(of: wordHash) != nil {
      sum = tilt.sum(query.clues, word: wordHash)
    }
    if !word.isEmpty {
      clues.removeAll(keepingCapacity: true)
      query.compare(word: word, into: &clues)
      let more = tilt.sum(clues, word: 0)
      sum = (sum.0 + more.0, sum.1 + more.1, sum.2 + more.2, sum.3 + more.3, sum.4 + more.4)
    }
    let tilted = (
      Elementary.exp(gate * sum.0), Elementary.exp(gate * sum.1), Elementary.exp(gate * sum.2),
      Elementary.exp(gate * sum.3), Elementary.exp(gate * sum.4)
    )
    for index in 0..<8 {
      factors[index] = tilted.0[index]
      factors[index + 8] = tilted.1[index]
      factors[index + 16] = tilted.2[index]
      factors[index + 24] = tilted.3[index]
      factors[index + 32] = tilted.4[index]
    }
    mean = 0
    for index in 0..<ByteClass.count { mean += local.masses[index] * Double(factors[index]) }
  }

  /// The probability of a byte as the next one, above zero.
  func probability(of byte: UInt8) -> Double {
    let factor = Double(factors[ByteClass.of(byte)])
    return min(max(local.probabilities[Int(byte)] * factor / mean, 1e-290), 1)
  }
}
