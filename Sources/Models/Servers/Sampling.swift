import Basics

/// The sampling parameters that each kind of server is told beside the temperature.
///
/// Their defaults come from the server's command line or from a file beside the model, and some of them
/// change which token is the likeliest (a repetition penalty of 1.05 is common in such files) or which
/// tokens have a probability at all. Strict servers refuse fields that they do not know, so each kind
/// gets its own.
enum Sampling: Sendable, Hashable {
  /// Nothing more: the server refuses further fields, or refuses their neutral values.
  case strict
  /// The standard fields.
  case open
  /// vLLM and SGLang.
  case batching
  /// llama.cpp and what is built around it.
  case llama

  init(_ kind: ServerKind) {
    switch kind {
    case .vllm, .sglang: self = .batching
    case .llamacpp, .llamaCppPython, .lmStudio: self = .llama
    // Text Generation Inference wants top_p below 1; the other one names each unknown field an error.
    case .tgi, .transformers: self = .strict
    case .ollama, .openai: self = .open
    }
  }

  func add(to body: inout JSONObject) {
    switch self {
    case .strict: return
    case .open: break
    case .batching:
      body["top_k"] = .integer(-1)
      body["min_p"] = .integer(0)
      body["repetition_penalty"] = .integer(1)
    case .llama:
      body["top_k"] = .integer(0)
      body["min_p"] = .integer(0)
      body["repeat_penalty"] = .integer(1)
    }
    body["top_p"] = .integer(1)
    body["presence_penalty"] = .integer(0)
    body["frequency_penalty"] = .integer(0)
  }
}
