import Foundation

/// Cuts a stream of bytes into lines, with a limit to what an endless line may hold.
package struct LineSplitter {
  /// The longest line accepted, in bytes without its newline.
  package let limit: Int
  /// The beginning of a line whose end has not arrived.
  package private(set) var rest: [UInt8] = []

  package init(limit: Int) {
    self.limit = limit
  }

  /// A line that grew beyond the limit.
  package struct TooLong: Error {
    /// How the line begins.
    package let beginning: [UInt8]
  }

  /// Takes the next bytes and hands over the lines that they complete, without newlines.
  package mutating func take(_ bytes: UnsafeRawBufferPointer) throws(TooLong) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var at = 0
    while at < bytes.count, let base = bytes.baseAddress {
      let left = bytes.count - at
      guard let newline = memchr(base + at, 0x0A, left) else {
        rest.append(contentsOf: bytes[at...])
        break
      }
      let end = at + (UnsafeRawPointer(newline) - (base + at))
      if rest.isEmpty {
        lines.append(Array(bytes[at..<end]))
      } else {
        rest.append(contentsOf: bytes[at..<end])
        lines.append(rest)
        rest = []
      }
      at = end + 1
      if let line = lines.last, line.count > limit {
        throw TooLong(beginning: Array(line.prefix(200)))
      }
    }
    if rest.count > limit { throw TooLong(beginning: Array(rest.prefix(200))) }
    return lines
  }
}
