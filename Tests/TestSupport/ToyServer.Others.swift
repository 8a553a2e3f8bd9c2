import Basics

/// What the endpoints of Ollama, TGI and SGLang answer.
extension ToyServer {
  func ollama(_ body: JSONObject) -> (JSON, Int) {
    if flaws.refusesThink, body["think"] != nil {
      return (.members(["error": .string("\"toy\" does not support thinking")]), 400)
    }
    // Without this it streams.
    guard body["stream"] == .bool(false) else {
      return (.members(["error": .string("the toy does not stream")]), 400)
    }
    let top = whole(body["top_logprobs"]) ?? 0
    guard (0...20).contains(top) else {
      return (.members(["error": .string("top_logprobs must be between 0 and 20")]), 400)
    }
    var prompt = text(body["prompt"])
    let chat = body["messages"] != nil
    if case .array(let messages) = body["messages"] {
      for case .object(let message) in messages {
        prompt += "<\(text(message["role"]))>" + text(message["content"])
      }
    }
    let likely = ToyModel.likely(after: prompt)
    let written = { (word: String) in chat ? String(word.dropFirst()) : word }
    let entry = { (word: String) -> JSON in
      .members([
        "token": .string(written(word)),
        "logprob": .number(ToyModel.logprob(word, after: prompt)),
        "bytes": .array(written(word).utf8.map { .integer(Int($0)) }),
      ])
    }
    let first = JSON.members([
      "token": .string(written(likely[0])),
      "logprob": .number(ToyModel.logprob(likely[0], after: prompt)),
      "bytes": .array(written(likely[0]).utf8.map { .integer(Int($0)) }),
      "top_logprobs": .array(likely.prefix(top).map(entry)),
    ])
    return (
      .members([
        "model": body["model"], "created_at": .string("2026-11-21T00:00:00Z"),
        "response": chat ? nil : .string(likely[0]),
        "message": chat
          ? .members(["role": .string("assistant"), "content": .string(written(likely[0]))]) : nil,
        "done": .bool(true), "done_reason": .string("length"),
        "prompt_eval_count": .integer(prompt.count), "eval_count": .integer(1),
        "logprobs": body["logprobs"] == .bool(true) ? .array([first]) : nil,
      ]), 200
    )
  }

  func tgi(_ body: JSONObject) -> (JSON, Int) {
    let prompt = text(body["inputs"])
    var context = ""
    var prefill: [JSON] = []
    for token in ToyModel.tokens(prompt) {
      prefill.append(
        .members([
          "id": .integer(id(token)), "text": .string(token),
          "logprob": context.isEmpty ? .null : .number(logprob(token, context)),
        ]))
      context += token
    }
    let likely = ToyModel.likely(after: prompt)
    let next = likely[0]
    var parameters = JSONObject()
    if case .object(let given) = body["parameters"] { parameters = given }
    func refuse(_ reason: String) -> (JSON, Int) {
      (.members(["error": .string(reason), "error_type": .string("validation")]), 422)
    }
    let top = whole(parameters["top_n_tokens"]) ?? 0
    if top > 5 { return refuse("`top_n_tokens` must be >= 0 and <= 5.") }
    if case .array(let stops) = parameters["stop"], stops.count > 4 {
      return refuse("`stop` supports up to 4 stop sequences.")
    }
    // Greedy is what is not sampled; 0 is no temperature here.
    if parameters["temperature"] != nil { return refuse("`temperature` must be strictly positive") }
    guard let most = whole(parameters["max_new_tokens"]), most > 0 else {
      return refuse("`max_new_tokens` must be strictly positive")
    }
    let listed = likely.prefix(top).map { word in
      JSON.members([
        "id": .integer(id(word)), "text": .string(word), "logprob": .number(logprob(word, prompt)),
        "special": .bool(false),
      ])
    }
    return (
      .members([
        "generated_text": .string(next),
        "details": .members([
          "finish_reason": .string("length"), "generated_tokens": .integer(1), "seed": .null,
          "top_tokens": top > 0 ? .array([.array(listed)]) : nil,
          "prefill": .array(
            flaws.noPrefill || parameters["decoder_input_details"] != .bool(true) ? [] : prefill),
          "tokens": .array([
            .members([
              "id": .integer(id(next)), "text": .string(next),
              "logprob": .number(logprob(next, prompt)), "special": .bool(false),
            ])
          ]),
        ]),
      ]), 200
    )
  }

  func sglang(_ body: JSONObject) -> (JSON, Int) {
    let prompt = text(body["text"])
    var context = ""
    var input: [JSON] = []
    for token in ToyModel.tokens(prompt) {
      input.append(
        .array([
          context.isEmpty ? .null : .number(logprob(token, context)), .integer(id(token)),
          .string(token),
        ]))
      context += token
    }
    let next = ToyModel.likely(after: prompt)[0]
    guard body["return_logprob"] == .bool(true), whole(body["logprob_start_len"]) == 0 else {
      return (.members(["text": .string(next), "meta_info": .members([:])]), 200)
    }
    return (
      .members([
        "text": .string(next),
        "meta_info": .members([
          "prompt_tokens": .integer(input.count), "completion_tokens": .integer(1),
          "finish_reason": .members(["type": .string("length"), "length": .integer(1)]),
          "input_token_logprobs": .array(input),
          "output_token_logprobs": .array([
            .array([.number(logprob(next, prompt)), .integer(id(next)), .string(next)])
          ]),
        ]),
      ]), 200
    )
  }
}
