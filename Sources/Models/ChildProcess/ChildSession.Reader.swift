import Foundation

extension ChildSession {
  /// What the session's thread reads from the child: lines from its output, a copy of its error stream.
  struct Reader {
    let child: ChildProcess
    let log: Int32
    private(set) var errors = ErrorTail()
    private var splitter: LineSplitter
    private var buffer: UnsafeMutableRawBufferPointer
    private var outputOpen = true
    private var errorOpen = true

    init(child: ChildProcess, log: Int32, lineLimit: Int) {
      self.child = child
      self.log = log
      splitter = LineSplitter(limit: lineLimit)
      buffer = .allocate(byteCount: 1 << 18, alignment: 16)
    }

    func deallocate() {
      buffer.deallocate()
    }

    /// What the child wrote to its output after the last newline.
    var rest: [UInt8] { splitter.rest }

    /// Waits until something can be read or written, and passes the error stream on.
    ///
    /// - Parameters:
    ///   - time: At most this long.
    ///   - wake: A descriptor that ends the wait; what it holds is thrown away.
    ///   - input: A descriptor to write to, or -1.
    /// - Returns: Whether the output can be read, and whether the input takes more.
    mutating func wait(
      for time: Duration, wake: Int32, input: Int32
    ) -> (output: Bool, input: Bool) {
      var polled = [
        pollfd(fd: outputOpen ? child.output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errorOpen ? child.error : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&polled, nfds_t(polled.count), milliseconds(time)) > 0 else {
        return (false, false)
      }
      if polled[1].revents != 0 { readErrors() }
      if polled[2].revents != 0 { _ = read(wake, buffer.baseAddress, buffer.count) }
      return (polled[0].revents != 0, polled[3].revents != 0)
    }

    /// The lines that the next piece of output completes, or nil when the output was closed.
    mutating func readOutput() throws(LineSplitter.TooLong) -> [[UInt8]]? {
      let count = read(child.output, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { return [] }
      guard count > 0 else {
        outputOpen = false
        return nil
      }
      return try splitter.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }

    /// Waits for the child's end; meanwhile its output is thrown away, so that it is not held up.
    mutating func waitForEnd(within time: Duration) -> ExitStatus? {
      let deadline = ContinuousClock.now + time
      var pause = Duration.milliseconds(1)
      while true {
        if let status = child.reapIfEnded() {
          let drained = ContinuousClock.now + .milliseconds(200)
          while errorOpen, ContinuousClock.now < drained {
            _ = wait(for: .milliseconds(50), wake: -1, input: -1)
          }
          return status
        }
        guard ContinuousClock.now < deadline else { return nil }
        if wait(for: pause, wake: -1, input: -1).output,
          read(child.output, buffer.baseAddress, buffer.count) == 0
        {
          outputOpen = false
        }
        pause = min(pause * 2, .milliseconds(20))
      }
    }

    private mutating func readErrors() {
      let count = read(child.error, buffer.baseAddress, buffer.count)
      guard count > 0 else {
        if count == 0 { errorOpen = false }
        return
      }
      var left = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      errors.take(left)
      while !left.isEmpty {
        let written = write(log, left.baseAddress, left.count)
        if written > 0 {
          left = UnsafeRawBufferPointer(rebasing: left[written...])
        } else if written == 0 || errno != EINTR {
          // A log that cannot be written must not stop the work.
          break
        }
      }
    }

    /// Rounded up, so that a deadline has passed when the wait for it ends.
    private func milliseconds(_ time: Duration) -> Int32 {
      let (seconds, attoseconds) = time.components
      if seconds < 0 { return 0 }
      if seconds > 3600 { return 3_600_000 }
      return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
  }
}
