import Basics

/// What a server says about itself.
struct ServerIdentity: Sendable {
  var kind: ServerKind
  var version: String?
  var models: [String] = []
  var contextLength: Int?
  var vocabulary: Int?
}

/// The model that is asked.
struct ServedModel: Sendable {
  /// What requests call it; nil where the server serves one model and wants no name.
  var name: String?
  /// What reports call it.
  var title: String
}

extension ServerProbe {
  /// Finds out what answers at the address; an address without `/v1` is corrected where that helps.
  func identify() async throws -> ServerIdentity {
    var models = try await get("/models")
    if models == nil, connection.address.path.isEmpty {
      let longer = ServerConnection(
        address: connection.address.appending("/v1"), transport: connection.transport,
        key: connection.key)
      let short = connection
      connection = longer
      models = try await get("/models")
      if models == nil { connection = short } else { note("path", .note, "/v1 was added") }
    }
    var identity = ServerIdentity(kind: settings.kind ?? .openai)
    let entries = list(models?["data"])
    identity.models = entries.compactMap { text($0["id"]) }
    var kind = settings.kind
    if let entry = entries.first {
      identity.contextLength = whole(entry["max_model_len"])
      if case .object(let meta) = entry["meta"] {
        identity.contextLength = whole(meta["n_ctx"]) ?? identity.contextLength
        identity.vocabulary = whole(meta["n_vocab"])
      }
      switch text(entry["owned_by"]) {
      case "vllm": kind = kind ?? .vllm
      case "llamacpp": kind = kind ?? .llamacpp
      case "sglang": kind = kind ?? .sglang
      case "library": kind = kind ?? .ollama
      case "organization_owner": kind = kind ?? .lmStudio
      default: break
      }
    }
    if kind == nil, !connection.address.secure { kind = try await recognise() }
    identity.kind = kind ?? .openai
    try await complete(&identity)
    return identity
  }

  /// Recognises a server by an endpoint that only it has.
  private func recognise() async throws -> ServerKind? {
    if let props = try await get("/props", root: true), props["default_generation_settings"] != nil
    {
      return .llamacpp
    }
    if let info = try await get("/info", root: true), info["model_id"] != nil { return .tgi }
    if try await get("/get_model_info", root: true)?["model_path"] != nil { return .sglang }
    if try await get("/api/v0/models", root: true)?["data"] != nil { return .lmStudio }
    if try await get("/api/version", root: true)?["version"] != nil { return .ollama }
    guard let description = try await get("/openapi.json", root: true) else { return nil }
    if case .object(let info) = description["info"], let title = text(info["title"]),
      title.contains("llama.cpp Python API")
    {
      return .llamaCppPython
    }
    if case .object(let paths) = description["paths"], paths["/load_model"] != nil {
      return .transformers
    }
    return nil
  }

  /// Adds what the server's own endpoints tell.
  private func complete(_ identity: inout ServerIdentity) async throws {
    switch identity.kind {
    case .vllm:
      identity.version = text(try await get("/version", root: true)?["version"])
    case .llamacpp:
      let props = try await get("/props", root: true)
      identity.version = text(props?["build_info"])
      if case .object(let defaults) = props?["default_generation_settings"] {
        identity.contextLength = whole(defaults["n_ctx"]) ?? identity.contextLength
      }
      if let slots = whole(props?["total_slots"]) {
        note("slots", .note, "\(slots) requests are worked on at once")
      }
    case .ollama:
      identity.version = text(try await get("/api/version", root: true)?["version"])
      if identity.models.isEmpty {
        let tags = list(try await get("/api/tags", root: true)?["models"])
        identity.models = tags.compactMap { text($0["name"]) }
      }
    case .tgi:
      let info = try await get("/info", root: true)
      identity.version = text(info?["version"])
      identity.contextLength = whole(info?["max_total_tokens"]) ?? identity.contextLength
      if let model = text(info?["model_id"]) { identity.models = [model] }
    case .sglang:
      identity.version = text(try await get("/get_server_info", root: true)?["version"])
    case .lmStudio: try await takeLoaded(&identity)
    case .llamaCppPython, .transformers, .openai: break
    }
  }

  /// LM Studio lists every model on the disk; what counts is what is loaded.
  private func takeLoaded(_ identity: inout ServerIdentity) async throws {
    let entries = list(try await get("/api/v0/models", root: true)?["data"])
    let loaded = entries.filter {
      text($0["state"]) == "loaded" && text($0["type"]) != "embeddings"
    }
    guard !loaded.isEmpty else { return }
    identity.models = loaded.compactMap { text($0["id"]) }
    if loaded.count == 1 {
      identity.contextLength =
        whole(loaded[0]["loaded_context_length"]) ?? whole(loaded[0]["max_context_length"])
    }
  }

  /// How long Ollama's model's context can be; the server shortens longer ones without a word.
  func contextOfOllama(_ model: String) async throws -> Int? {
    let body = JSON.members(["model": .string(model)])
    let answer = try await patiently {
      try await connection.ask("POST", "/api/show", root: true, body: body)
    }
    guard answer.isSuccess, case .object(let shown) = answer.json,
      case .object(let info) = shown["model_info"]
    else { return nil }
    return info.members.first { $0.key.hasSuffix(".context_length") }.flatMap { whole($0.value) }
  }

  // MARK: The model

  /// The model that the user named, or the one that there is.
  func servedModel(_ identity: ServerIdentity) async throws -> ServedModel {
    if let name = settings.model { return ServedModel(name: name, title: name) }
    // It lists what lies in a folder, and serves another model when it was told to at its start.
    if identity.kind == .transformers || identity.models.isEmpty,
      let title = try await unnamedModel()
    {
      note("model", .note, "the server answers without being told a model")
      return ServedModel(name: nil, title: title)
    }
    if identity.models.count == 1 {
      return ServedModel(name: identity.models[0], title: identity.models[0])
    }
    if identity.models.isEmpty {
      if [.llamacpp, .tgi, .sglang].contains(identity.kind) {
        return ServedModel(name: identity.kind.rawValue, title: identity.kind.rawValue)
      }
      throw ModelError(
        "\(connection.address): it lists no models; name one with --model", retry: .no,
        scope: .model)
    }
    let shown = identity.models.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    let more = identity.models.count > 8 ? ", …" : ""
    throw ModelError(
      "\(connection.address): it has \(identity.models.count) models; name one with --model: "
        + shown + more, retry: .no, scope: .model)
  }

  /// The name that a server gives to what answers when no model is named; nil when nothing answers.
  private func unnamedModel() async throws -> String? {
    let limit = JSON.integer(1)
    let message = JSON.members(["role": .string("user"), "content": .string("a")])
    for (path, key, prompt) in [
      ("/completions", "prompt", JSON.string("a")),
      ("/chat/completions", "messages", .array([message])),
    ] {
      let answer = try await patiently {
        try await connection.ask(
          "POST", path, body: .members([key: prompt, "max_tokens": limit]))
      }
      if answer.isSuccess, case .object(let object) = answer.json, object["choices"] != nil {
        let name = text(object["model"]) ?? "the server's model"
        return name.hasSuffix("@main") ? String(name.dropLast(5)) : name
      }
    }
    return nil
  }

  // MARK: Tools

  /// The JSON object at a path, or nil where there is none.
  ///
  /// - Throws: `ModelError` when the server cannot be reached or refuses everything.
  private func get(_ path: String, root: Bool = false) async throws -> JSONObject? {
    // A server that loads its model says so with 503, for a minute or two.
    let answer = try await patiently(attempts: 40) { () throws -> ServerConnection.Answer in
      let answer = try await connection.ask(
        "GET", path, root: root, within: .seconds(30))
      // Everything else of a refusal is an answer too: the path is not there.
      if [429, 502, 503, 504].contains(answer.status) { throw connection.explain(answer) }
      return answer
    }
    if answer.status == 401 || answer.status == 403 { throw connection.explain(answer) }
    guard answer.status == 200, case .object(let object) = answer.json else { return nil }
    return object
  }

  private func list(_ value: JSON?) -> [JSONObject] {
    guard case .array(let items) = value else { return [] }
    return items.compactMap { item in
      if case .object(let object) = item { object } else { nil }
    }
  }

  private func text(_ value: JSON?) -> String? {
    if case .string(let text) = value { text } else { nil }
  }

  private func whole(_ value: JSON?) -> Int? {
    if case .integer(let number) = value, number > 0 { number } else { nil }
  }
}
