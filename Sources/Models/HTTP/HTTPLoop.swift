import Foundation
import Synchronization

/// The thread that owns a client's connections.
///
/// Everything but the inbox is touched by the thread alone.
final class HTTPLoop: Sendable {
  private struct Inbox {
    var exchanges: [HTTPExchange] = []
    /// The outcome of a name lookup.
    var lookup: Result<[SocketAddress], HTTPFailure>?
    var cancelled = false
    var closing = false
    var running = false
    /// Whether the thread sleeps or is about to, so that it has to be woken.
    var asleep = false
  }

  private let host: String
  private let port: Int
  private let settings: HTTPClient.Settings
  private let inbox = Mutex(Inbox())
  /// The pipe that wakes the thread; apart from the inbox, because the woken thread asks for that at once.
  private let pipeEnds = Mutex<(read: Int32, write: Int32)>((-1, -1))

  init(host: String, port: Int, settings: HTTPClient.Settings) {
    self.host = host
    self.port = port
    self.settings = settings
  }

  // MARK: Any thread

  func add(_ exchange: HTTPExchange) {
    let (failure, sleeps) = inbox.withLock { inbox -> (HTTPFailure?, Bool) in
      if inbox.closing { return (.closed, false) }
      inbox.exchanges.append(exchange)
      if !inbox.running {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
          inbox.exchanges = []
          return (.unreachable(reason: ErrorNumber(errno).text), false)
        }
        for end in ends {
          _ = fcntl(end, F_SETFD, FD_CLOEXEC)
          _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        pipeEnds.withLock { $0 = (ends[0], ends[1]) }
        inbox.running = true
        start(wakeUp: ends[0])
      }
      return (nil, mustWake(&inbox))
    }
    if sleeps { wake() }
    if let failure { exchange.finish(.failure(failure)) }
  }

  func wakeForCancelled() {
    let sleeps = inbox.withLock { inbox in
      inbox.cancelled = true
      return mustWake(&inbox)
    }
    if sleeps { wake() }
  }

  func close() {
    let sleeps = inbox.withLock { inbox in
      inbox.closing = true
      return mustWake(&inbox)
    }
    if sleeps { wake() }
  }

  private func mustWake(_ inbox: inout Inbox) -> Bool {
    guard inbox.asleep, inbox.running else { return false }
    inbox.asleep = false
    return true
  }

  private func wake() {
    pipeEnds.withLock { ends in
      var byte: UInt8 = 0
      if ends.write >= 0 { _ = write(ends.write, &byte, 1) }
    }
  }

  private func start(wakeUp: Int32) {
    signal(SIGPIPE, SIG_IGN)
    let thread = Thread { [self] in
      var connections = HTTPConnections(settings: settings)
      run(&connections, wakeUp: wakeUp)
      connections.closeAll(.closed)
      let left = inbox.withLock { inbox in
        inbox.running = false
        defer { inbox.exchanges = [] }
        return inbox.exchanges
      }
      pipeEnds.withLock { ends in
        Foundation.close(ends.read)
        Foundation.close(ends.write)
        ends = (-1, -1)
      }
      for exchange in left { exchange.finish(.failure(HTTPFailure.closed)) }
    }
    thread.name = "http \(host)"
    thread.start()
  }

  // MARK: The thread

  private func run(_ connections: inout HTTPConnections, wakeUp: Int32) {
    var looking = false
    while true {
      let mail = inbox.withLock { inbox -> Inbox in
        defer {
          inbox.exchanges = []
          inbox.lookup = nil
          inbox.cancelled = false
          inbox.asleep = false
        }
        return inbox
      }
      if mail.closing { return }
      let now = ContinuousClock.now
      connections.enqueue(mail.exchanges)
      if let lookup = mail.lookup {
        looking = false
        connections.takeAddresses(lookup)
      }
      if mail.cancelled { connections.dropCancelled() }
      if connections.needsAddresses, !looking {
        looking = true
        lookUp()
        continue
      }
      connections.expire(now)
      connections.assign(now)
      let sleeps = inbox.withLock { inbox in
        let empty =
          inbox.exchanges.isEmpty && inbox.lookup == nil && !inbox.cancelled && !inbox.closing
        inbox.asleep = empty
        return empty
      }
      connections.poll(wakeUp: wakeUp, blocks: sleeps, now: now)
    }
  }

  /// Finds the host's addresses: a numeric one here, a name on a thread of its own, because the
  /// system's lookup blocks.
  private func lookUp() {
    let host = host
    let port = port
    let find = { @Sendable [self] in
      let found: Result<[SocketAddress], HTTPFailure>
      do throws(HTTPFailure) {
        found = .success(try SocketAddress.resolve(host: host, port: port))
      } catch let failure {
        found = .failure(failure)
      }
      let sleeps = inbox.withLock { inbox in
        inbox.lookup = found
        return mustWake(&inbox)
      }
      if sleeps { wake() }
    }
    if SocketAddress.isNumeric(host) { find() } else { Thread(block: find).start() }
  }
}
