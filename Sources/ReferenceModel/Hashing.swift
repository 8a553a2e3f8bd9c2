/// Mixes two hashes; the result depends on their order.
@inline(__always)
func mixed(_ a: UInt32, _ b: UInt32) -> UInt32 {
  var x = (a ^ (b &* 0x85eb_ca6b)) &* 0xcc9e_2d51
  x ^= x >> 15
  x = x &* 0x1b87_3593
  return x ^ (x >> 13)
}

/// The FNV-1a hash of bytes.
@inline(__always)
func hashed(_ bytes: ArraySlice<UInt8>, seed: UInt32 = 0x811c_9dc5) -> UInt32 {
  var hash = seed
  for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
  return hash
}

/// Numbers the hashes it is given from 0 in the order in which they came.
struct HashNumbering: Sendable {
  private var keys: [UInt32]
  private var numbers: [Int32]
  private(set) var count = 0
  private var mask: Int

  init(capacity: Int = 1024) {
    var size = 1024
    while size < capacity * 2 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    numbers = Array(repeating: 0, count: size)
    mask = size - 1
  }

  /// The number of a hash, nil if it was never inserted.
  @inline(__always)
  func number(of hash: UInt32) -> Int? {
    let key = hash | 1
    var slot = Int((key &* 0x9e37_79b1) >> 8) & mask
    while keys[slot] != key {
      if keys[slot] == 0 { return nil }
      slot = (slot + 1) & mask
    }
    return Int(numbers[slot])
  }

  /// The number of a hash, which gets the next one if it is new.
  mutating func insert(_ hash: UInt32) -> Int {
    if let number = number(of: hash) { return number }
    if count * 2 >= mask { grow() }
    place(hash | 1, Int32(count))
    count += 1
    return count - 1
  }

  private mutating func place(_ key: UInt32, _ number: Int32) {
    var slot = Int((key &* 0x9e37_79b1) >> 8) & mask
    while keys[slot] != 0 { slot = (slot + 1) & mask }
    keys[slot] = key
    numbers[slot] = number
  }

  private mutating func grow() {
    let (oldKeys, oldNumbers) = (keys, numbers)
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    numbers = Array(repeating: 0, count: oldKeys.count * 2)
    mask = keys.count - 1
    for (key, number) in zip(oldKeys, oldNumbers) where key != 0 { place(key, number) }
  }
}
