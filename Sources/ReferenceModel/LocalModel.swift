/// What the last few bytes say about the next one: an interpolated n-gram model over bytes.
///
/// At each context length the corpus' counts, absolutely discounted (Ney, Essen and Kneser, 1994),
/// and those of the text read so far, smoothed like a Dirichlet prior, are mixed with the
/// distribution of the next shorter context, down to a uniform one. The text's own counts are what
/// makes the model follow a demonstration.
struct LocalModel {
  /// How much of each corpus count goes to shorter contexts.
  private static let discount = 0.7
  /// How many occurrences in the corpus one in the text at hand is worth.
  private static let presentWeight = 0.3
  /// The weight of shorter contexts against the text at hand, in the same unit.
  private static let doubt = 2.0

  let corpus: SuccessorCounts
  /// The probability of each byte, after `predict`.
  private(set) var probabilities = [Double](repeating: 0, count: 256)
  /// The probability of each class of bytes, after `predict`.
  private(set) var masses = [Double](repeating: 0, count: ByteClass.count)

  private var matches: [ReadText.Match] = []
  /// What followed in the text at hand after as many agreeing bytes as a context length asks for,
  /// but not the next one.
  private var followers: [[UInt8]] = SuccessorCounts.lengths.map { _ in [] }
  private var entries: [SuccessorCounts.Entry] = []
  /// The occurrences in the text at hand after the context under consideration.
  private var present = [Double](repeating: 0, count: 256)
  private var presentBytes: [UInt8] = []

  init(corpus: SuccessorCounts) {
    self.corpus = corpus
    matches.reserveCapacity(512)
    presentBytes.reserveCapacity(256)
  }

  /// Computes the distribution of the byte that follows `text`.
  ///
  /// - Parameters:
  ///   - text: What was read so far.
  ///   - withheld: Occurrences that the corpus counts must be rid of, when `text` is itself part of
  ///     the corpus; otherwise empty.
  mutating func predict(after text: ReadText, withheld: [ReadText.Match] = []) {
    findEntries(text)
    sortFollowers(text)
    for byte in 0..<256 { probabilities[byte] = 0 }
    for index in 0..<ByteClass.count { masses[index] = 0 }
    // From the longest context to the shortest, each gets what the longer ones left.
    var left = 1.0
    var presentCount = 0.0
    for (level, length) in SuccessorCounts.lengths.enumerated().reversed() {
      for byte in followers[level] {
        if present[Int(byte)] == 0 { presentBytes.append(byte) }
        present[Int(byte)] += 1
        presentCount += 1
      }
      followers[level].removeAll(keepingCapacity: true)
      let entry = level < entries.count ? entries[level] : 0..<0
      let absent = withheld.isEmpty ? [] : Self.tally(withheld, length: length)
      left = share(left, entry, absent, presentCount: length > 0 ? presentCount : 0)
    }
    for byte in presentBytes { present[Int(byte)] = 0 }
    presentBytes.removeAll(keepingCapacity: true)
    let uniform = left / 256
    for byte in 0..<256 { probabilities[byte] += uniform }
    for index in 0..<ByteClass.count { masses[index] += uniform * ByteClass.sizes[index] }
  }

  /// Looks up the context of each length, up to the first that the corpus does not contain.
  private mutating func findEntries(_ text: ReadText) {
    entries.removeAll(keepingCapacity: true)
    let end = text.bytes.count
    var hash = SuccessorCounts.emptyContext
    var reach = 0
    for length in SuccessorCounts.lengths where length <= end {
      while reach < length {
        reach += 1
        hash = SuccessorCounts.extended(hash, by: text.bytes[end - reach])
      }
      guard let entry = corpus.successors(of: hash, length: length) else { return }
      entries.append(entry)
    }
  }

  private mutating func sortFollowers(_ text: ReadText) {
    text.matches(into: &matches)
    for match in matches { followers[Self.levels[match.length]].append(match.next) }
  }

  /// For each number of agreeing bytes the longest context length that it serves.
  private static let levels = (0...SuccessorCounts.longest).map { agreed in
    SuccessorCounts.lengths.lastIndex { $0 <= agreed } ?? 0
  }

  /// How often each byte is withheld after at least `length` agreeing bytes.
  private static func tally(_ withheld: [ReadText.Match], length: Int) -> [Double] {
    var tally = [Double](repeating: 0, count: 256)
    for match in withheld where match.length >= length { tally[Int(match.next)] += 1 }
    return tally
  }

  /// Gives out `left` according to one context and returns what remains for shorter ones.
  private mutating func share(
    _ left: Double, _ entry: SuccessorCounts.Entry, _ absent: [Double], presentCount: Double
  ) -> Double {
    // The loops are written out: a call for each byte would copy this model in a debug build.
    let (bytes, counts) = (corpus.bytes, corpus.counts)
    var total = 0.0
    var freed = 0.0
    for index in entry {
      var count = Double(counts[index])
      if !absent.isEmpty { count = max(count - absent[Int(bytes[index])], 0) }
      total += count
      freed += min(count, Self.discount)
    }
    if presentCount > 0 {
      total += Self.presentWeight * presentCount + Self.doubt
      freed += Self.doubt
    }
    guard total > 0 else { return left }
    let scale = left / total
    for index in entry {
      var count = Double(counts[index]) - Self.discount
      let byte = Int(bytes[index])
      if !absent.isEmpty { count -= absent[byte] }
      if count > 0 {
        probabilities[byte] += count * scale
        masses[ByteClass.table[byte]] += count * scale
      }
    }
    if presentCount > 0 {
      for byte in presentBytes {
        let share = present[Int(byte)] * Self.presentWeight * scale
        probabilities[Int(byte)] += share
        masses[ByteClass.table[Int(byte)]] += share
      }
    }
    return freed * scale
  }
}
