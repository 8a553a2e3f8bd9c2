import Basics
import Foundation

/// The reference model as a child process: JSON lines in, JSON lines out.
///
/// Answers come in the order of the questions. Reading goes on while the other side does not yet
/// read, so that many questions may be written before the first answer is fetched.
package enum ReferenceModelLoop {
  /// Answers until the input ends or nobody reads the output any more.
  ///
  /// - Parameters:
  ///   - input: A file descriptor to read from; it stays open.
  ///   - output: A file descriptor to write to; it stays open.
  ///   - model: The model that answers.
  package static func run(
    input: Int32, output: Int32, model: ReferenceModel = ReferenceModel()
  ) {
    // A reader that went away shows as EPIPE instead of ending the process.
    signal(SIGPIPE, SIG_IGN)
    var lines = LineBuffer()
    var channel = Channel(input: input, output: output)
    while true {
      while let line = lines.next() {
        if let answer = answer(line, from: model) { channel.send(answer) }
        if channel.isBroken { return }
      }
      if channel.isAtEnd {
        if let line = lines.rest(), let answer = answer(line, from: model) { channel.send(answer) }
        channel.flush()
        return
      }
      channel.wait(into: &lines)
      if channel.isBroken { return }
    }
  }

  /// The answer to one line, without a newline; nil for a blank line.
  static func answer(_ line: ArraySlice<UInt8>, from model: ReferenceModel) -> [UInt8]? {
    guard line.contains(where: { $0 > 0x20 }) else { return nil }
    var id = JSON.null
    var members: JSONObject
    do {
      let request = try Request(line)
      id = request.id
      members = JSONObject(["id": id])
      for (key, value) in try request.answer(from: model).members { members[key] = value }
    } catch {
      members = JSONObject([
        "id": error.id ?? id,
        "error": .members(["message": .string(error.message), "retry": .string("no")]),
      ])
    }
    var output: [UInt8] = []
    JSON.object(members).write(to: &output)
    return output
  }
}

/// Bytes that arrive in pieces and are taken out line by line.
private struct LineBuffer {
  private var bytes: [UInt8] = []
  private var start = 0
  /// Up to here no newline was found.
  private var searched = 0

  mutating func append(_ piece: UnsafeRawBufferPointer) {
    if start > 0 {
      bytes.removeFirst(start)
      searched -= start
      start = 0
    }
    bytes.append(contentsOf: piece)
  }

  /// The next whole line without its newline.
  mutating func next() -> ArraySlice<UInt8>? {
    while searched < bytes.count {
      defer { searched += 1 }
      if bytes[searched] == 0x0A {
        defer { start = searched + 1 }
        return bytes[start..<searched]
      }
    }
    return nil
  }

  /// What follows the last newline.
  mutating func rest() -> ArraySlice<UInt8>? {
    start < bytes.count ? bytes[start...] : nil
  }
}

/// The two descriptors, and what is still to be written.
private struct Channel {
  let input: Int32
  let output: Int32
  private(set) var isAtEnd = false
  /// Whether nobody reads the output any more.
  private(set) var isBroken = false
  private var pending: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 65_536)

  /// As much as a pipe that is ready takes without blocking (PIPE_BUF on Linux).
  private static let portion = 4096

  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  /// Queues a line, and writes what fills a portion if the other side is ready.
  mutating func send(_ line: [UInt8]) {
    pending += line
    pending.append(0x0A)
    while pending.count >= Self.portion, !isBroken {
      var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
      guard poll(&ready, 1, 0) > 0 else { return }
      writePortion()
    }
  }

  /// Waits until there is something to read or room to write, and does it.
  mutating func wait(into lines: inout LineBuffer) {
    var ready = [pollfd(fd: input, events: Int16(POLLIN), revents: 0)]
    if !pending.isEmpty {
      ready.append(pollfd(fd: output, events: Int16(POLLOUT), revents: 0))
    }
    guard poll(&ready, nfds_t(ready.count), -1) > 0 else { return }
    if ready.count > 1, ready[1].revents != 0 { writePortion() }
    guard ready[0].revents != 0 else { return }
    let count = piece.withUnsafeMutableBytes { buffer in
      let count = read(input, buffer.baseAddress, buffer.count)
      if count > 0 { lines.append(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      return count
    }
    if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { isAtEnd = true }
  }

  /// Writes everything that is queued.
  mutating func flush() {
    while !pending.isEmpty, !isBroken { writePortion() }
  }

  private mutating func writePortion() {
    let count = pending.withUnsafeBytes { bytes in
      write(output, bytes.baseAddress, min(bytes.count, Self.portion))
    }
    if count > 0 {
      pending.removeFirst(count)
    } else if errno != EINTR && errno != EAGAIN {
      isBroken = true
    }
  }
}
