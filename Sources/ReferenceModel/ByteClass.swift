/// The classes of bytes that share a weight: letters in either case, digits, newline, space, other
/// ASCII, and parts of longer UTF-8 characters.
enum ByteClass {
  static let count = 40

  @inline(__always)
  static func of(_ byte: UInt8) -> Int { table[Int(byte)] }

  /// How many bytes each class has.
  static let sizes: [Double] = (0..<count).map { index in
    Double(table.filter { $0 == index }.count)
  }

  /// The class of each byte.
  static let table: [Int] = (0..<256).map { byte in
    let lowered = byte | 0x20
    if byte < 0x80, lowered >= 0x61, lowered <= 0x7A { return lowered - 0x61 }
    if byte >= 0x30, byte <= 0x39 { return byte - 0x30 + 26 }
    if byte == 0x0A { return 36 }
    if byte == 0x20 { return 37 }
    return byte < 0x80 ? 38 : 39
  }
}
