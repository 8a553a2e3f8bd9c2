/// The checksum CRC-32C (Castagnoli's polynomial; RFC 3720, appendix B.4), eight bytes at a time.
enum CRC32C {
  /// Table `k` advances a byte over `k` further zero bytes.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1 }
      tables[byte] = value
    }
    for index in 256..<(8 * 256) {
      let before = tables[index - 256]
      tables[index] = (before >> 8) ^ tables[Int(before & 0xFF)]
    }
    return tables
  }()

  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    tables.withUnsafeBufferPointer { table in
      var crc: UInt32 = ~0
      var at = 0
      while at + 8 <= bytes.count {
        let low = bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian ^ crc
        let high = bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self).littleEndian
        crc =
          table[Int(7 << 8 | low & 0xFF)] ^ table[Int(6 << 8 | (low >> 8) & 0xFF)]
          ^ table[Int(5 << 8 | (low >> 16) & 0xFF)] ^ table[Int(4 << 8 | low >> 24)]
        crc ^=
          table[Int(3 << 8 | high & 0xFF)] ^ table[Int(2 << 8 | (high >> 8) & 0xFF)]
          ^ table[Int(1 << 8 | (high >> 16) & 0xFF)] ^ table[Int(high >> 24)]
        at += 8
      }
      while at < bytes.count {
        crc = (crc >> 8) ^ table[Int((crc ^ UInt32(bytes[at])) & 0xFF)]
        at += 1
      }
      return ~crc
    }
  }
}
