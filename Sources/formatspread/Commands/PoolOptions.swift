import Basics
import Models

/// Several endpoints of one model, and how fast they are asked.
enum PoolOptions {
  static let pace = Subcommand.Option(
    name: "--requests-per-minute", value: "N",
    help: "Requests that leave in a minute at most, evenly spaced, to all servers together.")

  static let prompts = Subcommand.Option(
    name: "--prompts-per-request", value: "P",
    help: "Prompts to be continued that go in one request at most, where the server takes lists "
      + "(default 8; 1 sends each alone).")

  /// The further addresses after `--backend`.
  ///
  /// - Throws: `InputError` for an address given twice and for anything but servers in a pool.
  static func others(
    _ arguments: Arguments, _ first: BackendSpecification
  ) throws(InputError) -> [ServerAddress] {
    var known = [first]
    var addresses: [ServerAddress] = []
    for text in arguments.texts("--backend").dropFirst() {
      let specification = try BackendSpecification.parse(text)
      guard !known.contains(specification) else {
        throw InputError("--backend \(quoted(text)): given twice")
      }
      known.append(specification)
      guard case .server = first, case .server(let address) = specification else {
        throw InputError(
          "--backend \(quoted(text)): several backends must all be servers of one model, such as "
            + "--backend http://a:8000/v1 --backend http://b:8000/v1")
      }
      addresses.append(address)
    }
    return addresses
  }

  static func apply(
    _ arguments: Arguments, to settings: inout ServerModel.Settings
  ) throws(InputError) {
    if let text = arguments.text(pace.name) {
      guard let number = Double(text), number > 0, number < 1e9 else {
        throw InputError("\(pace.name) \(quoted(text)): expected a number above 0, such as 600")
      }
      settings.pacer = RequestPacer(perMinute: number)
    }
    if arguments.command.options.contains(where: { $0.name == "--concurrency" }),
      let fixed = try arguments.number("--concurrency", from: 1)
    {
      settings.maxInFlight = max(settings.maxInFlight, fixed)
      settings.http.maxConnections = max(settings.http.maxConnections, fixed)
    }
  }

  static func model(
    _ first: ServerAddress, _ others: [ServerAddress], _ settings: ServerModel.Settings
  ) -> any Model {
    let model = ServerModel(first, settings: settings)
    if others.isEmpty { return model }
    return ModelPool(model, others.map { ServerModel($0, settings: settings) })
  }

  /// What the further endpoints of a pool were found to be, one line each.
  static func lines(_ model: any Model) async throws -> [String] {
    var lines: [String] = []
    let first = try await model.members.first?.hello()
    for member in model.members.dropFirst() {
      let capabilities = try await member.hello()
      guard let probe = capabilities.probe else { continue }
      let method =
        capabilities.scoring == first?.scoring
        ? " and method" : ", scoring: \(capabilities.scoring?.rawValue ?? "none")"
      lines.append(
        "also at \(probe.address): \(probe.kind.title)"
          + "\(probe.version.map { " \($0)" } ?? ""), the same model\(method)")
    }
    return lines
  }
}
