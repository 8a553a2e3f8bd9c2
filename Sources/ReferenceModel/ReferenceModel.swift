/// A small byte-level language model for trying the tool and for tests; not a capable one.
///
/// It learns when it is made, in well under a second, from text that ships with the package. Its
/// distribution over the next byte is normalised, and its scores are the natural logarithms of the
/// probabilities of whole continuations. The same bytes come out on every machine.
package struct ReferenceModel: Sendable {
  /// How probable a continuation is.
  package struct Score: Sendable, Hashable {
    /// The natural logarithm of the whole continuation's probability given the prompt, at most 0.
    package let logprob: Double
    /// The length of the continuation in bytes, which are this model's tokens.
    package let byteCount: Int
  }

  private let corpus: SuccessorCounts
  private let tilt: Tilt

  package init() {
    let documents = Corpus.documents()
    corpus = SuccessorCounts(texts: documents.map(\.bytes))
    tilt = Training.tilt(documents: documents, corpus: corpus)
  }

  /// The log-probability of each continuation of `prompt`.
  ///
  /// - Complexity: O(prompt) for each distinct beginning of a continuation.
  package func score(prompt: String, continuations: [String]) -> [Score] {
    var reader = Reader(prompt, corpus: corpus, tilt: tilt)
    let texts = continuations.map { Array($0.utf8) }
    var sums = [Double](repeating: 0, count: texts.count)
    score(texts, Array(texts.indices), depth: 0, &reader, &sums)
    return zip(texts, sums).map { Score(logprob: $1, byteCount: $0.count) }
  }

  /// Scores the continuations numbered `members`, which agree in their first `depth` bytes.
  private func score(
    _ texts: [[UInt8]], _ members: [Int], depth: Int, _ reader: inout Reader,
    _ sums: inout [Double]
  ) {
    var rest = members.filter { texts[$0].count > depth }
    guard !rest.isEmpty else { return }
    reader.predict()
    // All probabilities are taken before the reader moves on.
    var logs: [(byte: UInt8, log: Double)] = []
    for member in rest where !logs.contains(where: { $0.byte == texts[member][depth] }) {
      let byte = texts[member][depth]
      logs.append((byte, Elementary.log(reader.probability(of: byte))))
    }
    for (byte, log) in logs {
      let group = rest.filter { texts[$0][depth] == byte }
      rest.removeAll { texts[$0][depth] == byte }
      for member in group { sums[member] += log }
      reader.append(byte)
      score(texts, group, depth: depth + 1, &reader, &sums)
      reader.removeLast()
    }
  }

  /// The probability of each of the 256 bytes after `text`; they sum to 1.
  package func distribution(after text: String) -> [Double] {
    var reader = Reader(text, corpus: corpus, tilt: tilt)
    reader.predict()
    return (0..<256).map { reader.probability(of: UInt8($0)) }
  }

  /// The most probable bytes after `prompt`, one at a time.
  ///
  /// - Parameters:
  ///   - prompt: The text to continue.
  ///   - maxTokens: The greatest number of bytes.
  ///   - stop: Texts before which the continuation ends.
  /// - Returns: The continuation without the text that stopped it; bytes that are not UTF-8 at its
  ///   end are left out.
  package func generate(prompt: String, maxTokens: Int, stop: [String]) -> String {
    var reader = Reader(prompt, corpus: corpus, tilt: tilt)
    let stops = stop.map { Array($0.utf8) }.filter { !$0.isEmpty }
    var written: [UInt8] = []
    while written.count < maxTokens {
      reader.predict()
      var best: UInt8 = 0
      for byte in UInt8(1)...255 where reader.probability(of: byte) > reader.probability(of: best) {
        best = byte
      }
      written.append(best)
      if let end = stops.first(where: { written.suffix($0.count).elementsEqual($0) }) {
        written.removeLast(end.count)
        break
      }
      reader.append(best)
    }
    while !written.isEmpty, String(validating: written, as: UTF8.self) == nil {
      written.removeLast()
    }
    return String(decoding: written, as: UTF8.self)
  }
}
