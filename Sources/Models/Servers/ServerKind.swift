package import Basics

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

  /// The kind with this name, as `--server` takes it.
  package static func parse(_ name: String) throws(InputError) -> ServerKind {
    if let kind = ServerKind(rawValue: name) { return kind }
    let names = allCases.map(\.rawValue)
    throw InputError(
      "server \(quoted(name)): unknown\(didYouMean(name, among: names)); accepted: "
        + names.joined(separator: ", "))
  }

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
