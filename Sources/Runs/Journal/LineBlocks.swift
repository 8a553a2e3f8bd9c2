import Basics
import Foundation

/// Walks through the lines of a file block by block, so that its size does not matter.
enum LineBlocks {
  /// How far the lines of a file go.
  struct Extent {
    /// Bytes up to the end of the last whole line.
    var lines = 0
    /// Bytes after it, which no newline ends.
    var rest = 0
  }

  private static let block = 1 << 20

  /// Calls `visit` with every whole line and its number, from 1, without the newline.
  ///
  /// - Throws: `InputError` when the file cannot be read, or what `visit` throws.
  static func walk(
    _ path: String, _ visit: (Int, UnsafeRawBufferPointer) throws(InputError) -> Void
  ) throws(InputError) -> Extent {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw InputError("\(path): cannot be read (\(systemReason(errno)))")
    }
    defer { close(file) }
    var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: block, alignment: 16)
    defer { buffer.deallocate() }
    var filled = 0
    var number = 0
    var extent = Extent()
    while true {
      if filled == buffer.count {
        // A line that is longer than the buffer.
        let larger = UnsafeMutableRawBufferPointer.allocate(
          byteCount: buffer.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
        buffer.deallocate()
        buffer = larger
      }
      let count = read(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw InputError("\(path): cannot be read (\(systemReason(errno)))")
      }
      if count == 0 { break }
      // The bytes before `filled` were searched before.
      var search = filled
      filled += count
      var start = 0
      while let newline = position(ofNewlineIn: buffer, from: search, to: filled) {
        number += 1
        try visit(number, UnsafeRawBufferPointer(rebasing: buffer[start..<newline]))
        start = newline + 1
        search = start
      }
      extent.lines += start
      if start > 0, let base = buffer.baseAddress {
        memmove(base, base + start, filled - start)
        filled -= start
      }
    }
    extent.rest = filled
    return extent
  }

  private static func position(
    ofNewlineIn buffer: UnsafeMutableRawBufferPointer, from start: Int, to end: Int
  ) -> Int? {
    guard let base = buffer.baseAddress, start < end,
      let found = memchr(base + start, 0x0A, end - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
