import Basics

extension ComputedTask {
  /// The plural of a noun among four spellings, ranked as texts.
  static func plural() -> ComputedTask {
    var kinds: [[Inflection]] = []
    kinds.append(Nouns.plain.map { .init($0, $0 + "s") })
    kinds.append(Nouns.hissing.map { .init($0, $0 + "es") })
    kinds.append(Nouns.consonantY.map { .init($0, $0.dropLast() + "ies") })
    kinds.append(Nouns.hardF.map { .init($0, $0.withoutF + "ves") })
    kinds.append(Nouns.stressedO.map { .init($0, $0 + "es") })
    kinds.append(Nouns.irregular.map { .init($0.0, $0.1) })
    let (examples, training) = inflections(
      kinds, evaluated: [140, 90, 90, 14, 6, 40], field: "noun", seed: "plural"
    ) { noun in
      let changed = noun.hasSuffix("f") || noun.hasSuffix("fe") ? noun.withoutF + "ves" : nil
      return [
        noun + "s", noun + "es", changed, noun.stem + "ies", noun + "en",
        noun + noun.suffix(1) + "es",
      ].compactMap(\.self)
    }
    return ComputedTask(
      name: "plural",
      description: "Choose the correctly spelled plural of an English noun.",
      instruction: "Give the plural of the noun.",
      template: "Noun: {noun}\nPlural: {answer}",
      options: .string("forms"), examples: examples, training: training)
  }

  /// The past tense of a verb among four spellings, ranked as texts.
  static func pastTense() -> ComputedTask {
    var kinds: [[Inflection]] = []
    kinds.append(Verbs.plain.map { .init($0, $0 + "ed") })
    kinds.append(Verbs.silentE.map { .init($0, $0 + "d") })
    kinds.append(Verbs.doubling.map { .init($0, $0 + $0.suffix(1) + "ed") })
    kinds.append(Verbs.consonantY.map { .init($0, $0.dropLast() + "ied") })
    kinds.append(Verbs.irregular.map { .init($0.0, $0.1, alternative: $0.2 == $0.0 ? nil : $0.2) })
    let (examples, training) = inflections(
      kinds, evaluated: [115, 90, 70, 45, 80], field: "verb", seed: "past-tense"
    ) { verb in
      [
        verb + "ed", verb + verb.suffix(1) + "ed", verb.stem + "ied", verb + "d",
        verb + "t",
      ]
    }
    return ComputedTask(
      name: "past-tense",
      description: "Choose the correctly spelled past tense of an English verb.",
      instruction: "Give the past tense of the verb.",
      template: "Verb: {verb}\nPast: {answer}",
      options: .string("forms"), examples: examples, training: training)
  }

  /// Divides each kind of word into evaluated and training examples.
  ///
  /// `evaluated` says how many words of each kind are evaluated, the others being for training;
  /// `spellings` gives misspellings of a word, the most tempting first.
  private static func inflections(
    _ kinds: [[Inflection]], evaluated: [Int], field: String, seed: String,
    spellings: (String) -> [String]
  ) -> (examples: [JSON], training: [JSON]) {
    var generator = SeededGenerator(seed: 1, stream: seed)
    var examples: [Inflection] = []
    var training: [Inflection] = []
    for (kind, count) in zip(kinds, evaluated) {
      var items = kind
      generator.shuffle(&items)
      examples += items.prefix(count)
      training += items.dropFirst(count)
    }
    generator.shuffle(&examples)
    generator.shuffle(&training)
    func rows(_ items: [Inflection]) -> [JSON] {
      items.enumerated().map { index, item in
        // The right spelling's position goes round, so that no position is favoured.
        var forms = Array(item.wrong(among: spellings(item.base)).prefix(3))
        generator.shuffle(&forms)
        forms.insert(item.inflected, at: index % (forms.count + 1))
        return .members([
          field: .string(item.base), "forms": .strings(forms), "answer": .string(item.inflected),
        ])
      }
    }
    let evaluatedRows = rows(examples)
    return (evaluatedRows, rows(training))
  }
}

/// A word with its one right form.
private struct Inflection {
  let base: String
  let inflected: String
  /// Another form of the word that is wrong here, such as a past participle.
  let alternative: String?

  init(_ base: String, _ inflected: String, alternative: String? = nil) {
    self.base = base
    self.inflected = inflected
    self.alternative = alternative
  }

  /// The wrong forms of which none begins another or the right one, in order of preference.
  func wrong(among spellings: [String]) -> [String] {
    var chosen = [inflected]
    for form in [alternative].compactMap(\.self) + spellings
    where !chosen.contains(where: { $0.hasPrefix(form) || form.hasPrefix($0) }) {
      chosen.append(form)
    }
    return Array(chosen.dropFirst())
  }
}

extension String {
  /// A word without the final -e or -y that an ending replaces.
  fileprivate var stem: String {
    String(hasSuffix("e") || hasSuffix("y") ? dropLast() : self[...])
  }

  /// A word in -f or -fe without that ending.
  fileprivate var withoutF: String {
    String(hasSuffix("fe") ? dropLast(2) : dropLast(1))
  }
}
