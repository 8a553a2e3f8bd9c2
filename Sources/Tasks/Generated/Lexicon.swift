/// Reads the word lists of this folder.
func words(_ text: String) -> [String] {
  text.split(whereSeparator: \.isWhitespace).map(String.init)
}

/// Reads entries of two words each, separated by `|` or a line break.
func pairs(_ text: String) -> [(String, String)] {
  entries(text).map { ($0[0], $0[1]) }
}

/// Reads entries of three words each, separated by `|` or a line break.
func triples(_ text: String) -> [(String, String, String)] {
  entries(text).map { ($0[0], $0[1], $0[2]) }
}

private func entries(_ text: String) -> [[String]] {
  text.split { $0 == "|" || $0 == "\n" }.map { words(String($0)) }
}
