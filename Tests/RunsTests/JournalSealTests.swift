import Testing

@testable import Runs

struct JournalSealTests {
  // Expected values: RFC 3720, appendix B.4, and the check value of the CRC catalogue (CRC-32/ISCSI).
  @Test(
    arguments: [
      ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0...31), 0x46DD_794E),
      (Array((0...31).reversed()), 0x113F_DB5C), (Array("123456789".utf8), 0xE306_9283), ([], 0),
    ] as [([UInt8], UInt32)])
  func `checksums agree with published ones`(_ bytes: [UInt8], _ expected: UInt32) {
    #expect(bytes.withUnsafeBytes { CRC32C.checksum($0) } == expected)
  }

  private func isSound(_ line: [UInt8]) -> Bool { line.withUnsafeBytes { JournalSeal.isSound($0) } }

  @Test func `a sealed line is an object with its checksum as the last member`() {
    var line = Array(#"{"task":"t","format":0}"#.utf8)
    JournalSeal.close(&line)
    #expect(String(decoding: line, as: UTF8.self) == #"{"task":"t","format":0,"crc":"f9c955ac"}"#)
    #expect(isSound(line))
  }

  @Test func `any change of a byte breaks the seal`() {
    var line = Array(#"{"task":"t","format":0,"example":12,"prediction":"yes"}"#.utf8)
    JournalSeal.close(&line)
    for index in line.indices {
      for change in [1, 0x20, 0x80] as [UInt8] {
        var broken = line
        broken[index] ^= change
        #expect(!isSound(broken), "byte \(index) with \(change)")
      }
      #expect(!isSound(Array(line[..<index])))
      #expect(!isSound(line + line[...index]))
    }
    #expect(!isSound([]))
  }
}
