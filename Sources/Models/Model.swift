package import Basics

/// What answers prompts: one model behind one transport.
///
/// The conductor knows models only through this protocol. Every call may fail with a `ModelError`,
/// which says whether trying again makes sense, or with `CancellationError` when the calling task was
/// cancelled.
package protocol Model: Sendable {
  /// Starts what has to be started and says what the model can do; later calls repeat the answer.
  func hello() async throws -> Capabilities

  /// The log-probability of each continuation after the prompt, in the order of the request.
  func score(_ request: ScoreRequest) async throws -> [OptionScore]

  /// Text that continues the prompt, chosen greedily.
  func generate(_ request: GenerateRequest) async throws -> Generation

  /// Texts that continue several prompts, in their order, from one request; the prompts differ in
  /// nothing else. Asked only of models whose ``Capabilities/mostPrompts`` is above 1.
  func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation]

  /// The model's representation of a text: numbers, as many for every text.
  func embed(_ text: String) async throws -> [Float]

  /// Ends what was started; requests in flight fail, and so does every later call.
  func close() async

  /// Says hello again after a failure, and finds out anew what is to be found out.
  func renew() async throws -> Capabilities

  /// The short name of the place that answers, as records store it; nil where there is only one.
  var endpoint: String? { get }

  /// The places that answer: itself, or the members of a pool.
  var members: [any Model] { get }
}

extension Model {
  package func generateAll(_ requests: [GenerateRequest]) async throws -> [Generation] {
    throw ModelError("the model takes one prompt at a time", retry: .no)
  }

  package func embed(_ text: String) async throws -> [Float] {
    throw ModelError("the model gives no embeddings", retry: .no)
  }

  package func renew() async throws -> Capabilities { try await hello() }

  package var endpoint: String? { nil }

  package var members: [any Model] { [self] }
}

/// What a model can do, as far as it was confirmed when it started.
package struct Capabilities: Sendable, Hashable {
  /// The model's own name, for tables and reports.
  package var name: String
  /// How the model scores continuations, or nil when it cannot.
  package var scoring: ScoringMethod?
  /// Whether the model generates text.
  package var generates: Bool
  /// Whether the model says that it represents texts; servers are found out when they are asked.
  package var embeds = false
  /// How many requests may be in flight at once; at least 1.
  package var maxInFlight: Int
  /// How many prompts to be continued one request may hold; 1 where lists were not confirmed.
  package var mostPrompts = 1
  /// Whether requests are sent no faster than a set number a minute, so that fewer are better.
  package var isPaced = false
  /// Why there is no scoring method, where several places answer and differ in it.
  package var scoringDisagreement: String?
  /// Why it does not generate, where only some of several places do.
  package var generationDisagreement: String?
  /// What a server was found to do, for people; nil for a child process.
  package var probe: ProbeReport?

  /// How many texts may be represented at once; at least 1.
  ///
  /// A llama.cpp server that pools its tokens' vectors (`--pooling mean`) mixes up texts that it works on
  /// together: of 240 vectors that were asked for eight at once, 91 were another text's or a mixture.
  package var maxEmbeddings: Int { probe?.kind == .llamacpp ? 1 : maxInFlight }

  package init(
    name: String, scoring: ScoringMethod?, generates: Bool, maxInFlight: Int,
    probe: ProbeReport? = nil
  ) {
    self.name = name
    self.scoring = scoring
    self.generates = generates
    self.maxInFlight = maxInFlight
    self.probe = probe
  }
}

/// How log-probabilities of continuations are obtained; stored with every record, never mixed in one run.
package enum ScoringMethod: String, Sendable, Hashable, CaseIterable {
  /// A child process answers with the sum itself.
  case process
  /// The server echoes the prompt with the log-probability of each of its tokens.
  case echo
  /// The server is held to the option by a grammar and reports the unconstrained log-probabilities.
  case forced
  /// Each token of the option is asked for on its own, forced by a bias or looked up among all.
  case stepwise
  /// Only the first token of each option is compared, among the most likely ones.
  case firstToken = "first-token"

  /// The method with this name, as `--method` takes it; a child process is no choice there.
  package static func parse(_ name: String) throws(InputError) -> ScoringMethod {
    let choices = allCases.filter { $0 != .process }
    if let method = choices.first(where: { $0.rawValue == name }) { return method }
    let names = choices.map(\.rawValue)
    throw InputError(
      "method \(quoted(name)): unknown\(didYouMean(name, among: names)); accepted: "
        + names.joined(separator: ", "))
  }
}

/// A prompt and the continuations to be compared after it.
package struct ScoreRequest: Sendable, Hashable {
  package var prompt: String
  package var continuations: [String]
  /// The prompt as messages, for chat endpoints; empty means one message of the user.
  package var turns: [ChatTurn]

  package init(prompt: String, continuations: [String], turns: [ChatTurn] = []) {
    self.prompt = prompt
    self.continuations = continuations
    self.turns = turns
  }
}

/// One message of a prompt that is a conversation.
package struct ChatTurn: Sendable, Hashable {
  package enum Role: String, Sendable, Hashable {
    case system
    case user
    case assistant
  }

  package var role: Role
  package var text: String

  package init(_ role: Role, _ text: String) {
    self.role = role
    self.text = text
  }
}

/// The score of one continuation.
package struct OptionScore: Sendable, Hashable {
  /// The natural-log probability (nats, at most 0) of the whole continuation after the prompt.
  package var logprob: Double
  /// How many tokens the continuation has; 0 only for an empty one.
  package var tokens: Int
  /// Whether the true value is only known to be at most `logprob`.
  package var censored: Bool

  package init(logprob: Double, tokens: Int, censored: Bool = false) {
    self.logprob = logprob
    self.tokens = tokens
    self.censored = censored
  }
}

/// A prompt to be continued.
package struct GenerateRequest: Sendable, Hashable {
  package var prompt: String
  package var maxTokens: Int
  /// Texts at which generation ends; they are not part of the result.
  package var stop: [String]
  package var seed: UInt64
  /// The prompt as messages, for chat endpoints; empty means one message of the user.
  package var turns: [ChatTurn]

  package init(
    prompt: String, maxTokens: Int, stop: [String], seed: UInt64, turns: [ChatTurn] = []
  ) {
    self.prompt = prompt
    self.maxTokens = maxTokens
    self.stop = stop
    self.seed = seed
    self.turns = turns
  }
}

/// Generated text.
package struct Generation: Sendable, Hashable {
  package var text: String
  /// Why generation ended, in the model's words (`stop`, `length`), where it says so.
  package var finish: String?
  /// How many tokens were generated, where the model says so.
  package var tokens: Int?

  package init(text: String, finish: String? = nil, tokens: Int? = nil) {
    self.text = text
    self.finish = finish
    self.tokens = tokens
  }
}
