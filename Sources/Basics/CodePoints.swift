// Text by code point, as the released code (Python) treats it: no grapheme clusters and no canonical
// equivalence, because a model sees bytes and "é" and "e + accent" are different prompts to it.

extension String {
  /// The text without any of `scalars` at its two ends (Python's `str.strip(chars)`).
  package func stripped(of scalars: Set<Unicode.Scalar>) -> String {
    let all = Array(unicodeScalars)
    var start = 0
    var end = all.count
    while start < end, scalars.contains(all[start]) { start += 1 }
    while end > start, scalars.contains(all[end - 1]) { end -= 1 }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: all[start..<end])
    return String(result)
  }

  /// Every code point in lower case (Python's `str.lower`, with the final sigma rule).
  package var codePointLowercased: String {
    mapped { scalars, index in lowerMapping(scalars, index) }
  }

  /// Every code point in upper case (Python's `str.upper`).
  package var codePointUppercased: String {
    mapped { scalars, index in scalars[index].properties.uppercaseMapping }
  }

  /// The first letter of each run of cased code points in title case, the others lower (Python's `str.title`).
  package var codePointTitled: String {
    mapped { scalars, index in
      let follows = index > 0 && scalars[index - 1].properties.isCased
      return follows
        ? lowerMapping(scalars, index) : scalars[index].properties.titlecaseMapping
    }
  }

  private func mapped(_ change: ([Unicode.Scalar], Int) -> String) -> String {
    let scalars = Array(unicodeScalars)
    return scalars.indices.map { change(scalars, $0) }.joined()
  }
}

/// The lower case of one code point; a capital sigma that ends a word becomes "ς" (Unicode, SpecialCasing).
private func lowerMapping(_ scalars: [Unicode.Scalar], _ index: Int) -> String {
  guard scalars[index] == "\u{3A3}" else { return scalars[index].properties.lowercaseMapping }
  let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
  let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
  let ends = (before?.properties.isCased ?? false) && !(after?.properties.isCased ?? false)
  return ends ? "\u{3C2}" : "\u{3C3}"
}
