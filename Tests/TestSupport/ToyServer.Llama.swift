import Basics
import Synchronization

/// What llama.cpp's own endpoints answer.
extension ToyServer {
  func id(_ token: String) -> Int {
    vocabulary.withLock { words in
      if let index = words.firstIndex(of: token) { return index + 100 }
      words.append(token)
      return words.count + 99
    }
  }

  func tokenize(_ body: JSONObject, _ given: JSON?) -> (JSON, Int) {
    let ids = ToyModel.tokens(text(given)).map { JSON.integer(id($0)) }
    return (.members(["tokens": .array([.integer(1)] + ids)]), 200)
  }

  /// Several texts are several prompts, whose answers come as a list.
  func llamas(_ body: JSONObject) -> (JSON, Int) {
    guard case .array(let items) = body["prompt"], case .string = items.first else {
      return llama(body)
    }
    if flaws.refusesLists {
      return (.members(["error": .members(["message": .string("one prompt only")])]), 400)
    }
    // Backwards, because only the index says which is which.
    let answers = items.enumerated().reversed().map { index, prompt -> JSON in
      var single = body
      single["prompt"] = prompt
      guard case .object(var answer) = llama(single).0 else { return .null }
      answer["index"] = .integer(flaws.mixesLists ? (index + 1) % items.count : index)
      return .object(answer)
    }
    return (.array(flaws.dropsLists ? [answers[answers.count - 1]] : answers), 200)
  }

  func llama(_ body: JSONObject) -> (JSON, Int) {
    var context = ""
    if case .array = body["prompt"] {
      context = spelled(body["prompt"])
    } else {
      context = text(body["prompt"])
    }
    let count = whole(body["n_predict"]) ?? 1
    var tokens: [String] = []
    if case .string(let grammar) = body["grammar"] {
      let literal = String(grammar.dropFirst("root ::= ".count))
      let option = (try? JSON.parse(literal)).map { text($0) } ?? ""
      tokens = flaws.spells ? option.map { String($0) } : ToyModel.tokens(option)
    } else if case .array(let biases) = body["logit_bias"], case .array(let pair) = biases.first,
      let forced = whole(pair.first)
    {
      tokens = [vocabulary.withLock { $0[forced - 100] }]
    }
    let isForced = !tokens.isEmpty
    var items: [JSON] = []
    var written = ""
    for position in 0..<count {
      if isForced, position >= tokens.count { break }
      let token = isForced ? tokens[position] : ToyModel.likely(after: context)[0]
      let value = isForced && flaws.constrainedValues ? 0 : logprob(token, context)
      let wanted = whole(body["n_probs"]) ?? 0
      let listed =
        wanted > 1000
        ? vocabulary.withLock { $0 } : Array(ToyModel.likely(after: context).prefix(wanted))
      if flaws.hidesParts, !token.utf8.allSatisfy({ $0 < 0x80 }) {
        context += token
        continue
      }
      items.append(
        .members([
          "id": .integer(id(token)), "token": .string(token),
          "bytes": .array(token.utf8.map { .integer(Int($0)) }), "logprob": .number(value),
          "top_logprobs": .array(
            listed.map { word in
              .members([
                "id": .integer(id(word)), "token": .string(word),
                "bytes": .array(word.utf8.map { .integer(Int($0)) }),
                "logprob": .number(logprob(word, context)),
              ])
            }),
        ]))
      context += token
      written += token
    }
    return (
      .members([
        "content": .string(written), "tokens_predicted": .integer(items.count),
        "stop_type": .string("limit"),
        "completion_probabilities": items.isEmpty ? nil : .array(items),
      ]), 200
    )
  }
}
