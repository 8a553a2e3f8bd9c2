/// Learns a `Tilt` from the answers in the corpus, by stochastic gradient descent.
///
/// Only the bytes of answers are learned, each given everything before it in its document, and
/// against the local model without that document's own occurrences.
struct Training {
  /// One byte of an answer.
  private struct Position {
    /// Numbered rows and their strengths, a range of `clueRows` and `clueValues`.
    let clues: Range<Int>
    let gates: Range<Int>
    let masses: Tilt.Row
    let byteClass: Int
  }

  private var positions: [Position] = []
  private var clueRows: [Int32] = []
  private var clueValues: [Float] = []
  private var gateRows: [Int32] = []
  private var tilt = Tilt()

  private static let passes = 3
  /// The step width at the start; it falls to zero in a straight line.
  private static let rate: Float = 0.2
  private static let gateRate: Float = 0.006
  /// How much of a weight each step at full width takes away, before its gradient is added.
  private static let decay: Float = 1e-2

  /// Learns from `documents`, whose counts are `corpus`.
  static func tilt(documents: [Corpus.Document], corpus: SuccessorCounts) -> Tilt {
    var training = Training()
    training.gather(documents, corpus)
    training.descend()
    return training.tilt
  }

  private mutating func gather(_ documents: [Corpus.Document], _ corpus: SuccessorCounts) {
    var raw: [(clues: [Query.Clue], gates: [UInt32], masses: Tilt.Row, byteClass: Int)] = []
    var local = LocalModel(corpus: corpus)
    var query = Query()
    var withheld: [ReadText.Match] = []
    var words = HashNumbering()
    var wordCounts: [Int] = []
    var pending: [(document: Int, offset: Int, word: UInt32)] = []
    for (index, document) in documents.enumerated() {
      for offset in document.answerStart...document.answerEnd {
        var start = offset
        while start > 0, Bytes.isWord(document.bytes[start - 1]) { start -= 1 }
        let word = hashed(document.bytes[start..<offset].map(Bytes.lowered)[...])
        let number = words.insert(word)
        if number == wordCounts.count { wordCounts.append(0) }
        wordCounts[number] += 1
        pending.append((index, offset, word))
      }
    }
    for document in documents {
      var text = ReadText(document.bytes[..<document.answerStart])
      let whole = ReadText(document.bytes)
      query.read(text.bytes)
      var gates = Tilt.gateHashes(
        text.bytes, wordStart: query.wordStart, paragraphStart: query.paragraphStart)
      for offset in document.answerStart...document.answerEnd {
        let byte = document.bytes[offset]
        whole.occurrences(of: text.bytes, into: &withheld)
        local.predict(after: text, withheld: withheld)
        if local.probabilities[Int(byte)] < 0.99 {
          let word = text.bytes[query.wordStart...].map(Bytes.lowered)
          let hash = hashed(word[...])
          var clues: [Query.Clue] = []
          if let number = words.number(of: hash), wordCounts[number] >= Self.branching {
            _ = tilt.branchings.insert(hash)
            clues = query.clues.map { .init(hash: Tilt.under($0.hash, hash), value: $0.value) }
          }
          if !word.isEmpty {
            var more: [Query.Clue] = []
            query.compare(word: word, into: &more)
            clues += more.map { .init(hash: Tilt.under($0.hash, 0), value: $0.value) }
          }
          raw.append((clues, gates, Tilt.row(local.masses), ByteClass.of(byte)))
        }
        text.append(byte)
        if !Bytes.isWord(byte) {
          query.read(text.bytes)
          gates = Tilt.gateHashes(
            text.bytes, wordStart: query.wordStart, paragraphStart: query.paragraphStart)
        }
      }
    }
    number(raw)
  }

  /// A word's beginning occurs in this many answers before the paragraph's clues count after it.
  private static let branching = 30

  /// Gives rows to the clues that occur at least twice, and to frequent gates.
  private mutating func number(
    _ raw: [(clues: [Query.Clue], gates: [UInt32], masses: Tilt.Row, byteClass: Int)]
  ) {
    var seen = HashNumbering(capacity: 1 << 16)
    var counts: [Int] = []
    var gateSeen = HashNumbering()
    var gateCounts: [Int] = []
    for position in raw {
      for clue in position.clues {
        let number = seen.insert(clue.hash)
        if number == counts.count { counts.append(0) }
        counts[number] += 1
      }
      for gate in position.gates {
        let number = gateSeen.insert(gate)
        if number == gateCounts.count { gateCounts.append(0) }
        gateCounts[number] += 1
      }
    }
    for position in raw {
      let (clueStart, gateStart) = (clueRows.count, gateRows.count)
      for clue in position.clues {
        guard let number = seen.number(of: clue.hash), counts[number] >= 2 else { continue }
        clueRows.append(Int32(tilt.numbering.insert(clue.hash)))
        clueValues.append(clue.value)
      }
      for gate in position.gates {
        guard let number = gateSeen.number(of: gate), gateCounts[number] >= 8 else { continue }
        gateRows.append(Int32(tilt.gateNumbering.insert(gate)))
      }
      positions.append(
        Position(
          clues: clueStart..<clueRows.count, gates: gateStart..<gateRows.count,
          masses: position.masses, byteClass: position.byteClass))
    }
    tilt.weights = Array(repeating: .zero, count: tilt.numbering.count * Tilt.vectors)
    tilt.gateWeights = Array(repeating: 0, count: tilt.gateNumbering.count)
  }

  private mutating func descend() {
    // A stride that is coprime to the number of positions visits each once, far from the last.
    var stride = Int(Double(positions.count) * 0.618)
    while Self.divisor(stride, positions.count) != 1 { stride += 1 }
    var at = 0
    for pass in 0..<Self.passes {
      let rate = Self.rate * (1 - Float(pass) / Float(Self.passes))
      for _ in positions.indices {
        at = (at + stride) % positions.count
        step(positions[at], rate)
      }
    }
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }

  private mutating func step(_ position: Position, _ rate: Float) {
    var sum = Tilt.zero
    for index in position.clues {
      let row = Int(clueRows[index]) * Tilt.vectors
      let value = clueValues[index]
      sum.0 += value * tilt.weights[row]
      sum.1 += value * tilt.weights[row + 1]
      sum.2 += value * tilt.weights[row + 2]
      sum.3 += value * tilt.weights[row + 3]
      sum.4 += value * tilt.weights[row + 4]
    }
    var argument = Tilt.unfamiliar
    for index in position.gates { argument += tilt.gateWeights[Int(gateRows[index])] }
    let gate = Tilt.limited(argument)
    var p = (
      position.masses.0 * Elementary.exp(gate * sum.0),
      position.masses.1 * Elementary.exp(gate * sum.1),
      position.masses.2 * Elementary.exp(gate * sum.2),
      position.masses.3 * Elementary.exp(gate * sum.3),
      position.masses.4 * Elementary.exp(gate * sum.4)
    )
    let total =
      Elementary.sum(p.0) + Elementary.sum(p.1) + Elementary.sum(p.2) + Elementary.sum(p.3)
      + Elementary.sum(p.4)
    // The gradient of the log-probability: what happened minus what was expected.
    let scale = -1 / total
    p = (p.0 * scale, p.1 * scale, p.2 * scale, p.3 * scale, p.4 * scale)
    let (vector, lane) = (position.byteClass / 8, position.byteClass % 8)
    switch vector {
    case 0: p.0[lane] += 1
    case 1: p.1[lane] += 1
    case 2: p.2[lane] += 1
    case 3: p.3[lane] += 1
    default: p.4[lane] += 1
    }
    let slope =
      Elementary.sum(p.0 * sum.0) + Elementary.sum(p.1 * sum.1) + Elementary.sum(p.2 * sum.2)
      + Elementary.sum(p.3 * sum.3) + Elementary.sum(p.4 * sum.4)
    let push = gate == argument ? slope * Self.gateRate : 0
    for index in position.gates { tilt.gateWeights[Int(gateRows[index])] += push }
    for index in position.clues {
      let row = Int(clueRows[index]) * Tilt.vectors
      let pace = rate * gate * clueValues[index]
      let keep = 1 - rate * Self.decay
      tilt.weights[row] = keep * tilt.weights[row] + pace * p.0
      tilt.weights[row + 1] = keep * tilt.weights[row + 1] + pace * p.1
      tilt.weights[row + 2] = keep * tilt.weights[row + 2] + pace * p.2
      tilt.weights[row + 3] = keep * tilt.weights[row + 3] + pace * p.3
      tilt.weights[row + 4] = keep * tilt.weights[row + 4] + pace * p.4
    }
  }
}
