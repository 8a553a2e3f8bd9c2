extension ReferenceModel {
  /// Numbers in a representation.
  package static let width = 256

  /// What the model notices in a text: which three bytes follow each other how often.
  ///
  /// The square roots of the counts of the last 2,048 bytes' contexts, hashed to 256 places with a sign,
  /// scaled to length 1; zeros for a text of fewer than three bytes.
  package static func embedding(of text: String) -> [Float] {
    let bytes = Array(text.utf8.suffix(Query.reach))
    var counts: [UInt32: Int] = [:]
    guard bytes.count > 2 else { return [Float](repeating: 0, count: width) }
    for start in 0..<(bytes.count - 2) {
      counts[hashed(bytes[start..<(start + 3)]), default: 0] += 1
    }
    var vector = [Float](repeating: 0, count: width)
    // Sorted, because sums depend on their order and a dictionary has none.
    for (hash, count) in counts.sorted(by: { $0.key < $1.key }) {
      let spread = mixed(hash, 0x5bd1)
      let sign: Float = spread & 0x100 == 0 ? 1 : -1
      vector[Int(spread & 0xFF)] += sign * Float(count).squareRoot()
    }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
  }
}
