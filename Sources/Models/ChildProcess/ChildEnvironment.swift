/// The environment variables that a model process inherits.
///
/// A model program is often somebody else's code, so it gets what a program needs to run (paths, locale,
/// temporary directory, Python, accelerators, caches) and nothing that is a secret: a variable whose
/// name has a word such as KEY, TOKEN, SECRET or PASSWORD never passes. A program that needs more says
/// so in its command: `process:env NAME=value python3 my_model.py`. Two variables are added unless they
/// are set, so that a Python program needs no special care: `PYTHONUNBUFFERED=1` (each line leaves at
/// once) and `PYTHONUTF8=1` (the protocol is UTF-8 in every locale).
package enum ChildEnvironment {
  /// The variables of `environment` that pass, as `NAME=value` in the order of their names.
  package static func selection(of environment: [String: String]) -> [String] {
    let all = environment.merging(added) { own, _ in own }
    return all.keys.sorted().filter(passes).map { name in "\(name)=\(all[name] ?? "")" }
  }

  static func passes(_ name: String) -> Bool {
    let words = name.uppercased().split(separator: "_").map(String.init)
    guard !words.contains(where: secretWords.contains) else { return false }
    return names.contains(name) || prefixes.contains { name.hasPrefix($0) }
  }

  private static let added = ["PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"]

  private static let names: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX", "CONDA_DEFAULT_ENV",
    "NO_COLOR", "TERM",
  ]

  private static let prefixes = [
    "LC_", "PYTHON", "XDG_", "CUDA_", "NVIDIA_", "HIP_", "ROCR_", "ROCM_", "OMP_", "MKL_",
    "OPENBLAS_", "GGML_", "LLAMA_", "TORCH_", "PYTORCH_", "TRANSFORMERS_", "TOKENIZERS_", "HF_",
    "VLLM_",
  ]

  private static let secretWords: Set<String> = [
    "KEY", "KEYS", "APIKEY", "TOKEN", "SECRET", "SECRETS", "PASSWORD", "PASSWD", "CREDENTIAL",
    "CREDENTIALS", "AUTH",
  ]
}
