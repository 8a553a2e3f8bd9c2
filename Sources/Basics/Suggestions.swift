/// The nearest of `candidates` to a misspelt `word`, if one is near enough to be meant.
///
/// Distance is optimal string alignment (insert, delete, replace, swap neighbours) on lower-cased
/// code points; a candidate counts when at most a third of the longer word would change.
package func nearest(to word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased().unicodeScalars)
  var best: (distance: Int, candidate: String)?
  for candidate in candidates {
    let known = Array(candidate.lowercased().unicodeScalars)
    let distance = alignmentDistance(typed, known)
    let longer = max(typed.count, known.count)
    // A word that would change altogether is no misspelling.
    guard distance <= max(1, longer / 3), distance < longer else { continue }
    if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
  }
  return best?.candidate
}

/// " (did you mean 'x'?)" or an empty text, to be appended to a message.
package func didYouMean(_ word: String, among candidates: [String]) -> String {
  nearest(to: word, among: candidates).map { " (did you mean '\($0)'?)" } ?? ""
}

private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
  for i in 0...a.count { rows[i][0] = i }
  for j in 0...b.count { rows[0][j] = j }
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  for i in 1...a.count {
    for j in 1...b.count {
      let replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
      }
    }
  }
  return rows[a.count][b.count]
}
