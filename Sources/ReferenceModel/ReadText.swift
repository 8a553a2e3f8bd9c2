/// The bytes read so far, chained so that earlier occurrences of the current context are found fast.
struct ReadText {
  private(set) var bytes: [UInt8]
  /// For each position the latest earlier one with the same byte, or -1.
  private var previous: [Int32]
  /// For each byte value its latest position, or -1.
  private var latest: [Int32]

  init(_ text: some Sequence<UInt8>) {
    bytes = Array(text)
    previous = []
    previous.reserveCapacity(bytes.count + 64)
    latest = Array(repeating: -1, count: 256)
    for (position, byte) in bytes.enumerated() {
      previous.append(latest[Int(byte)])
      latest[Int(byte)] = Int32(position)
    }
  }

  mutating func append(_ byte: UInt8) {
    previous.append(latest[Int(byte)])
    latest[Int(byte)] = Int32(bytes.count)
    bytes.append(byte)
  }

  mutating func removeLast() {
    let byte = bytes.removeLast()
    latest[Int(byte)] = previous.removeLast()
  }

  /// An earlier place whose preceding bytes are those before the end.
  struct Match {
    /// How many bytes agree, at most `SuccessorCounts.longest`.
    let length: Int
    /// The byte that came next there.
    let next: UInt8
  }

  /// Every earlier place that agrees in at least one byte, the latest first.
  func matches(into found: inout [Match]) {
    found.removeAll(keepingCapacity: true)
    guard let end = bytes.indices.last else { return }
    var place = Int(previous[end])
    while place >= 0 {
      var length = 1
      while length < SuccessorCounts.longest, place >= length,
        bytes[place - length] == bytes[end - length]
      { length += 1 }
      found.append(Match(length: length, next: bytes[place + 1]))
      place = Int(previous[place])
    }
  }
}

extension ReadText {
  /// Every place here that agrees with the end of `text` in at least one byte.
  func occurrences(of text: [UInt8], into found: inout [Match]) {
    found.removeAll(keepingCapacity: true)
    guard let end = text.indices.last else { return }
    for place in 0..<(bytes.count - 1) where bytes[place] == text[end] {
      var length = 1
      while length < SuccessorCounts.longest, place >= length, end >= length,
        bytes[place - length] == text[end - length]
      { length += 1 }
      found.append(Match(length: length, next: bytes[place + 1]))
    }
  }
}
