package import Estimation

extension SearchSettings {
  /// The search of one task of a study: the same for the run and for a report made later.
  ///
  /// - Parameters:
  ///   - study: Its search, budget and seed.
  ///   - formats: The task's formats, whose atoms the search may learn from.
  ///   - examples: How many examples are evaluated.
  package init(_ study: Study, formats: [FormatLine], examples: Int) {
    self.init(
      kind: study.search, arms: formats.count, examples: examples, budget: study.budget ?? 0,
      batch: study.batch, accounting: study.accounting, seed: study.seed)
    // A value's number is its first appearance, so that the original's own values count too.
    var known: [String: [String]] = [:]
    atoms = formats.map { format in
      format.atoms.map { atom in
        if let code = known[atom.attribute]?.firstIndex(of: atom.value) { return code }
        known[atom.attribute, default: []].append(atom.value)
        return (known[atom.attribute]?.count ?? 1) - 1
      }
    }
  }
}
