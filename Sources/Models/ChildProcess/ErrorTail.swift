import Basics

/// The last lines that a child wrote to its standard error, for the message that reports its end.
struct ErrorTail {
  private var bytes: [UInt8] = []

  /// Enough for the last lines of a trace, whatever the child writes before.
  private static let kept = 8192

  mutating func take(_ new: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: new.suffix(Self.kept))
    if bytes.count > 2 * Self.kept { bytes.removeFirst(bytes.count - Self.kept) }
  }

  /// The last lines that are not blank, at most `count`, in their order, each trimmed.
  func lines(_ count: Int) -> [String] {
    let lines = bytes.suffix(Self.kept).split(separator: 0x0A).map { line in
      String(decoding: line, as: UTF8.self).stripped(of: [" ", "\t", "\r"])
    }
    return lines.filter { !$0.isEmpty }.suffix(count)
  }

  /// "; its last words: 'x', 'y'", or nothing when it wrote nothing.
  var lastWords: String {
    let lines = lines(2)
    if lines.isEmpty { return "; it wrote nothing to its standard error" }
    return "; its last words: " + lines.map { quoted($0, limit: 160) }.joined(separator: ", ")
  }
}
