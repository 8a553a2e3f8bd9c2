/// The program behind an address, which decides what it is asked and how.
package enum ServerKind: String, Sendable, Hashable, CaseIterable {
  case vllm
  case llamacpp
  case ollama
  case tgi
  case sglang
  case llamaCppPython = "llama-cpp-python"
  case lmStudio = "lmstudio"
  case transformers
  /// Anything that speaks the completions or chat interface.
  case openai

  /// The name that people use.
  package var title: String {
    switch self {
    case .vllm: "vLLM"
    case .llamacpp: "llama.cpp server"
    case .ollama: "Ollama"
    case .tgi: "Text Generation Inference"
    case .sglang: "SGLang"
    case .llamaCppPython: "llama-cpp-python server"
    case .lmStudio: "LM Studio"
    case .transformers: "transformers serve"
    case .openai: "OpenAI-compatible server"
    }
  }
}
