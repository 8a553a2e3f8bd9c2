import Foundation

/// Reading and writing whole files, with failures as one line that names the file.
package enum TextFile {
  /// The bytes of a file.
  ///
  /// - Throws: `InputError` when there is no such file, when it is a directory, or when it may not be read.
  package static func bytes(_ path: String) throws(InputError) -> [UInt8] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw InputError("\(path): no such file")
    }
    guard !isDirectory.boolValue else {
      throw InputError("\(path): is a directory, expected a file")
    }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw InputError("\(path): cannot be read (\(reason(error)))")
    }
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
