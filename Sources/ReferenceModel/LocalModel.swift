/// What the last few bytes say about the next one: an interpolated n-gram model over bytes.
///
/// At each context length the corpus' counts, absolutely discounted (Ney, Essen and Kneser, 1994),
/// and those of the text read so far, smoothed like a Dirichlet prior, are mixed with the
/// distribution of the next shorter context, down to a uniform one. The text's own counts are what
/// makes the model follow a demonstration.
struct LocalModel {
  /// How much of each corpus count goes to shorter contexts.
  private static let discount: Float = 0.7
  /// How many occurrences in the corpus one in the text at hand is worth.
  private static let presentWeight: Float = 0.3
  /// The weight of shorter contexts against the text at hand, in the same unit.
  private static let doubt: Float = 2

  let corpus: SuccessorCounts
  /// The probability of each byte, after `predict`.
  private(set) var probabilities = [Float](repeating: 0, count: 256)

  private var matches: [ReadText.Match] = []
  private var tally = [Float](repeating: 0, count: 256)
  private var touched: [UInt8] = []

  init(corpus: SuccessorCounts) {
    self.corpus = corpus
    matches.reserveCapacity(512)
    touched.reserveCapacity(256)
  }

  /// Computes the distribution of the byte that follows `text`.
  ///
  /// - Parameters:
  ///   - text: What was read so far.
  ///   - withheld: Occurrences that the corpus counts must be rid of, when `text` is itself part of
  ///     the corpus; otherwise empty.
  mutating func predict(after text: ReadText, withheld: [ReadText.Match] = []) {
    text.matches(into: &matches)
    for byte in 0..<256 { probabilities[byte] = 1.0 / 256 }
    let end = text.bytes.count
    var hash = SuccessorCounts.emptyContext
    var known = true
    var reach = 0
    for length in SuccessorCounts.lengths where length <= end {
      while reach < length {
        reach += 1
        hash = SuccessorCounts.extended(hash, by: text.bytes[end - reach])
      }
      if length > 1 { matches.removeAll { $0.length < length } }
      if !known, matches.isEmpty { break }
      if known, let entry = corpus.successors(of: hash, length: length) {
        for index in entry { count(corpus.bytes[index], corpus.counts[index]) }
        for match in withheld where match.length >= length && tally[Int(match.next)] > 0 {
          tally[Int(match.next)] -= 1
        }
      } else {
        known = false
      }
      interpolate(withPresent: length > 0)
    }
  }

  @inline(__always)
  private mutating func count(_ byte: UInt8, _ weight: Float) {
    if tally[Int(byte)] == 0 { touched.append(byte) }
    tally[Int(byte)] += weight
  }

  /// Lowers the shorter context's distribution to the freed mass and adds the counts.
  private mutating func interpolate(withPresent present: Bool) {
    var total: Float = 0
    var freed: Float = 0
    for byte in touched {
      let count = max(tally[Int(byte)], 0)
      total += count
      freed += min(count, Self.discount)
    }
    if present, !matches.isEmpty {
      total += Self.presentWeight * Float(matches.count) + Self.doubt
      freed += Self.doubt
    }
    if total > 0 {
      let scale = 1 / total
      let keep = freed * scale
      for byte in 0..<256 { probabilities[byte] *= keep }
      for byte in touched {
        probabilities[Int(byte)] += max(tally[Int(byte)] - Self.discount, 0) * scale
      }
      if present {
        for match in matches { probabilities[Int(match.next)] += Self.presentWeight * scale }
      }
    }
    for byte in touched { tally[Int(byte)] = 0 }
    touched.removeAll(keepingCapacity: true)
  }
}
