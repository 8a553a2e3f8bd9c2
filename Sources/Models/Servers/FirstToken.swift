import Basics
import Foundation

/// Scores from the most likely first tokens of an answer.
///
/// An option counts as seen when a listed token is the whole option or its first word. Otherwise its
/// score is only known to be at most that of the last listed token, or of a listed token that is a
/// beginning of the option: it is *censored* there. An example is refused when that leaves its winner
/// open, because a guess would be a silent wrong score.
package enum FirstToken {
  package struct Undecided: Error, Hashable {
    package let reason: String

    package init(reason: String) {
      self.reason = reason
    }
  }

  /// The scores of the options.
  ///
  /// - Parameters:
  ///   - alternatives: The listed tokens with their log-probabilities.
  ///   - options: The continuations.
  ///   - ignoresSpace: Whether white space before token and option is insignificant, as at the
  ///     beginning of a chat message; then " A" and "A" are one answer and their probabilities add up.
  /// - Returns: One score for each option, of one token each.
  /// - Throws: `Undecided` when no option is listed, when two begin with the same token, or when a
  ///   censored option could still win.
  package static func scores(
    _ alternatives: [TokenLogprobs.Alternative], options: [String], ignoresSpace: Bool
  ) throws(Undecided) -> [OptionScore] {
    guard let floor = alternatives.map(\.logprob).min() else {
      throw Undecided(reason: "the server listed no tokens")
    }
    var scores: [OptionScore] = []
    var owners: [Int: Int] = [:]
    for (number, option) in options.enumerated() {
      let wanted = bytes(Array(option.utf8), ignoresSpace)
      let word = firstWord(wanted)
      var seen: [Double] = []
      var bound = floor
      for (index, alternative) in alternatives.enumerated() {
        let token = bytes(alternative.bytes, ignoresSpace)
        guard !token.isEmpty else { continue }
        if token == wanted || token == word {
          if let other = owners[index] {
            throw Undecided(
              reason: "the options \(quoted(options[other])) and \(quoted(option)) begin with the "
                + "same token")
          }
          owners[index] = number
          seen.append(alternative.logprob)
        } else if wanted.starts(with: token) {
          bound = max(bound, alternative.logprob)
        }
      }
      if seen.isEmpty {
        scores.append(OptionScore(logprob: bound, tokens: 1, censored: true))
      } else {
        let top = seen.max() ?? 0
        let sum = top + log(seen.reduce(0) { $0 + exp($1 - top) })
        scores.append(OptionScore(logprob: min(sum, 0), tokens: 1))
      }
    }
    guard let best = scores.filter({ !$0.censored }).map(\.logprob).max() else {
      throw Undecided(
        reason: "none of the options is among the \(alternatives.count) most likely first tokens")
    }
    if let rival = scores.firstIndex(where: { $0.censored && $0.logprob > best }) {
      throw Undecided(
        reason: "the first token of \(quoted(options[rival])) is not listed and could decide")
    }
    return scores
  }

  private static func bytes(_ bytes: [UInt8], _ ignoresSpace: Bool) -> [UInt8] {
    ignoresSpace ? Array(bytes.drop { isSpace($0) }) : bytes
  }

  /// The leading white space and all up to the next.
  private static func firstWord(_ bytes: [UInt8]) -> [UInt8] {
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
    let end = bytes[start...].firstIndex { isSpace($0) } ?? bytes.endIndex
    return Array(bytes[..<end])
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}

/// Where the listed first tokens come from.
protocol FirstTokenSource: Sendable {
  /// Whether white space before the answer is insignificant there.
  var ignoresSpace: Bool { get }

  /// The temperature at which the values are those of the model.
  var scoringTemperature: Int { get }

  /// The most likely tokens after the prompt, as many as the server lists up to `count`.
  func alternatives(
    _ request: ScoreRequest, count: Int, temperature: Int
  ) async throws -> [TokenLogprobs.Alternative]

  var connection: ServerConnection { get }
}

extension FirstTokenSource {
  var scoringTemperature: Int { 0 }
}

/// Scores by comparing first tokens.
struct FirstTokenScoring<Source: FirstTokenSource>: ServerScoring {
  let source: Source
  let count: Int

  var method: ScoringMethod { .firstToken }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    var request = request
    if !source.ignoresSpace { request = request.withSpaceMoved() }
    let alternatives = try await source.alternatives(
      request, count: count, temperature: source.scoringTemperature)
    do throws(FirstToken.Undecided) {
      return try FirstToken.scores(
        alternatives, options: request.continuations, ignoresSpace: source.ignoresSpace)
    } catch {
      // Asking again would give the same list.
      throw ModelError(
        "\(source.connection.address): undecided: \(error.reason)", retry: .no)
    }
  }
}

extension ScoreRequest {
  /// The same texts with the prompt's trailing spaces moved to the options.
  func withSpaceMoved() -> ScoreRequest {
    let (kept, space) = prompt.splitAtTrailingSpace
    if space.isEmpty { return self }
    var moved = self
    moved.prompt = kept
    moved.continuations = continuations.map { space + $0 }
    return moved
  }
}

extension Completions: FirstTokenSource {
  var ignoresSpace: Bool { false }

  func alternatives(
    _ request: ScoreRequest, count: Int, temperature: Int
  ) async throws -> [TokenLogprobs.Alternative] {
    let choices = try await choices(
      [request.prompt], maxTokens: 1, logprobs: count, temperature: temperature)
    return try TokenLogprobs.firstAlternatives(choices.first?.object, bad)
  }
}

extension Chat: FirstTokenSource {
  var ignoresSpace: Bool { true }

  func alternatives(
    _ request: ScoreRequest, count: Int, temperature: Int
  ) async throws -> [TokenLogprobs.Alternative] {
    let choice = try await choice(
      Self.turns(request.turns, request.prompt), maxTokens: 1, topLogprobs: count,
      temperature: temperature)
    return try TokenLogprobs.firstAlternatives(choice.object, bad)
  }
}

extension LlamaServer: FirstTokenSource {
  var ignoresSpace: Bool { false }

  func alternatives(
    _ request: ScoreRequest, count: Int, temperature: Int
  ) async throws -> [TokenLogprobs.Alternative] {
    let first = try await first(
      after: .string(request.prompt), count: count, temperature: temperature)
    guard let first else { throw bad("no token with a log-probability") }
    return first.listed
  }
}

extension TokenLogprobs {
  /// The alternatives at the first generated position.
  static func firstAlternatives(
    _ choice: JSONObject?, _ bad: (String) -> ModelError
  ) throws(ModelError) -> [Alternative] {
    do throws(Misshapen) {
      guard let choice, let first = try TokenLogprobs(choice: choice).tokens.first else {
        throw Misshapen(reason: "no token with a log-probability")
      }
      return first.listed
    } catch {
      throw bad(error.reason)
    }
  }
}

extension TokenLogprobs.Token {
  /// The alternatives as the server lists them; the token itself only where it lists none.
  ///
  /// A token that was drawn may lie far below the last of the list, and must not lower the bound of what
  /// is not listed.
  package var listed: [TokenLogprobs.Alternative] {
    alternatives.isEmpty ? withItself : alternatives
  }

  /// The alternatives, with the token itself added where it is missing.
  var withItself: [TokenLogprobs.Alternative] {
    guard let logprob, !alternatives.contains(where: { $0.bytes == bytes }) else {
      return alternatives
    }
    return alternatives + [.init(bytes: bytes, logprob: logprob, id: id)]
  }
}
