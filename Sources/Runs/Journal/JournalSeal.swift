/// The end of a journal's line, by which it checks itself: `,"crc":"xxxxxxxx"}`.
///
/// The eight digits are the CRC-32C of the bytes before the seal, so that a reader need not write the
/// line again to check it.
enum JournalSeal {
  static let length = 18

  private static let digits = Array("0123456789abcdef".utf8)

  /// Puts the seal in the place of the closing brace of a JSON object.
  static func close(_ line: inout [UInt8]) {
    precondition(line.last == UInt8(ascii: "}"), "a line of a journal is an object")
    line.removeLast()
    let checksum = line.withUnsafeBytes { CRC32C.checksum($0) }
    line.append(contentsOf: #","crc":""#.utf8)
    for shift in stride(from: 28, through: 0, by: -4) {
      line.append(digits[Int(checksum >> UInt32(shift)) & 15])
    }
    line.append(contentsOf: "\"}".utf8)
  }

  /// Whether a line ends with the seal that belongs to it.
  static func isSound(_ line: UnsafeRawBufferPointer) -> Bool {
    let start = line.count - length
    guard start > 0, line[start...].starts(with: #","crc":""#.utf8), line[line.count - 1] == 0x7D,
      line[line.count - 2] == 0x22
    else { return false }
    var stated: UInt32 = 0
    for byte in line[(start + 8)..<(start + 16)] {
      switch byte {
      case 0x30...0x39: stated = stated << 4 | UInt32(byte - 0x30)
      case 0x61...0x66: stated = stated << 4 | UInt32(byte - 0x61 + 10)
      default: return false
      }
    }
    return CRC32C.checksum(UnsafeRawBufferPointer(rebasing: line[..<start])) == stated
  }
}
