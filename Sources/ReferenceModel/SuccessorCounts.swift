/// How often each byte followed each context of up to six bytes in the corpus.
///
/// Contexts of each length live in an open-addressed table; the successors of one context lie side
/// by side, in the order of their first occurrence.
struct SuccessorCounts: Sendable {
  /// The lengths of the contexts that are counted, in bytes.
  static let lengths = [0, 1, 2, 3, 4, 5, 6, 8, 12]
  /// The longest of them.
  static let longest = 12

  /// The successors of one context: a range of `bytes` and `counts`.
  typealias Entry = Range<Int>

  private(set) var bytes: [UInt8] = []
  private(set) var counts: [Float] = []
  private var keys: [UInt32]
  private var starts: [Int32]
  private var ends: [Int32]
  private let mask: Int

  /// The hash of the empty context; `extended` makes the hash of one byte more to the left.
  static let emptyContext: UInt32 = 0x811c_9dc5

  @inline(__always)
  static func extended(_ hash: UInt32, by byte: UInt8) -> UInt32 {
    let mixed = (hash ^ UInt32(byte)) &* 0x0100_0193
    return mixed ^ (mixed >> 15)
  }

  init(texts: [[UInt8]]) {
    let positions = texts.reduce(0) { $0 + $1.count }
    var capacity = 1024
    while capacity < positions * 7 { capacity *= 2 }
    mask = capacity - 1
    keys = Array(repeating: 0, count: capacity)
    starts = Array(repeating: -1, count: capacity)
    ends = []
    // First as linked lists: `starts` is a list's head; then side by side.
    var nodes: [Node] = []
    nodes.reserveCapacity(positions * 5)
    for text in texts {
      for position in text.indices {
        var hash = Self.emptyContext
        var reach = 0
        for length in Self.lengths where length <= position {
          while reach < length {
            reach += 1
            hash = Self.extended(hash, by: text[position - reach])
          }
          count(text[position], after: slot(of: hash, length: length), &nodes)
        }
      }
    }
    compact(nodes)
  }

  private struct Node {
    let byte: UInt8
    var count: Int32
    let next: Int32
  }

  private mutating func count(_ byte: UInt8, after slot: Int, _ nodes: inout [Node]) {
    var node = Int(starts[slot])
    while node >= 0, nodes[node].byte != byte { node = Int(nodes[node].next) }
    if node >= 0 {
      nodes[node].count += 1
    } else {
      nodes.append(Node(byte: byte, count: 1, next: starts[slot]))
      starts[slot] = Int32(nodes.count - 1)
    }
  }

  /// The slot of a context, taken if it was free.
  private mutating func slot(of hash: UInt32, length: Int) -> Int {
    let key = Self.key(hash, length: length)
    var slot = Int(key) & mask
    while keys[slot] != key {
      if keys[slot] == 0 {
        keys[slot] = key
        return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func compact(_ nodes: [Node]) {
    ends = Array(repeating: 0, count: keys.count)
    bytes.reserveCapacity(nodes.count)
    counts.reserveCapacity(nodes.count)
    for slot in keys.indices where keys[slot] != 0 {
      var node = Int(starts[slot])
      starts[slot] = Int32(bytes.count)
      while node >= 0 {
        bytes.append(nodes[node].byte)
        counts.append(Float(nodes[node].count))
        node = Int(nodes[node].next)
      }
      ends[slot] = Int32(bytes.count)
    }
  }

  @inline(__always)
  private static func key(_ hash: UInt32, length: Int) -> UInt32 {
    ((hash &+ UInt32(truncatingIfNeeded: length)) &* 0x9e37_79b1) | 1
  }

  /// The successors of the context with this hash and length, nil if it never occurred.
  @inline(__always)
  func successors(of hash: UInt32, length: Int) -> Entry? {
    let key = Self.key(hash, length: length)
    var slot = Int(key) & mask
    while keys[slot] != key {
      if keys[slot] == 0 { return nil }
      slot = (slot + 1) & mask
    }
    return Int(starts[slot])..<Int(ends[slot])
  }
}
