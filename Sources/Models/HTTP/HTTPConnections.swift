import Foundation

/// A client's connections and the exchanges that wait for one; owned by the client's thread.
struct HTTPConnections: ~Copyable {
  private enum Phase {
    case connecting(since: ContinuousClock.Instant)
    case busy
    case idle
  }

  private final class Connection {
    var descriptor: Int32
    var phase: Phase
    /// The address that it connects to.
    var address: Int
    var exchange: HTTPExchange?
    var written = 0
    var parser: HTTPResponseParser
    /// Whether it carried an exchange before, so that the server may just have closed it.
    var reused = false
    /// When something last happened on it.
    var progress: ContinuousClock.Instant

    init(_ descriptor: Int32, address: Int, limits: HTTPResponseParser.Limits) {
      self.descriptor = descriptor
      self.address = address
      parser = HTTPResponseParser(limits: limits)
      progress = .now
      phase = .connecting(since: progress)
    }
  }

  private let settings: HTTPClient.Settings
  private var connections: [Connection] = []
  private var waiting = Queue<HTTPExchange>()
  /// Exchanges whose old connection turned out to be closed; they get a new one.
  private var stale: [HTTPExchange] = []
  private var addresses: [SocketAddress]?
  /// The address that answered last.
  private var preferred = 0
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private var polled: [pollfd] = []

  init(settings: HTTPClient.Settings) {
    self.settings = settings
  }

  deinit {
    buffer.deallocate()
  }

  // MARK: Mail

  mutating func enqueue(_ exchanges: [HTTPExchange]) {
    for exchange in exchanges { waiting.append(exchange) }
  }

  var needsAddresses: Bool { addresses == nil && (waiting.first != nil || !stale.isEmpty) }

  mutating func takeAddresses(_ lookup: Result<[SocketAddress], HTTPFailure>) {
    switch lookup {
    case .success(let found):
      addresses = found
      preferred = 0
    case .failure(let failure): failWaiting(failure)
    }
  }

  private mutating func failWaiting(_ failure: HTTPFailure) {
    for exchange in stale { exchange.finish(.failure(failure)) }
    stale = []
    while let exchange = waiting.first {
      waiting.removeFirst()
      exchange.finish(.failure(failure))
    }
  }

  mutating func dropCancelled() {
    for connection in connections where connection.exchange?.isDone == true { drop(connection) }
    connections.removeAll { $0.descriptor < 0 }
  }

  mutating func closeAll(_ failure: HTTPFailure) {
    failWaiting(failure)
    for connection in connections {
      connection.exchange?.finish(.failure(failure))
      drop(connection)
    }
    connections = []
  }

  // MARK: Work

  /// Gives waiting exchanges a connection, as far as there may be more.
  mutating func assign(_ now: ContinuousClock.Instant) {
    guard let addresses, !addresses.isEmpty else { return }
    while let exchange = stale.popLast() {
      if !exchange.isDone { connect(exchange) }
    }
    guard waiting.first != nil else { return }
    for connection in connections.reversed() {
      guard case .idle = connection.phase else { continue }
      guard let exchange = nextWaiting() else { return }
      begin(exchange, on: connection, now)
    }
    while connections.count < settings.maxConnections, let exchange = nextWaiting() {
      connect(exchange)
    }
  }

  private mutating func nextWaiting() -> HTTPExchange? {
    while let exchange = waiting.first {
      waiting.removeFirst()
      if !exchange.isDone { return exchange }
    }
    return nil
  }

  /// Starts a connection for an exchange, trying the addresses in turn.
  private mutating func connect(_ exchange: HTTPExchange, from first: Int = 0) {
    guard let addresses else { return }
    var reason = "no address"
    for step in first..<addresses.count {
      let index = (preferred + step) % addresses.count
      switch addresses[index].connect() {
      case .success(let descriptor):
        let connection = Connection(descriptor, address: step, limits: settings.limits)
        connection.exchange = exchange
        connections.append(connection)
        return
      case .failure(let failure): reason = failure.text
      }
    }
    // The next exchange asks for the addresses again; they may have changed.
    self.addresses = nil
    exchange.finish(.failure(HTTPFailure.unreachable(reason: reason)))
  }

  private mutating func begin(
    _ exchange: HTTPExchange, on connection: Connection, _ now: ContinuousClock.Instant
  ) {
    connection.exchange = exchange
    connection.phase = .busy
    connection.written = 0
    connection.parser = HTTPResponseParser(limits: settings.limits)
    connection.progress = now
    writeOn(connection)
  }

  /// Fails what has waited too long, and finds out when that happens next.
  mutating func expire(_ now: ContinuousClock.Instant) {
    while let exchange = waiting.first, exchange.isDone || exchange.deadline <= now {
      waiting.removeFirst()
      exchange.finish(
        .failure(HTTPFailure.timedOut(.total, after: settings.totalTimeout)))
    }
    for connection in connections {
      guard let exchange = connection.exchange, let (end, phase, time) = limit(of: connection),
        end <= now
      else { continue }
      exchange.finish(.failure(HTTPFailure.timedOut(phase, after: time)))
      drop(connection)
    }
    connections.removeAll { $0.descriptor < 0 }
  }

  /// When the exchange on a connection is given up, and why.
  private func limit(
    of connection: Connection
  ) -> (end: ContinuousClock.Instant, phase: HTTPFailure.Phase, time: Duration)? {
    guard let exchange = connection.exchange else { return nil }
    var limit = (exchange.deadline, HTTPFailure.Phase.total, settings.totalTimeout)
    let other: (ContinuousClock.Instant, HTTPFailure.Phase, Duration) =
      switch connection.phase {
      case .connecting(let since):
        (since + settings.connectTimeout, .connecting, settings.connectTimeout)
      case .busy, .idle:
        (connection.progress + settings.idleTimeout, .idle, settings.idleTimeout)
      }
    if other.0 < limit.0 { limit = other }
    return limit
  }

  /// Waits until something happens on a connection and deals with it.
  mutating func poll(wakeUp: Int32, blocks: Bool, now: ContinuousClock.Instant) {
    polled.removeAll(keepingCapacity: true)
    polled.append(pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0))
    var next = waiting.first?.deadline
    for connection in connections {
      var events = Int16(POLLIN)
      if case .connecting = connection.phase { events = Int16(POLLOUT) }
      if let exchange = connection.exchange, connection.written < exchange.bytes.count {
        events |= Int16(POLLOUT)
      }
      polled.append(pollfd(fd: connection.descriptor, events: events, revents: 0))
      if let end = limit(of: connection)?.end { next = min(next ?? end, end) }
    }
    let wait = blocks ? next.map { milliseconds($0 - now) } ?? -1 : 0
    guard Foundation.poll(&polled, nfds_t(polled.count), wait) > 0 else { return }
    if polled[0].revents != 0 { _ = read(wakeUp, buffer.baseAddress, buffer.count) }
    // New connections are appended meanwhile and not polled yet.
    for index in 1..<polled.count where polled[index].revents != 0 {
      handle(connections[index - 1], events: Int32(polled[index].revents))
    }
    connections.removeAll { $0.descriptor < 0 }
  }

  /// Rounded up, so that a deadline has passed when the wait for it ends.
  private func milliseconds(_ time: Duration) -> Int32 {
    let (seconds, attoseconds) = time.components
    if seconds < 0 { return 0 }
    if seconds > 3600 { return 3_600_000 }
    return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  private mutating func handle(_ connection: Connection, events: Int32) {
    switch connection.phase {
    case .idle:
      // The server closed it, or sent something that nobody asked for.
      drop(connection)
    case .connecting:
      var number: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(connection.descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
      guard number == 0 else { return connectElsewhere(connection, ErrorNumber(number)) }
      connection.phase = .busy
      connection.progress = .now
      if let addresses { preferred = (preferred + connection.address) % addresses.count }
      connection.address = 0
      writeOn(connection)
    case .busy:
      // An answer may come before the whole request was taken, so reading goes first.
      if events & Int32(POLLIN | POLLHUP | POLLERR) != 0 { readOn(connection) }
      if events & Int32(POLLOUT) != 0, connection.exchange != nil { writeOn(connection) }
    }
  }

  private mutating func connectElsewhere(_ connection: Connection, _ error: ErrorNumber) {
    guard let exchange = connection.exchange else { return drop(connection) }
    let next = connection.address + 1
    connection.exchange = nil
    drop(connection)
    if let addresses, next < addresses.count {
      connect(exchange, from: next)
    } else {
      addresses = nil
      exchange.finish(.failure(HTTPFailure.unreachable(reason: error.text)))
    }
  }

  private mutating func writeOn(_ connection: Connection) {
    guard let exchange = connection.exchange else { return }
    let bytes = exchange.bytes
    while connection.written < bytes.count {
      let start = connection.written
      let count = bytes.withUnsafeBytes { bytes in
        Foundation.send(
          connection.descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start,
          Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        connection.written += count
        connection.progress = .now
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        // The server may have answered before it closed; reading finds out.
        connection.written = bytes.count
        return readOn(connection)
      }
    }
  }

  private mutating func readOn(_ connection: Connection) {
    guard let exchange = connection.exchange else { return }
    let count = recv(connection.descriptor, buffer.baseAddress, buffer.count, 0)
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    do {
      if count > 0 {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        let taken = try connection.parser.take(bytes)
        connection.progress = .now
        guard connection.parser.isComplete else { return }
        let clean =
          taken == count && connection.parser.keepsConnection
          && connection.written == exchange.bytes.count
        finish(connection, exchange, keeping: clean)
      } else {
        if connection.parser.received == 0, connection.reused {
          connection.exchange = nil
          drop(connection)
          if !exchange.isDone { stale.append(exchange) }
          return
        }
        try connection.parser.end()
        finish(connection, exchange, keeping: false)
      }
    } catch {
      exchange.finish(.failure(error))
      drop(connection)
    }
  }

  private mutating func finish(
    _ connection: Connection, _ exchange: HTTPExchange, keeping: Bool
  ) {
    let response = connection.parser.response
    connection.exchange = nil
    if keeping {
      connection.phase = .idle
      connection.reused = true
    } else {
      drop(connection)
    }
    exchange.finish(.success(response))
    // The next request leaves before the thread sleeps again.
    if keeping, let next = nextWaiting() { begin(next, on: connection, .now) }
  }

  /// Closes a connection; it is taken off the list at the end of the round.
  private func drop(_ connection: Connection) {
    if connection.descriptor >= 0 { close(connection.descriptor) }
    connection.descriptor = -1
    connection.exchange = nil
  }
}
