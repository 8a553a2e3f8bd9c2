import Basics
import Foundation
import Testing

@testable import Plots

struct PNGTests {
  // Values: Python's zlib.crc32 and zlib.adler32.
  @Test func `checksums are those of the standards`() {
    let bytes = Array("The quick brown fox jumps over the lazy dog".utf8)
    #expect(PNG.crc32(bytes) == 0x414F_A339)
    #expect(Deflate.adler32(bytes) == 0x5BDC_0FDA)
  }

  /// Reads what `Deflate` writes: one block with fixed codes, bit by bit as RFC 1951 says.
  private func inflated(_ stream: [UInt8]) throws -> [UInt8] {
    var at = 16
    func bit() -> Int {
      defer { at += 1 }
      return at / 8 < stream.count ? Int(stream[at / 8] >> UInt8(at % 8)) & 1 : 0
    }
    func number(_ bits: Int) -> Int { (0..<bits).reduce(0) { $0 | bit() << $1 } }
    func code(_ bits: Int) -> Int { (0..<bits).reduce(0) { value, _ in value << 1 | bit() } }
    let lengths = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
      131, 163, 195, 227, 258,
    ]
    let lengthBits = [
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    let distances = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
      2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    try #require(bit() == 1)
    try #require(number(2) == 1)
    var output: [UInt8] = []
    while true {
      var symbol = code(7)
      if symbol < 24 {
        symbol += 256
      } else {
        symbol = symbol << 1 | bit()
        if symbol < 0xC0 {
          symbol -= 0x30
        } else if symbol < 0xC8 {
          symbol = symbol - 0xC0 + 280
        } else {
          symbol = (symbol << 1 | bit()) - 0x190 + 144
        }
      }
      if symbol == 256 { return output }
      if symbol < 256 {
        output.append(UInt8(symbol))
      } else {
        try #require(symbol < 286)
        let length = lengths[symbol - 257] + number(lengthBits[symbol - 257])
        let group = code(5)
        try #require(group < 30)
        let distance = distances[group] + number(max(0, group / 2 - 1))
        try #require(distance <= output.count)
        for _ in 0..<length { output.append(output[output.count - distance]) }
      }
    }
  }

  @Test(arguments: [0, 1, 2, 3, 10, 257, 258, 259, 1000, 70_000])
  func `a stream holds what was put in`(_ count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count), stream: "deflate")
    let random = (0..<count).map { _ in UInt8(generator.below(256)) }
    let coarse = (0..<count).map { UInt8($0 / 37 % 3) }
    let constant = [UInt8](repeating: 200, count: count)
    for bytes in [random, coarse, constant] {
      #expect(try inflated(Deflate.zlib(bytes)) == bytes)
    }
  }

  @Test func `far repetitions are found and packed`() throws {
    var generator = SeededGenerator(seed: 3, stream: "deflate")
    let row = (0..<3000).map { _ in UInt8(generator.below(17)) }
    let bytes = (0..<20).flatMap { _ in row }
    let stream = Deflate.zlib(bytes)
    #expect(try inflated(stream) == bytes)
    #expect(stream.count < bytes.count / 8)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
  func `bytes as text are those of RFC 4648`(_ plain: String, _ text: String) {
    #expect(Base64.text(Array(plain.utf8)) == text)
  }

  @Test func `a heat map larger than its picture shows means of blocks`() throws {
    let cells: [HeatMap.Cell] = (0..<8).flatMap { row in
      (0..<10).map { column in row < 4 ? .right : column < 5 ? .wrong : .right }
    }
    let map = HeatMap(cells: cells, rows: 8, columns: 10, mostRows: 4, mostColumns: 2)
    #expect(map.rows == 4)
    #expect(map.columns == 2)
    #expect(map.block == (2, 5))
    let same = HeatMap(
      cells: [.right, .right, .right, .right, .wrong, .right, .wrong, .right], rows: 4, columns: 2)
    #expect(map == same)
    #expect(map.address.hasPrefix("data:image/png;base64,iVBORw0KGgo"))
  }

  @Test func `missing and failed cells are neither right nor wrong`() {
    let mixed = HeatMap(
      cells: [.right, .missing, .failed, .missing], rows: 2, columns: 2, mostRows: 1, mostColumns: 1
    )
    #expect(mixed == HeatMap(cells: [.right], rows: 1, columns: 1))
    let failed = HeatMap(
      cells: [.missing, .failed], rows: 1, columns: 2, mostRows: 1, mostColumns: 1)
    #expect(failed == HeatMap(cells: [.failed], rows: 1, columns: 1))
  }
}
