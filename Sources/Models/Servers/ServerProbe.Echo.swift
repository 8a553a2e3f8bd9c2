import Basics

/// One token as a server generated it, to be held against the value that another method gives it.
private struct Witness {
  let prompt: String
  let token: TokenLogprobs.Token

  var text: String { String(decoding: token.bytes, as: UTF8.self) }
  var logprob: Double { token.logprob ?? 0 }
}

extension ServerProbe {
  /// How far two values for one token may be apart: caches of 16 bits and batches move the last digits.
  package static func agree(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 0.05 + 0.02 * max(abs(a), abs(b))
  }

  /// Tokens after the probe's prompts with the values that they have when they are generated.
  private func witnesses(
    _ next: (String) async throws -> TokenLogprobs.Token?
  ) async throws -> [Witness] {
    var witnesses: [Witness] = []
    for prompt in Self.prompts {
      guard let token = try await next(prompt) else { continue }
      // The likely second choices tell more than the first, whose value is often near 0 everywhere.
      for alternative in token.withItself.sorted(by: { $0.logprob > $1.logprob }).prefix(3)
      where alternative.bytes.contains(where: { $0 > 0x20 })
        && String(validating: alternative.bytes, as: UTF8.self)?.contains("\u{FFFD}") == false
        && !alternative.bytes.starts(with: "<".utf8)
      {
        witnesses.append(
          Witness(
            prompt: prompt,
            token: .init(bytes: alternative.bytes, logprob: alternative.logprob)))
      }
    }
    return witnesses
  }

  /// Holds the values of another method against the witnesses.
  private func compare(
    _ subject: String, _ witnesses: [Witness],
    with last: (String) async throws -> TokenLogprobs.Token?
  ) async throws -> Bool {
    var values: [Double] = []
    for witness in witnesses {
      // A token that joins the prompt's end in another way cannot be compared.
      guard let token = try await last(witness.prompt + witness.text),
        token.bytes == witness.token.bytes
      else { continue }
      guard let value = token.logprob else {
        note(subject, .fails, "no log-probability for the last token of a prompt")
        return false
      }
      guard Self.agree(value, witness.logprob) else {
        note(
          subject, .fails,
          "the token \(quoted(witness.text)) has \(shown(value)) there and \(shown(witness.logprob)) "
            + "when it is generated, so the values belong to other tokens")
        return false
      }
      values.append(value)
    }
    guard values.count >= 2 else {
      note(subject, .fails, "its values could not be compared with generated ones")
      return false
    }
    // The same token after the probe's prompts: a value that ignores its context is no probability.
    words = Array(witnesses.filter { $0.prompt == Self.prompts[0] }.map(\.text).prefix(2))
    var contexts: Set<Double> = []
    for prompt in Self.prompts {
      let token = try await last(prompt + witnesses[0].text)
      if let token, token.bytes == witnesses[0].token.bytes, let value = token.logprob {
        contexts.insert(value)
      }
    }
    guard contexts.count > 1 else {
      note(subject, .fails, "a token has the same value after different prompts")
      return false
    }
    note(
      subject, .works,
      "\(values.count) tokens have the same log-probabilities as when they are generated")
    noteContext(witnesses[0].text, contexts)
    return true
  }

  // MARK: Completions

  /// Confirms scoring by echoed prompts.
  func confirmEcho(
    _ completions: Completions, _ kind: ServerKind
  ) async throws -> EchoScoring? {
    do {
      let witnesses = try await witnesses { prompt in
        try await patiently {
          let choices = try await completions.choices([prompt], maxTokens: 1, logprobs: 5)
          guard let choice = choices.first else { return nil }
          return try read(choice, completions).first
        }
      }
      guard let first = witnesses.first else {
        note("echo", .fails, "no log-probabilities of generated tokens to compare it with")
        return nil
      }
      let shape = try await echoShape(completions, witnesses.map { $0.prompt + $0.text })
      guard let scoring = shape else { return nil }
      let confirmed = try await compare("echo", witnesses) { text in
        try await patiently { try await ask(scoring, [text]).first?.last }
      }
      guard confirmed else { return nil }
      var best = scoring
      if kind == .vllm { best = try await withoutGenerating(best, first.prompt + first.text) }
      return try await inBatches(best, witnesses.map { $0.prompt + $0.text })
    } catch let error as ModelError where concernsMethod(error) {
      note("echo", .fails, detail(error))
      return nil
    }
  }

  private func read(
    _ choice: Completions.Choice, _ completions: Completions
  ) throws(ModelError) -> [TokenLogprobs.Token] {
    do throws(TokenLogprobs.Misshapen) {
      return try TokenLogprobs(choice: choice.object).tokens
    } catch {
      // Null means that the server has none; asking again does not help.
      throw ModelError(completions.bad(error.reason).message, retry: .no)
    }
  }

  private func ask(
    _ scoring: EchoScoring, _ texts: [String]
  ) async throws -> [[TokenLogprobs.Token]] {
    let choices = try await scoring.completions.choices(
      texts, maxTokens: scoring.maxTokens, logprobs: 1, echo: true)
    do throws(TokenLogprobs.Misshapen) {
      var tokens: [[TokenLogprobs.Token]] = []
      for (choice, text) in zip(choices, texts) {
        tokens.append(try scoring.tokens(choice, of: text))
      }
      return tokens
    } catch {
      throw scoring.completions.bad(error.reason)
    }
  }

  /// Whether the prompt comes back at all, and whether the generated token is listed after it.
  ///
  /// An end token, which is no text, does not show that; then the next prompt is tried.
  private func echoShape(
    _ completions: Completions, _ texts: [String]
  ) async throws -> EchoScoring? {
    var lists = true
    for text in texts {
      let choice = try await patiently {
        try await completions.choices([text], maxTokens: 1, logprobs: 1, echo: true)[0]
      }
      guard choice.text.utf8.starts(with: text.utf8) else {
        note(
          "echo", .fails,
          "it is ignored: the answer \(quoted(choice.text, limit: 30)) does not repeat the prompt")
        return nil
      }
      let tokens = try read(choice, completions)
      let spelled = tokens.flatMap(\.bytes)
      let whole = Array(choice.text.utf8)
      if spelled.suffix(whole.count).elementsEqual(whole), whole.count > text.utf8.count { break }
      // An end token that is listed, by its name or as an empty text.
      let others = tokens.dropLast().flatMap(\.bytes)
      if whole.count == text.utf8.count, others.suffix(whole.count).elementsEqual(whole) { break }
      guard spelled.suffix(text.utf8.count).elementsEqual(text.utf8) else {
        note("echo", .fails, "the listed tokens do not spell the prompt")
        return nil
      }
      if whole.count > text.utf8.count {
        lists = false
        break
      }
    }
    return EchoScoring(
      completions: completions, maxTokens: 1, listsGenerated: lists, batches: false)
  }

  /// Saves the token that would be generated for nothing, where that is allowed.
  private func withoutGenerating(
    _ scoring: EchoScoring, _ text: String
  ) async throws -> EchoScoring {
    let saving = EchoScoring(
      completions: scoring.completions, maxTokens: 0, listsGenerated: false, batches: false)
    do {
      let full = try await patiently { try await ask(scoring, [text])[0] }
      let saved = try await patiently { try await ask(saving, [text])[0] }
      return full.map(\.bytes) == saved.map(\.bytes) ? saving : scoring
    } catch let error as ModelError where concernsMethod(error) {
      return scoring
    }
  }

  /// All options in one request, where lists of prompts give the same values as single ones.
  private func inBatches(
    _ scoring: EchoScoring, _ texts: [String]
  ) async throws -> EchoScoring {
    let pair = Array(texts.prefix(2))
    do {
      let singles = [
        try await patiently { try await ask(scoring, [pair[0]])[0] },
        try await patiently { try await ask(scoring, [pair[1]])[0] },
      ]
      let together = try await patiently(attempts: 4) { try await ask(scoring, pair) }
      let equal = zip(singles, together).allSatisfy { single, batched in
        single.map(\.bytes) == batched.map(\.bytes)
          && zip(single, batched).allSatisfy { Self.agree($0.logprob ?? 0, $1.logprob ?? 0) }
      }
      guard equal, together.count == 2 else {
        note("list of prompts", .fails, "its values differ from those of single prompts")
        return scoring
      }
      note("list of prompts", .works, "all options go in one request")
      return EchoScoring(
        completions: scoring.completions, maxTokens: scoring.maxTokens,
        listsGenerated: scoring.listsGenerated, batches: true)
    } catch let error as ModelError where concernsMethod(error) {
      note("list of prompts", .fails, detail(error))
      return scoring
    }
  }

  // MARK: Other servers

  /// Confirms Text Generation Inference's prompt log-probabilities.
  func confirmPrefill(_ server: TextGenerationInference) async throws -> Bool {
    do {
      if try await patiently({ try await server.prefill(Self.prompts[0]) }).isEmpty {
        note(
          "prompt log-probabilities", .fails,
          "they are off; start the server with --enable-prefill-logprobs")
        return false
      }
      let witnesses = try await witnesses { prompt in
        try await patiently { try await server.next(prompt) }
      }
      return try await compare("prompt log-probabilities", witnesses) { text in
        try await patiently { try await server.prefill(text).last }
      }
    } catch let error as ModelError where concernsMethod(error) {
      note("prompt log-probabilities", .fails, detail(error))
      return false
    }
  }

  /// Confirms SGLang's prompt log-probabilities.
  func confirmInputTokens(_ server: SGLang) async throws -> Bool {
    do {
      let witnesses = try await witnesses { prompt in
        try await patiently { try await server.tokens("output_token_logprobs", prompt).first }
      }
      return try await compare("prompt log-probabilities", witnesses) { text in
        try await patiently { try await server.tokens("input_token_logprobs", text).last }
      }
    } catch let error as ModelError where concernsMethod(error) {
      note("prompt log-probabilities", .fails, detail(error))
      return false
    }
  }
}
