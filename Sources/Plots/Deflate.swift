/// A small compressor for the pictures inside of pages: zlib streams (RFC 1950) of one block with fixed
/// codes (RFC 1951), matches found greedily through a table of hashes.
enum Deflate {
  /// The zlib stream of `bytes`.
  ///
  /// - Complexity: Linear; each position is compared with one earlier place at most.
  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var output = BitWriter()
    output.bytes = [0x78, 0x01]
    output.write(1, 1)
    output.write(1, 2)
    compress(bytes, &output)
    output.literal(256)
    output.flush()
    let sum = adler32(bytes)
    for shift in [24, 16, 8, 0] as [UInt32] {
      output.bytes.append(UInt8(truncatingIfNeeded: sum >> shift))
    }
    return output.bytes
  }

  private static let longest = 258
  private static let window = 32_768

  private static func compress(_ bytes: [UInt8], _ output: inout BitWriter) {
    var heads = [Int32](repeating: -1, count: 1 << 14)
    bytes.withUnsafeBufferPointer { bytes in
      func slot(_ at: Int) -> Int {
        let key = UInt32(bytes[at]) << 16 | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2])
        return Int((key &* 2_654_435_761) >> 18)
      }
      var at = 0
      while at < bytes.count {
        guard at + 3 <= bytes.count else {
          output.literal(Int(bytes[at]))
          at += 1
          continue
        }
        let place = slot(at)
        let other = Int(heads[place])
        heads[place] = Int32(at)
        var length = 0
        if other >= 0, at - other <= window {
          let limit = min(longest, bytes.count - at)
          while length < limit, bytes[other + length] == bytes[at + length] { length += 1 }
        }
        if length >= 3 {
          output.match(length: length, distance: at - other)
          // The inside of a match is entered too, sparsely: the next row of a picture begins there.
          var inner = at + 1
          while inner + 3 <= bytes.count, inner < at + length {
            heads[slot(inner)] = Int32(inner)
            inner += 2
          }
          at += length
        } else {
          output.literal(Int(bytes[at]))
          at += 1
        }
      }
    }
  }

  static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var a: UInt32 = 1
    var b: UInt32 = 0
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return b << 16 | a
  }
}

/// Writes bits, the lowest first, and the fixed codes of RFC 1951, section 3.2.6.
private struct BitWriter {
  var bytes: [UInt8] = []
  private var pending: UInt64 = 0
  private var count: UInt64 = 0

  mutating func write(_ value: UInt32, _ bits: Int) {
    pending |= UInt64(value) << count
    count += UInt64(bits)
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  mutating func flush() { if count > 0 { write(0, Int(8 - count)) } }

  /// A code, whose highest bit comes first.
  private mutating func code(_ value: Int, _ bits: Int) {
    var reversed: UInt32 = 0
    for bit in 0..<bits where value >> bit & 1 == 1 { reversed |= 1 << UInt32(bits - 1 - bit) }
    write(reversed, bits)
  }

  mutating func literal(_ symbol: Int) {
    switch symbol {
    case ..<144: code(0x30 + symbol, 8)
    case ..<256: code(0x190 + symbol - 144, 9)
    case ..<280: code(symbol - 256, 7)
    default: code(0xC0 + symbol - 280, 8)
    }
  }

  mutating func match(length: Int, distance: Int) {
    // Lengths 3 to 257 come in groups of four, each with one extra bit more; 258 has its own.
    if length == 258 {
      literal(285)
    } else {
      let (group, extra) = Self.bucket(length - 3, first: 8, perGroup: 4)
      literal(257 + group)
      write(UInt32(length - 3 - Self.base(group, first: 8, perGroup: 4)), extra)
    }
    let (group, extra) = Self.bucket(distance - 1, first: 4, perGroup: 2)
    code(group, 5)
    write(UInt32(distance - 1 - Self.base(group, first: 4, perGroup: 2)), extra)
  }

  /// The code of a value and how many extra bits follow it: the first codes stand for one value each,
  /// then each `perGroup` codes stand for twice as many values as those before.
  private static func bucket(_ value: Int, first: Int, perGroup: Int) -> (Int, Int) {
    guard value >= first else { return (value, 0) }
    let shift = perGroup == 4 ? 2 : 1
    let extra = (Int.bitWidth - 1 - value.leadingZeroBitCount) - shift
    return (extra * perGroup + (value >> extra), extra)
  }

  private static func base(_ group: Int, first: Int, perGroup: Int) -> Int {
    guard group >= first else { return group }
    let extra = group / perGroup - 1
    return (group % perGroup + perGroup) << extra
  }
}

/// Pictures of at most 256 colours (PNG, second edition).
enum PNG {
  /// The file of a picture whose pixels are positions in a palette, row by row; nil is transparent.
  static func indexed(_ pixels: [UInt8], width: Int, height: Int, palette: [Color?]) -> [UInt8] {
    precondition(pixels.count == width * height, "a picture has all of its pixels")
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let header = word(width) + word(height) + [8, 3, 0, 0, 0]
    chunk("IHDR", header, &file)
    chunk("PLTE", palette.flatMap { [$0?.red ?? 0, $0?.green ?? 0, $0?.blue ?? 0] }, &file)
    chunk("tRNS", palette.map { $0 == nil ? 0 : 255 }, &file)
    var lines: [UInt8] = []
    lines.reserveCapacity(pixels.count + height)
    for row in 0..<height {
      lines.append(0)
      lines += pixels[(row * width)..<((row + 1) * width)]
    }
    chunk("IDAT", Deflate.zlib(lines), &file)
    chunk("IEND", [], &file)
    return file
  }

  private static func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func chunk(_ name: String, _ content: [UInt8], _ file: inout [UInt8]) {
    let body = Array(name.utf8) + content
    file += word(content.count) + body + word(Int(crc32(body)))
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    return sum ^ 0xFFFF_FFFF
  }

  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }
}

/// Bytes as text (RFC 4648, with padding).
package enum Base64 {
  package static func text(_ bytes: [UInt8]) -> String {
    let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let rest = bytes.count - start
      let group =
        UInt32(bytes[start]) << 16 | (rest > 1 ? UInt32(bytes[start + 1]) << 8 : 0)
        | (rest > 2 ? UInt32(bytes[start + 2]) : 0)
      output.append(signs[Int(group >> 18)])
      output.append(signs[Int(group >> 12 & 63)])
      output.append(rest > 1 ? signs[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      output.append(rest > 2 ? signs[Int(group & 63)] : UInt8(ascii: "="))
    }
    return String(decoding: output, as: UTF8.self)
  }
}
