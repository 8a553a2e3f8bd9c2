package import Estimation

extension Study {
  /// Whether it is fixed before the first answer how often each format will be asked.
  package var fixesSizes: Bool {
    inference.stopping == nil && [.full, .uniform, .balanced].contains(search)
  }
}

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
    stopping = study.inference.stopping
    atoms =
      AtomTable(
        attributes: formats.first?.atoms.map(\.attribute) ?? [],
        rows: formats.map { $0.atoms.map(\.value) }
      ).values
  }
}
