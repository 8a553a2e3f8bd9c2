import Basics

/// Where the continuations begin in echoed prompts, and what they score.
///
/// Offsets of servers are unreliable (they count decoded text, beginning-of-text tokens shift them), so
/// the end of the token list is compared with the continuation's bytes. When a token straddles the
/// boundary (`": "` + `"yes"` tokenised as `":"`, `" yes"`), *all* options are scored from the same
/// earlier token: the tail of the prompt is common to them, so the comparison stays fair, and the
/// tokens before must be the same for all.
package enum EchoAlignment {
  /// The scores of continuations whose whole texts were echoed.
  ///
  /// - Parameters:
  ///   - echoes: For each continuation the tokens of prompt + continuation, generated ones left out.
  ///   - prompt: The common prompt.
  ///   - continuations: The texts after it.
  /// - Returns: The summed log-probabilities in nats and the token counts.
  /// - Throws: `TokenLogprobs.Misshapen` when the tokens do not spell the texts, when options share no
  ///   context, or when a log-probability that counts is missing.
  package static func scores(
    _ echoes: [[TokenLogprobs.Token]], prompt: String, continuations: [String]
  ) throws(TokenLogprobs.Misshapen) -> [OptionScore] {
    let prompt = Array(prompt.utf8)
    var starts: [Int] = []
    for (echo, continuation) in zip(echoes, continuations) {
      starts.append(try start(of: Array(continuation.utf8), after: prompt, in: echo))
    }
    guard let start = starts.min(), let first = echoes.first else { return [] }
    for echo in echoes.dropFirst() {
      let same = zip(first[..<start], echo.prefix(start)).allSatisfy { $0.bytes == $1.bytes }
      guard echo.count >= start, same else {
        throw .init(reason: "the options' tokens differ before the options begin")
      }
    }
    var scores: [OptionScore] = []
    for (index, echo) in echoes.enumerated() {
      var sum = 0.0
      for token in echo[start...] {
        guard let logprob = token.logprob else {
          throw .init(
            reason: "no log-probability for the token "
              + "\(quoted(String(decoding: token.bytes, as: UTF8.self))) of option \(index + 1)")
        }
        sum += logprob
      }
      scores.append(OptionScore(logprob: sum, tokens: echo.count - start))
    }
    return scores
  }

  /// The index of the first token that holds a byte of the continuation.
  private static func start(
    of continuation: [UInt8], after prompt: [UInt8], in tokens: [TokenLogprobs.Token]
  ) throws(TokenLogprobs.Misshapen) -> Int {
    var at = tokens.count
    var left = continuation.count
    // Empty tokens at the boundary may be parts of the continuation's first character.
    while left > 0 || (at < tokens.count && at > 0 && tokens[at - 1].bytes.isEmpty && left == 0) {
      guard at > 0 else { throw mismatch(continuation) }
      at -= 1
      let bytes = tokens[at].bytes
      if left == 0 { continue }
      let inside = min(left, bytes.count)
      guard
        continuation[(left - inside)..<left].elementsEqual(bytes.suffix(inside)),
        prompt.suffix(bytes.count - inside).elementsEqual(bytes.prefix(bytes.count - inside))
      else { throw mismatch(continuation) }
      left -= inside
    }
    return at
  }

  private static func mismatch(_ continuation: [UInt8]) -> TokenLogprobs.Misshapen {
    .init(
      reason: "the echoed tokens do not end with the option "
        + quoted(String(decoding: continuation, as: UTF8.self)))
  }
}
