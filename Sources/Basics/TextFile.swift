import Foundation

/// Reading and writing whole files, with failures as one line that names the file.
package enum TextFile {
  /// The bytes of a file, or of a pipe such as a shell's `<(command)`.
  ///
  /// - Throws: `InputError` when there is no such file, when it is a directory, or when it may not be read.
  package static func bytes(_ path: String) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    try pieces(path) { bytes += $0 }
    return bytes
  }

  /// The bytes of a file or a pipe in pieces of at most 256 KB, so that files of any length can be read.
  ///
  /// - Parameters:
  ///   - path: A file or a pipe.
  ///   - take: Called with each piece in order.
  /// - Throws: `InputError` as `bytes`, or what `take` throws.
  package static func pieces(
    _ path: String, _ take: (ArraySlice<UInt8>) throws(InputError) -> Void
  ) throws(InputError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw InputError("\(path): no such file")
    }
    guard !isDirectory.boolValue else {
      throw InputError("\(path): is a directory, expected a file")
    }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(path) }
    defer { close(file) }
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = block.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count == 0 { return }
      if count > 0 {
        try take(block[..<count])
      } else if errno != EINTR {
        throw unreadable(path)
      }
    }
  }

  private static func unreadable(_ path: String) -> InputError {
    InputError("\(path): cannot be read (\(String(cString: strerror(errno))))")
  }

  package static func json(_ path: String) throws(InputError) -> JSONReader {
    JSONReader(try JSON.parse(try bytes(path), file: path), file: path)
  }

  /// Replaces a file as a whole: written beside it, then renamed, so that readers never see half.
  package static func replace(_ path: String, with text: String) throws(InputError) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw InputError("\(path): cannot be written (\(reason(error)))")
    }
  }

  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    if let posix = error.userInfo[NSUnderlyingErrorKey] as? NSError,
      posix.domain == NSPOSIXErrorDomain
    {
      return String(cString: strerror(Int32(posix.code)))
    }
    return error.localizedDescription
  }
}
