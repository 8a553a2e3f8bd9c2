#if !HTTPOnly
  import Foundation
  import Synchronization

  #if canImport(FoundationNetworking)
    import FoundationNetworking
  #endif

  /// `https` by the system's own client, which knows certificates.
  ///
  /// Its time-outs are whole seconds on Linux, so the total one is kept here. Loopback addresses never go
  /// through a proxy of the environment.
  final class SystemHTTPClient: HTTPTransport {
    private let address: ServerAddress
    private let settings: HTTPClient.Settings
    private let session: URLSession

    init(_ address: ServerAddress, settings: HTTPClient.Settings) {
      self.address = address
      self.settings = settings
      let configuration = URLSessionConfiguration.ephemeral
      configuration.httpMaximumConnectionsPerHost = min(settings.maxConnections, 64)
      configuration.timeoutIntervalForRequest = 3600
      configuration.httpShouldSetCookies = false
      Self.keepLoopbackDirect(address.host)
      session = URLSession(configuration: configuration)
    }

    /// The system's client takes its proxy from the environment, whatever its configuration says.
    private static func keepLoopbackDirect(_ host: String) {
      guard ["localhost", "::1"].contains(host) || host.hasPrefix("127.") else { return }
      let environment = ProcessInfo.processInfo.environment
      let given = environment["no_proxy"] ?? environment["NO_PROXY"]
      setenv("no_proxy", (given.map { $0 + "," } ?? "") + host, 1)
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
      let text = "https://\(address.authority)\(request.target)"
      guard let url = URL(string: text) else {
        throw HTTPFailure.other("'\(text)' is not an address")
      }
      var outgoing = URLRequest(url: url)
      outgoing.httpMethod = request.method
      for field in request.fields { outgoing.setValue(field.value, forHTTPHeaderField: field.name) }
      if !request.body.isEmpty { outgoing.httpBody = Data(request.body) }
      let ready = outgoing
      return try await Self.racing(settings.totalTimeout) { try await self.exchange(ready) }
    }

    private func exchange(_ request: URLRequest) async throws -> HTTPResponse {
      do {
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else {
          throw HTTPFailure.malformed("no HTTP response")
        }
        guard data.count <= settings.limits.body else {
          throw HTTPFailure.tooLarge(
            "the response's body is longer than \(settings.limits.body) bytes")
        }
        let fields = response.allHeaderFields.map { name, value in
          HTTPField("\(name)".lowercased(), "\(value)")
        }
        return HTTPResponse(
          status: response.statusCode, fields: fields.sorted { $0.name < $1.name },
          body: Array(data))
      } catch let error as URLError {
        switch error.code {
        case .cancelled: throw CancellationError()
        case .cannotFindHost, .dnsLookupFailed:
          throw HTTPFailure.unresolved(host: address.host, reason: error.localizedDescription)
        case .cannotConnectToHost, .notConnectedToInternet:
          throw HTTPFailure.unreachable(reason: error.localizedDescription)
        case .serverCertificateUntrusted, .serverCertificateHasUnknownRoot,
          .serverCertificateHasBadDate, .serverCertificateNotYetValid, .secureConnectionFailed,
          .clientCertificateRequired, .clientCertificateRejected:
          throw HTTPFailure.untrusted(error.localizedDescription)
        case .timedOut: throw HTTPFailure.timedOut(.idle, after: .seconds(3600))
        default:
          // On Linux certificates have no code of their own, only libcurl's words.
          let reason = error.localizedDescription
          throw reason.contains("SSL") || reason.contains("certificate")
            ? HTTPFailure.untrusted(reason) : HTTPFailure.other(reason)
        }
      }
    }

    func close() {
      session.invalidateAndCancel()
    }
  }
#endif
