import Basics

/// Divides a file into lines while it arrives in pieces; a line may have at most `longestLine` bytes.
struct LineScanner {
  let file: String
  private var line: [UInt8] = []
  private var number = 1

  static let longestLine = 16 << 20

  init(file: String) {
    self.file = file
  }

  /// Calls `take` with each line's number (from 1) and its bytes without the line break; blank lines are
  /// passed over.
  mutating func feed(
    _ bytes: ArraySlice<UInt8>, line take: (Int, [UInt8]) throws(InputError) -> Void
  ) throws(InputError) {
    var rest = bytes
    while let end = rest.firstIndex(of: 0x0A) {
      line += rest[..<end]
      try deliver(take)
      rest = rest[(end + 1)...]
    }
    line += rest
    guard line.count <= Self.longestLine else {
      throw InputError("\(file):\(number): a line of more than \(Self.longestLine >> 20) MB")
    }
  }

  mutating func finish(_ take: (Int, [UInt8]) throws(InputError) -> Void) throws(InputError) {
    try deliver(take)
  }

  private mutating func deliver(
    _ take: (Int, [UInt8]) throws(InputError) -> Void
  ) throws(InputError) {
    let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    if !isBlank { try take(number, line) }
    line.removeAll(keepingCapacity: true)
    number += 1
  }
}
